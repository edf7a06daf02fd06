"""The figures that definitions state about themselves (`checked`), taken again from public sets beside the project."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence

from duologue.acts.base import Evidence
from duologue.measures import DEFINITIONS, measure
from duologue.measures.uptake import taken_up
from duologue.model import Act, Conversation, Measure, Speaker, Turn
from duologue.text import scene, words
from support import shared, whole_turn

Row = dict[str, str]


def _rows(name: str) -> list[Row]:
    with shared(f"data/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    i = 0
    while i < len(order):
        j = i
        while j < len(order) and values[order[j]] == values[order[i]]:
            j += 1
        for k in range(i, j):
            ranks[order[k]] = (i + j - 1) / 2
        i = j
    return ranks


def _spearman(a: Sequence[float], b: Sequence[float]) -> float:
    x, y = _ranks(a), _ranks(b)
    mx, my = sum(x) / len(x), sum(y) / len(y)
    top = sum((p - mx) * (q - my) for p, q in zip(x, y, strict=True))
    return float(top / (sum((p - mx) ** 2 for p in x) * sum((q - my) ** 2 for q in y)) ** 0.5)


def _auc(high: Sequence[float], low: Sequence[float]) -> float:
    return sum((h > x) + 0.5 * (h == x) for h in high for x in low) / (len(high) * len(low))


def _stated(name: str, figure: str) -> None:
    assert figure in str(DEFINITIONS[name].checked), f"{name} states another figure than {figure}"


def test_uptake_follows_what_raters_saw() -> None:
    """P4: the stated Spearman correlation with human ratings; an exchange without content words counts as no uptake."""
    rows = [r for r in _rows("uptake-dev.csv") if r["uptake_zscore"]]
    ours = [taken_up(list(words(r["student_text"])), list(words(r["teacher_text"]))) or 0.0 for r in rows]
    rho = _spearman(ours, [float(r["uptake_zscore"]) for r in rows])
    _stated("uptake", f"ρ .{rho * 100:.0f} ")
    _stated("uptake", f"{len(rows):,} ")


def _session(rows: list[Row]) -> dict[str, Measure]:
    """The therapist's measures of one session, acts as people labelled them (one coder's where there are several)."""
    unique = list({(r["transcript_id"], int(r["utterance_id"])): r for r in reversed(rows)}.values())[::-1]
    conversation = Conversation(
        id="session",
        speakers=(Speaker(id="therapist", name="T", side="ours"), Speaker(id="client", name="C", side="theirs")),
        turns=tuple(Turn(speaker=r["interlocutor"], text=r["utterance_text"]) for r in unique),
    )
    cut = scene(conversation)
    acts = []
    for i, row in enumerate(unique):
        span = whole_turn(cut, i)
        if span is not None:
            asks = any(s.is_question for s in cut.sentences[i])
            acts += [Act(kind=k, span=span, confidence=1.0, by="people") for k in _kinds(row, asks)]
    return {m.name: m for m in measure(Evidence(scene=cut, acts=tuple(acts))) if m.speaker == "therapist"}


def _kinds(row: Row, asks: bool) -> list[str]:
    """Labels of people; the client's questions were not labelled and are read off the question mark."""
    if row["interlocutor"] == "client":
        return ["question.closed"] if asks else []
    named = {
        "reflection": "reflection_exists",
        "question.open": "question_exists",
        "information": "therapist_input_exists",
    }
    return [kind for kind, column in named.items() if row[column] == "True"]


def test_reflection_less_unasked_telling_separates_good_from_poor_sessions() -> None:
    """The research line of the design, by our definition and people's labels: the stated AUC; talk share does worse."""
    sessions: dict[str, list[Row]] = defaultdict(list)
    for row in _rows("annomi-dev.csv"):
        sessions[row["video_title"]].append(row)
    taken = [(rows[0]["mi_quality"], _session(rows)) for rows in sessions.values()]

    def values(name: str, quality: str) -> list[float]:
        return [v for q, found in taken if q == quality and (v := found[name].value) is not None]

    name = "reflection_minus_unasked_telling"
    high, low = values(name, "high"), values(name, "low")
    auc = _auc(high, low)
    _stated(name, f"AUC .{auc * 100:.0f} ")
    _stated(name, f"({len(high)} and {len(low)} ")
    _stated(name, f"{sum(v > 0 for v in high)} of the {len(high)}")
    assert all(v < 0 for v in low)
    assert auc > _auc(values("talk_share", "low"), values("talk_share", "high")) + 0.2
    _stated("uptake", f"AUC .{_auc(values('uptake', 'high'), values('uptake', 'low')) * 100:.0f})")
