"""Agreement with people: every act and moment, context, focus, and therapists' behaviours on real talk.

    python -m benchmarks.agreement            prints the table
    python -m benchmarks.agreement --write    also writes src/duologue/agreement.json, which reviews show (P4)

Reads `../shared` beside the repository; exits with 2 where it is absent. The written conversations count a label only
where both of their coders agree, so no figure here can be set beside the agreement of the two on all labels without
saying so.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.ratings import ratings
from duologue import review
from duologue.acts import DEFAULT
from duologue.agreement import UNMEASURED, Agreement
from duologue.model import Conversation, Review
from duologue.model.codebook import ACTS, MOMENTS
from duologue.wire import conversation_from

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OUT = ROOT / "src" / "duologue" / "agreement.json"
RESAMPLES = 1000

WRITTEN = "{} written conversations"
MESSAGES = "{} written messages"
ANNOMI = "AnnoMI, {} recorded sessions"


@dataclass
class Tally:
    """Right, wrong and missed findings of one kind, by the conversation they were in."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def over(self, ids: Iterable[str]) -> tuple[int, int, int]:
        chosen = list(ids)
        return (
            sum(self.right[i] for i in chosen),
            sum(self.wrong[i] for i in chosen),
            sum(self.missed[i] for i in chosen),
        )


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write where asked. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write src/duologue/agreement.json")
    write = parser.parse_args(argv).write
    if not (SHARED / "gold" / "conversations").is_dir():
        print("../shared/gold is not beside the repository: there is nothing to measure against", file=sys.stderr)
        return 2
    entries = measure(SHARED)
    show(entries)
    print(summary(entries))
    if write:
        rows = [msgspec.to_builtins(e) for e in entries]
        OUT.write_text(
            json.dumps({"by": DEFAULT.name, "entries": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return 0


def measure(shared: Path) -> list[Agreement]:
    """Every entry, in the order of the codebook; those whose data are absent are left out."""
    human = human_agreement(shared / "gold" / "README.md")
    golds = [
        json.loads(f.read_text(encoding="utf-8")) for f in sorted((shared / "gold" / "conversations").glob("*.json"))
    ]
    reviewed = [(g, review(conversation(g))) for g in golds]
    entries = [*acts(reviewed, human), *moments(reviewed, human), context(reviewed)]
    if (path := shared / "gold" / "outreach.jsonl").exists():
        entries.append(focus(lines(path)))
    if (path := shared / "data" / "annomi-dev.csv").exists():
        entries += behaviours(path)
    entries += ratings(shared / "data", bootstrap)
    right = pairs(lines(shared / "gold" / "pairs.jsonl")) if (shared / "gold" / "pairs.jsonl").exists() else {}
    return [
        msgspec.structs.replace(e, pairs=len(right[e.name]), pairs_right=sum(right[e.name])) if e.name in right else e
        for e in entries
    ]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def conversation(gold: dict[str, Any]) -> Conversation:
    """A labelled conversation as it would be handed in, without its labels."""
    return conversation_from(
        {
            "format": "duologue.conversation/1",
            "id": gold["id"],
            "kind": gold.get("wire_kind"),
            "speakers": [{"id": k, "name": v["name"], "side": v["side"]} for k, v in gold["speakers"].items()],
            "turns": [{k: t.get(k) for k in ("speaker", "start", "end", "text")} for t in gold["turns"]],
        }
    )


Reviewed = list[tuple[dict[str, Any], Review]]
Human = dict[str, tuple[float, float | None]]


def acts(reviewed: Reviewed, human: Human) -> Iterator[Agreement]:
    """Acts as a set a turn. What the two coders did not agree on counts neither way."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for gold, got in reviewed:
        found: dict[int, set[str]] = defaultdict(set)
        for act in got.acts:
            found[act.span.turn].add(act.kind)
        for turn in gold["turns"]:
            key = str(turn["i"])
            want, unsure = set(gold["acts"].get(key, ())), set(gold.get("unsure_acts", {}).get(key, ()))
            have = found[turn["i"]]
            count(tallies, gold["id"], right=have & want, wrong=have - want - unsure, missed=want - have)
    yield from entries("act", ACTS, tallies, [g["id"] for g, _ in reviewed], human)


def moments(reviewed: Reviewed, human: Human) -> Iterator[Agreement]:
    """Moments of the same kind whose turns lie within one of each other."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for gold, got in reviewed:
        left, unsure = list(gold["moments"]), gold.get("unsure_moments", [])
        for m in got.moments:
            hit = next((x for x in left if alike(x, m.kind, m.turns)), None)
            if hit:
                left.remove(hit)
                tallies[m.kind].right[gold["id"]] += 1
            elif not any(alike(x, m.kind, m.turns) for x in unsure):
                tallies[m.kind].wrong[gold["id"]] += 1
        for x in left:
            tallies[x["kind"]].missed[gold["id"]] += 1
    measured = [kind for kind in MOMENTS if kind not in UNMEASURED]
    yield from entries("moment", measured, tallies, [g["id"] for g, _ in reviewed], human)


def alike(label: dict[str, Any], kind: str, turns: tuple[int, ...]) -> bool:
    first, last = min(label["turns"]), max(label["turns"])
    return bool(label["kind"] == kind and first - 1 <= turns[-1] and turns[0] - 1 <= last)


def count(tallies: dict[str, Tally], id: str, *, right: set[str], wrong: set[str], missed: set[str]) -> None:
    for kind in right:
        tallies[kind].right[id] += 1
    for kind in wrong:
        tallies[kind].wrong[id] += 1
    for kind in missed:
        tallies[kind].missed[id] += 1


def entries(
    kind: Any, names: Iterable[str], tallies: dict[str, Tally], ids: list[str], human: Human
) -> Iterator[Agreement]:
    for name in names:
        tally = tallies[name]
        right, wrong, missed = tally.over(ids)
        low, high = bootstrap(ids, lambda chosen, t=tally: f1(*t.over(chosen)))  # type: ignore[misc]
        human_f1, kappa = human.get(name, (None, None))
        yield Agreement(
            name=name,
            kind=kind,
            set=WRITTEN.format(len(ids)),
            n=right + missed,
            found=right + wrong,
            precision=share(right, right + wrong),
            recall=share(right, right + missed),
            f1=f1(right, wrong, missed),
            low=low,
            high=high,
            human_f1=human_f1,
            human_kappa=kappa,
        )


def context(reviewed: Reviewed) -> Agreement:
    """The depth of each cell: the share that is exact (`f1`), and within one (`recall`)."""
    off = {g["id"]: [abs(c.depth - g["context"][c.name]) for c in got.context] for g, got in reviewed}
    exact: Callable[[list[str]], float | None] = lambda ids: share(  # noqa: E731
        sum(d == 0 for i in ids for d in off[i]), sum(len(off[i]) for i in ids)
    )
    every = [d for cells in off.values() for d in cells]
    low, high = bootstrap(list(off), exact)
    return Agreement(
        name="context",
        kind="context",
        set=WRITTEN.format(len(reviewed)),
        n=len(every),
        found=len(every),
        recall=share(sum(d <= 1 for d in every), len(every)),
        f1=exact(list(off)),
        low=low,
        high=high,
        measure="exact depth (recall: within one)",
        human_f1=0.9,  # "context cells the same in 90 %" (README of the gold set)
    )


def focus(messages: list[dict[str, Any]]) -> Agreement:
    """Whose matter a message serves: macro-F1 over self, other and mixed."""
    pairs: dict[str, tuple[str, str]] = {}
    for m in messages:
        wire = {
            "format": "duologue.conversation/1",
            "id": m["id"],
            "kind": "message",
            "speakers": [{"id": "A", "name": "Sender", "side": "ours"}],
            "turns": [{"speaker": "A", "text": m["text"]}],
        }
        pairs[m["id"]] = (m["focus"], review(conversation_from(wire)).focus or "")

    def macro(ids: list[str]) -> float:
        c = Counter(pairs[i] for i in ids)
        scores = []
        for k in ("self", "other", "mixed"):
            wrong = sum(n for (want, got), n in c.items() if got == k and want != k)
            missed = sum(n for (want, got), n in c.items() if want == k and got != k)
            scores.append(f1(c[k, k], wrong, missed) or 0.0)
        return round(sum(scores) / 3, 3)

    low, high = bootstrap(list(pairs), macro)
    return Agreement(
        name="focus",
        kind="focus",
        set=MESSAGES.format(len(pairs)),
        n=len(pairs),
        found=len(pairs),
        f1=macro(list(pairs)),
        low=low,
        high=high,
        measure="macro-F1",
        human_f1=0.975,  # "39 of 40 the same" (README of the gold set)
    )


def pairs(items: list[dict[str, Any]]) -> dict[str, list[bool]]:
    """By kind: of each contrast pair, whether both items came out right."""
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for item in items:
        got, kind = review(conversation(item)), item["kind"]
        at = set(item.get("at") or ())
        said = any(m.kind == kind for m in got.moments) or any(
            a.kind == kind and (not at or a.span.turn in at) for a in got.acts
        )
        right[kind, item["pair"]].append(said == bool(item["label"]))
    by: dict[str, list[bool]] = defaultdict(list)
    for (kind, _), both in right.items():
        by[kind].append(all(both))
    return by


_BEHAVIOURS = {
    "question": ("question_exists", 0.869),  # κ of ten people on seven of the sessions (README of the data)
    "reflection": ("reflection_exists", 0.660),
    "input": ("therapist_input_exists", 0.644),
}


def behaviours(path: Path) -> Iterator[Agreement]:
    """Whether a therapist's turn holds a question, a reflection, input: real talk, labelled by others."""
    sessions: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["utterance_text"].strip():
                sessions[row["transcript_id"]].setdefault(int(row["utterance_id"]), row)
    tallies: dict[str, Tally] = defaultdict(Tally)
    mains: dict[str, list[tuple[str, str]]] = {}  # the main behaviour of each turn: as labelled, as found
    quality: dict[str, tuple[float, str]] = {}  # reflections less input, a turn, and how the session was rated
    for id, by_utterance in sessions.items():
        rows = [by_utterance[u] for u in sorted(by_utterance)]
        sure: dict[int, dict[str, float]] = defaultdict(dict)
        for act in review(_session(id, rows)).acts:
            if (behaviour := _behaviour(act.kind)) is not None:
                here = sure[act.span.turn]
                here[behaviour] = max(here.get(behaviour, 0.0), act.confidence)
        found = {turn: set(said) for turn, said in sure.items()}
        therapist = [i for i, row in enumerate(rows) if row["interlocutor"] == "therapist"]
        mains[id] = [
            (
                rows[i]["main_therapist_behaviour"].removeprefix("therapist_"),
                max(sure[i], key=sure[i].__getitem__, default="other"),
            )
            for i in therapist
        ]
        more = sum(("reflection" in sure[i]) - ("input" in sure[i]) for i in therapist)
        quality[id] = (more / max(1, len(therapist)), rows[0]["mi_quality"])
        for i, row in enumerate(rows):
            if row["interlocutor"] == "therapist":
                own = found.get(i, set())
                want = {name for name, (column, _) in _BEHAVIOURS.items() if row[column] == "True"}
                count(tallies, id, right=own & want, wrong=own - want, missed=want - own)
    human: Human = {}
    for entry in entries("behaviour", _BEHAVIOURS, tallies, list(sessions), human):
        yield msgspec.structs.replace(
            entry,
            name=f"therapist.{entry.name}",
            set=ANNOMI.format(len(sessions)),
            human_kappa=_BEHAVIOURS[entry.name][1],
        )
    yield _figure("therapist.main", "macro-F1", mains, lambda ids: _macro([x for i in ids for x in mains[i]]), 0.854)
    yield _figure("therapist.quality", "AUC", quality, lambda ids: _auc([quality[i] for i in ids]))


def _figure(
    name: str, measure: str, by: dict[str, Any], of: Callable[[list[str]], float | None], human: float | None = None
) -> Agreement:
    low, high = bootstrap(list(by), of)
    return Agreement(
        name=name, kind="behaviour", set=ANNOMI.format(len(by)), n=len(by), found=len(by), f1=of(list(by)),
        low=low, high=high, measure=measure, human_f1=human,
    )  # fmt: skip


def _macro(mains: list[tuple[str, str]]) -> float:
    """Mean F1 over question, reflection, input and other."""
    c = Counter(mains)
    scores = [
        f1(c[k, k], sum(n for (a, b), n in c.items() if b == k != a), sum(n for (a, b), n in c.items() if a == k != b))
        for k in (*_BEHAVIOURS, "other")
    ]
    return round(sum(s or 0.0 for s in scores) / len(scores), 3)


def _auc(sessions: list[tuple[float, str]]) -> float | None:
    """How often a session of high quality has the higher score than one of low quality."""
    high, low = ([s for s, q in sessions if q == quality] for quality in ("high", "low"))
    if not high or not low:
        return None
    return round(sum((a > b) + 0.5 * (a == b) for a in high for b in low) / (len(high) * len(low)), 3)


def _session(id: str, rows: list[dict[str, str]]) -> Conversation:
    return conversation_from(
        {
            "format": "duologue.conversation/1",
            "id": f"annomi-{id}",
            "kind": "support",
            "speakers": [
                {"id": "therapist", "name": "Helper", "side": "ours"},
                {"id": "client", "name": "Client", "side": "theirs"},
            ],
            "turns": [{"speaker": r["interlocutor"], "text": r["utterance_text"]} for r in rows],
        }
    )


def _behaviour(act: str) -> str | None:
    if act.startswith("question") or act == "follow_up":
        return "question"
    if act in ("information", "advice", "pitch", "persuasion"):
        return "input"
    return "reflection" if act == "reflection" else None


def human_agreement(readme: Path) -> Human:
    """F1 (and κ, for acts) of the two codings, from the tables of the gold set's README."""
    found: Human = {}
    if not readme.exists():
        return found
    for line in readme.read_text(encoding="utf-8").splitlines():
        if m := re.match(r"\| `([\w.]+)` \| \d+ \| \d+ \| ([\d.]+) \| ([\d.]+) \|$", line):
            if "." in m.group(2):
                found[m.group(1)] = (float(m.group(3)), float(m.group(2)))
            else:
                found[m.group(1)] = (float(m.group(3)), None)
    return found


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def f1(right: int, wrong: int, missed: int) -> float | None:
    return share(2 * right, 2 * right + wrong + missed)


def bootstrap(ids: list[str], figure: Callable[[list[str]], float | None]) -> tuple[float | None, float | None]:
    """A 95 % interval of a figure over conversations drawn with replacement; the seed is fixed."""
    drawn = random.Random(2).choices
    values = sorted(v for _ in range(RESAMPLES) if (v := figure(drawn(ids, k=len(ids)))) is not None)
    if len(values) < RESAMPLES // 2:
        return None, None
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def show(entries: list[Agreement]) -> None:
    """The table, one line an entry."""

    def cell(value: float | None) -> str:
        return "   – " if value is None else f"{value:5.2f}"

    print(f"{'':28s}    n found     P     R    F1   95 % interval  people  pairs")
    for e in entries:
        both = f"{e.pairs_right}/{e.pairs}" if e.pairs else ""
        interval = f"{cell(e.low)} to {cell(e.high)}"
        people = cell(e.human_f1) if e.human_f1 is not None else f"κ{cell(e.human_kappa)}"
        print(
            f"{e.name:28s} {e.n:4d}  {e.found:4d} {cell(e.precision)} {cell(e.recall)} {cell(e.f1)}  {interval}"
            f"  {people:>6s}  {both:>5s}"
        )


def summary(entries: list[Agreement]) -> str:
    """The figures over all: acts with 12 labels or more (macro), moments (micro), those to work on."""
    often = [e.f1 or 0.0 for e in entries if e.kind == "act" and e.n >= 12]
    of_moments = [e for e in entries if e.kind == "moment"]
    right, found, n = (sum(x) for x in zip(*((hits(e), e.found, e.n) for e in of_moments), strict=True))
    minus = [e for e in of_moments if MOMENTS[e.name].sign == "-"]
    precision = share(sum(map(hits, minus)), sum(e.found for e in minus))
    return (
        f"acts: macro-F1 {sum(often) / max(1, len(often)):.3f} over {len(often)}; moments: micro-F1 "
        f"{f1(right, found - right, n - right) or 0:.3f}, precision of those to work on {precision or 0:.3f}"
    )


def hits(e: Agreement) -> int:
    return round((e.recall or 0) * e.n)


if __name__ == "__main__":
    sys.exit(main())
