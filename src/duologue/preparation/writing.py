"""A ladder as YAML that people fill in: beside every empty rung stands its question, as a comment."""

from __future__ import annotations

from collections.abc import Iterator

from duologue.preparation.ladder import KINDS, Claim, Ladder, Means, Place, Quote, Rung, StandsBehind
from duologue.preparation.questions import question

_HEAD = """\
# Write your own words after a colon in place of null; they are kept when `duologue prepare` runs again.
# A rung with a quote holds the document's words. Nothing was made up; what is null is open.
"""


def as_yaml(ladder: Ladder) -> str:
    """The whole file. `ladder.read_ladder` gives back the same ladder."""
    return _HEAD + "\n".join(_lines(ladder)) + "\n"


def _lines(ladder: Ladder) -> Iterator[str]:
    yield f"format: {ladder.format}"
    yield f"id: {_text(ladder.id)}"
    if ladder.source is not None:
        yield f"source: {_text(ladder.source)}"
    yield "claims:"
    for claim in ladder.claims:
        yield ""
        yield f"  - claim: {_text(claim.claim)}"
        if claim.quote:
            yield f"    quote: {_quote(claim.quote)}"
        yield from _claim(claim)


def _claim(claim: Claim) -> Iterator[str]:
    yield from _named(claim, "matters_to", "    matters_to: ", 6)
    yield "    stands_behind:"
    for name in StandsBehind.__struct_fields__:
        yield from _named(claim, f"stands_behind.{name}", f"      {name}: ", 8)
    yield from _named(claim, "look_for", "    look_for: ", 6)
    yield "    means:"
    for name in Means.__struct_fields__:
        yield from _named(claim, f"means.{name}", f"      {name}: ", 8)
    yield "    ask_next:" + ("" if claim.ask_next else " []")
    for asked in claim.ask_next:
        yield f"      - {_text(asked)}"
    yield "    follow_ups:"
    for kind in KINDS:
        yield f"      {kind}:"
        for level in range(1, 4):
            yield from _named(claim, f"follow_ups.{kind}.{level}", "        - ", 10)


def _named(claim: Claim, place: Place, head: str, indent: int) -> Iterator[str]:
    rung: Rung = claim.at(place)
    if not rung.stands:
        yield f"{head}null  # {question(place)}"
    elif rung.quote is None:
        yield head + _text(rung.text or "")
    elif head.endswith("- "):
        yield f"{head}text: {_text(rung.text or '')}"
        yield f"{' ' * indent}quote: {_quote(rung.quote)}"
    else:
        yield head.rstrip()
        yield f"{' ' * indent}text: {_text(rung.text or '')}"
        yield f"{' ' * indent}quote: {_quote(rung.quote)}"


def _quote(quote: Quote) -> str:
    return f"{{line: {quote.line}, words: {_text(quote.words)}}}"


def _text(text: str) -> str:
    """A string as YAML reads it back, on one line, in double quotes: no text is mistaken for a number or a key."""
    import yaml

    shown: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return shown.rstrip("\n")
