"""Reflection, acknowledgement, presence, permission and agreement: what is done with what the other said."""

from __future__ import annotations

from itertools import pairwise

from duologue.acts.lexicon import overlap, word_set
from duologue.acts.rules.line import Family, Found, Line

_BUT = word_set("but though however yet")
_ECHO = 14  # words of a sentence that may be given back as it was said
_SWAP = {"i": "you", "me": "you", "we": "you", "us": "you", "my": "your", "our": "your", "am": "are", "was": "were"}
_YOU = word_set("you your yours yourself")
_ME = word_set("i me my mine we our us")


def _reflects(line: Line) -> float:
    """How surely a statement gives back what the other said; 0 where it does not."""
    heard, tag = line.heard, line.tag
    if not heard.length or tag("logistics", "advice", "cta", "pitch.ours", "small", "disagree.strong"):
        return 0.0
    if tag("refl") and line.n > 3 and (line.side != "theirs" or tag("refl.other")):
        return 0.8
    if heard.length < 3:
        return 0.0
    if tag("refl.not") or line.said("pitch", "advice", "story", "persuasion") or line.index > 3:
        return 0.0
    you = any(w in _YOU for w in line.words)
    me = any(w in _ME for w in line.words)
    if not any(w.isalpha() for w in line.content) and line.content:  # figures read back are logistics
        return 0.0
    known = bool(line.content & (heard.content | heard.recent))
    shared = overlap(line.content, heard.content | heard.recent)
    so = line.words[0] == "so"
    # A guess put as a question counts where its order of words is a statement's: "So you stayed?"
    plain = not line.asks or (not tag("q.aux", "q.open", "q.fact", "q.where", "cta") and line.n > 2)
    if plain and line.side != "theirs" and line.n <= _ECHO and echoes(line.words, heard.words):
        return 0.75
    if me or not plain or tag("ack") or (tag("assume") and not known):
        return 0.0
    if so and you:
        return 0.75 if known else 0.6
    asked = heard.ends("question")
    if asked or line.side == "theirs":  # an answer, or the other's own matter, till the words say otherwise
        return 0.0
    if tag("refl.you") and (known or line.n > 3):
        return 0.7 if known else 0.5
    if (so or you) and known:
        return 0.6
    few = len(line.content) < 3
    return 0.6 if line.content and shared >= (0.6 if few else 0.5) and line.n <= 14 else 0.0


def echoes(words: tuple[str, ...], heard: tuple[str, ...]) -> bool:
    """Whether most neighbouring words were said just so by the other, "my" for "your" and the like apart."""
    mine, theirs = [_SWAP.get(w, w) for w in words], [_SWAP.get(w, w) for w in heard]
    said = set(pairwise(theirs))
    mine = mine[1:] if mine[:1] in (["so"], ["and"], ["okay"]) else mine
    twos = list(pairwise(mine))
    same = [t in said for t in twos]
    return bool(twos) and (sum(same) >= 0.6 * len(twos) or (len(same) > 4 and all(same[:4])))


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.words:
        return
    permitted = 0.0 if line.heard.has("permission") and line.n <= 4 else line.tag("permission")
    if permitted and not (line.asks and "follow_up" in so_far and not line.tag("permission")):
        yield "permission", permitted - 0.1
        if line.asks:
            yield "question.closed", 0.6
    if line.tag("presence") and not line.message and not line.tag("presence.not"):
        yield "presence", line.tag("presence") - 0.1
    heard = line.heard
    if heard.words:
        sure = _reflects(line)
        if sure >= 0.4:
            yield "reflection", sure
        if line.tag("ack") and not (line.asks and "acknowledge" in line.words):
            so_far = {**so_far, "acknowledgement": 1.0}
            yield "acknowledgement", line.tag("ack") - 0.15
        yield from _agreement(line, so_far)


def _agreement(line: Line, so_far: dict[str, float]) -> Found:
    """Taking up the other's point: a strong yes after a statement, a weak one after a proposal or a reflection."""
    heard = line.heard
    if line.asks or line.index > 1 or line.tag("disagree.strong", "withdraw", "small"):
        return
    if line.words[0] in ("no", "nobody", "never", "nothing") and heard.denies and heard.ends("reflection"):
        yield "agreement", 0.6  # "So nobody told you." "Nobody."
        return
    if any(w in _BUT for w in line.words[1:4]):
        return
    proposed = heard.ends("permission", "call_to_action", "advice", "question.leading") or heard.has("reflection")
    if heard.ends("question") and not proposed:  # yes, to a question, is an answer
        return
    if line.tag("agree.true"):
        yield "agreement", 0.6
        return
    if line.side == "ours" and any(k in so_far for k in ("acknowledgement", "permission", "presence", "reflection")):
        return
    offered = heard.about_you or heard.has(
        "reflection", "advice", "call_to_action", "permission", "repair", "disagreement", "acknowledgement"
    )
    if line.tag("agree") and (line.side != "ours" or (offered and not line.tag("agree.keen"))):
        yield "agreement", 0.7 if offered else 0.5
    elif line.side == "ours" or not line.first:
        return
    elif proposed and (line.tag("agree.do") or (not heard.ends("advice") and _goes_along(line))):
        yield "agreement", 0.5
    elif (offered and line.tag("agree.weak", "agree.short")) or (line.tag("agree.short") and heard.has("presence")):
        yield "agreement", 0.55


_BRIEF = 6  # words of a turn that goes along with a reflection or an ask without a yes


def _goes_along(line: Line) -> bool:
    """A few words that carry on what was reflected or asked: "Tuesday then.", "The furniture, mostly."."""
    against = line.tag("disagree", "rebut", "concern", "withdraw.short", "emphatic")
    shut = line.words[0] in ("no", "not", "maybe", "perhaps", "hm", "mm", "fine", "okay", "right", "all")
    return line.length <= _BRIEF and not against and not shut


FAMILY = Family(name="listening", find=find)
