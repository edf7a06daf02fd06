"""What a name of a review means, where it comes from, and how far it can be trusted (P4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from duologue.errors import UnknownName
from duologue.measures import DEFINITIONS
from duologue.measures.base import Basis
from duologue.model.codebook import ACTS, CELLS, DIALS, MOMENTS

What = Literal["act", "moment", "context cell", "dial", "measure"]

_TABLES: dict[What, tuple[str, ...]] = {
    "act": tuple(ACTS),
    "moment": tuple(MOMENTS),
    "context cell": tuple(CELLS),
    "dial": tuple(DIALS),
    "measure": tuple(DEFINITIONS),
}
_CODEBOOK = "Duologue's codebook"
# What a moment or a dial is held against. The codebook's limits are conventions of ours, and nobody else's finding.
_THRESHOLDS = {
    "soliloquy": "180 words, or 75 seconds where times are known, unless the user sets their own",
    "drilled_down": "three follow-ups",
    "premature_solution": "fewer than three follow-ups, and no reflection that the other confirmed",
    "argument": "three walls in neighbouring turns",
    "balance": "a floor handed back within 180 words, or 75 seconds where times are known",
}
_DIAL_MINIMUM = "ten opportunities for a value; below that the count alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What `duologue explain NAME` shows. `what` it is; `unit` is empty where there is none to name.

    `threshold_is`: evidence, convention, or the user's own; None where there is no threshold. `agreement`: what was
    measured of its agreement with people, in words; None where nothing was.
    """

    name: str
    what: What
    label: str
    definition: str
    source: str
    unit: str
    threshold: str | None
    threshold_is: Basis | None
    minimum: str
    agreement: str | None


def names() -> dict[str, tuple[str, ...]]:
    """Every name that can be explained, by what it is, in the order of the codebook and the definitions."""
    return {str(what): members for what, members in _TABLES.items()}


def explain(name: str) -> Explanation:
    """The explanation of an act, moment, context cell, dial or measure.

    Case, spaces and hyphens do not matter. Raises UnknownName, with close matches in its hint, where nobody knows it.
    """
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
    for what, members in _TABLES.items():
        if wanted in members:
            return _measure(wanted) if what == "measure" else _entry(wanted, what)
    every = [n for members in _TABLES.values() for n in members]
    close = get_close_matches(wanted, every, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(f'“{c}”' for c in close)}?" if close else "`duologue explain` lists every name"
    raise UnknownName(f"“{name}” is no act, moment, context cell, dial or measure", hint=hint)


def _measure(name: str) -> Explanation:
    d = DEFINITIONS[name]
    return Explanation(
        name=d.name,
        what="measure",
        label=d.label,
        definition=d.definition,
        source=d.source,
        unit=d.unit,
        threshold=d.threshold,
        threshold_is=d.threshold_is,
        minimum=d.minimum,
        agreement=d.checked,
    )


def _entry(name: str, what: What) -> Explanation:
    label, definition, source, unit, minimum = _FIELDS[what](name)
    threshold = _THRESHOLDS.get(name)
    return Explanation(
        name=name,
        what=what,
        label=label,
        definition=definition,
        source=source,
        unit=unit,
        threshold=threshold,
        threshold_is="convention" if threshold else None,
        minimum=minimum,
        agreement=_agreement(name, what),
    )


def _act(name: str) -> tuple[str, ...]:
    entry = ACTS[name]
    return entry.label, entry.definition, f"{_CODEBOOK} ({entry.requirement})", "", "one sentence"


def _moment(name: str) -> tuple[str, ...]:
    entry = MOMENTS[name]
    sign = "A moment to keep." if entry.sign == "+" else "A moment to work on."
    return entry.label, f"{entry.definition} {sign}", f"{_CODEBOOK} ({entry.requirement})", "", "two turns"


def _cell(name: str) -> tuple[str, ...]:
    entry = CELLS[name]
    depth = "depth: 0 not touched, 1 named, 2 explained, 3 explored over follow-ups"
    return entry.label, entry.definition, f"{_CODEBOOK} (S3.5)", depth, f"one {entry.act} of the other's"


def _dial(name: str) -> tuple[str, ...]:
    entry = DIALS[name]
    unit = "opportunities taken, of those there were"
    return entry.label, entry.definition, f"{_CODEBOOK} ({entry.requirement})", unit, _DIAL_MINIMUM


_FIELDS: dict[What, Callable[[str], tuple[str, ...]]] = {
    "act": _act,
    "moment": _moment,
    "context cell": _cell,
    "dial": _dial,
}


def _agreement(name: str, what: What) -> str | None:
    """What was measured against people's labels, in words; None where nothing was. The cells share one figure.

    What people reach with each other is not set beside it: it was counted over all labels, this over those they share.
    """
    from duologue.agreement import agreement_of  # reads its figures from a file, which few callers need

    a = agreement_of("context" if what == "context cell" else name)
    if a is None or a.f1 is None:
        return None
    said = f"{a.measure} {a.f1:.2f}"
    if a.low is not None and a.high is not None:
        said += f" (95% interval {a.low:.2f} to {a.high:.2f})"
    if a.precision is not None and a.recall is not None:
        said += f", right in {a.precision:.0%} of what it finds, finding {a.recall:.0%} of what is labelled"
    said += f", on {a.set} with {a.n} labelled"
    if a.pairs:
        said += f"; {a.pairs_right} of {a.pairs} contrast pairs right"
    return said
