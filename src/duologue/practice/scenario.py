"""A scenario: a person, what they carry, and what it takes until they say it. Read from YAML, never changed.

The file has the schema of the structs below (docs/scenarios.md walks through one). Whatever a partner may say of
their matters stands in it, so that the rules (`partner.py`) decide what is said, and a voice only how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from duologue.errors import UnknownName, UnreadableInput
from duologue.model import Kind

FORMAT = "duologue.scenario/1"

Domain = Literal["sales", "managing", "home"]
Cell = Literal["issue", "personal_impact", "goal", "personal_goal"]
Temperament = Literal["warm", "brisk", "wary"]
TEMPERAMENTS: tuple[Temperament, ...] = get_args(Temperament)

# What listening can open a layer. `asked`: a question about it, or an open one; `followed_up`: a question on what they
# just said; `reflected`, `acknowledged`: codebook; `present`: presence, or leave given; `answered`: their own "tell me
# more" was met on its own terms; `repaired`: something that had gone wrong was taken back.
Earns = Literal["asked", "followed_up", "reflected", "acknowledged", "present", "answered", "repaired"]
LISTENING: tuple[Earns, ...] = get_args(Earns)

# A line is one wording for every temperament, or one for each.
Wording = str | dict[Temperament, str]


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the partner is. `talk`: how they speak, in a sentence (a written voice follows it, a model is told it)."""

    name: str
    role: str
    talk: str


class Layer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that they may tell, and what it takes.

    `cell`: which cell of the context it fills. `about`: as a noun phrase, for the debrief ("the late Friday runs").
    `trust`: from 0 to 1, how much it takes. `earned_by`: any of these opens it. `after`: layers to be told before.
    `keys`: words or phrases that would give it away before it is told. `asked`: words in a question that ask for it.
    `says`: how they tell it. `more`: what they add when asked on, once each.
    """

    id: str
    cell: Cell
    about: str
    trust: float
    says: list[Wording]
    keys: list[str]
    earned_by: list[Earns] = msgspec.field(default_factory=lambda: list(LISTENING))
    after: list[str] = []
    asked: list[str] = []
    more: list[Wording] = []


class Issue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A matter with its layers, from what anybody may hear to what few do."""

    id: str
    about: str
    layers: list[Layer]


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something plain that they say when asked: no stake in it. `asked`: words in a question that ask for it."""

    id: str
    asked: list[str]
    says: list[Wording]


class Trigger(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that set them off, why, and what they say then."""

    words: list[str]
    why: str
    says: list[Wording]


class PushesBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What they say to what closes them; each list in their own matter's words."""

    pitch: list[Wording] = []
    advice: list[Wording] = []
    assumption: list[Wording] = []
    wall: list[Wording] = []
    persuasion: list[Wording] = []
    call_to_action: list[Wording] = []


class Asks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Their five "tell me more". A line may hold {claim}: a clause of yours, quoted."""

    more: list[Wording] = []
    why: list[Wording] = []
    meaning: list[Wording] = []
    look_for: list[Wording] = []
    basis: list[Wording] = []


class Lines(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What they say besides, in this scenario's words; the house's own lines (`lines.yaml`) come beside them.

    `confirms`: they felt understood. `vague`: to a question that nothing here answers. `unheard`: they told something
    and you went elsewhere. `silence`: you said nothing, or hardly anything. `cools`: shorter, after being pushed.
    `leaves`: they go. `warms`: after a repair or presence. `forward`: all is said, and what they would do next
    themselves. `small`: small talk.
    """

    confirms: list[Wording] = []
    vague: list[Wording] = []
    unheard: list[Wording] = []
    silence: list[Wording] = []
    cools: list[Wording] = []
    leaves: list[Wording] = []
    warms: list[Wording] = []
    forward: list[Wording] = []
    small: list[Wording] = []
    pushes_back: PushesBack = PushesBack()
    asks: Asks = Asks()


class LettingGo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where letting go is right. `after`: the layer that shows it. `why`: for the debrief, as a sentence."""

    after: str
    why: str


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file. `you`: who the user is here. `relation`: what lies between the two. `opens`: their first line."""

    format: Literal["duologue.scenario/1"]
    name: str
    title: str
    domain: Domain
    kind: Kind
    you: str
    relation: str
    person: Person
    opens: str
    issues: list[Issue]
    facts: list[Fact] = []
    triggers: list[Trigger] = []
    lines: Lines = Lines()
    temperaments: list[Temperament] = msgspec.field(default_factory=lambda: list(TEMPERAMENTS))
    letting_go: LettingGo | None = None

    def layers(self) -> tuple[Layer, ...]:
        """Every layer of every issue, those that take least trust first; the file's order among equals."""
        return tuple(sorted((la for issue in self.issues for la in issue.layers), key=lambda la: la.trust))

    def layer(self, id: str) -> Layer:
        """The layer of this id. Raises UnknownName."""
        for la in self.layers():
            if la.id == id:
                return la
        raise UnknownName(f"the scenario “{self.name}” has no layer “{id}”")


def wordings(lines: list[Wording], temperament: Temperament) -> tuple[str, ...]:
    """The lines as this temperament says them; one that has none of its own for it is left out."""
    found = (w if isinstance(w, str) else w.get(temperament) for w in lines)
    return tuple(w for w in found if w)


def every_text(scenario: Scenario) -> Iterator[str]:
    """Every text that the partner may say."""
    yield scenario.opens
    for lines in _every_list(scenario):
        for w in lines:
            yield from (w,) if isinstance(w, str) else w.values()


def _every_list(s: Scenario) -> Iterator[list[Wording]]:
    for la in s.layers():
        yield from (la.says, la.more)
    yield from (f.says for f in s.facts)
    yield from (t.says for t in s.triggers)
    for holder in (s.lines, s.lines.pushes_back, s.lines.asks):
        for name in holder.__struct_fields__:
            value = getattr(holder, name)
            if isinstance(value, list):
                yield value


def from_yaml(text: str) -> Any:
    """Plain values out of YAML, by the library's C reader where it was built with one (ten times as fast)."""
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_scenario(path: Path) -> Scenario:
    """A scenario out of a YAML file. Raises UnreadableInput that names the place in the file."""
    import yaml

    where = str(path)
    try:
        raw = from_yaml(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableInput(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=where) from None
    except UnicodeDecodeError:
        raise UnreadableInput("it is not UTF-8 text", where=where, hint="Save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UnreadableInput(f"this is no YAML: {error.problem}", where=f"{where}{line}", hint=_NEXT) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableInput(f"this is no YAML: {error}", where=where, hint=_NEXT) from None
    try:
        return msgspec.convert(raw, Scenario)
    except (msgspec.ValidationError, RecursionError) as error:
        raise UnreadableInput(_said(str(error)), where=where, hint=_NEXT) from None


_NEXT = "docs/scenarios.md shows what goes where; `duologue scenario new` writes one that works"


def _said(error: str) -> str:
    return re.sub(r" - at `\$\.?(.*)`$", r", at \1", error.replace("Object ", "").rstrip())


class Shipped:
    """The scenarios that come with the package, by name; each is read when it is first asked for."""

    def __init__(self) -> None:
        self._read: dict[str, Scenario] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        folder = Path(__file__).parent / "scenarios"
        return {p.stem: p for p in sorted(folder.glob("*.yaml"))}

    def get(self, name: str) -> Scenario:
        """The scenario of this name. Raises UnknownName, which lists those that there are."""
        if name not in self.paths:
            raise UnknownName(
                f"there is no partner “{name}”",
                hint=f"There are: {', '.join(self.paths)}. A file of your own works too",
            )
        if name not in self._read:
            self._read[name] = read_scenario(self.paths[name])
        return self._read[name]


SHIPPED = Shipped()
