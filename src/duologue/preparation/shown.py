"""Judged answers as a page for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from duologue.preparation.answers import Item
from duologue.preparation.judging import Judged
from duologue.preparation.measured import said
from duologue.preparation.told import lines

WIDTH = 88
MOST_QUOTED = 160  # characters of a quote that are shown


def judged_page(items: Sequence[Item], judged: Sequence[Judged]) -> str:
    """What was found in each answer, with its words; at the end how far it is to be trusted."""
    blocks = ["\n".join(_block(i, j)) for i, j in zip(items, judged, strict=True)]
    return "\n\n".join([*blocks, textwrap.fill(said(), WIDTH)]) + "\n"


def _block(item: Item, judged: Judged) -> Iterator[str]:
    yield f"{plain(str(item.id))}  “{short(item.ask)}” about “{short(item.insight)}”"
    yield from found_lines(judged)


def found_lines(judged: Judged) -> Iterator[str]:
    """What was found, a line or more a judgement, wrapped and indented."""
    for mark, sentence, words in lines(judged):
        text = f"{sentence}: “{short(words)}”" if words else sentence
        yield textwrap.fill(text, WIDTH, initial_indent=f"  {mark} ", subsequent_indent="    ")


def short(text: str) -> str:
    """On one line, cut at a word where it is long."""
    return textwrap.shorten(plain(text), MOST_QUOTED, placeholder=" …")


def plain(text: str) -> str:
    """On one line, without anything that moves the cursor."""
    return "".join(c if c.isprintable() else " " for c in text)
