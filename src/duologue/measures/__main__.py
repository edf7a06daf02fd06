"""`python -m duologue.measures > docs/measures.md`: the page of all measures, made from their definitions."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from duologue.measures import FAMILIES
from duologue.measures.base import Definition

_HEAD = """# Measures

Numbers with a written definition. This page is made from the definitions in `src/duologue/measures/` by
`python -m duologue.measures > docs/measures.md`; a test fails where it is out of date.

- Every measure is given for each person, and for each side where the sides are known, or for the whole conversation.
  An interpreter carries another's words and has no figures.
- A measure without a value says why. Unknown is never 0. A value may carry a caveat: “rests on estimated times”.
- Shares of counts carry a 95 % interval (Wilson 1927). It covers chance, and not the mistakes of a detector.
- Where words were heard with little certainty, or it is not sure who spoke, the interval is wider: it covers what the
  figure would be without those words, and with those turns given to one person or to another.
- A threshold is marked as evidence (a study, named), a convention (somebody's habit, ours included) or the user's own.
  No figure is a verdict, and there is no total.
- The length of the conversation stands beside rates, because it colours all of them.
- Gaps, patience and interruptions feed no dial and no moment.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for family in FAMILIES:
        parts.append(f"## {family.name.capitalize()}\n")
        parts += ["\n".join(_entry(d)) + "\n" for d in family.definitions]
    return "\n".join(parts)


def _entry(d: Definition) -> Iterator[str]:
    yield f"### `{d.name}`: {d.label}\n"
    yield f"{d.definition}\n"
    yield f"- Unit: {d.unit or 'a pure number'}"
    yield f"- Source: {d.source}"
    yield f"- Minimum data: {d.minimum}"
    if d.threshold:
        yield f"- Held against: {d.threshold} ({d.threshold_is})"
    if d.checked:
        yield f"- Checked: {d.checked}"
    if d.needs_acts:
        yield "- Withheld where the language is not English"


if __name__ == "__main__":
    sys.stdout.write(page())
