"""Listening as a whole, measured beside faster-whisper called bare, in the same run on the same audio and model.

    python -m benchmarks.listen words            words that are wrong, of 100: read English (LibriVox clips)
    python -m benchmarks.listen speed            our whole way's time over bare faster-whisper's; voices given apart
    python -m benchmarks.listen memory 1 4       peak memory for recordings of so many hours
    python -m benchmarks.listen resume           killed and started again: the same conversation?

Other measures have files of their own: `diarization` (whose voice), `streaming` (end of a turn to its text),
`transcription` (one backend alone). `--model` chooses the weights (default: base); `words --write` keeps the figure
that reports print where a recording was heard.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.librivox import clips, plain

AMI = Path("../shared/data/audio")
MEASURED = Path("src/duologue/hearing.json")  # read by duologue.agreement.hearing_said


@contextmanager
def fresh_home() -> Iterator[Path]:
    """Nothing kept from an earlier run may make this one quick."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("DUOLOGUE_HOME")
        os.environ["DUOLOGUE_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop("DUOLOGUE_HOME")
            if before is not None:
                os.environ["DUOLOGUE_HOME"] = before


def heard_text(path: Path, model: str) -> str:
    from duologue.audio.listening import Wanted, listen

    with fresh_home():
        return " ".join(t.text for t in listen(str(path), Wanted(model=model)).turns)


def bare(model: str, compute: str) -> Callable[[Path], str]:
    """faster-whisper as its own documentation calls it."""
    from faster_whisper import WhisperModel

    from duologue.audio.models import find

    loaded = WhisperModel(str(find(model).folder), device="cpu", compute_type=compute)
    return lambda path: " ".join(s.text for s in loaded.transcribe(str(path))[0])


def words(model: str) -> dict[str, Any]:
    import jiwer

    truth = [plain(clip.text) for clip in clips()]
    rates = {}
    for name, hear in (
        ("ours", lambda p: heard_text(p, model)),
        ("bare", bare(model, "default")),
        ("bare, int8", bare(model, "int8")),
    ):
        rates[name] = round(100 * jiwer.wer(truth, [plain(hear(clip.path)) for clip in clips()]), 1)
    n = sum(len(t.split()) for t in truth)
    print(f"words wrong of 100, {len(truth)} clips of read English, {n} words, {model}: {rates}")
    return {"model": model, "words": n, **rates}


def long_talk(seconds: float, folder: Path) -> Path:
    """Real voices, one after the other: the meeting clips where they are here, and the read ones, to this length.

    Written piece by piece: what this process holds would count as the peak of the one that it starts.
    """
    from duologue.audio.decode import opened

    paths = [*sorted(AMI.glob("*.wav")), *(clip.path for clip in clips())]
    out = folder / f"talk-{seconds:.0f}.wav"
    left = round(seconds * 16_000)
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        while left:
            for path in paths:
                with opened(path) as recording:
                    for block in recording.blocks():
                        file.writeframes((block[0, :left] * 32767).astype("<i2").tobytes())
                        left -= min(left, block.shape[1])
    return out


@contextmanager
def timed_voices() -> Iterator[list[float]]:
    """How long telling voices apart takes within a run: what the windows cost, and the clustering at the end."""
    from duologue.audio import diarize

    spent = [0.0]

    def timed(inner: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return inner(*args, **named)
            finally:
                spent[0] += time.perf_counter() - start

        return run

    load, apart = diarize.load, diarize.tell_apart

    def loaded() -> Any:
        diarizer = load()
        object.__setattr__(diarizer, "voices", timed(diarizer.voices))
        return diarizer

    diarize.load, diarize.tell_apart = loaded, timed(apart)
    try:
        yield spent
    finally:
        diarize.load, diarize.tell_apart = load, apart


def speed(model: str, runs: int, seconds: float = 180) -> None:
    from duologue.audio.listening import Wanted, listen

    found: dict[str, list[float]] = {"ours": [], "voices": [], "bare": [], "bare, int8": []}
    with tempfile.TemporaryDirectory() as folder:
        path = long_talk(seconds, Path(folder))
        peers = {"bare": bare(model, "default"), "bare, int8": bare(model, "int8")}
        for _ in range(runs):
            with fresh_home(), timed_voices() as spent:
                start = time.perf_counter()
                listen(str(path), Wanted(model=model))
                found["ours"].append(time.perf_counter() - start - spent[0])
                found["voices"].append(spent[0])
            for name, run in peers.items():
                start = time.perf_counter()
                run(path)
                found[name].append(time.perf_counter() - start)
    middle = {name: statistics.median(times) for name, times in found.items()}
    ratio = {name: round(middle["ours"] / middle[name], 2) for name in peers}
    real_time = {name: round(took / seconds, 3) for name, took in middle.items()}
    print(f"runs: { {name: [round(t, 1) for t in times] for name, times in found.items()} }")
    print(f"seconds of work for a second of talk, {model}: {real_time}; ours without voices, over {ratio}")


def memory(model: str, hours: list[float]) -> None:
    """Each length in a process of its own, so that one peak does not hide the other."""
    for length in hours:
        with tempfile.TemporaryDirectory() as folder:
            path = long_talk(length * 3600, Path(folder))
            code = "import sys; from duologue.cli import main; sys.argv[0] = 'duologue'; main()"
            with fresh_home():
                start = time.perf_counter()
                args = [sys.executable, "-c", code, "listen", str(path), "--model", model, "-o", str(path) + ".json"]
                done = subprocess.Popen(args)
                _, status, usage = os.wait4(done.pid, 0)
                took = time.perf_counter() - start
            assert status == 0, status
            turns = len(json.loads(Path(str(path) + ".json").read_text())["turns"])
        peak = usage.ru_maxrss / 1e6
        print(f"{length:g} h with {model}: peak {peak:.2f} GB, {took / 60:.1f} minutes, {turns} turns", flush=True)


def resume(model: str) -> None:
    """Killed (SIGKILL) twice on its way, and then let go on; beside a run that nobody disturbs."""
    with tempfile.TemporaryDirectory() as folder:
        path = long_talk(600, Path(folder))
        code = "import sys; from duologue.cli import main; sys.argv[0] = 'duologue'; main()"

        def run(target: str, seconds: float | None) -> float:
            start = time.perf_counter()
            args = [sys.executable, "-c", code, "listen", str(path), "--model", model, "-o", target]
            done = subprocess.Popen(args, stderr=subprocess.DEVNULL)
            try:
                assert done.wait(seconds) == 0
            except subprocess.TimeoutExpired:
                done.send_signal(signal.SIGKILL)
                done.wait()
            return time.perf_counter() - start

        with fresh_home():
            whole = run(f"{folder}/whole.json", None)
        with fresh_home():
            for _ in range(2):
                run(f"{folder}/resumed.json", whole / 3)
            last = run(f"{folder}/resumed.json", None)
        same = Path(f"{folder}/whole.json").read_bytes() == Path(f"{folder}/resumed.json").read_bytes()
    print(f"whole {whole:.0f} s; killed twice after {whole / 3:.0f} s each, then {last:.0f} s; the same bytes: {same}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("words", "speed", "memory", "resume"))
    parser.add_argument("hours", nargs="*", type=float)
    parser.add_argument("--model", default="base")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.what == "words":
        found = words(asked.model)
        if asked.write:
            kept = json.loads(MEASURED.read_text())
            where = f"{len(clips())} clips of read English ({found['words']} words)"
            kept["words"][asked.model] = {"error": found["ours"], "set": where}
            MEASURED.write_text(json.dumps(kept, indent=1) + "\n")
    elif asked.what == "speed":
        speed(asked.model, asked.runs)
    elif asked.what == "memory":
        memory(asked.model, asked.hours or [1.0])
    else:
        resume(asked.model)


if __name__ == "__main__":
    main()
