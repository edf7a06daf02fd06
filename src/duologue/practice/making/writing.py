"""A scenario as a file that a person goes on writing: the template, or one that was drawn from a review."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from duologue.errors import UnknownName
from duologue.practice.making.drawing import Drawn
from duologue.practice.scenario import LISTENING, TEMPERAMENTS, Scenario

WIDTH = 110
_ROWS = ("keys", "asked", "after", "earned_by", "words", "temperaments")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


def file_name(name: str) -> str:
    """The name as a scenario has it: small letters, digits and hyphens. Raises UnknownName where nothing is left."""
    plain = re.sub(r"[\s_]+", "-", name.strip().lower())
    if not _NAME.fullmatch(plain):
        raise UnknownName(
            f"“{name}” cannot be the name of a partner", hint="Take small letters, digits and hyphens: my-partner"
        )
    return plain


def template(name: str) -> str:
    """The template under this name, with its comments."""
    text = Path(__file__).with_name("template.yaml").read_text("utf-8")
    return text.replace("name: NAME", f"name: {name}", 1)


def as_yaml(drawn: Drawn) -> str:
    """What was drawn as a file, with a head that says where it comes from and what to look at."""
    return "".join(f"{line}\n" for line in _head(drawn)) + _dumped(plain(drawn.scenario))


def _dumped(value: dict[str, Any]) -> str:
    """As YAML that reads like the template: lists of words on one line, sentences one a line."""
    import yaml

    class Row(list[str]):
        """A list on one line."""

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            return super().increase_indent(flow, False)  # lists are indented below their key

    def rows(part: Any, key: str = "") -> Any:
        if isinstance(part, dict):
            return {k: rows(v, k) for k, v in part.items()}
        if isinstance(part, list):
            return Row(part) if key in _ROWS else [rows(v) for v in part]
        return part

    Dumper.add_representer(Row, lambda d, row: d.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True))
    text: str = yaml.dump(rows(value), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


def plain(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain values, in the order of its keys; what is left to its default is left out."""
    value: dict[str, Any] = msgspec.to_builtins(scenario)
    for issue in value["issues"]:
        for layer in issue["layers"]:
            if layer["earned_by"] == list(LISTENING):
                del layer["earned_by"]
    if value["temperaments"] == list(TEMPERAMENTS):
        del value["temperaments"]
    kept = _without_empty(value)
    assert isinstance(kept, dict)
    return kept | {"issues": kept.get("issues", [])}


def _without_empty(value: Any) -> Any:
    """The same without None, and without lists and groups that hold nothing."""
    if isinstance(value, dict):
        inside = {k: _without_empty(v) for k, v in value.items()}
        return {k: v for k, v in inside.items() if v is not None and v not in ([], {})}
    return [_without_empty(v) for v in value] if isinstance(value, list) else value


def _head(drawn: Drawn) -> list[str]:
    said = [
        "A partner out of a conversation that took place (duologue scenario new NAME --from FILE).",
        "These are another person's words: keep the file on this machine, and look it through before you go on.",
        *looked_through(drawn),
        "docs/scenarios.md walks through the keys. Afterwards: duologue scenario check THIS-FILE",
    ]
    return [f"# {line}" for text in said for line in textwrap.wrap(text, WIDTH - 2)]


def looked_through(drawn: Drawn) -> Sequence[str]:
    """What a person has to look at, a sentence each: what could not be known, and what was taken out."""
    found = [f"Not known: {what[0].lower()}{what[1:]}" for what in drawn.unknown]
    m = drawn.masked
    if m:
        taken = [*m.people, *m.others]
        count = f"{m.numbers} {'number' if m.numbers == 1 else 'numbers'} became “so many”" if m.numbers else ""
        letters = f"{len(taken)} {'name is' if len(taken) == 1 else 'names are'} a letter now" if taken else ""
        if taken or count:
            found.append(f"Taken out: {' and '.join(x for x in (letters, count) if x)}.")
        if m.kept:
            found.append(f"Left as they were said, and maybe names of people: {', '.join(m.kept)}.")
        found.append("A rule does not know every name: read it once with their eyes.")
    return found
