"""The words in which a moment is shown: why it matters, and an invitation built from what was said.

P2 binds here: ask before telling, AND rather than OR, no blame, nothing that nobody can know. A sentence is made from
a frame of `wording_keep.py` or `wording_work_on.py` and phrases out of people's own words (`phrasing.py`). A frame is
used where every field in it is at hand; frames take turns, and none comes twice in one review before all that could be
used have been. Fields:

  {you} {your} {they} {them} {their}   names, or "you" and "they" where sides are known
  {ours} {theirs}                      a clause of each, verbatim, for quotation marks
  {recall} {Recall}                    theirs, as it is said back to them: "you said you keep getting paged at two"
  {claim} {Claim}                      the same without "you said": "you keep getting paged at two"
  {view} {told} {Told}                 as {theirs} and {recall}, where theirs states something with a matter of its own
  {term} {term_theirs}                 a term of theirs, said back ("your crew"), and in their words, with marks
  {i_said} {I_said}                    ours, as the speaker may recall it: "I said you are new here"
  {mine}                               ours as a view that can stand beside theirs: no "not", no "or", no "you"
  {guess}                              ours as a guess about them, without "obviously" and its like
and those that a moment brings itself.
"""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from duologue import phrasing
from duologue.acts.base import Evidence
from duologue.model import Act, Span
from duologue.moments import wording_keep, wording_work_on
from duologue.moments.stage import Stage

LONGEST = 40  # words of a sentence that a reader can still take in
_FIELD = re.compile(r"\{(\w+)\}")
_NAMES = frozenset({"you", "your", "they", "them", "their", "theirs_own"})
_CERTAIN = re.compile(
    r"\b(?:obviously|clearly|certainly|definitely|surely|simply|of course|basically|probably|honestly)\s+",
    re.IGNORECASE,
)
_NO_VIEW = re.compile(r"\b(?:not|no|never|or|either|you\w*|your\w*|nobody|nothing|wrong)\b|n['’]t\b", re.IGNORECASE)

_OWN = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Said(NamedTuple):
    """One moment in words."""

    why: str
    invitation: str | None


class Voice:
    """Words the moments of one kind of one review. Where it starts depends on the conversation's length."""

    def __init__(self, stage: Stage, kind: str) -> None:
        self._stage = stage
        self._why = wording_keep.WHY.get(kind) or wording_work_on.WHY[kind]
        self._invitations = wording_work_on.INVITATIONS.get(kind, ())
        self._n = len(stage.scene.conversation.turns)
        self._used: dict[str, int] = {}

    def short(self, span: Span) -> str:
        """A short clause of these words, for a field of one's own; "" where there is none."""
        return quoted(self._stage.text(span), called(self._stage)) or ""

    def say(self, ours: Span, theirs: Span, **more: str) -> Said:
        """`ours`, `theirs`: the words quoted as the coached side's and the other's; `more`: further fields."""
        fields = {**_names(self._stage, ours.turn, theirs.turn), **_phrases(self._stage, ours, theirs), **_spelt(more)}
        fields = {key: text for key, text in fields.items() if text or key == "once"}
        self._n += 1
        why = self._fullest(self._why, fields)
        return Said(why, self._next(self._invitations, fields) if self._invitations else None)

    def _next(self, frames: tuple[str, ...], fields: dict[str, str]) -> str:
        """The frame that was used least; one with people's own words before one without, then the next in turn."""
        at_hand = self._at_hand(frames, fields)

        def rank(frame: str) -> tuple[int, bool, bool, int]:
            plain = set(_FIELD.findall(frame)) <= _NAMES
            turn = (frames.index(frame) - self._n) % len(frames)
            return (self._used.get(frame, 0), plain, "{mine}" not in frame, turn)

        frame = min(at_hand, key=rank)
        self._used[frame] = self._used.get(frame, 0) + 1
        return filled(frame, fields)

    def _at_hand(self, frames: tuple[str, ...], fields: dict[str, str]) -> list[str]:
        """The frames whose fields are all there, without those that two long quotations would make hard to read."""
        have = [f for f in frames if fields.keys() >= set(_FIELD.findall(f))]
        return [f for f in have if longest(filled(f, fields)) <= LONGEST] or have[-1:]

    def _fullest(self, frames: tuple[str, ...], fields: dict[str, str]) -> str:
        """Of the frames at hand, in turn, one that holds most of what was said: a reader is to see what it rests on."""
        at_hand = self._at_hand(frames, fields)
        most = max(len(set(_FIELD.findall(f)) - _NAMES) for f in at_hand)
        full = [f for f in at_hand if len(set(_FIELD.findall(f)) - _NAMES) == most]
        return filled(full[self._n % len(full)], fields)


def longest(text: str) -> int:
    """Words of the longest sentence of a text."""
    return max(len(s.split()) for s in re.split(r"(?<=[.?])[’”]*\s", text))


def called(stage: Evidence) -> frozenset[str]:
    """The names by which people are called in this conversation, in lower case."""
    return frozenset(part.casefold() for s in stage.scene.conversation.speakers for part in s.name.split())


def quoted(text: str, names: frozenset[str] = frozenset()) -> str | None:
    """Words to put into quotation marks: the clause that carries the matter, else a short answer as it stands."""
    return phrasing.clause(text, names) or phrasing.answer(text, names)


def recalled(text: str, names: frozenset[str], *, who: str = "you", marks: str = "‘’") -> str | None:
    """Somebody's words as they are recalled to them: "you said you keep getting paged at two".

    Turned to the second person where that is sure, else quoted; `who` is "I" where the speaker recalls their own.
    """
    said = quoted(text, names)
    if said is None:
        return None
    stated = phrasing.statement(said) if who == "I" else phrasing.to_second_person(said)
    if stated and len(stated.split()) > 2:
        return f"{who} said {stated}"
    opened, closed = marks[0], marks[1]
    return f"{who} {'asked' if phrasing.asks(said) else 'said'} {opened}{said}{closed}"


def filled(frame: str, fields: dict[str, str]) -> str:
    """A frame with its fields; its first letter in upper case, a name as its file spells it."""
    text = frame.format_map(_Once(fields))
    text = re.sub(r"(\?[’”]+)\.", r"\1", text)  # a question that is quoted last needs no second mark
    text = re.sub(r"\?([’”]+)\?", r"\1?", text)
    named = any(frame.startswith(f"{{{key}}}") and fields[key] != key for key in ("you", "they"))
    text = re.sub(r"\bthat (?=that\b)", "", text)  # "I see that that's the point"
    return text if named else text[:1].upper() + text[1:]


def _phrases(stage: Stage, ours: Span, theirs: Span) -> dict[str, str]:
    """The fields made of people's words; those that are not sure are empty."""
    names = called(stage)
    mine, yours = stage.text(ours), stage.text(theirs)
    turns = stage.scene.conversation.turns
    same = turns[ours.turn].speaker == turns[theirs.turn].speaker  # what was claimed about them is no word of theirs
    stated = phrasing.statement(phrasing.clause(mine, names) or "?")
    claim = None if same else phrasing.to_second_person(phrasing.clause(yours, names) or "?")
    term = None if same else phrasing.term(yours)
    if term and claim and len(term.split()) < 3:
        term = None  # one word is little to come back to where the claim itself can be
    recall = None if same else recalled(yours, names)
    view = None if same else phrasing.clause(yours, names)
    view = None if view is None or phrasing.asks(view) or len(view.split()) < 3 else view
    i_said = recalled(mine, names, who="I")
    made = {
        "ours": quoted(mine, names),
        "theirs": quoted(yours, names),
        "recall": recall,
        "claim": claim,
        "i_said": i_said,
        "view": view,
        "told": recall if view else None,
        "term": phrasing.your(term) if term else None,
        "term_theirs": f"“{term}”" if term else None,
        "mine": stated if stated and not _NO_VIEW.search(stated) else None,
        "guess": _CERTAIN.sub("", stated) if stated and not _OWN.search(stated) else None,
    }
    made |= {"Recall": _upper(recall), "Told": _upper(made["told"]), "Claim": _upper(claim), "I_said": i_said}
    return {key: text or "" for key, text in made.items()}


def _spelt(more: dict[str, str]) -> dict[str, str]:
    """Fields with small numbers in words."""
    return {k: _COUNTS[int(v)] if v.isdecimal() and int(v) < len(_COUNTS) else v for k, v in more.items()}


def _upper(text: str | None) -> str | None:
    return text[0].upper() + text[1:] if text else None


class _Once(dict[str, str]):
    """Fields in which the other's name comes once: after it, "they" reads better than the name again."""

    _AFTER: ClassVar[dict[str, str]] = {"they": "they", "them": "them", "their": "their"}

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        if key in self._AFTER and "once" in self:
            self.update(self._AFTER)
        return value


def _names(stage: Stage, ours: int, theirs: int) -> dict[str, str]:
    """Fields for "you" and "they" where sides are known, else names; a name once, where there is one for the other."""
    scene = stage.scene
    mine, other = (scene.conversation.turns[i].speaker for i in (ours, theirs))
    coached = set(scene.coached)
    others = sum(1 for s in scene.conversation.speakers if s.id not in coached and s.side != "relay")
    you = "you" if not scene.symmetric and len(coached) == 1 else _name(stage, mine)
    they = "they" if not scene.symmetric and others <= 1 else _name(stage, other)
    names = {
        "you": you,
        "your": "your" if you == "you" else f"{you}’s",
        "they": they,
        "them": "them" if they == "they" else they,
        "their": "their" if they == "they" else f"{they}’s",
    }
    return names if they == "they" else names | {"once": ""}


def _name(stage: Stage, speaker: str) -> str:
    name = " ".join(stage.scene.conversation.speaker(speaker).name.split())[:40]
    return name if name and name.casefold() != "unknown" else "the speaker"


def sure(base: float, *acts: Act) -> float:
    """A confidence: how well the rule tells, no higher than the least sure act it rests on allows."""
    return max(0.0, min(1.0, base * min((a.confidence for a in acts), default=1.0)))
