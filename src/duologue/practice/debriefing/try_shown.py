"""A real moment and the tries at it, in words: what was said, what a new line does, and what came of it. No score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duologue.model.codebook import ACTS, MOMENTS
from duologue.practice.replay.lost import Lost
from duologue.practice.replay.tried import Judged, Quoted
from duologue.reports import trust, wording
from duologue.reports.excerpts import shown_name
from duologue.reports.safe import on_one_line
from duologue.reports.selection import rank

LONGEST = 400  # characters of a line that is shown again
_NOTE = "In brackets: how far labels of this kind agree with people’s (F1: 1 is full, 0 is none)."


def moment_said(lost: Lost) -> str:
    """The moment before it is tried: their line, the user's own, and what they really said then."""
    return "\n".join(_moment(lost)) + "\n"


def try_said(judged: Judged) -> str:
    """A try after the partner's reply: what its words do beside the real line's, and whether the moment is there."""
    return "\n".join(_try(judged)) + "\n"


def _moment(lost: Lost) -> Iterator[str]:
    m, name = lost.moment, _name(lost)
    if m is None:
        yield "A line of your own, to try again."
    else:
        which = f"{lost.number} of {lost.of} moments to work on" if lost.of > 1 else "the one moment to work on"
        yield f"A moment of your own ({which}): {MOMENTS[m.kind].label}."
        yield f"({trust.agreement_said(m.kind)})"
    yield f"{name}: {_short(lost.theirs)}"
    yield f"You said: {_short(lost.yours)}"
    if lost.after:
        yield f"Then {name}: {_short(lost.after)}"
    if m is not None:
        yield on_one_line(m.why)
    yield "What would you like to have said?"


def _try(j: Judged) -> Iterator[str]:
    again = _again(j)
    if again:
        yield again
    yield f"The partner’s view: “{on_one_line(j.took)}” What {_name(j.lost)} would have said, nobody knows."
    for when, found in (("Then", j.did), ("Now", j.does)):
        yield f"{when}: {_acts(found)}"
    if j.did or j.does:
        yield _NOTE
    for label, moments in (("To keep", j.kept), ("Something else to look at", j.work)):
        for m in sorted(moments, key=rank)[:1]:
            yield f"{label}: {MOMENTS[m.kind].label}. {on_one_line(m.why)} ({trust.agreement_said(m.kind)})"


def _again(j: Judged) -> str:
    if j.lost.moment is None:
        return ""
    label = MOMENTS[j.lost.moment.kind].label
    if j.again is None:
        return f"Whether “{label}” is here again cannot be seen in one line and its reply."
    found = "is found here, too" if j.again else "is not found here"
    return f"“{label}” {found} ({trust.agreement_said(j.lost.moment.kind)})."


def _acts(found: Iterable[Quoted]) -> str:
    """Words with what they do, in the order in which they were said."""
    by_words: dict[str, list[str]] = {}
    for q in found:
        by_words.setdefault(_short(q.text), []).append(f"{ACTS[q.kind].label} ({trust.f1_said(q.kind)})")
    said = [f"“{words}” {', '.join(dict.fromkeys(labels))}" for words, labels in by_words.items()]
    return "; ".join(said) if said else "nothing that this instrument has a name for"


def _name(lost: Lost) -> str:
    return wording.capital(shown_name(lost.scenario.person.name))


def _short(text: str) -> str:
    line = on_one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"
