"""What the accurate model makes of every turn that the fast one learns from.

    python -m training.teach --model build/accurate --out build/soft.npz

Reads the corpus (clean, and as raw recogniser output) and the words of the public sets, and writes a probability an
act for each sentence. The part of the corpus kept aside is not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from training import public
from training.batches import Soft, batches, key, rows, save_soft
from training.examples import as_raw, corpus, parts
from training.network import ActNetwork
from training.train import ROOT, load_tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, default=ROOT / "build" / "base")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    args = parser.parse_args()
    torch.set_flush_denormal(True)
    tokenizer = load_tokenizer(args.base / "tokenizer.json")
    network = ActNetwork(args.base, json.loads((args.model / "training.json").read_text(encoding="utf-8"))["layers"])
    network.load_state_dict(load_file(args.model / "weights.safetensors"))
    network.eval()

    clean = parts(corpus())[0] + public.load(args.shared) + public.unlabelled(args.shared)
    # Half of the turns are read as raw recogniser output too: enough for the fast model to meet it, in half the time.
    raw = [as_raw(e) for e in clean if e.style == "clean" and key(e)[0] in "01234567"]
    read = {key(e): e for e in clean + raw}
    # Windows of like length share a batch. A turn of several windows has them side by side in `rows`.
    order = sorted(read.values(), key=lambda e: sum(len(s.text) for s in e.sentences) + len(e.before[-200:]))
    said = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for n, b in enumerate(batches(rows(order, tokenizer), 48, None)):
            said.append(torch.sigmoid(network(b.ids, b.types, b.mask, b.pool).float()))
            if n % 50 == 0:
                print(n, flush=True)
    every = torch.cat(said).numpy()
    soft: Soft = {}
    at = 0
    for e in order:
        soft[key(e)] = every[at : at + len(e.sentences)]
        at += len(e.sentences)
    assert at == len(every)
    save_soft(soft, args.out)
    print(f"{len(soft)} turns, {at} sentences")


if __name__ == "__main__":
    main()
