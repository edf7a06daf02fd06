"""How far each detector is to be trusted, said where its result is shown (P4)."""

from __future__ import annotations

from duologue.agreement import agreement_of, shown_by_default
from duologue.reports.wording import share

NOT_MEASURED = "agreement with people: not yet measured"


def is_sure(kind: str) -> bool:
    """Whether moments of this kind are shown unasked: those to keep, and of the others what is right 19 times in 20."""
    return shown_by_default(kind)


def precision_of(kind: str) -> float:
    """How often a detector was right on people's labels, from 0 to 1; a half where nobody knows."""
    a = agreement_of(kind)
    return 0.5 if a is None or a.precision is None else a.precision


def agreement_said(name: str) -> str:
    """The measured agreement of the detector of a moment, "context" or "focus" with people, in a line."""
    a = agreement_of(name)
    if a is None or not (a.n or a.found):
        return NOT_MEASURED
    if a.kind == "context" and a.f1 is not None and a.recall is not None:
        near = f"within one step in {share(a.recall)}"
        return f"agreement with people: the same depth in {share(a.f1)} of cells, {near}, on {a.set}"
    if a.kind == "moment" and not a.found:
        return f"agreement with people: found none of {a.n} labelled, on {a.set}"
    if a.precision is None or a.recall is None:
        return (
            f"agreement with people: {a.f1:.2f} ({a.measure}: 1 is full, 0 is none), on {a.set}"
            if a.f1 is not None
            else NOT_MEASURED
        )
    right, seen = round(a.precision * a.found), round(a.recall * a.n)
    return f"agreement with people: right in {right} of {a.found} found, and found {seen} of {a.n} labelled, on {a.set}"


def f1_said(name: str) -> str:
    """F1 against people's labels, from 0 to 1; in words where nobody measured it."""
    a = agreement_of(name)
    return "not yet measured" if a is None or a.f1 is None else f"{a.f1:.2f}"
