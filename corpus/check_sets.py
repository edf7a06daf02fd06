"""The sets beside the written conversations (pairs, ladders, moments, twins, edits): their shapes, and what they hold.

Printed by `python -m corpus.check`. Every reader raises ValueError that names file and line where a shape is off.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from training.examples import JUDGEMENTS, kept_aside

from corpus.check import DOMAINS, HERE, items
from duologue.model.codebook import ACTS, CELLS, DEPTHS, DIALS, MOMENTS
from duologue.text import words

Item = dict[str, Any]
Row = tuple[str, Item]  # where it stands (“m-01.jsonl:3”), and the item

ALIKE = 0.15  # the share of the longer one's words by which the items of a pair may differ
FIVE = 5  # answers to one invitation
KINDS_OF_TALK = {"selling", "consulting", "support", "managing", "hiring", "everyday"}
PAIR = {**dict.fromkeys(("id", "pair", "kind", "writer", "domain", "style", "wire_kind", "note"), str),
        "label": bool, "at": list, "speakers": dict, "turns": list}  # fmt: skip
ANSWER = {**dict.fromkeys(("id", "group", "writer", "domain", "style", "ask_kind", "insight", "ask", "answer"), str),
          **dict.fromkeys(JUDGEMENTS, bool), "first": int}  # fmt: skip
LABELLED = {"id": str, "kind": str, "moments": list, "unsure_moments": list, "context": dict}
TWIN = {**dict.fromkeys(("id", "situation", "played", "written", "wire_kind", "scene"), str),
        "dials": list, "speakers": dict, "turns": list}  # fmt: skip
EDIT = {"id": str, "conversation": dict, "turn": int, "sentence": int, "old": str, "new": str, "gone": list,
        "joined": list, "why": str}  # fmt: skip


def pairs(folder: Path = HERE / "pairs") -> list[Item]:
    """Every item of the contrast pairs, two a pair."""
    found = _read(sorted(folder.glob("*.jsonl")), PAIR)
    by: dict[str, list[Row]] = defaultdict(list)
    for where, item in found:
        _among(where, "kind", {item["kind"]}, {*ACTS, *MOMENTS})
        _among(where, "domain", {item["domain"]}, DOMAINS)
        _among(where, "style", {item["style"]}, {"clean", "asr"})
        _among(where, "kind of talk", {item["wire_kind"]}, KINDS_OF_TALK)
        _conversation(where, item)
        _among(where, "turn", set(item["at"]), set(range(len(item["turns"]))))
        _must(where, bool(item["at"]) is item["label"], "turns are named where it is there, and only then")
        by[item["pair"]].append((where, item))
    for two in by.values():
        where, first = two[0]
        _must(where, sorted(x["label"] for _, x in two) == [False, True], "a pair is one item with it, one without")
        _must(where, all(x["kind"] == first["kind"] for _, x in two), "the items of a pair are of one kind")
        short, long = sorted(_words(x) for _, x in two)
        _must(where, long - short <= ALIKE * long, f"the items of the pair have {short} and {long} words")
    return [item for _, item in found]


def second_pairs(folder: Path = HERE / "pairs-second") -> dict[str, bool | None]:
    """Item of the half kept aside → what a second, blind coder said of it; None where they could not decide."""
    found: dict[str, bool | None] = {}
    for where, row in _rows(sorted(folder.glob("*.jsonl"))):
        _must(where, set(row) == {"id", "label"}, "an id and a label are wanted")
        _must(where, type(row["label"]) in (bool, type(None)), "a label is true, false or null")
        _must(where, row["id"] not in found, f"{row['id']} is coded twice")
        found[row["id"]] = row["label"]
    _must(folder.name, set(found) == {x["id"] for x in pairs() if kept_aside(x)}, "it is not just the half kept aside")
    return found


def ladders(folder: Path = HERE / "ladders") -> list[Item]:
    """Every answer to an invitation, five an invitation."""
    found = _read(sorted(folder.glob("*.jsonl")), ANSWER)
    by: dict[str, list[Row]] = defaultdict(list)
    for where, item in found:
        _among(where, "invitation", {item["ask_kind"]}, {k for k in ACTS if k.startswith("invitation.")})
        _among(where, "domain", {item["domain"]}, DOMAINS)
        _among(where, "style", {item["style"]}, {"clean", "asr"})
        _must(where, item["first"] >= 0, "sentences are counted from 0")
        by[item["group"]].append((where, item))
    for group, some in by.items():
        asked = {(x["insight"], x["ask"], x["ask_kind"], x["domain"], x["style"]) for _, x in some}
        _must(some[0][0], len(some) == FIVE and len(asked) == 1, f"{group} is not five answers to one invitation")
    return [item for _, item in found]


def moments(file: Path) -> list[Item]:
    """Conversations of the corpus with their moments and context cells."""
    found, turns = _read([file], LABELLED), _turns()
    for where, item in found:
        _among(where, "item", {item["id"]}, set(turns))
        _among(where, "kind of talk", {item["kind"]}, KINDS_OF_TALK)
        named = [(m["kind"], m["turns"]) for m in (*item["moments"], *item["unsure_moments"])]
        _findings(where, named, turns[item["id"]])
        _must(where, set(item["context"]) == set(CELLS), "the context is not the four cells")
        _among(where, "depth", set(item["context"].values()), set(range(len(DEPTHS))))
    return [item for _, item in found]


def twins(folder: Path = HERE / "twins") -> list[Item]:
    """Every twin: a situation, played once well and once badly. `benchmarks.twins` says whether they match."""
    found = _read(sorted(folder.glob("*.jsonl")), TWIN)
    by: dict[str, list[str]] = defaultdict(list)
    for where, item in found:
        _among(where, "dial", set(item["dials"]), set(DIALS))
        _among(where, "kind of talk", {item["wire_kind"]}, KINDS_OF_TALK)
        _among(where, "file", {item["written"]}, {where.partition(".")[0]})
        _conversation(where, item)
        by[item["situation"]].append(item["played"])
    for situation, played in by.items():
        _must(situation, sorted(played) == ["badly", "well"], "it is not played once well and once badly")
    return [item for _, item in found]


def edits(file: Path = HERE / "edits.jsonl") -> list[Item]:
    """Every edit: a conversation, one sentence of it in new words, and the findings that go and join."""
    found = _read([file], EDIT)
    for where, item in found:
        turns = item["conversation"]["turns"]
        _conversation(where, item["conversation"])
        _must(where, 0 <= item["turn"] < len(turns), f"there is no turn {item['turn']}")
        _must(where, turns[item["turn"]]["text"].count(item["old"]) == 1, "the old sentence is not once in its turn")
        _must(where, item["old"] != item["new"], "nothing is changed")
        _findings(where, (*item["gone"], *item["joined"]), len(turns))
    return [item for _, item in found]


def summary() -> str:
    """What README.md says of the sets, in Markdown."""
    return "\n\n".join((_of_pairs(), _of_ladders(), _of_moments(), _of_twins(), _of_edits()))


def _of_pairs() -> str:
    found, again = pairs(), second_pairs()
    kept = [x for x in found if kept_aside(x)]
    same = [x for x in kept if again[x["id"]] is x["label"]]
    open_ = sum(again[x["id"]] is None for x in kept)
    rows = ["| contrast pairs of | writer | pairs | kept aside | items coded alike |", "|---" * 5 + "|"]
    for kind in sorted({x["kind"] for x in found}):
        own, held, alike = ([x for x in some if x["kind"] == kind] for some in (found, kept, same))
        by = ", ".join(sorted({x["writer"] for x in own}))  # README.md says that it is one
        rows.append(f"| `{kind}` | {by} | {len(own) // 2} | {len(held) // 2} | {len(alike)} of {len(held)} |")
    return (
        f"Contrast pairs: {len(found) // 2} of {len(rows) - 2} kinds, {_share(x['style'] == 'asr' for x in found)} as "
        f"raw recogniser output. Kept aside: {len(kept) // 2}, whose {len(again)} items were coded again: {len(same)} "
        f"the same, {len(again) - len(same) - open_} otherwise, {open_} undecided.\n\n" + "\n".join(rows)
    )


def _of_ladders() -> str:
    found = ladders()
    shares = ", ".join(f"{name} {_share(x[name] for x in found)}" for name in JUDGEMENTS)
    digits = {held: [x for x in found if x["specific"] is held] for held in (True, False)}
    some, others = (_share(any(c.isdigit() for c in x["answer"]) for x in digits[held]) for held in (True, False))
    return (
        f"Ladder answers: {len(found):,} to {len({x['group'] for x in found})} invitations ({shares}). A digit stands "
        f"in {some} of the specific ones and in {others} of the others."
    )


def _of_moments() -> str:
    told = []
    for file in sorted((HERE / "moments").glob("*.jsonl")):
        found = moments(file)
        sure, unsure = (sum(len(x[name]) for x in found) for name in ("moments", "unsure_moments"))
        told.append(f"{file.stem} {len(found)} conversations with {sure} moments and {unsure} unsure ones")
    return f"Moments: {', '.join(told)}."


def _of_twins() -> str:
    when = Counter(x["written"] for x in twins())
    return f"Twins: {when['before'] // 2} situations from before the detectors were frozen, {when['after'] // 2} after."


def _of_edits() -> str:
    found = edits()
    gone, joined = (sum(len(x[name]) for x in found) for name in ("gone", "joined"))
    kinds = {kind for x in found for kind, _ in (*x["gone"], *x["joined"])}
    return f"Edits: {len(found)}, after which {gone} findings go and {joined} join, of {len(kinds)} kinds."


def _rows(files: Iterable[Path]) -> Iterator[Row]:
    for file in files:
        for n, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{file.name}:{n}", json.loads(row)


def _read(files: Iterable[Path], fields: Mapping[str, type]) -> list[Row]:
    """The items of some files, each with these fields and an id of its own."""
    found, seen = list(_rows(files)), set()
    for where, item in found:
        off = sorted({*item} ^ {*fields}) or [k for k, kind in fields.items() if type(item[k]) is not kind]
        _must(where, not off, f"{off} are missing, strange, or not of their type")
        _must(where, item["id"] not in seen, f"{item['id']} is there twice")
        seen.add(item["id"])
    return found


@cache
def _turns() -> dict[str, int]:
    """Item of the written conversations → how many turns it has; read once, since both parts of the moments ask."""
    return {item["id"]: len(item["turns"]) for _, item in items()}


def _conversation(where: str, item: Item) -> None:
    _among(where, "side", {v["side"] for v in item["speakers"].values()}, {"ours", "theirs"})
    for turn in item["turns"]:
        _among(where, "speaker", {turn["speaker"]}, set(item["speakers"]))
        _must(where, _text(turn).strip() != "", "a turn says nothing")
        for text, *acts in turn.get("sentences", ()):
            _must(
                where, bool(text.strip()) and len(acts) in (1, 2), "a sentence is its text, its acts, its unsure acts"
            )
            _among(where, "act", {k for part in acts for k in part}, set(ACTS))


def _findings(where: str, found: Iterable[Any], turns: int) -> None:
    for kind, at in found:
        _among(where, "moment", {kind}, set(MOMENTS))
        _must(where, bool(at), f"a {kind} names no turn")
        _among(where, "turn", set(at), set(range(turns)))


def _text(turn: Item) -> str:
    return turn["text"] if "text" in turn else " ".join(s[0] for s in turn["sentences"])


def _words(item: Item) -> int:
    return sum(len(words(_text(turn))) for turn in item["turns"])


def _share(some: Iterable[bool]) -> str:
    found = list(some)
    return f"{sum(found) / len(found):.0%}"


def _among(where: str, what: str, some: set[Any], known: set[Any]) -> None:
    _must(where, some <= known, f"{what} {sorted(some - known, key=str)} is none of ours")


def _must(where: str, so: bool, otherwise: str) -> None:
    if not so:
        raise ValueError(f"{where}: {otherwise}")
