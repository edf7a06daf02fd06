"""A person's corrections as labelled examples for training, in the shape of the items of our corpus.

An item holds one corrected turn, its sentences, and the floor before it. What the person said is the label: an act that
is there, or one that is not. Everything they did not speak of is *unsure*, and is scored neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from duologue.model import Kind, Review
from duologue.model.codebook import ACTS
from duologue.text import Scene, is_punctuated, scene

_DOMAINS: dict[Kind | None, str] = {
    "selling": "selling", "consulting": "consulting", "support": "support", "managing": "managing", "hiring": "hiring",
}  # fmt: skip
_ALL = tuple(ACTS)


def items(review: Review) -> tuple[dict[str, Any], ...]:
    """An item for each turn of which a correction that counts says what its sentences do, in the order of turns.

    Corrections of moments and speakers label no sentence and give none; neither does a message, since messages are
    read by rules and nothing is trained on them.
    """
    if review.kind == "message":
        return ()
    there: dict[int, list[tuple[str, int, int, bool]]] = {}
    for d in review.disputes:
        said = d.dispute
        if d.standing not in ("applied", "as_found") or said.verdict == "other_speaker":
            continue
        # What was found before, or what joined: its span says which sentences are meant.
        about = d.found or next((p for p in d.joined if p.id == d.about), None)
        if about and about.kind in ACTS:
            q = about.quotes[0]
            there.setdefault(q.turn, []).append((about.kind, q.start, q.end, said.verdict == "also_here"))
    cut = scene(review.conversation)
    return tuple(_item(review, cut, t, there[t]) for t in sorted(there))


def lines(review: Review) -> str:
    """The same as JSON Lines: one object a line."""
    return "".join(msgspec.json.encode(item).decode() + "\n" for item in items(review))


def _item(review: Review, cut: Scene, turn: int, said: list[tuple[str, int, int, bool]]) -> dict[str, Any]:
    conversation = review.conversation
    before = cut.before(turn)
    shown = before.turns if before else range(0)
    speakers = dict.fromkeys(conversation.turns[t].speaker for t in (*shown, turn))
    names = {speaker: chr(ord("A") + i) for i, speaker in enumerate(speakers)}
    return {
        "id": f"{conversation.id}-turn-{turn + 1}",
        "writer": "person",
        "domain": _DOMAINS.get(review.kind, "home"),
        "style": "clean" if is_punctuated(conversation.turns[turn].text) else "asr",
        "scene": "corrected by a person after a review",
        "speakers": {names[s]: "ours" if cut.sides[s] == "ours" else "theirs" for s in speakers},
        "turns": [
            *({"speaker": names[conversation.turns[t].speaker], "sentences": list(_unread(cut, t))} for t in shown),
            {"speaker": names[conversation.turns[turn].speaker], "sentences": list(_sentences(cut, turn, said))},
        ],
    }


def _unread(cut: Scene, turn: int) -> Iterator[list[Any]]:
    """The sentences of a turn of which nobody said anything."""
    return ([s.text, [], list(_ALL)] for s in cut.sentences[turn])


def _sentences(cut: Scene, turn: int, said: list[tuple[str, int, int, bool]]) -> Iterator[list[Any]]:
    """The sentences of the corrected turn. An act that is said of several of them at once may be in any: unsure."""
    for s in cut.sentences[turn]:
        acts, known = [], set()
        for kind, start, end, is_there in said:
            touched = [o for o in cut.sentences[turn] if o.span.start < end and start < o.span.end]
            if s in touched and (not is_there or len(touched) == 1):
                known.add(kind)
                acts += [kind] if is_there else []
        yield [s.text, acts, [kind for kind in _ALL if kind not in known]]
