"""Moments, measured: each figure beside its baseline, with 95 % intervals.

    python -m benchmarks.moments                     every part
    python -m benchmarks.moments pairs twins         some parts
    python -m benchmarks.moments pairs --write       the same, and puts them in docs/moments-measured.md; other parts
                                                     of the page stay as they are

Parts whose data are absent say so in one line. Nothing is tuned on what this prints of `test`, of what is kept aside,
of AnnoMI, or of twins written after the freeze.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.ablations import ablations
from benchmarks.edits import edits
from benchmarks.moments_common import Table
from benchmarks.moments_labelled import labelled
from benchmarks.moments_pairs import pairs
from benchmarks.next_talk import next_talk
from benchmarks.twins import twins

PAGE = Path(__file__).resolve().parents[1] / "docs" / "moments-measured.md"

# Name → its heading on the page, what it asks, and what answers it.
PARTS: dict[str, tuple[str, str, Callable[[], Iterator[Table]]]] = {
    "labelled": (
        "Against labels",
        "*All-positive*: the moment is claimed wherever the acts, as found, leave room for it (every reply to an "
        "invitation is a deflected one). *Keyword-only*: a handful of obvious words a moment. What lies above both is "
        "earned by its rule. *On people's acts*: the rules of moments on the acts that people gave, so that one sees "
        "what is missed because an act was. Intervals: 95 %, over 1,000 draws of conversations.",
        labelled,
    ),
    "pairs": (
        "Contrast pairs",
        "Two short items alike in length and words; one has the thing, the other has not. Both have to come out right: "
        "all columns but the third and the fourth count pairs. "
        "Intervals: Wilson's.",
        pairs,
    ),
    "twins": (
        "The same situation, played well and badly",
        "Two conversations, alike in talk share, questions, longest turn and words. Do the dials concerned order them?",
        twins,
    ),
    "edits": ("One sentence changed", "Do the findings that rest on it change, and only those?", edits),
    "next": (
        "What the other said next, on recorded talk",
        "AnnoMI, development part, for looking only. Does our reading of the helper's turn say what sort of talk "
        "people heard in the client's next turn (change, sustain, neutral)? Moments are found on what was said up to "
        "that turn and no further, so that nothing of the answer is in the reading.",
        next_talk,
    ),
    "ablations": (
        "What each method adds",
        "Each row runs the reviews with one method replaced by its simple rule. Positive: the method adds so much. "
        "Pairs: so many right with the method alone, so many with the simple rule alone; none of those kept aside is "
        "among them.",
        ablations,
    ),
}

HEAD = """# Moments, as measured

Made by `make moments` (`python -m benchmarks.moments --write`); nobody edits it by hand. The conversations are written,
not recorded, AnnoMI apart; those who wrote and those who coded are alike in kind, which flatters. How each moment is
read: [the rules](moments.md).
"""


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write where asked. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of {', '.join(PARTS)}; all where none is named")
    parser.add_argument("--write", action="store_true", help="put them in docs/moments-measured.md")
    args = parser.parse_args(argv)
    if unknown := [p for p in args.parts if p not in PARTS]:
        parser.error(f"“{unknown[0]}” is no part; there are {', '.join(PARTS)}")
    sections = {}
    for name in args.parts or PARTS:
        sections[name] = section(name)
        print(sections[name], flush=True)
    if args.write:
        page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        PAGE.write_text(joined(page, sections), encoding="utf-8")
    return 0


def section(name: str) -> str:
    """One part of the page, measured now."""
    heading, asked, run = PARTS[name]
    return "\n\n".join([f"## {heading}", asked, *(table.text() for table in run())]) + "\n"


def joined(page: str, sections: dict[str, str]) -> str:
    """The page with these sections put in the place of the old ones; the others stay, all in the order of `PARTS`."""
    old = {m[1]: m[0].strip() + "\n" for m in re.finditer(r"^## (.+?)\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)}
    kept = (sections.get(name, old.get(heading)) for name, (heading, _, _) in PARTS.items())
    return "\n".join([HEAD, *(s for s in kept if s)])


if __name__ == "__main__":
    sys.exit(main())
