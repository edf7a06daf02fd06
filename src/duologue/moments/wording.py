"""The words in which a moment is shown: why it matters, and an invitation built from what was said.

P2 binds here: ask before telling, AND rather than OR, no blame, nothing that nobody can know. A sentence is made
from a template of the moment's own file and short clauses quoted verbatim; templates take turns, so that no two
moments of a kind are worded alike until all are used.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import ClassVar, NamedTuple

from duologue.model import Act, Span
from duologue.moments.stage import Stage
from duologue.moments.threads import stems
from duologue.text import WORD

CLAUSE_WORDS = 12
LOOK_AT = 600  # characters of a quotation in which its clause is looked for


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(r"[,;:.!?…\"“”«»()\[\]\n\t*]+(?=\s|$)|(?<=\s)[\"“(\[*]+|\s[—–-]+\s|—|\([^)]*\)|[\"“”«»{}<>]+")


@cache
def _inner() -> re.Pattern[str]:
    """What a clause cannot hold: the end of a sentence, quotation marks, brackets, dashes."""
    return re.compile(r"[;:.!?…](?:\s|$)|[\"“”«»()\[\]{}<>\n\t*—]|\s[–-]+\s")


@cache
def _joints() -> re.Pattern[str]:
    return re.compile(r"\s+(?=(?:and|but|because|so that|so|which|when|if|cos|or|then|i mean)\s)", re.IGNORECASE)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        r"^(?:(?:um+|uh+|er+|em|oh|ah|so|well|and|but|or|okay|ok|yeah|yes|no|look|like|you know|i mean|right|sure|"
        r"then|now|see|"
        r"because|cos|because|honestly|actually|which|mm+|hm+|hey|to be honest|to be fair|the thing is|i guess|"
        r"i suppose|just)\b[\s,]*)+",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def clause(text: str) -> str:
    """A short clause of a text, verbatim, at most `CLAUSE_WORDS` words ("…" marks a cut).

    A short sentence stands whole; of a longer text it is the fullest of its parts.
    """
    whole = _lead().sub("", text.strip()).strip(" ,.?!'’‘-")
    if WORD.search(whole) and len(whole.split()) <= CLAUSE_WORDS and not _inner().search(whole):
        return whole
    parts = [p for rough in _cuts().split(text[:LOOK_AT]) for p in _pieces(rough.strip())]
    parts = [p for p in (_lead().sub("", p.strip()).strip(" ,'’‘-") for p in parts) if WORD.search(p)]
    if not parts:
        spoken = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)  # "(laughs) Okay." says "Okay"
        parts = [w.group() for said in (spoken, text) for w in WORD.finditer(said)][:1] or [text.strip()]
    best = max(parts[:12], key=_weight)
    tokens = best.split()
    return best if len(tokens) <= CLAUSE_WORDS else " ".join(tokens[:CLAUSE_WORDS]) + "…"


def _pieces(part: str) -> list[str]:
    return _joints().split(part) if len(part.split()) > CLAUSE_WORDS else [part]


def _weight(part: str) -> float:
    """Content counts, up to a point; one word tells little, a long part is cut, and a hanging one reads badly."""
    tokens = [m.group().lower() for m in WORD.finditer(part)]
    hanging = bool(tokens) and tokens[0] in _HANGING
    return min(len(stems(tokens)), 5) + 0.25 * min(len(tokens), 8) - 2 * (len(tokens) > CLAUSE_WORDS) - 2 * hanging


_HANGING = frozenset(
    {"for", "with", "of", "to", "in", "at", "on", "by", "from", "about", "than", "if", "when", "while", "which", "who"}
    | {"that", "or", "as", "since", "until", "after", "before"}
)


class Said(NamedTuple):
    """One moment in words."""

    why: str
    invitation: str | None


class Voice:
    """Words the moments of one kind of one review. Starts at a template that depends on the conversation's length."""

    def __init__(self, stage: Stage, why: tuple[str, ...], invitations: tuple[str, ...] = ()) -> None:
        self._stage, self._why, self._invitations = stage, why, invitations
        self._n = len(stage.scene.conversation.turns)

    def short(self, span: Span) -> str:
        """A short clause of these words, for a field of one's own."""
        return clause(self._stage.text(span))

    def say(self, ours: Span, theirs: Span, **more: str) -> Said:
        """`ours`, `theirs`: the words quoted as the coached side's and the other's; `more`: further fields."""
        fields = {
            **_names(self._stage, ours.turn, theirs.turn),
            "ours": clause(self._stage.text(ours)),
            "theirs": clause(self._stage.text(theirs)),
            **more,
        }
        self._n += 1
        why = _filled(self._why[self._n % len(self._why)], fields)
        if not self._invitations:
            return Said(why, None)
        return Said(why, _filled(self._invitations[self._n % len(self._invitations)], fields))


def _filled(template: str, fields: dict[str, str]) -> str:
    text = template.format_map(_Once(fields))
    named = any(template.startswith(f"{{{key}}}") and fields[key] != key for key in ("you", "they"))
    return text if named else text[:1].upper() + text[1:]  # a name stays as its file spells it


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
