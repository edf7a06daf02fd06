"""The sentences of practising users (`users/`, whose README describes them): their form, and who says what.

Beside them the lines that the partner's ear is trained on (`users/hears-*.jsonl`), each with what a partner hears.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.check import HERE

Item = dict[str, Any]

ASKS = tuple(f"invitation.{kind}" for kind in ("more", "why", "meaning", "look_for", "basis"))
DOMAINS = {"any", "sales", "managing", "home"}  # those of practice, which are coarser than the corpus's
PLACES = {"{echo}", "{word}"}  # a clause of the partner's in the second person, and a term of theirs
_LISTENS = {"open_question", "follow_up", "reflection", "acknowledgement", "permission", "presence", "repair"}
MOVES: dict[str, set[str]] = {
    "listener": _LISTENS,
    "pitcher": {"feature", "credential", "client_list", "demo_push", "pitch", "testimonial"},
    "interrogator": {"closed_question", "open_question", "next_item"},
    "flatterer": {"compliment", "tie_down", "yes_ladder", "urgency", "small_talk", "charm"},
    "arguer": {"correct", "rebut", "yes_but", "either_or", "directive"},
    "silent": {"backchannel", "silence", "minimal_reply", "stall"},
    "parrot": {"echo"},
    "formula": {"formula_ask"},
    "such_as": {"follow_up"},
    "halting": _LISTENS,
}
HEARS = ("listens", "asks", "sells", "flatters", "argues", "nothing")  # as which a line comes across
_PIECE = re.compile(r"\{\w*\}|[\w'’-]*\w[\w'’-]*")


def users(file: Path = HERE / "users" / "dev.jsonl") -> list[Item]:
    """Every sentence of one half. Raises ValueError that names file and line where a shape is off."""
    return _read(file, _off)


def heard(file: Path) -> list[Item]:
    """Every line of one `hears-*.jsonl`. Raises ValueError as `users` does."""
    return _read(file, _misheard)


def _read(file: Path, off: Callable[[Item], str | None]) -> list[Item]:
    found = []
    for n, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        item = json.loads(row)
        what = off(item)
        if what:
            raise ValueError(f"{file.name}:{n}: {what}")
        found.append(item)
    return found


def pieces(text: str) -> tuple[str, ...]:
    """The words of a sentence in small letters; a placeholder is one of them."""
    return tuple(_PIECE.findall(text.casefold()))


def _off(item: Item) -> str | None:
    """What is off in one item, in words; None where nothing is."""
    answers = item.get("move") == "answer"
    wanted = {"policy", "move", "domain", "text"} | ({"ask"} if answers else set())
    if set(item) != wanted or not all(type(v) is str for v in item.values()):
        return f"{sorted(wanted)} are wanted, each a string"
    if item["policy"] not in MOVES:
        return f"{item['policy']} is no policy"
    if not answers and item["move"] not in MOVES[item["policy"]]:
        return f"{item['move']} is no move of {item['policy']}"
    if answers and item["ask"] not in ASKS:
        return f"{item['ask']} is no invitation"
    if item["domain"] not in DOMAINS:
        return f"{item['domain']} is no domain"
    if not set(re.findall(r"\{.*?\}|[{}]", item["text"])) <= PLACES:
        return "it has a placeholder that is not known"
    if item["move"] != "silence" and not pieces(item["text"]):
        return "it says nothing, and is no silence"
    return None


def _misheard(item: Item) -> str | None:
    """What is off in one line of `hears-*.jsonl`, in words; None where nothing is."""
    wanted = {"before", "text", "hears", "domain"}
    if set(item) != wanted or not all(type(v) is str for v in item.values()):
        return f"{sorted(wanted)} are wanted, each a string"
    if item["hears"] not in HEARS:
        return f"{item['hears']} is nothing that a partner hears"
    if item["domain"] not in DOMAINS - {"any"}:
        return f"{item['domain']} is no domain of a line with what was said before it"
    if not pieces(item["before"]) or not item["text"].strip():
        return "a line and what was said before it are both wanted"
    if "{" in item["before"] + item["text"]:
        return "a line has no placeholder"
    return None
