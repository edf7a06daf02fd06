"""Answers coded twice: what counts, and what is kept aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.answers import Labels, agreed, coded_again, codings, counts, kept_aside, others, own, second, twice
from training.examples import answers

from benchmarks import answers as benchmark
from duologue.preparation.judging import NAMES
from duologue.preparation.measured import Agreed

PAGE = Path(__file__).parents[2] / "docs" / "preparation.md"


def labels(**known: bool | None) -> Labels:
    return {name: known.get(name, False) for name in NAMES}


def test_a_label_counts_where_both_codings_have_it() -> None:
    """Judgement by judgement: one that differs, or that the second coder left open, takes no other with it."""
    first = [labels(responsive=True, specific=True), labels(evidence=True)]
    again = [labels(responsive=True), labels(evidence=None)]
    both = agreed(first, again)
    assert both == [labels(responsive=True, specific=None), labels(evidence=None)]
    assert counts(both) == {"responsive": 2, "specific": 1, "evidence": 1, "hands_back": 2}


def test_every_answer_was_coded_again() -> None:
    """Each once, by yes, no or undecided; the second coding is not read as more answers."""
    lines = (benchmark.OTHERS / "second.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows) == len(others()) == len(second())
    assert all(set(row) == {"id", *NAMES} for row in rows)
    assert all(row[name] is None or isinstance(row[name], bool) for row in rows for name in NAMES)


def test_the_second_coding_is_in_the_order_of_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was made on a shuffled list: labels go by id, not by line."""
    row = {"group": "g", "writer": "w", "domain": "d", "insight": "i", "ask": "a", "answer": "x"}
    rows = [row | {"id": f"g-{n}"} | labels(responsive=n == 1) for n in range(2)]
    again = [{"id": r["id"], **{name: r[name] for name in NAMES}} for r in reversed(rows)]
    for name, some in (("w-01", rows), ("second", again)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, some)), encoding="utf-8")
    monkeypatch.setattr(benchmark, "OTHERS", tmp_path)
    assert len(answers(tmp_path)) == 2
    assert second() == [own(e) for e in others()]


def test_half_of_the_groups_are_kept_aside() -> None:
    """Which ones hangs on the id alone: a change would make other figures out of the same answers."""
    groups = sorted({e.group for e in others()})
    assert [g[-2:] for g in groups if kept_aside(g)] == ["01", "03", "05", "07", "08", "10", "12"]


def test_agreement_is_printed_before_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """The two codings, the second alone, what both agree on, and last the figure, each with its number of answers."""
    coded_again()
    said = capsys.readouterr().out
    at = [
        said.index(words)
        for words in ("κ", "second coding alone", "60 answers by the writer of its cues, where", "The figure: the 35")
    ]
    assert at == sorted(at)
    assert "the same 49 of 60" in said and "of 49  mean F1" in said


def test_the_figures_on_the_page_are_what_comes_out() -> None:
    """P4: the table of what was coded twice is what the benchmark says today."""

    def cell(a: Agreed) -> str:
        return f"{a.mean:.2f} ({a.low:.2f} to {a.high:.2f})"

    page = PAGE.read_text(encoding="utf-8")
    (alone, _), (both, of_both), (figure, of_half) = twice()
    for k, coded in enumerate(codings()):
        f, b, s = (m.judgements[k] for m in (figure, both, alone))
        cells = [
            coded.name.replace("_", " "),
            f"{coded.same} of {coded.n}, κ {coded.kappa:.2f}",
            f"{cell(f)}, {of_half[coded.name]} answers",
            f"{f.model_alone:.2f}",
            f"{cell(b)}, {of_both[coded.name]} answers",
            f"{b.model_alone:.2f}",
            cell(s),
            f"{s.model_alone:.2f}",
        ]
        assert f"| {' | '.join(cells)} |" in page
    specific = next(c for c in codings() if c.name == "specific")
    found = f"Of these the judgements find {specific.with_second}, the model alone {specific.model_with_second}:"
    assert f"In {specific.n - specific.same} answers the second coder" in page and found in page
