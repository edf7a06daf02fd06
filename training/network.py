"""The network: MiniLM, mean-pooled over each sentence, and a linear head of one logit an act, and one a judgement
of an answer (there the "sentence" is the whole answer)."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.examples import COLUMNS


class ActNetwork(nn.Module):
    """Encoder and head. `layers`: how many of MiniLM's six are kept, from the bottom.

    No dropout within the encoder: on a processor, drawing it costs a fifth of the time, and few epochs need none.
    """

    def __init__(self, base: Path, layers: int) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        self.encoder = BertModel.from_pretrained(
            base, config=config, add_pooling_layer=False, attn_implementation="eager"
        )
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.encoder.config.num_hidden_layers = layers
        # The word vectors stay as they were published: our corpus knows a tenth of them, and would move those apart.
        self.encoder.embeddings.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.15)
        self.head = nn.Linear(3 * width, len(COLUMNS))

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """ids, types, mask: (windows, tokens); pool: (sentences, windows × tokens), rows sum to 1.

        → (sentences, columns): a logit an act, and one a judgement.

        A sentence is read as the mean of its tokens, beside the mean of its whole window and the window's first token.
        """
        states = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        width = states.shape[-1]
        own = pool @ states.reshape(-1, width)
        weight = mask.unsqueeze(-1).to(states.dtype)
        whole = (states * weight).sum(1) / weight.sum(1)
        member = (pool.reshape(pool.shape[0], ids.shape[0], ids.shape[1]).sum(-1) > 0).to(states.dtype)
        return self.head(self.drop(torch.cat([own, member @ whole, member @ states[:, 0]], dim=-1)))
