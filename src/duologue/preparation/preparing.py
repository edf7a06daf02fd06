"""From a document to its ladder. Rungs hold the document's words and nothing else; what it leaves open stays open."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from duologue.preparation.asking import ask_next
from duologue.preparation.claims import Draft, Said, find
from duologue.preparation.cues import pieces, sources
from duologue.preparation.ladder import Claim, Ladder, Place, Quote, Rung, ladder_id
from duologue.preparation.source import Source, plain
from duologue.text import words

# Where words go when their rung is taken: further down the same kind, then to what more there is to tell.
_MORE = tuple(f"follow_ups.more.{n}" for n in (1, 2, 3))
_THEN: dict[Place, tuple[Place, ...]] = {
    "look_for": ("look_for", *(f"follow_ups.look_for.{n}" for n in (1, 2, 3))),
    **{f"follow_ups.{k}.1": tuple(f"follow_ups.{k}.{n}" for n in (1, 2, 3)) for k in ("why", "meaning", "more")},
}
LEAST_WORDS = 3  # of a claim before its "because": less is half a sentence


def prepare(source: Source) -> tuple[Ladder, tuple[Said, ...]]:
    """The ladder of a document, and what in it belongs to no claim or found no rung. Raises UnreadableInput."""
    drafts, left = find(source)
    claims = []
    for draft in drafts:
        claim, over = _filled(draft)
        claims.append(claim)
        left += over
    made = tuple(claims)
    return Ladder(id=ladder_id(source.name, made), source=source.name, claims=made), tuple(left)


def _filled(draft: Draft) -> tuple[Claim, list[Said]]:
    alone = _claim_alone(draft.claim)
    text = plain(alone.raw).strip(" ,;:–—-")
    claim = Claim(claim=text, quote=Quote(line=alone.line, words=alone.raw), ask_next=ask_next(text))
    left: list[Said] = []
    # What of the claim's own sentence stands beside it; there the part before a cue is the claim itself.
    found = [*draft.placed, *((to, s) for to, s in _places(draft.claim) if not to.startswith("follow_ups.more"))]
    for said in draft.support:
        found += _places(said) or [("follow_ups.more.1", said)]
    for said in (draft.claim, *draft.support, *(s for _, s in draft.placed)):
        found += [("stands_behind.source", said.part(a, b)) for a, b in sources(said.raw)]
    for to, said in found:
        placed = _put(claim, to, said)
        if placed is None:
            left.append(said)
        else:
            claim = placed
    return claim, left


def _claim_alone(said: Said) -> Said:
    """The claim without its "because …"."""
    inner = [
        (a, b) for to, a, b in _cut(said.raw) if (a, b) != (0, len(said.raw)) and not to.startswith("follow_ups.more")
    ]
    if not inner:
        return said
    start, end = inner[0]
    if start == 0:
        kept = said.part(end, len(said.raw), " ,;–—-")
    else:
        before = said.raw[:start].rstrip(" ,;:–—-")
        kept = said.part(0, len(_JOINS.sub("", before)))
    return kept if len(words(kept.raw)) >= LEAST_WORDS else said


_JOINS = re.compile(r"[\s,;]+(?:and|but|or|so|which|that)$", re.IGNORECASE)


def _places(said: Said) -> list[tuple[Place, Said]]:
    return [(to, said.part(a, b, " ,;")) for to, a, b in _cut(said.raw)]


def _cut(raw: str) -> list[tuple[Place, int, int]]:
    return [(to, a, b) for to, a, b in pieces(raw) if len(words(raw[a:b])) >= 2]


def _put(claim: Claim, to: Place, said: Said) -> Claim | None:
    """The claim with these words on the first free rung of their kind; None where none is free."""
    taken = dict(claim.rungs())
    rung = Rung(text=plain(said.raw).strip(" ,;()"), quote=Quote(line=said.line, words=said.raw))
    if any(r.stands and r.quote == rung.quote for place, r in taken.items() if place == to):
        return claim  # the document named it and a cue found it
    for place in (*_THEN.get(to, (to,)), *(() if to == "stands_behind.source" else _MORE)):
        if not taken[place].stands:
            return claim.with_rung(place, rung)
    return claim if to == "stands_behind.source" else None


def merge(old: Ladder, new: Ladder) -> tuple[Ladder, tuple[str, ...]]:
    """The new ladder with everything that a person wrote into the old one, and what has to be said about it.

    By claim: the same words, or nearly. A claim that the document no longer makes stays where somebody worked on it.
    """
    notes: list[str] = []
    before = list(old.claims)
    merged: list[Claim] = []
    for claim in new.claims:
        at = next((i for i, c in enumerate(before) if _same(c.claim, claim.claim)), None)
        merged.append(_kept(before.pop(at), claim) if at is not None else claim)
    for gone in before:
        if any(rung.stands and _own(rung) for _, rung in gone.rungs()) or gone.quote is None:
            merged.append(gone)
            notes.append(f"The document no longer says “{gone.claim}”; you wrote on it, so it stays.")
        else:
            notes.append(f"The document no longer says “{gone.claim}”; nothing of yours was on it, so it is gone.")
    return msgspec.structs.replace(new, id=old.id, claims=tuple(merged)), tuple(notes)


def _kept(old: Claim, new: Claim) -> Claim:
    for place, rung in old.rungs():
        if rung.stands and _own(rung):
            new = new.with_rung(place, rung)
    return msgspec.structs.replace(new, claim=old.claim, ask_next=old.ask_next or new.ask_next)


def _own(rung: Rung) -> bool:
    """Whether a person wrote it: it has no quote, or was rewritten beside it."""
    return rung.quote is None or (rung.text or "").strip() != plain(rung.quote.words).strip(" ,;()")


def _same(a: str, b: str) -> bool:
    first, second = set(words(a)), set(words(b))
    if words(a) == words(b):
        return True
    return len(first & second) >= ALIKE * len(first | second) and _figures(a) == _figures(b)


ALIKE = 0.8  # of all words in either: a comma, an article or one word changed
_FIGURE = re.compile(r"\d+")


def _figures(text: str) -> Sequence[str]:
    return _FIGURE.findall(text)
