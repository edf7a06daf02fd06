"""How well each detector agrees with people (P4), as measured by `python -m benchmarks.agreement --write`.

The figures lie beside this file as `agreement.json` and are read when first asked for. `set` says what they were
measured on; where people were measured against each other too, their agreement stands beside the machine's.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from duologue.model.codebook import MOMENTS

AgreementKind = Literal["act", "moment", "context", "focus", "behaviour", "rating"]

# A moment to work on is shown unasked only where the detector is right 19 times in 20 (the codebook's), on enough
# findings for that to mean something: with ten, one error is already too many.
PRECISE = 0.95
MIN_FOUND = 10
UNMEASURED = ("common_ground", "dodged_question")  # too rare in the labelled conversations to be scored


class Agreement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One detector against people's labels. Shares from 0 to 1; None where there was nothing to divide by.

    `n`: how many were labelled. `found`: how many the detector found. `low`, `high`: a 95 % bootstrap interval of `f1`
    over conversations. `pairs`, `pairs_right`: contrast pairs, and those of which both items came out right.
    `human_f1`, `human_kappa`: two people on the same conversations. For context and focus `f1` is what `measure` says.
    """

    name: str
    kind: AgreementKind
    set: str
    n: int
    found: int
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    low: float | None = None
    high: float | None = None
    measure: str = "F1"
    pairs: int = 0
    pairs_right: int = 0
    human_f1: float | None = None
    human_kappa: float | None = None


class _Table(msgspec.Struct, frozen=True):
    by: str  # the labeller that was measured, as acts name it
    entries: list[Agreement]


def agreement_of(name: str) -> Agreement | None:
    """The measured agreement of an act, a moment, "context" or "focus"; None: not yet measured."""
    return _table().get(name)


def all_agreements() -> tuple[Agreement, ...]:
    """Every measured agreement, in the order of the codebook."""
    return tuple(_table().values())


def shown_by_default(kind: str) -> bool:
    """Whether a moment is shown unasked: those to keep are, the others only where the detector is precise enough."""
    if MOMENTS[kind].sign == "+":
        return True
    measured = agreement_of(kind)
    return (
        measured is not None
        and measured.found >= MIN_FOUND
        and measured.precision is not None
        and measured.precision >= PRECISE
    )


@cache
def _table() -> dict[str, Agreement]:
    data = files("duologue").joinpath("agreement.json").read_bytes()
    return {e.name: e for e in msgspec.json.decode(data, type=_Table).entries}


class _Heard(msgspec.Struct, frozen=True):
    """`error`: in 100 words, or in 100 seconds of speech, how many were wrong on `set`."""

    error: float
    set: str


class _Hearing(msgspec.Struct, frozen=True):
    words: dict[str, _Heard]  # by the name of the model
    voices: _Heard | None = None


def hearing_said(heard_by: str) -> str:
    """How far what heard a recording is to be trusted, in sentences; what nobody measured is said to be so.

    `heard_by`: as the conversation has it. The figures lie in `hearing.json`, made by `benchmarks.listen --write` and
    `benchmarks.diarization --write`.
    """
    measured = msgspec.json.decode(files("duologue").joinpath("hearing.json").read_bytes(), type=_Hearing)
    words = next((h for name, h in measured.words.items() if f", {name} (" in heard_by), None)
    said = f"{words.error:g} of 100 words were wrong on {words.set}" if words else "its words are not yet measured"
    if "CAM++" in heard_by and measured.voices:
        said += (
            f"; of 100 seconds of speech {measured.voices.error:g} were missed, invented or another voice's on "
            f"{measured.voices.set}"
        )
    return said
