"""own_reason (+): unpressed, the other says why they themselves would or would not act, sees something new, or
changes their mind (S4.0).

Rule: codebook §2. Nothing in the turn before may press (pitch, advice, asked for or not, persuasion, a
leading question, a call to action), and it comes unasked or after an open question, a reflection or presence. A
goal, a problem or a yes alone is none: the turn has to hold two of them that make a reason (how it touches them, then
what they want or a no; a yes or no of their own, then what they want for themselves), a condition with themselves in
it, or something newly seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure
from duologue.text import Sentence

KIND = "own_reason"
PRESSING = ("pitch", "advice", "persuasion", "question.leading", "call_to_action")
STAKE = ("disclosure", "concern", "agreement", "acknowledgement")


@cache
def _seen() -> re.Pattern[str]:
    """Something newly seen, or a mind changed."""
    return re.compile(
        r"\b(?:(?:i['’]?d|i had|i have|i['’]?ve|we['’]d) never (?:really )?(?:seen|thought|looked|noticed|"
        r"realised|realized|heard|put)|"
        r"i (?:hadn['’]?t|haven['’]?t|never) (?:really )?(?:seen|thought|realised|realized|looked|noticed)|"
        r"(?:said|put|written|laid|hearing|saying|looking) (?:down |out |it |at it )*(?:like that|out loud)|"
        r"now (?:that )?(?:i|you) (?:see|think|hear|say|mention)|"
        r"come to think|makes me (?:think|wonder)|i(?:['’]?ve| have)? changed my mind|i (?:just |"
        r"only now )?(?:realise|realize|realised|realized)\b|"
        r"(?:came|comes|come) to me|i (?:didn['’]?t|hadn['’]?t) expect(?:ed)?|that['’]?s why i(?:['’]?d)\b|"
        r"i thought it (?:was|were) (?:just|only)|it['’]?s not (?:even|really|actually) .{3,50}is it\b|"
        r"i can (?:live|work|start) with|"
        r"maybe i(?:['’]?m| am| was|['’]?ve)? (?:should|could|need|wrong|the)|that changes)",
        re.IGNORECASE,
    )


@cache
def _because() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:because|cos|cause|so that|that['’]?s why|which is why|otherwise)|['’]cause)\b.{0,60}"
        r"\b(?:i|me|my|we|us|it['’]?s|i['’]?\w+)\b",
        re.IGNORECASE,
    )


@cache
def _conditional() -> re.Pattern[str]:
    """A condition with the speaker themselves in it."""
    return re.compile(
        r"\bif (?:i|we|it|they|someone|somebody|he|she)\b.{2,80}"
        r"\b(?:i['’]?d|we['’]d|i could|i would|i can(?:['’]?t|not)?|i['’]?ll|we could|we['’]ll|i wouldn['’]?t)\b|"
        r"\b(?:i['’]?d|we['’]d) (?:rather|sooner|only|need fewer)\b|"
        r"\bi (?:would|will|won['’]?t|wouldn['’]?t|can['’]?t|do(?:n['’]?t)? want to) .{2,60}\b(?:because|cos|"
        r"until|unless|if)\b",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each stretch of the other's that holds a reason of their own."""
    voice = Voice(evidence, KIND)
    for said, reaction in evidence.reactions():
        if not _free(evidence, said):
            continue
        hit = _hit(evidence, said, reaction)
        if hit:
            sentence, confidence = hit
            why = voice.say(evidence.opening(said.last), sentence.span).why
            turns, quotes = (sentence.span.turn,), [evidence.cut(sentence.span)]
            yield moment(KIND, turns, quotes, why=why, confidence=confidence)


def _free(stage: Stage, said: Stretch) -> bool:
    """Unpressed: nothing in the turn before pushes, and a closed question alone asks for no reason."""
    if stage.in_stretch(said, *PRESSING):
        return False
    opened = stage.in_stretch(
        said, "question.open", "reflection", "presence", "story", "acknowledgement", "information"
    )
    return opened or not stage.in_stretch(said, "question.closed")


def _hit(stage: Stage, said: Stretch, reaction: Stretch) -> tuple[Sentence, float] | None:
    for turn in reaction.turns[:6]:
        if stage.has(turn, "withdrawal"):
            continue
        staked = stage.has(turn, *STAKE)
        for sentence in stage.scene.sentences[turn]:
            if _seen().search(sentence.text):
                return sentence, 0.75
            if staked and not sentence.is_question and _conditional().search(sentence.text):
                return sentence, 0.7
            # "Because …" explains many a problem: a reason of one's own where it takes up what was given back.
            if (
                stage.has(turn, "agreement")
                and not stage.has(turn, "disclosure.goal")
                and _because().search(sentence.text)
            ):
                return sentence, 0.6
        if reason := _reason(stage, said, turn):
            return stage.sentences_in(reason.span)[0], sure(0.65, reason)
    return None


def _reason(stage: Stage, said: Stretch, turn: int) -> Act | None:
    """What they want for themselves, or a no, after what makes it so: how it touches them, or a yes or no of theirs.

    After a reflection a yes only confirms it.
    """
    touched = stage.find(turn, "disclosure.personal_impact")
    wants, noes = stage.find(turn, "disclosure.personal_goal"), stage.find(turn, "disagreement")
    yeses = () if stage.in_stretch(said, "reflection") else stage.find(turn, "agreement")
    ends = [(want, (*touched, *noes, *yeses)) for want in wants] + [(no, touched) for no in noes]
    return next((end for end, causes in ends if any(c.span.start <= end.span.start for c in causes)), None)


DETECTOR = Detector(kind=KIND, needs=(*PRESSING, *STAKE, "question", "reflection", "presence", "withdrawal"), find=find)
