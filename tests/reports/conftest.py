"""Golden files must not change when a detector is measured again: here reports see one fixed table of agreements."""

from __future__ import annotations

import pytest

from duologue.agreement import Agreement
from duologue.model.codebook import MOMENTS

SURE = {"deflected_invitation", "premature_solution"}


def _agreement(name: str) -> Agreement | None:
    if name in ("common_ground", "dodged_question"):
        return None
    kind = "moment" if name in MOMENTS else "focus" if name == "focus" else "context" if name == "context" else "act"
    return Agreement(
        name=name,
        kind=kind,
        set="a made-up set",
        n=40,
        found=30,
        precision=0.9,
        recall=0.675,
        f1=0.771,  # type: ignore[arg-type]
    )


@pytest.fixture(autouse=True)
def fixed_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duologue.reports.trust.agreement_of", _agreement)
    monkeypatch.setattr(
        "duologue.reports.trust.shown_by_default", lambda kind: MOMENTS[kind].sign == "+" or kind in SURE
    )
