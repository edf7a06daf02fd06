"""Phrases out of people's words: a clause that carries the matter, the same in the second person, a term of theirs.

What somebody said has to stand inside a sentence that is said back to them ("You said you keep getting paged at
two"), and a quotation cut in the wrong place or left in the wrong person reads as nobody speaks. No grammar is
parsed here: closed lists of small words tell where a clause begins, and whoever is not sure answers None, so that a
caller falls back to a wording without these words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache

MOST = 16  # words of a clause: what can be said back in one breath
SHORT = 8  # words of an answer that stands as it is
LOOK_AT = 700  # characters of a text in which its clause is looked for


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['’.,\-/][^\W_]+)*%?")
_FILLERS = r"(?:u+m+|u+h+|uhm+|e+rm*|hm+|mm+|mhm+|a+h+|o+h+|ooh|huh|eh)"
# Words that open a turn, or are set off by commas, and say nothing of the matter.
_LEADS = (
    rf"(?:{_FILLERS}|well|and|but|or|okay|ok|yeah|yep|yes|yup|nah|nope|because|cos|hey|hi|hello|wow|blimey|anyway|"
    r"basically|honestly|frankly|not really(?: no)?|of course|you know what|to be (?:honest|fair|frank)|"
    r"if i['’]m (?:honest|frank)|the thing is(?: that)?|thing is|here['’]s the thing|i have to say|i must say|"
    r"let me just say(?: that| this)?|i mean|in fairness|all right|alright|"
    r"(?:so|no|now|then|look|see|listen|right|sure|actually|plus|also|exactly|absolutely|cause|you know|again)"
    r"(?=\s*[,.]|\s+(?:i|we|you|he|she|it|they|there|that|this|the|my|our|your|what|how|why|where|who|when|is|are|do|"
    r"does|did|can|could|would|so|no|well|look|see|if)(?:['’]\w+)?(?![\w'’-]))|"
    r"(?:fine|good|great|sir|madam|mate|love|thanks|thank you|please|sorry|like|i guess|i suppose|for me)"
    r"(?=\s*,))"
)
_TAGS = (
    r"(?:you know(?: what i mean)?|i mean|basically|obviously|i guess|i suppose|though|actually|really|in fairness|"
    r"to be (?:honest|fair|frank)|if i['’]m (?:honest|frank)|honestly|sir|madam|ma|ma['’]am|mate|boss|love|lad|"
    r"pal|guys|please|thanks|thank you|so|anyway|then|too|"
    r"innit|is it|isn['’]t it|isn['’]t he|don['’]t they|right|eh|no|yeah|yes|okay|ok|like|or something|and that|"
    r"and stuff|in a way|by the way|mind)"
)
_CALLED = re.compile(r",\s*(?:sir|madam|ma|ma['’]am|mate|boss|love|lad|pal|guys)\s*,\s*", re.IGNORECASE)
_ASIDES = (
    rf"(?:{_FILLERS}|you know|i mean|like|well|honestly|frankly|i guess|i suppose|let['’]s say|say|"
    r"to be (?:honest|fair|frank)|if i['’]m honest)"
)

_I = _set("i i'm i've i'd i'll im ive")
_WE = _set("we we're we've we'd we'll weve")
_OTHERS = _set(
    """he she it they you this that these those there he's she's it's that's there's they're they've they'd they'll
    he'd she'd it'd he'll she'll it'll that'll that'd there'd you're you've you'd you'll its thats theres theyre
    somebody someone something everybody everyone everything nobody anybody nothing none"""
)
_PRONOUNS = _I | _WE | _OTHERS
_DETERMINERS = _set(
    """the a an my our your his her their its every each some any no all both most half two three four five six
    seven eight nine ten eleven twelve twenty thirty forty fifty many several another one"""
)
_BE_HAVE_DO = _set(
    """am is are was were isn't aren't wasn't weren't have has had haven't hasn't hadn't do does did don't doesn't
    didn't can can't cannot could couldn't will won't would wouldn't shall should shouldn't may might must mustn't
    ain't dont doesnt didnt cant wont isnt wasnt gotta need needn't"""
)
_VERBS = _BE_HAVE_DO | _set(
    """asks asked became becomes become began begins begin believe believes believed breaks broke brings brought buys
    bought builds built calls called came come comes care cares cared carries carried changes changed checks checked
    closes closed comes costs cost cuts cut dies died drives drove drops dropped eats ate ends ended falls fell feels
    felt feel fails failed fights fought finds found find fits fit fixed gets got get gives gave goes went go grew
    grows happens happened hates hated hears heard helps helped hits holds held hopes hoped hurts hurt keeps kept keep
    knows knew know lasts lasted leaves left lets lies likes liked lives lived looks looked loses lost loves loved
    makes made make matters mattered means meant misses missed moves moved needs needed opens opened owns paid pays pay
    picks picked pulls pulled pushes pushed puts put ran runs run reads rings rang said says say sat sits saw sees see
    seems seemed sells sold sends sent sets shows showed sleeps slept smells sounds sounded speaks spoke spends spent
    stands stood starts started stays stayed stops stopped stuck takes took take talks talked teaches taught tells
    told thinks thought think tried tries turns turned uses used waits waited walks walked want wants wanted watches
    watched wears wore wins won wish wishes woke works worked worries worried writes wrote"""
)
_SMALL = (
    _PRONOUNS | _DETERMINERS | _BE_HAVE_DO | _set("and but or so to in on at of for with by from if when because not")
)
_TYPED_I = re.compile(r"(?<![\w'’-])i(?![\w-])")
_BARE = _set("im ive weve its thats theres theyre")  # typed without the mark
_SUBORDINATE = _set("if when unless because since after before until while although though whenever once as whereas")
# A clause that ends in one of these hangs: what they announce, or join to, has been cut off.
_HANGING = _set(
    """a an the my our your his her their its of to in on at by for with from about into onto than as and or but so if
    when because that which who whose where while until since after before think thought said say says know knew feel
    felt guess mean means told hope like just not very am is are was were i'm i've we've we're it's"""
)
# Even a whole sentence does not end in these: raw recogniser output was cut there.
_CUT_OFF = _set("a an the my our your their of and or but if because than very i'm i've we're we've it's i")
_WAITS = re.compile(r"\b(?:if|when|unless|since|while|until|once|although|though|whenever)\b", re.IGNORECASE)
_NEGATIONS = re.compile(r"\b(?:not|never|no|nobody|nothing|none|hardly|cannot)\b|n['’]t\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"\b(?:if|unless|whether|until|when|said|says|say|saying|told|tells|thinks?|thought|reckons?|claims?|hopes?|wants?|"
    r"wanted|wish|suppose|imagine|asked|asks)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:why\b|(?:what|how|why|where|when|who|which|whose)(?:['’]s|['’]re)?\b(?! (?:i|we|he|she|they|you|it)\b)|"
    r"(?:is|are|was|were|am|do|does|did|can|could|would|will|should|shall|have|has|had|isn['’]t|aren['’]t|don['’]t|"
    r"doesn['’]t|didn['’]t|can['’]t|couldn['’]t|wouldn['’]t|won['’]t) (?:it|that|this|there|they|we|you|i|he|she|the|"
    r"my|our|your|any\w*|some\w*|every\w*)\b|what if\b|how come\b|(?:what|how) about\b)",
    re.IGNORECASE,
)


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(rf",\s*{_ASIDES}\s*,\s*|\s*,?\s*(?<![\w'’-]){_FILLERS}(?![\w'’-])(?:\.{{2,}}|…)?\s*,?\s*", re.I)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_LEADS}(?![\w'’-])[\s,]*)+", re.IGNORECASE)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*,\s*{_TAGS})+$|\s+(?:{_FILLERS}|innit)$", re.IGNORECASE)


_STOPS = re.compile(
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<=[.!?…])\s+|(?<=[.!?…][\"”’')])\s+|[\n\t;]+|:\s|"
    r"\s[–—-]+\s|—|[{}<>*]+|\.{2,}|…"
)
_UNSAID = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # "(sighs)"
# Another voice begins or ends: whose words these are is then no longer sure.
_QUOTED = re.compile(
    r"[\"“”«»]|‘(?=\w)|(?<![\w'’])'(?=\w)(?!(?:cause|cos|em|til|till|bout|round|tis|twas|n|s|im|er|un)\b)",
    re.IGNORECASE,
)


@cache
def _joints() -> re.Pattern[str]:
    """Where a long sentence may be cut: before a new clause with a subject of its own."""
    subjects = (_PRONOUNS - _set("that this its those these none")) | _set("the my our")
    starts = "|".join(sorted(subjects)).replace("'", "['’]")
    return re.compile(
        rf"\s*,\s+(?=(?:{starts})\s)|\s*,?\s+(?P<by>and then|and so|and|but|so|because|cos)\s+(?=(?:{starts})\s)|"
        r"\s*,\s+(?P<which>which|who|where)\s",
        re.IGNORECASE,
    )


def words(text: str) -> list[str]:
    """The words of a text in lower case, with straight apostrophes."""
    return [m.group().lower().replace("’", "'") for m in _WORD.finditer(text)]


def asks(text: str) -> bool:
    """Whether a clause is a question, by its mark or (raw recogniser output has none) by how it opens."""
    return text.rstrip().endswith("?") or bool(_QUESTION.match(text.strip()))


@lru_cache(maxsize=4096)
def clause(text: str, names: frozenset[str] = frozenset()) -> str | None:
    """The clause of a text that carries the matter: its own words, without fillers, at most `MOST` of them.

    A short sentence stands whole; a long one is cut where a clause with a subject of its own begins, and never
    within one. A question keeps its mark. `names` (lower case): people who are called by name, left out at either
    end. None where no clause with a matter is left.
    """
    found = [(s, n) for n, s in enumerate(_clauses(text[:LOOK_AT], names)) if _weight(s) > 0]
    return max(found, key=lambda f: (_weight(f[0]), -f[1]))[0] if found else None


def answer(text: str, names: frozenset[str] = frozenset()) -> str | None:
    """A short answer or question as it stands ("All right", "Why?"), without fillers unless it is nothing else.

    Its words carry no matter of their own, so that `clause` gives None. None where it is longer than `SHORT` words.
    """
    plain = " ".join(_UNSAID.sub(" ", text).split())
    if (
        len(plain.split()) > SHORT
        or re.search(r"\.{2}|…\s*\w", plain)
        or _QUOTED.search(plain)
        or re.search(r"[{}<>()\[\]*]", plain)
    ):
        return None
    if not _WORD.search(plain):
        return None
    return _trimmed(plain, names) or plain.strip(" .,;:!…–—-") or None


def _clauses(text: str, names: frozenset[str]) -> Iterator[str]:
    plain = _UNSAID.sub(" ", text)
    inside = False
    for rough in _STOPS.split(plain):
        marks = len(_QUOTED.findall(rough))
        if marks or inside:
            inside ^= marks % 2 == 1
            continue
        said = _trimmed(rough, names)
        if not said or any(c in said for c in "()[]"):
            continue
        if len(words(said)) <= MOST:
            yield said
        else:
            yield from _pieces(said)


def _trimmed(rough: str, names: frozenset[str]) -> str:
    """One sentence without what opens, closes or interrupts it and says nothing; with its question mark."""
    said = " ".join(rough.split())
    mark = "?" if said.rstrip(" \"”’')").endswith("?") else ""
    said = said.strip(" .,!?…:;–—-'’‘\"")
    before = None
    while said != before:  # each step may lay bare the next
        before = said
        said = _aside().sub(_joined, _CALLED.sub(", ", said))
        said = " ".join(said.split()).strip(" ,")
        said = _TWICE.sub(_once, said)
        said = _tag().sub("", _lead().sub("", said)).strip(" ,.-–—")
        said = _uncalled(said, names)
    return said + mark if said else ""


def _joined(match: re.Match[str]) -> str:
    """What stands in place of an aside: a comma where it parted two phrases, a space where it broke into one."""
    before = words(match.string[: match.start()])[-1:]
    parted = match.group().count(",") == 2 and not re.fullmatch(_FILLERS, match.group().strip(" ,"), re.IGNORECASE)
    return ", " if parted and before and before[0] not in _SMALL else " "


def _once(match: re.Match[str]) -> str:
    """A false start said twice ("I, I told him") is said once; what English doubles stays, and "support, support"."""
    first = words(match.group(1))[:1]
    kept = match.group(1).lower() in _DOUBLED or ("," in match.group() and first and first[0] not in _SMALL)
    return match.group() if kept else match.group(1)


_TWICE = re.compile(r"\b(\w+(?:['’]\w+)?(?: \w+(?:['’]\w+)?){0,2}?)(?:,? \1\b)+(?![-'’])", re.IGNORECASE)
_DOUBLED = _set("that had very really no so two three four five six seven eight nine ten twenty thirty")


def _uncalled(said: str, names: frozenset[str]) -> str:
    first, comma, rest = said.partition(", ")
    if comma and set(words(first)) <= names | {"mr", "mrs", "ms", "dr"} and words(first):
        said = rest
    head, comma, last = said.rpartition(", ")
    return head if comma and words(last) and set(words(last)) <= names else said


def _pieces(said: str) -> Iterator[str]:
    """The clauses of a long sentence that mean on their own what they meant in it."""
    mark = "?" if said.endswith("?") else ""
    if mark or asks(said):
        yield from _asked_last(said)
        return
    start, led = 0, ""
    opened = words(said)[0] in _SUBORDINATE
    for joint in [*_joints().finditer(said), None]:
        piece = said[start : joint.start() if joint else len(said)].strip(" ,.")
        by = (joint.group("by") or "").lower() if joint else ""
        # A condition or somebody's report reaches over what follows it: "if it rains and we lose a day".
        loose = led in ("and", "so", "and then", "and so", "because", "cos", "which", "but", "") and not opened
        cut_short = by in ("because", "cos") and _NEGATIONS.search(piece)
        matter = 3 * len(_content(words(piece))) >= len(_content(words(said)))  # less is a part beside the matter
        waits = joint is not None and not by and _WAITS.search(piece)
        whole = loose and not cut_short and not waits and not _HEDGED.search(said[:start])
        if whole and matter and 3 <= len(words(piece)) <= MOST:
            kept = _trimmed(piece, frozenset())
            if led != "which" and _is_statement(kept) and words(kept)[-1] not in _HANGING:
                yield kept
        if joint is None:
            return
        if opened and not by and not joint.group("which"):
            opened = False  # after "If …," the comma brings the main clause; it stays bound to its condition
            return
        led = by or ("which" if joint.group("which") else "")
        start = joint.end()


def _asked_last(said: str) -> Iterator[str]:
    """Of a long question the part that asks, where it opens as a question of its own; no other half of it."""
    for joint in re.finditer(r",\s+(?:(?:and|but|so|then)\s+)?|\s(?:and|but|so)\s+", said):
        rest = said[joint.end() :]
        if 4 <= len(words(rest)) <= MOST and _QUESTION.match(rest):
            yield rest
            return


def _weight(said: str) -> float:
    """How much a clause says: its content words up to a point, and whether somebody stands in it as its subject."""
    spoken = words(said)
    content = _content(spoken)
    if not content or len(spoken) < 2 or (spoken[-1] in _CUT_OFF and not said.endswith("?")):
        return 0
    own = spoken[0] in _I | _WE or bool(_set("my me our i we i'm i've") & set(spoken))
    return min(len(content), 4) + 1.5 * _is_statement(said) + 0.5 * own - 0.5 * (len(spoken) < 4)


def _content(spoken: list[str]) -> list[str]:
    return [w for w in spoken if len(w) > 3 and w not in _EMPTY]


_EMPTY = _set(
    """about actually again also always another anything around back been before being both come comes could course
    done down each else even ever every everything exactly from give going good great have having here into just keep
    kind know like made make many maybe mean mind more most much need never nothing okay only other over perhaps
    please point pretty probably quite rather really right said same says seen should some something sort still stuff
    such sure take talk tell than thank thanks that that's them then there there's these they they're thing things
    think this those though through totally true until very want wants well were what what's when where which while
    will with without work would yeah yours you're you've you'll don't didn't doesn't can't won't isn't wasn't aren't
    i'll it's he's she's we're we've they've wouldn't couldn't haven't hasn't fine alright whatever anyway honestly"""
)


def statement(said: str) -> str | None:
    """A clause as it stands within a sentence, its first word in lower case; None unless it states something.

    It has a subject and a verb of its own, and neither asks nor tells anybody what to do.
    """
    if asks(said) or not _is_statement(said):
        return None
    said = _TYPED_I.sub("I", said)
    first = _WORD.match(said)
    proper = first is not None and (first.group().lower().replace("’", "'") in _I or first.group()[:2].isupper())
    return said if proper else said[0].lower() + said[1:]


def _is_statement(said: str) -> bool:
    if said.endswith("?") or _QUESTION.match(said):
        return False
    spoken = words(said)
    if len(spoken) < 3 or spoken[-1] in _CUT_OFF:
        return False
    if _RUN_ON.search(said):
        return False
    first, rest = spoken[0], spoken[1:]
    if said[len(first) :].lstrip("'’").startswith(",") and first not in _SUBORDINATE:
        return False  # "there, that tone"
    opening = _WHEN.match(said)
    if opening:  # "at night I am counting duty lists"
        return _is_statement(said[opening.end() :])
    if first in _SUBORDINATE:  # "if I stop, I'd lose it": with the clause that it belongs to
        main = re.search(r",\s+(?:then\s+)?(.+)$", said)
        return bool(main) and _is_statement(main.group(1)) if main else False
    if first in _set("me you") and rest[0] == "and":
        return bool(_VERBS & set(rest[1:]))
    if first in _PRONOUNS and ("'" in first or first in _BARE):
        return True
    if first in _PRONOUNS - _set("this that these those"):
        # "everybody who": a pronoun takes a verb next, one small word between them at most
        if rest[0].endswith("ing"):
            return False  # "somebody sorting the wifi"
        return rest[0] not in _set("and or who of in on at with for") or bool(_VERBS & set(rest[1:]))
    if rest[0] in ("and", "or") or (first == "that" and rest[0] in _DETERMINERS | _PRONOUNS | {"what", "when", "if"}):
        return False  # "that and …"; "that the girls can speak up" hangs on a verb that was cut off
    if first in _DETERMINERS or first.partition("-")[0] in _DETERMINERS or first in _set("this that these those"):
        return bool(_VERBS & set(rest)) or _has_is(rest)
    return False


def _has_is(rest: list[str]) -> bool:
    """Whether a "'s" near the start is an "is" and no possessive: "the van's stuck on", "my mother's roof"."""
    return any(
        a.endswith("'s") and (b in _AFTER_IS or b.endswith(("ing", "ed"))) for a, b in itertools.pairwise(rest[:5])
    )


_AFTER_IS = _set(
    """a an the not no my our in on at so too very all just got gone been only never always out off up down over what
    worse better late early full empty broke broken stuck shut fine dead gone mine yours still due"""
)
_WHEN = re.compile(
    r"(?:at|in|on|by|over|since|for|after|every|last|this|some|most|these|next) (?:[\w'’-]+ ){1,3}?,? ?"
    r"(?=(?:i|we|he|she|it|they|there)(?:['’]\w+)?\s)",
    re.IGNORECASE,
)
# Raw recogniser output runs sentences together: "in my neck i go home". A relative clause looks alike; let it go too.
_RUN_ON = re.compile(
    r"(?<![,\w'’-])(?!(?:and|but|or|so|because|cos|if|when|that|what|how|why|where|who|which|than|as|until|till|since|while|"
    r"before|after|once|though|every|then|time|way|night|day|morning|evening|week|month|year|now|think|thought|said|say|"
    r"says|know|knew|guess|suppose|hope|wish|mean|feel|felt|sure|afraid|told|only|honk)\b)[\w'’-]+ "
    r"(?:i|we|they|he|she|i['’]m|i['’]ve|i['’]d|i['’]ll|we['’]re|we['’]ve|they['’]re|he['’]s|she['’]s|it['’]s|there['’]s|"
    r"that['’]s)(?= )|\w (?:yes|yeah|okay) ",
    re.IGNORECASE,
)

_PERSONS: dict[str, str] = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you’re", "i've": "you’ve", "i'd": "you’d", "i'll": "you’ll", "im": "you’re", "ive": "you’ve",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves", "ourself": "yourself",
    "we're": "you’re", "we've": "you’ve", "we'd": "you’d", "we'll": "you’ll", "weve": "you’ve",
}  # fmt: skip
_YOU = _set("you your yours yourself yourselves you're you've you'd you'll u ya yer y'all")
_DIALECT = _set("meself mi let's lets id ill i's ma mah masel ah oor wir")
_ADVERBS = _set("never always just still only also really already hardly even ever often sometimes usually honestly")
_AFTER_ME = _set(
    """and or but to in on at with that if when because so it is was as this about for from by anymore now too then
    any all not the a an out up off down back over how what why where who there here again once more much nothing
    something anything everything either alone until than like he she they we i his her"""
)
_BEFORE = _set("on in at round of with for from to about by around off over into onto like under near")
_BOTH_OF_US = re.compile(
    r"\b(?:between|both of|two of|either of|neither of) us\b|"
    r"\bwe (?:\w+ )?(?:spoke|talked|met|agreed|discussed|both|two|can meet|could meet)\b|\b(?:shall|should) we\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def to_second_person(said: str) -> str | None:
    """What somebody said of themselves, as it is said back to them: "I was up at two" → "you were up at two".

    Takes a clause as `clause` gives it. A statement without a first person comes back as it is, first word in lower
    case. None where it is no statement, or where it is not sure who is who: I and you in one clause, a "we" that
    may hold the listener, a "me" that may be a dialect's "my".
    """
    stated = statement(said)
    if stated is None or _BOTH_OF_US.search(said):
        return None
    found = list(_WORD.finditer(stated))
    spoken = [m.group().lower().replace("’", "'") for m in found]
    if not _YOU.isdisjoint(spoken) or not _DIALECT.isdisjoint(spoken):
        return None
    out, at = [], 0
    for n, match in enumerate(found):
        turned = _turned(spoken, n, match.group())
        if turned is None:
            return None
        if "’" not in match.group():
            turned = turned.replace("’", "'")
        out += [stated[at : match.start()], turned]
        at = match.end()
    return "".join([*out, stated[at:]])


def _turned(spoken: list[str], n: int, written: str) -> str | None:
    """The nth word in the second person; None where it is not sure."""
    word = spoken[n]
    before = spoken[n - 1] if n else ""
    after = spoken[n + 1] if n + 1 < len(spoken) else ""
    if word in ("am", "was", "wasn't", "were", "is", "has", "does", "says"):
        subject = _subject(spoken, n)
        if subject in ("i", "we"):
            return {"am": "are", "was": "were", "wasn't": "weren’t", "were": "were"}.get(word)
        if word == "am" or (word[:3] == "was" and (subject in ("and", "but", "or", "then", "") or after == "i")):
            return None  # whose "was": "I went home and was sick"
        return written
    if word == "i" and after.endswith("s") and after not in _ENDS_IN_S:
        return None  # "I says"
    if word in ("me", "us") and before in _BEFORE and after and after not in _AFTER_ME:
        return None  # "on me desk"
    if word == "us" and written == "US":
        return None
    if word == "mine" and before in ("the", "a", "coal", "gold"):
        return written
    if word in ("we", "us", "our") and "i" in spoken and word == "us":
        return "you"
    return _PERSONS.get(word, written)


_ENDS_IN_S = _set(
    "was always sometimes perhaps guess miss pass discuss press focus process address dress cross is has does says as"
    " confess toss kiss possess assess bus plus unless"
)


def _subject(spoken: list[str], n: int) -> str:
    """The word before the nth, past adverbs."""
    at = n - 1
    while at > 0 and spoken[at] in _ADVERBS:
        at -= 1
    return spoken[at] if at >= 0 else ""


_TERM_ENDS = _set(
    """of in on at by for with from about into onto than as and or but so if when because that which who where while
    until since after before to we i he she it they you i'm we're it's they're i've we've not never again"""
)
_NO_TERM = _EMPTY | _set(
    """thing things way ways time times day days lot bit bits point moment end fact problem problems question questions
    other others one ones first second last next week month year people person stuff kind sort rest whole number side
    place part man woman guy name word words reason idea case minute hour morning evening night top bottom middle back
    front matter only best worst truth hell answer beginning start half former latter past future present"""
)


@lru_cache(maxsize=4096)
def term(text: str) -> str | None:
    """A noun phrase of theirs that is worth going back to ("the Friday cut-off", "my crew"): one to four words after
    "the", "my" or "our", as they said it. None where none is plain.

    Only what cannot be a verb as well is taken: the phrase follows a verb or a preposition and ends where a small
    word or a mark ends it, or it opens the clause and a verb follows.
    """
    found = list(_terms(" ".join(text[:LOOK_AT].split())))
    return max(found, key=lambda t: (min(len(t.split()), 3), -found.index(t))) if found else None


def _terms(text: str) -> Iterator[str]:
    tokens = list(_WORD.finditer(text))
    spoken = words(text)
    for n, word in enumerate(spoken):
        if word not in ("the", "my", "our"):
            continue
        end = n + 1
        while (
            end < len(tokens)
            and end - n <= 4
            and _noun(spoken[end])
            and (end == n + 1 or text[tokens[end - 1].end() : tokens[end].start()] == " ")
        ):
            end += 1
        inner = spoken[n + 1 : end]
        if not inner or len(inner) > 4 or inner[-1] in _NO_TERM or text[tokens[n].end() : tokens[n + 1].start()] != " ":
            continue
        marked = end == len(tokens) or text[tokens[end - 1].end() : tokens[end].start()].strip() != ""
        after = spoken[end] if end < len(tokens) else ""
        before = spoken[n - 1] if n and not text[tokens[n - 1].end() : tokens[n].start()].strip() else ""
        placed = (before in _BEFORE or before in _VERBS) and (word != "the" or len(inner) > 1)
        if after == "of" or (not placed and after not in _VERBS) or not (marked or after in _TERM_ENDS | _VERBS):
            continue
        if inner[-1].endswith(("ing", "ed")) and inner[-1] not in _NOUNS_IN_ING:
            continue  # "the head teacher crying"
        said = text[tokens[n].start() : tokens[end - 1].end()]
        yield word + said[len(word) :]


_LOOSE = _set(
    """off out up down till now soon again free wet warm quiet flat shut open here there past across above below me him
    her them himself herself itself yourself myself themselves be ma sir miss na later even together alone ago away
    instead today tomorrow yesterday tonight right wrong"""
)
_NOUNS_IN_ING = _set(
    "meeting building ceiling training evening wedding heating parking funding ring king bed shed feed seed"
)


def _noun(word: str) -> bool:
    """Whether a word may stand inside a term: no small word, no verb we know, no adverb, no number alone."""
    return (
        len(word) > 1
        and word not in _VERBS | _TERM_ENDS | _PRONOUNS | _DETERMINERS | _EMPTY
        and "'" not in word
        and word not in _LOOSE
        and not word.endswith("ly")
        and not word[0].isdigit()
    )


def your(phrase: str) -> str:
    """A term as it is said back to them: "my crew" → "your crew"."""
    first, _, rest = phrase.partition(" ")
    return f"your {rest}" if first in ("my", "our") and rest else phrase
