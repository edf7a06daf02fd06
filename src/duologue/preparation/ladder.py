"""A ladder: for each claim what stands behind it and what to say when somebody asks on. Nouns, and their YAML.

    format: duologue.ladder/1
    claims:
      - claim: …
        stands_behind: {evidence, source, not_true_for}      what answers "what's your basis?"
        look_for, means: {business, person}, matters_to
        ask_next: […]
        follow_ups: {more, why, meaning, look_for}           each three levels down

A rung is empty (null), a person's own words (a string), or words out of the document ({text, quote}). Nothing else ever
stands in one: whoever fills rungs quotes, or leaves them to the user.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from duologue.errors import UnreadableInput

FORMAT = "duologue.ladder/1"
LEVELS = 3  # how deep a claim is asked about (S3.2 asks for several)
MOST_BYTES = 8 * 1024 * 1024

Kind = Literal["more", "why", "meaning", "look_for"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# A rung by its way down from the claim: "stands_behind.evidence", "follow_ups.why.1".
Place = str


class _Noun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Values only; an unknown key is an error, because it is mostly a slip of the pen."""


class Quote(_Noun, frozen=True, kw_only=True):
    """Where words stand in the document: the line (of Word: the paragraph) that they begin in, and they themselves,
    with white space as one space and without the ">" of a quotation that goes on in the next line."""

    line: int
    words: str


class Rung(_Noun, frozen=True, kw_only=True):
    """One thing to say. `quote`: out of the document; None where a person wrote it. No text: still open."""

    text: str | None = None
    quote: Quote | None = None

    @property
    def stands(self) -> bool:
        """Whether there is anything on it."""
        return bool(self.text and self.text.strip())


EMPTY = Rung()


class StandsBehind(_Noun, frozen=True, kw_only=True):
    """How the claim is known, where that can be looked up, and for whom it is not true."""

    evidence: Rung = EMPTY
    source: Rung = EMPTY
    not_true_for: Rung = EMPTY


class Means(_Noun, frozen=True, kw_only=True):
    """What the claim means for the other's business, and for the person in front of you."""

    business: Rung = EMPTY
    person: Rung = EMPTY


Levels = tuple[Rung, Rung, Rung]
OPEN: Levels = (EMPTY, EMPTY, EMPTY)


class FollowUps(_Noun, frozen=True, kw_only=True):
    """Four kinds of asking on, each three levels down."""

    more: Levels = OPEN
    why: Levels = OPEN
    meaning: Levels = OPEN
    look_for: Levels = OPEN


class Claim(_Noun, frozen=True, kw_only=True):
    """One claim. `quote`: where the document makes it. `matters_to`: for whom it matters, what they do without it."""

    claim: str
    quote: Quote | None = None
    matters_to: Rung = EMPTY
    stands_behind: StandsBehind = StandsBehind()
    look_for: Rung = EMPTY
    means: Means = Means()
    ask_next: tuple[str, ...] = ()
    follow_ups: FollowUps = FollowUps()

    def rungs(self) -> Iterator[tuple[Place, Rung]]:
        """Every rung with its place, in the order of a page."""
        yield "matters_to", self.matters_to
        for name in StandsBehind.__struct_fields__:
            yield f"stands_behind.{name}", getattr(self.stands_behind, name)
        yield "look_for", self.look_for
        for name in Means.__struct_fields__:
            yield f"means.{name}", getattr(self.means, name)
        for kind in KINDS:
            for level, rung in enumerate(getattr(self.follow_ups, kind), 1):
                yield f"follow_ups.{kind}.{level}", rung

    def at(self, place: Place) -> Rung:
        """The rung at a place. Raises KeyError."""
        return dict(self.rungs())[place]

    def with_rung(self, place: Place, rung: Rung) -> Claim:
        """The same claim with another rung at a place."""
        first, _, rest = place.partition(".")
        if not rest:
            return msgspec.structs.replace(self, **{first: rung})
        name, _, level = rest.partition(".")
        inside = getattr(self, first)
        value: Any = rung
        if level:
            levels = list(getattr(inside, name))
            levels[int(level) - 1] = rung
            value = tuple(levels)
        return msgspec.structs.replace(self, **{first: msgspec.structs.replace(inside, **{name: value})})


class Ladder(_Noun, frozen=True, kw_only=True):
    """Every claim of one document. `id`: what remembers of drills hold on to; it stays when the ladder is edited."""

    format: Literal["duologue.ladder/1"] = "duologue.ladder/1"
    id: str
    source: str | None = None
    claims: tuple[Claim, ...]


def ladder_id(source: str | None, claims: tuple[Claim, ...]) -> str:
    """An id for a ladder that has none yet: the same document gives the same one."""
    text = "\n".join([source or "", *(c.claim for c in claims)])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def read_ladder(path: str) -> Ladder:
    """A ladder out of a YAML file. Raises UnreadableInput, which names the place in the file."""
    import yaml

    raw = _loaded(path)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        said = (
            f"its format is “{raw['format']}”" if isinstance(raw, dict) and raw.get("format") else "it says no format"
        )
        raise UnreadableInput(
            f"this is no ladder: {said}", where=path, hint=f"A ladder says “format: {FORMAT}”. {_NEXT}"
        )
    try:
        read = msgspec.convert(_whole(raw, path), Ladder)
    except (msgspec.ValidationError, RecursionError, yaml.YAMLError) as error:
        raise UnreadableInput(_said(str(error)), where=path, hint=_NEXT) from None
    if not any(c.claim.strip() for c in read.claims):
        raise UnreadableInput("there is no claim in this ladder", where=path, hint=_NEXT)
    return read


_NEXT = "`duologue prepare features.md -o ladder.yaml` writes one that can be filled in"


def _loaded(path: str) -> Any:
    import yaml

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=path) from None
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            f"it holds more than {MOST_BYTES // 2**20} MB", where=path, hint="A ladder is a page or two"
        )
    try:
        return yaml.load(data.decode("utf-8-sig"), Loader=_loader())
    except UnicodeDecodeError:
        raise UnreadableInput("it is not UTF-8 text", where=path, hint="Save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        place = f"{path}:{error.problem_mark.line + 1}" if error.problem_mark else path
        raise UnreadableInput(f"this is no YAML: {error.problem}", where=place, hint=_NEXT) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableInput(f"this is no YAML: {error}", where=path, hint=_NEXT) from None


def _loader() -> Any:
    """PyYAML's safe loader without aliases: a few lines of them can stand for a file of gigabytes."""
    import yaml

    class Plain(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.MarkedYAMLError(problem="a ladder has no aliases (*name)", problem_mark=mark)
            return super().compose_node(parent, index)

    return Plain


def _whole(raw: dict[str, Any], path: str) -> dict[str, Any]:
    """What people write short as it is meant: a string or null for a rung, fewer levels than three, no id."""
    claims = raw.get("claims")
    if not isinstance(claims, list):
        raise UnreadableInput("“claims” is missing or no list", where=path, hint=_NEXT)
    rows = [_claim(c) if isinstance(c, dict) else c for c in claims]
    named = "\n".join(str(c.get("claim")) for c in rows if isinstance(c, dict))
    made = hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:12]
    return {**raw, "id": raw.get("id") or made, "claims": rows}


def _claim(raw: dict[str, Any]) -> dict[str, Any]:
    row = {k: v for k, v in raw.items() if v is not None}
    for name in ("matters_to", "look_for"):
        if name in row:
            row[name] = _rung(row[name])
    for name in ("stands_behind", "means"):
        if isinstance(row.get(name), dict):
            row[name] = {k: _rung(v) for k, v in row[name].items()}
    if isinstance(row.get("follow_ups"), dict):
        row["follow_ups"] = {k: _levels(v) for k, v in row["follow_ups"].items()}
    return row


def _levels(value: Any) -> Any:
    if value is None or isinstance(value, str | dict):
        value = [value]
    if not isinstance(value, list) or len(value) > LEVELS:
        return value
    return [*map(_rung, value), *({} for _ in range(LEVELS - len(value)))]


def _rung(value: Any) -> Any:
    if value is None:
        return {}
    return {"text": str(value)} if isinstance(value, str | int | float) else value


def _said(error: str) -> str:
    what, _, at = error.partition(" - at `$")
    what = what.replace("Object ", "").rstrip()
    return f"{what}, at {at.strip('`.')}" if at else what
