"""What is wrong with a line before the partner says it: leaks, inventions, another role's lines, sudden agreement.

Pure rules on words, the same for every voice. A fault never names what it found where that would tell what is not
told yet: faults are shown to people, and sent back to models.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from duologue.language import ENGLISH
from duologue.moments.threads import stems
from duologue.practice.base import Does, Occasion
from duologue.practice.scenario import Scenario, Wording, every_text
from duologue.practice.signs import is_foreign
from duologue.practice.voices.agreeing import agrees
from duologue.practice.voices.invented import known_words, names, numbers
from duologue.practice.voices.leaks import leaks
from duologue.practice.voices.lines import house_lines
from duologue.text import sentences, words

__all__ = ["faults", "leaks"]

MOST_WORDS = 120  # a minute of talk: twice what the longest written line of ours has
_ALIKE = 0.85  # share of the words that two sentences have in common, from which one repeats the other
_LEAST_ALIKE = 7  # words; shorter sentences are alike only where they are the same
_TOLD = 0.2  # share of a written line's content words that has to be in it, where a matter is told in other words

LEAK = "it tells something that they have not told yet"
EMPTY = "it says nothing"
LONG = f"it is longer than {MOST_WORDS} words"
FOREIGN = "it is not English"
MARKUP = "it has marks that nobody speaks (markup, code, stage directions)"
ROLE = "it speaks as somebody else, or for the other"
MACHINE = "it speaks as a machine"
REPEAT = "it says again what was said"
AGREE = "it agrees all at once, where they were not won over"
ASKS = "it does not ask what they want to know"
UNTOLD = "it does not tell what was to be told"
NUMBER = "it gives a number that stands nowhere"
NAME = "it names somebody or something that stands nowhere"

# Small words of German, French, Spanish, Italian, Dutch and Portuguese: a line of three of them, and fewer of ours.
_ELSEWHERE = frozenset(
    words(
        "das ist und nicht ich sie wir der die den dem ein eine zu mit auf für es im von sich auch noch aber mir "
        "le la les des une est et pas je vous nous dans pour que qui sur avec mais ce ça "
        "el los las un una y no en por con para pero muy lo se me "
        "il gli che di non è per ma sono mi "
        "het een van niet ik dat op voor maar "
        "o os um uma é não com mas eu"
    )
)
_LEAST_ELSEWHERE = 3

_RESISTS: frozenset[Does] = frozenset(("push_back", "cool", "ask", "unheard", "leave", "puzzled"))

_MARKUP = re.compile(
    r"[{}<>|\\`#=~^\[\]]|https?:|\*\w|\w\*|^\s*[-*•]\s|_\w+_|\\n|&\w+;|\b(?:json|null|undefined)\b|\"\s*:|"
    r"\((?:[a-z]+s|[a-z]+ing|pause|beat)\b[^)]*\)",
    re.IGNORECASE | re.MULTILINE,
)
_ROLES = r"(?:user|assistant|system|human|ai|bot|you|me|partner|narrator|them|they|customer|seller|character|reply)"
_SPEAKER = re.compile(rf"(?:^|[\n.?!…\"”]\s*){_ROLES}\s*:|(?:^|\n)\s*[\w.' -]{{2,30}}:\s", re.IGNORECASE)
_MACHINE = re.compile(
    r"\b(?:as an? (?:ai|language model|assistant|chatbot)|language model|system prompt|"
    r"i(?:['’]m| am) (?:just |only |merely )?an? (?:ai|assistant|language model|chatbot|bot|program|virtual)|"
    r"my (?:instructions|prompt|programming|training data|guidelines|creators)|role[- ]?play(?:ing)?|in character|"
    r"the scenario|how (?:can|may) i (?:help|assist) you|is there anything else i can|"
    r"i(?:['’]m| am) here to (?:help|assist)|i can(?:not|['’]t) (?:assist|comply|fulfil+))\b",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:tell me|(?:say|hear)(?: an?)?(?: little| bit)? more|go on|keep going|carry on|explain|show me|help me|"
    r"(?:talk|walk|take) me through|give me an example|let me hear|spell (?:it|that) out|what you mean|"
    r"i(?:['’]d| would)? (?:like|want|need) to (?:know|hear|understand|see))\b",
    re.IGNORECASE,
)


def faults(text: str, occasion: Occasion, *, line: str | None = None) -> tuple[str, ...]:
    """What is wrong with `text` as the partner's next line, as clauses that begin with "it"; () where nothing is.

    `line`: the written line that it puts in other words, where it is one: then it has to hold some of its matter, and
    may hold its numbers and names.
    """
    return tuple(dict.fromkeys(_faults(text, occasion, line)))


def _faults(text: str, occasion: Occasion, line: str | None) -> Iterator[str]:
    spoken = words(text)
    if not spoken:
        yield EMPTY
        return
    if leaks(_singular(text), occasion.scenario, occasion.state.told) or leaks(
        text, occasion.scenario, occasion.state.told
    ):
        yield LEAK
    if len(spoken) > MOST_WORDS:
        yield LONG
    new = _unwritten(text, occasion.scenario)
    if is_foreign(new) or _elsewhere(words(new)) or _other_script(text):
        yield FOREIGN
    if _MARKUP.search(text) or _unspeakable(text):
        yield MARKUP
    if _SPEAKER.search(text) or _told_of(text, occasion.scenario.person.name):
        yield ROLE
    if _MACHINE.search(text):
        yield MACHINE
    if _repeats(text, occasion):
        yield REPEAT
    if occasion.decision.does in _RESISTS and agrees(new, going=occasion.decision.goes):
        yield AGREE
    if occasion.decision.ask and "?" not in text and not _INVITES.search(text):
        yield ASKS
    if (
        line is not None
        and occasion.decision.does in ("disclose", "add", "answer")
        and not _tells(text, line, occasion)
    ):
        yield UNTOLD
    yield from _invented(text, occasion, line)


def _unwritten(text: str, scenario: Scenario) -> str:
    """The sentences of it that no person wrote for this partner: irony and foreign names in theirs are meant."""
    written = _written(tuple(every_text(scenario)))
    return " ".join(s.text for s in sentences(text) if " ".join(s.words) not in written)


@lru_cache(maxsize=64)
def _written(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(s for text in (*texts, *house_texts()) for s in _sentences(text))


def _singular(text: str) -> str:
    """The text with the plural's s taken off, so that "audits" tells of the audit."""
    return re.sub(r"(?<=\w{3})(?:es|s)\b", "", text)


def _elsewhere(spoken: tuple[str, ...]) -> bool:
    theirs = sum(w in _ELSEWHERE for w in spoken)
    return theirs >= _LEAST_ELSEWHERE and theirs > sum(w in ENGLISH for w in spoken)


def _other_script(text: str) -> bool:
    return any(c.isalpha() and not unicodedata.name(c, "LATIN").startswith("LATIN") for c in text)


def _unspeakable(text: str) -> bool:
    """Pictographs and control characters; quotation marks, dashes and signs of money are speakable."""
    return any(unicodedata.category(c) in ("So", "Cc", "Co", "Cs", "Cn") and c != "\n" for c in text)


def _told_of(text: str, name: str) -> bool:
    """The partner in the third person: "Gail sighs and looks away"."""
    first = re.escape(name.split(maxsplit=1)[0])
    return bool(re.search(rf"(?:^|[.?!…]\s+){first}(?: \w+)? (?:\w{{2,}}s)\b(?! me\b)", text))


def _repeats(text: str, occasion: Occasion) -> bool:
    """Word for word or nearly what the partner said before, or the user's own last line given back."""
    said = {s for s in occasion.state.used if s}
    for before in occasion.so_far:
        if before.who == "partner":
            said.update(_sentences(before.text))
    theirs = {s for s in _sentences(occasion.heard.text) if len(s.split()) >= 5}
    mine = _sentences(text)
    return len(set(mine)) < len(mine) or any(m in said or m in theirs or _near(m, said) for m in mine)


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(" ".join(s.words) for s in sentences(text) if s.words)


def _near(sentence: str, said: set[str]) -> bool:
    mine = frozenset(sentence.split())
    if len(mine) < _LEAST_ALIKE:
        return False
    return any(len(mine & other) >= _ALIKE * len(mine | other) for other in map(frozenset, map(str.split, said)))


def _tells(text: str, line: str, occasion: Occasion) -> bool:
    """Whether the matter is in it: a key of the layer, or enough of the line's content words."""
    layer = occasion.decision.layer
    if occasion.decision.does == "disclose" and layer:
        free = [la.id for la in occasion.scenario.layers() if la.id != layer]
        if leaks(text, occasion.scenario, free):
            return True
    wanted = set(stems(words(line)))
    return len(wanted & set(stems(words(text)))) >= max(1.0, _TOLD * len(wanted)) if wanted else True


def _invented(text: str, occasion: Occasion, line: str | None) -> Iterator[str]:
    told = (*_told_texts(occasion.scenario, occasion.state.told), *house_texts())
    heard = (*(s.text for s in occasion.so_far), occasion.heard.text, occasion.decision.claim or "", line or "")
    amounts = numbers(text)
    if amounts and not amounts <= frozenset().union(*map(numbers, (*told, *heard))):
        yield NUMBER
    # What was said is looked through for the few lines alone that hold a name the texts do not have.
    if names(text, _known(told)) and names(text, _known(told) | known_words(heard)):
        yield NAME


def _told_texts(scenario: Scenario, told: tuple[str, ...]) -> tuple[str, ...]:
    """All that may be said by now: every text of the file less those of the layers that are not told."""
    kept = [w for la in scenario.layers() if la.id not in told for w in _all_of([*la.says, *la.more])]
    hidden = set(kept)
    person = scenario.person
    about = [la.about for la in scenario.layers() if la.id in told]
    own = (scenario.title, scenario.you, scenario.relation, person.name, person.role, person.talk, *about)
    return (*own, *(t for t in every_text(scenario) if t not in hidden))


def _all_of(lines: list[Wording]) -> Iterator[str]:
    for line in lines:
        yield from (line,) if isinstance(line, str) else line.values()


@lru_cache(maxsize=256)
def _known(texts: tuple[str, ...]) -> frozenset[str]:
    return known_words(texts)


@lru_cache(maxsize=1)
def house_texts() -> tuple[str, ...]:
    """Every line of the house's own."""
    lines = house_lines()
    found: list[str] = []
    for holder in (lines, lines.pushes_back, lines.asks, lines.asks_again, lines.asks_deeper):
        for name in holder.__struct_fields__:
            value = getattr(holder, name)
            if isinstance(value, list):
                found += _all_of(value)
    return tuple(found)
