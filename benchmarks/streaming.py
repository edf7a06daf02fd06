"""From the end of a turn to its text, and what an hour of listening leaves behind in memory.

    python -m benchmarks.streaming                    # tiny.en; --model takes a name that is here, or a folder
    python -m benchmarks.streaming --minutes 0        # only the delays and a quarter of an hour with Whisper

Dialogues of espeak-ng come in by blocks of 32 ms as a microphone would bring them. Nobody waits for real: a clock of
the sound (when a block is complete) and the time that each block took to compute make up when a text is there, a block
that comes while another is worked on waits for it. A turn ends where its sound does, so that the silence which ends a
turn is part of what is measured. Two threads, as on the machine that the figure is promised for. Where other work runs
beside it, "as it was" tells of that work too; "on one core alone" counts the processor's time of both threads as if one
core had to do it all, which no other work adds to and two cores stay below.

Memory: an hour of a dialogue, over and over, with a scripted transcriber; the growth is the slope of the resident size
over the second half. Before it a quarter of an hour with Whisper, whose own buffers take some minutes to settle.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import spoken
from duologue.audio import models
from duologue.audio.activity import STEP, Silero
from duologue.audio.base import RATE, Blocks, Heard, Transcriber
from duologue.audio.stages import LIVE, RECORDING, Listening, Pace
from duologue.audio.transcribe.whisper import Whisper
from duologue.testing import ScriptedTranscriber

NEAR = 0.35  # seconds by which the end that was heard may miss the true one and still be the same turn's
PAGE = os.sysconf("SC_PAGE_SIZE")


def blocks(samples: Blocks, size: int = STEP) -> Iterator[Blocks]:
    for at in range(0, samples.shape[1], size):
        yield samples[:, at : at + size]


Clock = Callable[[], float]


def delays(name: str, transcriber: Transcriber, pace: Pace, clock: Clock) -> tuple[list[float], float, int]:
    """Seconds from the true end of each turn to its text, the computing per second of sound, and turns never heard."""
    samples, truth = sound(name)
    listening = Listening(tracks=samples.shape[0], transcriber=transcriber, pace=pace, language="en")
    there: list[tuple[Heard, float]] = []
    free = busy = 0.0
    for number, block in enumerate(blocks(samples)):
        begun = clock()
        came = max(free, (number + 1) * STEP / RATE)
        for event in listening.feed(block):
            if isinstance(event, Heard) and event.words:
                there.append((event, came + clock() - begun))
        took = clock() - begun
        free, busy = came + took, busy + took
    found = []
    for line in truth:
        mine = [at for heard, at in there if heard.track == line.speaker and abs(heard.end - line.end) <= NEAR]
        found += [at - line.end for at in mine[:1]]
    return found, busy / (samples.shape[1] / RATE), len(truth) - len(found)


def sound(name: str) -> tuple[Blocks, tuple[spoken.Line, ...]]:
    """A dialogue at RATE."""
    samples, truth = spoken.spoken(name)
    rate = spoken.SCRIPTS[name].rate
    if rate != RATE:
        long = samples.shape[1] * RATE // rate
        own, ours = np.arange(samples.shape[1]) / rate, np.arange(long) / RATE
        samples = np.stack([np.interp(ours, own, track) for track in samples]).astype(np.float32)
    return samples, truth


def growth(minutes: float, transcriber: Transcriber, pace: Pace) -> tuple[float, float, float]:
    """Resident memory in MB after a minute and at the end, and MB an hour over the second half (least squares)."""
    samples, _ = sound("discovery-channels")
    listening = Listening(tracks=2, transcriber=transcriber, pace=pace, language="en")
    marks: list[tuple[float, float]] = []
    done = 0.0
    while done < minutes * 60:
        for block in blocks(samples, STEP if pace.look == 1 else RATE):
            for _event in listening.feed(block):
                pass
            done += block.shape[1] / RATE
            if not marks or done - marks[-1][0] >= 15:
                marks.append((done, resident()))
    late = [mark for mark in marks if mark[0] >= done / 2]
    slope = statistics.linear_regression([at / 3600 for at, _ in late], [size for _, size in late]).slope
    return next(size for at, size in marks if at >= 60), marks[-1][1], slope


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def activity_cost() -> tuple[float, float]:
    """Seconds of one core that Silero takes for a second of one track: a second at once, and a step at once."""
    samples, _ = sound("discovery")
    costs = []
    for size in (32 * STEP, STEP):
        activity, begun = Silero(), time.process_time()
        for block in blocks(samples, size):
            activity.feed(block[0])
        costs.append((time.process_time() - begun) * RATE / samples.shape[1])
    return costs[0], costs[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en", help="a Whisper model: its name or folder")
    parser.add_argument("--minutes", type=float, default=60.0, help="of sound for the growth without Whisper")
    parser.add_argument("--whisper-minutes", type=float, default=15.0, help="of sound for the growth with Whisper")
    args = parser.parse_args()
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (the figures hold where nothing else runs)")
    together, alone = activity_cost()
    print(f"voice activity: {together:.4f} s a second of one track; asked every 32 ms {alone:.4f}")

    transcriber = Whisper(models.find(args.model), fast=True, threads=2)
    print(f"transcriber: {transcriber.name}")
    transcriber.transcribe([sound("one")[0][0, : 5 * RATE]], language="en")  # the first call fills caches
    for label, pace in (("listening ahead", LIVE), ("only after the pause", replace(LIVE, guess=None))):
        for measured, clock in (("as it was", time.perf_counter), ("on one core alone", time.process_time)):
            every: list[float] = []
            for name in ("discovery-channels", "telephone"):
                found, load, lost = delays(name, transcriber, pace, clock)
                every += found
                print(f"  {name}: {_summary(found)}, {lost} turns without a text of their own, computing {load:.2f}")
            print(f"end of a turn to its text, {label}, {measured}: {_summary(every)}")
    if args.whisper_minutes:
        first, last, slope = growth(args.whisper_minutes, transcriber, LIVE)
        print(
            f"{args.whisper_minutes:g} min live with Whisper: {first:.0f} MB → {last:.0f} MB, {slope:+.1f} MB an hour"
        )
    for label, pace in (("live", LIVE), ("recording", RECORDING)):
        if args.minutes:
            first, last, slope = growth(args.minutes, ScriptedTranscriber(), pace)
            print(f"{args.minutes:g} min {label}, scripted: {first:.0f} MB → {last:.0f} MB, {slope:+.1f} MB an hour")


def _summary(found: list[float]) -> str:
    if len(found) < 2:
        return f"{len(found)} turns"
    tenths = statistics.quantiles(found, n=10)
    return (
        f"median {statistics.median(found) * 1000:.0f} ms, 90th percentile {tenths[-1] * 1000:.0f} ms (n={len(found)})"
    )


if __name__ == "__main__":
    main()
