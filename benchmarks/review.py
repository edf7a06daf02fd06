"""Speed and memory of a review, as ratios wherever there is something to divide by.

    python -m benchmarks.review                          # the whole process, warm calls, growth, memory
    python -m benchmarks.review --peer /path/to/python   # also beside ConvoKit, in a Python that has it

The transcript is made here from sentences of our own, seeded: 10,000 words in an hour, two speakers. Growth is judged
by the ratio of the time a turn takes at 100,000 turns and at 10,000: linear is 1. The peer gets the same conversation
and is asked for talk-time sharing and politeness features, its nearest neighbours to our measures and acts; its own
process is timed without its imports.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from duologue import Conversation, Speaker, Turn, review
from duologue.wire import conversation_to, dumps, review_to

HERE = Path(__file__).parent
OURS = (
    "What happens on a day when the supplier is late?",
    "So the whole line waits, and you are the one who explains it upstairs.",
    "How long has that been going on?",
    "I can see why you would be careful after the last attempt.",
    "We work with a number of plants like yours, and our scheduler sorts that out in a week.",
    "You are probably losing a fortune on overtime.",
    "Would it help if I told you what another site tried?",
    "Mm-hm.",
    "Shall we say Thursday at ten for a short demo?",
    "Tell me about the people on the night shift.",
)
THEIRS = (
    "It started when they moved the dock, and since then nothing arrives in the order that we planned it.",
    "Yes, exactly, that's it.",
    "I'm not sure it is worth the trouble, to be honest.",
    "What do you base that on?",
    "We would like to get the returns down by a third before the summer.",
    "It keeps me here until eight most evenings, and my daughter has started to notice.",
    "Just send me something and I will have a look.",
    "No, that isn't how it works with us.",
    "About forty a week, sometimes fifty.",
    "That makes sense.",
)


def transcript(turns: int | None = None, words: int = 10_000, seed: int = 7) -> Conversation:
    """A timed conversation of so many turns, or of so many words."""
    rng = random.Random(seed)
    made: list[Turn] = []
    clock, said = 0.0, 0
    while len(made) < turns if turns is not None else said < words:
        lines = OURS if len(made) % 2 == 0 else THEIRS
        text = " ".join(rng.sample(lines, rng.choice((1, 1, 2, 3))))
        length = len(text.split()) / 2.8
        made.append(Turn(speaker="AB"[len(made) % 2], text=text, start=round(clock, 2), end=round(clock + length, 2)))
        clock += length + 0.3
        said += len(text.split())
    speakers = (Speaker(id="A", name="Ana", side="ours"), Speaker(id="B", name="Ben", side="theirs"))
    return Conversation(id="hour", speakers=speakers, turns=tuple(made), language="en")


def seconds(call: Callable[[], object], times: int = 5) -> float:
    """The median of several runs, after one that does not count."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def process(*args: str) -> tuple[float, float]:
    """Median seconds of a whole process, and its peak memory in MB."""
    command = [sys.executable, "-c", "from duologue.cli import main; main()", *args]
    taken, peak = [], 0.0
    for _ in range(6):
        start = time.perf_counter()
        pid = os.posix_spawn(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        )
        _, status, usage = os.wait4(pid, 0)
        taken.append(time.perf_counter() - start)
        if status:
            raise SystemExit(f"{' '.join(args)} ended with {status}")
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(taken[1:]), peak


def growth() -> tuple[float, float]:
    """Seconds for 100,000 turns, and how much longer a turn takes there than at 10,000."""
    at: dict[int, float] = {}
    for turns in (10_000, 100_000):
        conversation = transcript(turns=turns)
        start = time.perf_counter()
        review(conversation)
        at[turns] = time.perf_counter() - start
    return at[100_000], at[100_000] / at[10_000] / 10


def peer(python: str, conversation: Conversation) -> dict[str, float]:
    """The same conversation through ConvoKit, in a Python that has it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "hour.json")
        file.write_text(dumps(conversation_to(conversation)), encoding="utf-8")
        done = subprocess.run(
            [python, str(HERE / "convokit_peer.py"), str(file)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise SystemExit(f"the peer did not run: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer", metavar="PYTHON", help="a Python with ConvoKit 5, for the comparison")
    parser.add_argument("--quick", action="store_true", help="without the 100,000 turns")
    args = parser.parse_args()

    hour = transcript()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "hour.json")
        file.write_text(dumps(conversation_to(hour)), encoding="utf-8")
        bare, _ = process("--version")
        whole, peak = process("review", str(file), "--format", "json")
        page, _ = process("review", str(file), "--format", "html")
        help_, _ = process("--help")
    warm = seconds(lambda: review(hour))
    write = seconds(lambda: dumps(review_to(review(hour)))) - warm
    print(f"an hour, 10,000 words, {len(hour.turns)} turns")
    print(f"  whole process, JSON out      {whole:7.2f} s   {whole / bare:5.1f} times `--version`   peak {peak:.0f} MB")
    print(f"  whole process, HTML out      {page:7.2f} s   {page / bare:5.1f} times `--version`")
    print(f"  --help                       {help_:7.2f} s")
    print(f"  review(), warm               {warm:7.3f} s   {3600 / warm:,.0f} times real time")
    print(f"  JSON out                     {write:7.3f} s")
    if not args.quick:
        long, ratio = growth()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  review(), 100,000 turns      {long:7.2f} s   {ratio:.2f} times a turn at 10,000; peak {own:.0f} MB")
    if args.peer:
        found = peer(args.peer, hour)
        total = found["balance_s"] + found["politeness_s"]
        print(f"beside ConvoKit {found['version']} (same conversation, its imports not counted)")
        print(f"  talk-time sharing            {found['balance_s']:7.3f} s")
        print(f"  parsing and politeness       {found['politeness_s']:7.3f} s")
        print(f"  ConvoKit ÷ review()          {total / warm:7.1f}")


if __name__ == "__main__":
    main()
