"""A scenario drawn from a review: what the other told becomes the layers, in their own words.

The acts of the review say which of their sentences told something, and which were plain information. How much trust a
matter takes nobody can read off a page: it is set by the cell and by when it came (a convention of ours; the file is
the user's to change). Nothing is added to what was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace as with_

from duologue.errors import NoConversation, UnknownName, UnreadableInput
from duologue.language import is_english, language_of
from duologue.model import Act, Kind, Review, Speaker
from duologue.moments.threads import stems
from duologue.practice.making.layering import ABOUT, MOST_LAYERS, Told, asks_for, issues_of, layers_of
from duologue.practice.making.masking import Mask, Masked
from duologue.practice.scenario import FORMAT, Cell, Domain, Fact, Layer, Person, Scenario, wordings
from duologue.text import Sentence, sentences, words

TITLE = "A talk that took place"
YOU = "You are yourself, in a talk that took place."
RELATION = "As it was then."
ROLE = "the other in that talk"
MOST_FACTS = 16
LEAST_WORDS = 4  # of what can stand as a line of its own
LEAST_SURE = 0.3  # of an act, to make a layer of it
_DOMAIN: dict[Kind, Domain] = {
    "message": "sales", "selling": "sales", "consulting": "sales", "support": "sales",
    "managing": "managing", "hiring": "managing", "everyday": "home",
}  # fmt: skip
_UNSAID = re.compile(r"\s*(?:\([^()]{1,40}\)|\[[^\[\]]{1,40}\])")  # "(laughs)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A scenario out of a review. `turns`: where each layer was told. `partner`: whose words they are.

    `unknown`: what could not be known, as sentences for the user. `masked`: what was taken out; None where nothing was
    to be.
    """

    scenario: Scenario
    turns: dict[str, int]
    partner: Speaker
    unknown: tuple[str, ...]
    masked: Masked | None


def draw(
    review: Review, name: str, *, mask: bool = True, keep_words: bool = False, most: int | None = MOST_LAYERS
) -> Drawn:
    """The other of a review as a partner called `name`. There may be no layer: then they told nothing.

    `mask`: without names of people, and, unless `keep_words`, without other names and numbers. `most`: layers; what
    else they told is added to these. Raises UnknownName where nobody is known to be on the user's side;
    UnreadableInput where it is not English; NoConversation where the other says nothing.
    """
    partner, others = partner_of(review)
    hide = _mask(review, keep_words) if mask else None
    told, plain = _sorted_out(review, partner, hide)
    first = _opening(review, partner, told, hide)
    plain = [p for p in plain if p.says not in first]  # that they have said by then
    layers, turns = layers_of(told, first, [TITLE, YOU, RELATION, ROLE, *(f.says for f in plain)], most)
    layers, facts = _belonging(layers, turns, plain)
    scenario = Scenario(
        format=FORMAT,  # type: ignore[arg-type]
        name=name,
        title=TITLE,
        domain=_DOMAIN[review.kind or "everyday"],
        kind=review.kind or "everyday",
        you=YOU,
        relation=RELATION,
        person=Person(name=_called(partner, mask=mask), role=ROLE, talk="As in their lines here."),
        opens=first or "Hello.",
        issues=issues_of(layers),
        facts=[Fact(id=f"fact-{n}", asked=f.asked, says=[f.says]) for n, f in enumerate(facts[:MOST_FACTS], 1)],
    )
    said = [t.text for t in review.conversation.turns if t.speaker == partner.id]
    return Drawn(
        scenario=scenario,
        turns=turns,
        partner=partner,
        unknown=_unknown(review, scenario, others, opened=bool(first)),
        masked=hide.report(said) if hide else None,
    )


def partner_of(review: Review) -> tuple[Speaker, tuple[Speaker, ...]]:
    """Who the other is: of those on the other side the one who says most; and who else is there. Raises as `draw`."""
    conversation = review.conversation
    if not is_english(language_of(conversation)):
        raise UnreadableInput(
            f"this conversation is not in English ({language_of(conversation)}), and partners speak nothing else",
            hint="Take one in English",
        )
    if len({t.speaker for t in conversation.turns if words(t.text)}) < 2:
        raise NoConversation("only one person says anything in it", hint="Take a conversation with an answer")
    if not any(s.side == "ours" for s in conversation.speakers):
        raise UnknownName(
            f"it is not known which of them is you: {', '.join(f'“{s.name}”' for s in conversation.speakers[:8])}",
            hint='Say who: --us "NAME"',
        )
    count = {s.id: 0 for s in conversation.speakers if s.side == "theirs"}
    for turn in conversation.turns:
        if turn.speaker in count:
            count[turn.speaker] += len(words(turn.text))
    if not any(count.values()):
        raise NoConversation("nobody but you says anything in it", hint="Take a conversation with an answer")
    most = max(count, key=lambda id: count[id])
    return conversation.speaker(most), tuple(conversation.speaker(id) for id in count if id != most and count[id])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """Something plain that they said, and the words that ask for it."""

    turn: int
    says: str
    asked: list[str]


def _mask(review: Review, keep_words: bool) -> Mask:
    conversation = review.conversation
    return Mask(
        speakers=tuple(s.name for s in conversation.speakers),
        said=tuple(t.text for t in conversation.turns),
        keep_words=keep_words,
    )


def _sorted_out(review: Review, partner: Speaker, hide: Mask | None) -> tuple[list[Told], list[_Plain]]:
    """Their sentences that told something, in stretches of one cell; and the plain ones, with what asks for them."""
    told: list[Told] = []
    plain: list[_Plain] = []
    known: set[tuple[str, ...]] = set()  # no sentence comes twice
    question = ""
    for n, turn in enumerate(review.conversation.turns):
        if turn.speaker != partner.id:
            question = turn.text
            continue
        acts = [a for a in review.acts if a.span.turn == n]
        run: list[str] = []
        cell: Cell | None = None
        for sentence in sentences(turn.text, n):
            text = _cleaned(sentence.text, hide)
            spoken = words(text)
            if not spoken or spoken in known:
                continue
            known.add(spoken)
            now = _cell(sentence, acts)
            if now is not None and cell not in (None, now):
                told.append(Told(turn=n, cell=cell or now, text=" ".join(run)))
                run = []
            if now is not None or (run and len(spoken) < LEAST_WORDS):
                run.append(text)
                cell = now or cell
            elif len(spoken) >= LEAST_WORDS and _is_plain(sentence, acts):
                plain.append(_Plain(turn=n, says=text, asked=asks_for(question, text)))
        if cell is not None and run:
            told.append(Told(turn=n, cell=cell, text=" ".join(run)))
    lines = [t for t in _joined(told) if len(words(t.text)) >= LEAST_WORDS]
    return lines, [p for p in plain if p.asked]


def _belonging(layers: list[Layer], turns: dict[str, int], plain: Sequence[_Plain]) -> tuple[list[Layer], list[_Plain]]:
    """The layers with what was said of their matter later on, in plain words: it is added when asked. And the rest."""
    own = {la.id: stems(w for text in wordings(la.says, "warm") for w in words(text)) for la in layers}
    more: dict[str, list[str]] = {}
    rest: list[_Plain] = []
    for p in plain:
        said = stems(words(p.says))
        near = [id for id in own if turns[id] <= p.turn and own[id] & said]
        best = max(near, key=lambda id: (len(own[id] & said), turns[id]), default=None)
        if best is None:
            rest.append(p)
        else:
            more.setdefault(best, []).append(p.says)
    return [with_(la, more=[*la.more, *more.get(la.id, [])]) for la in layers], rest


def _joined(told: Sequence[Told]) -> list[Told]:
    """What is too short to stand alone goes with what came before it in the same turn."""
    found: list[Told] = []
    for t in told:
        short = len(words(t.text)) < LEAST_WORDS or (found and len(words(found[-1].text)) < LEAST_WORDS)
        if found and short and found[-1].turn == t.turn:
            kept = found.pop()
            found.append(
                Told(turn=t.turn, cell=max(kept, t, key=lambda x: len(x.text)).cell, text=f"{kept.text} {t.text}")
            )
        else:
            found.append(t)
    return found


def _cleaned(text: str, hide: Mask | None) -> str:
    """A sentence as it can be said again: no stage directions, no braces, with a mark at its end."""
    plain = " ".join(_UNSAID.sub("", text).replace("{", "(").replace("}", ")").split())
    if hide:
        plain = hide.text(plain)
    if plain and plain[-1] not in '.?!…"”':
        plain = plain.rstrip(",;:–—-") + "."
    return plain[:1].upper() + plain[1:]


def _cell(sentence: Sentence, acts: Sequence[Act]) -> Cell | None:
    """Which cell a sentence tells of: that of its surest disclosure."""
    found = [a for a in acts if a.kind.startswith("disclosure.") and a.span.overlaps(sentence.span)]
    best = max(found, key=lambda a: a.confidence, default=None)
    if best is None or best.confidence < LEAST_SURE:
        return None
    cells: dict[str, Cell] = {f"disclosure.{cell}": cell for cell in ABOUT}
    return cells.get(best.kind)


def _is_plain(sentence: Sentence, acts: Sequence[Act]) -> bool:
    return any(a.kind == "information" and a.span.overlaps(sentence.span) for a in acts) and "?" not in sentence.text


def _opening(review: Review, partner: Speaker, told: Sequence[Told], hide: Mask | None) -> str:
    """Their first line that tells nothing yet; empty where there is none."""
    for n, turn in enumerate(review.conversation.turns):
        if turn.speaker != partner.id:
            continue
        if any(t.turn == n for t in told):
            return ""
        text = " ".join(_cleaned(s.text, hide) for s in sentences(turn.text))
        if words(text):
            return text
    return ""


def _called(partner: Speaker, *, mask: bool) -> str:
    if not mask:
        return partner.name
    named = re.match(r"[^\W\d_]", partner.name) and not re.search(r"\d|unknown|speaker", partner.name, re.IGNORECASE)
    return f"{partner.name[0].upper()}." if named else "Other"


def _unknown(review: Review, s: Scenario, others: Sequence[Speaker], *, opened: bool) -> tuple[str, ...]:
    """What a transcript cannot tell."""
    found = ["Who the two of you are, and what lies between you: `you`, `relation`, `person`, `title`."]
    if review.kind is None:
        found.append("What kind of conversation it was: `kind` and `domain` say everyday, at home.")
    if not opened:
        found.append("How they would begin without telling something at once: `opens`.")
    if others:
        found.append(f"What {len(others)} more on their side said is left out.")
    if s.layers():
        found.append("How much trust each matter takes: `trust` and `after` go by what it is and by when it came.")
        found.append("How they would say it in another temper: each layer has one wording for all three.")
    lacking = [what for cell, what in ABOUT.items() if cell not in {la.cell for la in s.layers()}]
    if lacking:
        found.append(f"Not found in what they said: {'; '.join(lacking)}.")
    return tuple(found)
