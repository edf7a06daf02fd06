"""Moments that are set apart, because what they rest on was not surely heard: where to listen, and how to say so."""

from __future__ import annotations

import json
from dataclasses import dataclass

from duologue.certainty import speaker_is_sure
from duologue.model import Review, Unsure
from duologue.model.codebook import MOMENTS
from duologue.reports import trust, wording
from duologue.reports.excerpts import Line, at, line, name_of
from duologue.reports.safe import on_one_line
from duologue.wire import moment_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """One of them as it is shown. `because`: a sentence; `pastes`: lines that make it stand, or put a speaker right."""

    id: str
    kind: str
    label: str
    at: str
    lines: tuple[Line, ...]
    because: str
    pastes: tuple[str, ...]
    numbers: str


def apart(review: Review, *, all: bool = False, ids: bool = False) -> tuple[tuple[Apart, ...], int]:
    """Those shown, and how many more there are of kinds that are not shown unasked. `all`: every one is shown."""
    shown = [u for u in review.unsure if all or trust.is_sure(u.moment.kind)]
    return tuple(_apart(review, u, ids=ids) for u in shown), len(review.unsure) - len(shown)


def _apart(review: Review, u: Unsure, *, ids: bool) -> Apart:
    conversation, m = review.conversation, u.moment
    id = moment_id(conversation, m)
    doubtful = [
        t for t in sorted({*m.turns, *(q.turn for q in m.quotes)}) if not speaker_is_sure(conversation.turns[t])
    ]
    return Apart(
        id=id,
        kind=m.kind,
        label=MOMENTS[m.kind].label,
        at=at(conversation, m.turns[0]),
        lines=tuple(line(conversation, t, m.quotes, quote_only=True) for t in dict.fromkeys(q.turn for q in m.quotes)),
        because=on_one_line(f"{wording.capital(u.because)}."),
        pastes=(
            _paste({"finding": id, "verdict": "also_here"}),
            *(
                _paste({"verdict": "other_speaker", "turn": t + 1, "speaker": name_of(conversation, speaker)})
                for t in doubtful
                for speaker in (conversation.turns[t].speaker,)
            ),
        ),
        numbers=f"id {id}" if ids else "",
    )


def _paste(said: dict[str, str | int]) -> str:
    return json.dumps(said | {"by": "", "at": "", "note": ""}, ensure_ascii=False)
