"""A ladder as a page to read before the call: per claim what stands, what is open as a question, what to ask next."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import msgspec

from duologue.preparation.asking import about_us
from duologue.preparation.ladder import Claim, Ladder, Place, Rung
from duologue.preparation.questions import NAMES, question
from duologue.reports.safe import in_markdown, on_one_line

WIDTH = 88


def counts(ladder: Ladder) -> str:
    """How much stands, in a line."""
    rungs = [
        r for c in ladder.claims for place, r in c.rungs() if place != "matters_to" or r.stands or about_us(c.claim)
    ]
    stand = sum(r.stands for r in rungs)
    claims = "1 claim" if len(ladder.claims) == 1 else f"{len(ladder.claims)} claims"
    return f"{claims}: {stand} rungs stand, {len(rungs) - stand} are open."


def standing(claim: Claim) -> Iterator[tuple[Place, Rung]]:
    """The rungs that hold something."""
    return ((place, rung) for place, rung in claim.rungs() if rung.stands)


def empty(claim: Claim) -> Iterator[Place]:
    """The rungs to be asked about: of each kind of follow-up only the first that is empty, the rest wait for it.

    For whom it matters is asked where a claim is about its maker, and first.
    """
    asked: set[str] = set()
    for place, rung in claim.rungs():
        kind = place.rpartition(".")[0] if place.startswith("follow_ups") else place
        if rung.stands or kind in asked or (place == "matters_to" and not about_us(claim.claim)):
            continue
        if kind == "follow_ups.look_for" and "look_for" in asked:
            continue  # the same question first
        asked.add(kind)
        yield place


def as_text(ladder: Ladder) -> str:
    """For a terminal."""
    lines: list[str] = []
    for n, claim in enumerate(ladder.claims, 1):
        where = f"  (line {claim.quote.line})" if claim.quote else ""
        lines += [*_wrapped(f"{on_one_line(claim.claim)}{where}", f"{n}  ", " " * (len(str(n)) + 2)), ""]
        stands = list(standing(claim))
        if stands:
            lines.append("   What stands")
            lines += [line for place, rung in stands for line in _row(NAMES[place], _said(rung))]
            lines.append("")
        if asked := list(empty(claim)):
            lines.append("   Open: what would you say?")
            lines += [line for place in asked for line in _row(NAMES[place], question(place))]
            lines.append("")
        if claim.ask_next:
            lines.append("   To ask them")
            lines += [line for q in claim.ask_next for line in _wrapped(on_one_line(q), "     – ", "       ")]
            lines.append("")
    lines += [counts(ladder)]
    return "\n".join(lines) + "\n"


def _row(name: str, said: str) -> list[str]:
    return _wrapped(said, f"     {name:<16}", " " * 21)


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest)


def _said(rung: Rung) -> str:
    where = f" (line {rung.quote.line})" if rung.quote else " (yours)"
    return on_one_line(rung.text or "") + where


def as_markdown(ladder: Ladder) -> str:
    """For a document."""
    out: list[str] = [f"# Before the call: {in_markdown(ladder.source or 'ladder')}", ""]
    for claim in ladder.claims:
        out += [f"## {in_markdown(on_one_line(claim.claim))}", ""]
        for place, rung in standing(claim):
            out.append(f"- **{NAMES[place]}**: {in_markdown(_said(rung))}")
        out += [f"- [ ] **{NAMES[place]}**: {question(place)}" for place in empty(claim)]
        out += ["", "To ask them:", "", *(f"- {in_markdown(on_one_line(q))}" for q in claim.ask_next), ""]
    return "\n".join([*out, counts(ladder)]) + "\n"


def as_json(ladder: Ladder) -> str:
    """The ladder as it is in YAML, and for each claim the questions of what is open."""
    rows = [
        msgspec.to_builtins(c) | {"open": [{"rung": p, "question": question(p)} for p in empty(c)]}
        for c in ladder.claims
    ]
    whole = {"format": ladder.format, "id": ladder.id, "source": ladder.source, "claims": rows}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"
