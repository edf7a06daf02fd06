"""How often a word is right that a recogniser gave this probability: what the bounds in `duologue.certainty` rest on.

    python -m benchmarks.certainty --model NAME=FOLDER [--model …]

Speech is the LibriVox clips of pocketsphinx-testdata (read aloud by people; Debian) and lines of our own spoken by
espeak-ng, each as it is, over a telephone band, and under noise of three strengths, so that there is something to
mishear. faster-whisper is asked as it comes (beam of five, word times). A word is right where jiwer's alignment says
so. Lines are dealt out by turns into two halves: bounds are chosen on the first, and both are printed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.librivox import clips
from benchmarks.spoken import SCRIPTS, VOICES, Samples, dialogue, telephone
from duologue import read
from duologue.certainty import QUOTE
from duologue.certainty import WORD as BOUND
from duologue.text import WORD

RATE = 16_000
NOISE_DB = (10, 5, 0)  # speech over noise
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001)
WINDOW = 8  # words: about a sentence of talk, which is what findings quote
POOR = 1 / 3  # a window with more of its words wrong than this is one that nothing should rest on
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """One clip under one condition, with what is said in it. `half`: 0 or 1, the same for all conditions of a line."""

    half: int
    source: str
    condition: str
    samples: Samples
    said: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A word that was heard: its probability, and whether it was said there."""

    sure: float
    right: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="append", required=True, metavar="NAME=FOLDER")
    parser.add_argument(
        "--every", type=int, default=1, help="of the lines spoken by espeak-ng take each n-th piece alone"
    )
    parser.add_argument("--json", type=Path, help="also write every judged word there")
    args = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    pieces = [*_librivox(), *_spoken(args.every)]
    print(f"{len(pieces)} pieces, {sum(len(p.samples) for p in pieces) / RATE / 60:.0f} minutes")
    kept = {}
    for name, _, folder in (m.partition("=") for m in args.model):
        rows = kept[name] = [(p, _judged(_model(folder), p)) for p in pieces]
        for half, title in ((0, "chosen on"), (1, "reported on")):
            _print(name, title, [(p, row) for p, row in rows if p.half == half])
    if args.json:
        wire = {
            n: [(p.half, p.source, p.condition, [(w.sure, w.right) for w in row]) for p, row in rows]
            for n, rows in kept.items()
        }
        args.json.write_text(json.dumps(wire))


def _librivox() -> Iterator[Piece]:
    for i, clip in enumerate(clips()):
        yield from _conditions(i % 2, "librivox", clip.samples, clip.text)


def _spoken(every: int) -> Iterator[Piece]:
    """Lines of our own, four to a piece, each piece by one voice."""
    lines = [text for name in ("discovery", "one-to-one", "six", "one") for _, text in SCRIPTS[name].lines]
    for path in sorted((Path(__file__).parents[1] / "examples").glob("*.vtt")):
        lines += [t.text for t in read(path).turns]
    lines = [" ".join(line.split()) for line in lines if not _DIGIT.search(line)]
    for i in range(0, len(lines), 4):
        if i // 8 % every:  # a piece of each half, then none of the next
            continue
        voice = (i // 4) % len(VOICES)
        made, _ = dialogue([(voice, text) for text in lines[i : i + 4]])
        yield from _conditions((i // 4) % 2, "espeak", made[0], " ".join(lines[i : i + 4]))


def _conditions(half: int, source: str, samples: Samples, said: str) -> Iterator[Piece]:
    yield Piece(half, source, "as it is", samples, said)
    narrow = telephone(samples[None, :], RATE)[0]
    yield Piece(half, source, "telephone", np.repeat(narrow, 2), said)
    loud = float(np.sqrt(np.mean(samples**2)))
    for db in NOISE_DB:
        noise = np.random.default_rng(db).normal(0, loud / 10 ** (db / 20), len(samples))
        yield Piece(half, source, f"{db} dB", np.clip(samples + noise, -1, 1).astype(np.float32), said)


_MODELS: dict[str, Any] = {}


def _model(folder: str) -> Any:
    if folder not in _MODELS:
        from faster_whisper import WhisperModel

        _MODELS[folder] = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2)
    return _MODELS[folder]


def _judged(model: Any, piece: Piece) -> list[Judged]:
    import jiwer

    segments, _ = model.transcribe(piece.samples, language="en", word_timestamps=True, beam_size=5)
    heard = [(m, w.probability) for s in segments for w in s.words for m in _plain(w.word)]
    if not heard:
        return []
    done = jiwer.process_words(" ".join(_plain(piece.said)), " ".join(m for m, _ in heard))
    right = [False] * len(heard)
    for chunk in done.alignments[0]:
        if chunk.type == "equal":
            right[chunk.hyp_start_idx : chunk.hyp_end_idx] = [True] * (chunk.hyp_end_idx - chunk.hyp_start_idx)
    return [Judged(sure, is_right) for (_, sure), is_right in zip(heard, right, strict=True)]


def _plain(text: str) -> list[str]:
    """Words in lower case without marks; "Mr." as LibriVox spells it."""
    found = (m.group().lower().replace("’", "'") for m in WORD.finditer(text))
    return [{"mr": "mister", "ok": "okay"}.get(part, part) for word in found for part in word.split("-")]


def _print(name: str, title: str, rows: Sequence[tuple[Piece, list[Judged]]]) -> None:
    for source in ("librivox", "espeak", "both"):
        own = [(p, row) for p, row in rows if source in (p.source, "both")]
        words = [w for _, row in own for w in row]
        if not words:
            continue
        share = sum(w.right for w in words) / len(words)
        print(f"\n{name}, {source}, half {title}: {len(words)} words heard, {share:.1%} right")
        print("  probability   words  right")
        for low, high in pairwise(BINS):
            inside = [w for w in words if low <= w.sure < high]
            if inside:
                print(f"  {low:.1f} to {min(high, 1):.1f}  {len(inside):6}  {_mean(w.right for w in inside):.2f}")
        for bound in (0.3, 0.4, 0.5, 0.6):
            under = [w for w in words if w.sure < bound]
            if under:
                wrong = sum(not w.right for w in words)
                caught = sum(not w.right for w in under) / max(1, wrong)
                print(
                    f"  below {bound}: {len(under) / len(words):.1%} of words, {_mean(not w.right for w in under):.0%} "
                    f"of them wrong, {caught:.0%} of all wrong ones"
                )
        _windows([row for _, row in own])
        for condition in dict.fromkeys(p.condition for p, _ in own):
            _condition(condition, [row for p, row in own if p.condition == condition])


def _windows(rows: Sequence[list[Judged]]) -> None:
    """How well a figure over some words in a row tells that more than `POOR` of them are wrong."""
    cut = [row[i : i + WINDOW] for row in rows for i in range(0, len(row) - WINDOW + 1, WINDOW)]
    poor = [sum(not w.right for w in c) > POOR * len(c) for c in cut]
    print(f"  {len(cut)} windows of {WINDOW} words, {sum(poor)} with more than a third wrong")
    figures = {
        "mean": [float(np.mean([w.sure for w in c])) for c in cut],
        "lower quartile": [float(np.quantile([w.sure for w in c], 0.25)) for c in cut],
        "share from .5 on": [_mean(w.sure >= 0.5 for w in c) for c in cut],
    }
    for label, values in figures.items():
        print(f"    {label}: area under the curve {_auc(values, poor):.2f}")
    for bound in (0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
        told = [p for v, p in zip(figures["mean"], poor, strict=True) if v < bound]
        if told:
            print(
                f"    mean below {bound}: {len(told)} windows, {_mean(told):.0%} of them poor, "
                f"{sum(told) / max(1, sum(poor)):.0%} of all poor ones"
            )


def _condition(name: str, rows: Sequence[list[Judged]]) -> None:
    """What the bounds in use come to under one condition."""
    words = [w for row in rows for w in row]
    cut = [row[i : i + WINDOW] for row in rows for i in range(0, len(row) - WINDOW + 1, WINDOW)]
    if not words or not cut:
        return
    poor = [sum(not w.right for w in c) > POOR * len(c) for c in cut]
    under = [float(np.mean([w.sure for w in c])) < QUOTE for c in cut]
    both = sum(p and u for p, u in zip(poor, under, strict=True))
    right, low = _mean(w.right for w in words), _mean(w.sure < BOUND for w in words)
    print(f"  {name}: {right:.0%} of words right, {low:.0%} under {BOUND}; of {len(cut)} windows {sum(poor)} poor,")
    print(f"    {sum(under)} under {QUOTE}, {both} both")


def _auc(values: Sequence[float], poor: Sequence[bool]) -> float:
    """How often a poor window has a lower figure than one that is not (half where they are the same)."""
    low = [v for v, p in zip(values, poor, strict=True) if p]
    high = [v for v, p in zip(values, poor, strict=True) if not p]
    if not low or not high:
        return float("nan")
    return sum((a < b) + (a == b) / 2 for a in low for b in high) / (len(low) * len(high))


def _mean(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)


if __name__ == "__main__":
    main()
