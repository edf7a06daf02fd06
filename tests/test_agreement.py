"""Every detector's measured agreement with people travels with the library (P4)."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location

import msgspec
import pytest

from duologue import agreement
from duologue.acts import DEFAULT
from duologue.agreement import MIN_FOUND, PRECISE, UNMEASURED, Agreement, agreement_of, all_agreements, shown_by_default
from duologue.model.codebook import ACTS, MOMENTS
from support import ROOT, shared

_spec = spec_from_file_location("benchmarks_agreement", ROOT / "benchmarks" / "agreement.py")
assert _spec is not None and _spec.loader is not None
bench = module_from_spec(_spec)
sys.modules["benchmarks_agreement"] = bench  # dataclasses look their module up
_spec.loader.exec_module(bench)


def test_every_act_and_moment_is_measured_or_said_not_to_be() -> None:
    """Nothing is shown without either a figure or the words “not yet measured”."""
    for name in (*ACTS, *MOMENTS):
        assert (agreement_of(name) is None) == (name in UNMEASURED), name
    assert agreement_of("context") is not None and agreement_of("focus") is not None
    assert agreement_of("no such thing") is None


def test_figures_are_possible() -> None:
    """Shares within 0 and 1, the interval around its figure, and each says what it was measured on."""
    for e in all_agreements():
        for value in (e.precision, e.recall, e.f1, e.low, e.high, e.human_f1, e.human_kappa):
            assert value is None or 0 <= value <= 1, e.name
        assert e.set and e.n >= 0 and e.found >= 0 and 0 <= e.pairs_right <= e.pairs
        if e.low is not None and e.high is not None and e.f1 is not None:
            assert e.low <= e.f1 <= e.high, e.name
        if e.found == 0:
            assert e.precision is None, e.name


@pytest.mark.parametrize(
    ("precision", "found", "shown"),
    [(1.0, MIN_FOUND, True), (PRECISE, 20, True), (0.94, 20, False), (1.0, MIN_FOUND - 1, False), (None, 0, False)],
)
def test_a_moment_to_work_on_is_shown_where_it_is_right_19_times_in_20(
    precision: float | None, found: int, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The codebook's rule, and enough findings for it to mean something."""
    entry = Agreement(name="wall", kind="moment", set="x", n=10, found=found, precision=precision)
    monkeypatch.setattr(agreement, "_table", lambda: {"wall": entry})
    assert shown_by_default("wall") is shown
    assert shown_by_default("understood") is True
    assert shown_by_default("gimmick") is False


def test_without_the_labelled_conversations_the_benchmark_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 and one clear line."""
    monkeypatch.setattr(bench, "SHARED", tmp_path)
    assert bench.main([]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_scoring_counts_what_both_coders_agree_on() -> None:
    """A find that one coder had counts neither way; turns may be off by one."""
    assert bench.f1(2, 1, 1) == round(4 / 6, 3)
    assert bench.f1(0, 0, 0) is None
    label = {"kind": "wall", "turns": [4, 5]}
    assert bench.alike(label, "wall", (6,)) and bench.alike(label, "wall", (3,))
    assert not bench.alike(label, "wall", (7,)) and not bench.alike(label, "gimmick", (4,))


def test_the_human_figures_are_read_from_their_source() -> None:
    """The two coders' F1 and κ come from the README of the labelled set, not from memory."""
    human = bench.human_agreement(shared("gold/README.md"))
    assert set(human) == set(ACTS) | set(MOMENTS) - set(UNMEASURED)
    assert all(kappa is not None for name, (_, kappa) in human.items() if name in ACTS)


def test_the_written_figures_are_of_the_benchmarks_own_shape() -> None:
    """What `--write` writes is what the library reads."""
    data = (ROOT / "src" / "duologue" / "agreement.json").read_bytes()
    table = msgspec.json.decode(data, type=agreement._Table)
    assert table.entries == list(all_agreements())
    assert table.by == DEFAULT.name, "another labeller has landed: python -m benchmarks.agreement --write"
