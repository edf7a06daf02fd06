"""Our transcriber beside faster-whisper as it comes: word error rate and time on the same speech, in one process.

    python -m benchmarks.transcription            # tiny.en and base, those that are here
    python -m benchmarks.transcription base

The speech is what Debian's pocketsphinx-testdata has of LibriVox: five sentences of a novel, 25 s. They are heard one
by one (every call costs Whisper a half minute's window) and laid end to end. "bare" is `WhisperModel.transcribe` with
its own settings and no word times; ours gives word times and confidences. All ways take turns, and medians of three are
shown; a busy machine still blurs them, so the time of the processor is given beside the time on the clock.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from benchmarks.librivox import clips, plain
from duologue.audio import models
from duologue.audio.base import RATE, Heard, Samples
from duologue.audio.transcribe.whisper import Whisper, _cores

ROUNDS = 3


def measure(name: str) -> None:
    """Print the table of one model."""
    import jiwer
    from faster_whisper import WhisperModel

    found = models.find(name)
    asked = "en"  # given to both: where it has to be found out, faster-whisper encodes once more and we do not
    ours, fast = Whisper(found), Whisper(found, fast=True)
    bare = WhisperModel(str(found.folder), device="cpu", compute_type="float32", cpu_threads=_cores())
    small = WhisperModel(str(found.folder), device="cpu", compute_type="int8", cpu_threads=_cores())

    def by(model: WhisperModel) -> Callable[[Sequence[Samples]], list[str]]:
        return lambda pieces: [
            " ".join(s.text for s in model.transcribe(np.array(piece), language=asked)[0]) for piece in pieces
        ]

    def by_us(whisper: Whisper) -> Callable[[Sequence[Samples]], list[str]]:
        def heard(pieces: Sequence[Samples]) -> list[str]:
            results: list[Heard] = whisper.transcribe(pieces, language=asked)
            return [" ".join(word.text for word in one.words) for one in results]

        return heard

    ways = {
        "bare, float32": by(bare),
        "bare, int8": by(small),
        "ours, word times": by_us(ours),
        "ours, fast": by_us(fast),
    }
    told = {clip.text: clip.samples for clip in clips()}
    sets: dict[str, tuple[list[str], list[Samples]]] = {
        "one by one": (list(told), list(told.values())),
        "end to end": ([" ".join(told)], [np.concatenate(list(told.values()))]),
    }
    seconds = sum(map(len, told.values())) / RATE
    print(f"\n{name}: {seconds:.0f} s of speech, {_cores()} processors, median of {ROUNDS}")
    print(f"{'':12}{'':18}{'WER':>7}{'clock':>9}{'ratio':>7}{'processor':>11}{'ratio':>7}")
    for label, (texts, pieces) in sets.items():
        clock: dict[str, list[float]] = {way: [] for way in ways}
        processor: dict[str, list[float]] = {way: [] for way in ways}
        said: dict[str, list[str]] = {}
        for _ in range(ROUNDS):
            for way, hear in ways.items():
                begun, worked = time.perf_counter(), time.process_time()
                said[way] = hear(pieces)
                clock[way].append(time.perf_counter() - begun)
                processor[way].append(time.process_time() - worked)
        for way in ways:
            wrong = jiwer.wer([plain(t) for t in texts], [plain(t) for t in said[way]])
            took, work = median(clock[way]), median(processor[way])
            against = median(clock["bare, int8"]), median(processor["bare, int8"])
            times = f"{took:8.2f}s{took / against[0]:7.2f}{work:10.2f}s{work / against[1]:7.2f}"
            print(f"{label:12}{way:18}{wrong:7.1%}{times}", flush=True)


def main() -> None:
    """Measure the models that are named, or those that are here of tiny.en and base."""
    here = {found.name for found in models.here()}
    for name in sys.argv[1:] or [name for name in ("tiny.en", "base") if name in here]:
        measure(name)


if __name__ == "__main__":
    main()
