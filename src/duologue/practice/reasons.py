"""Why the partner did what they did, as a sentence for `/why` and the debrief: "then", never "because you are"."""

from __future__ import annotations

from duologue.practice.base import Closing
from duologue.practice.scenario import Earns

_BY: dict[Earns, str] = {
    "asked": "you asked",
    "followed_up": "you asked on about what I had just said",
    "reflected": "you gave back what I had said",
    "acknowledged": "you gave my view its due",
    "present": "you left me room",
    "answered": "you met my question before anything else",
    "repaired": "you took something back",
}
_WHY: dict[str, str] = {
    "greeting": "You said hello, and so did I.",
    "small_talk": "That was talk to warm up on; I joined in.",
    "tired": "I had run out of patience, so I went.",
    "foreign": "I only have English, and I did not follow.",
    "order": "That was no thing to say to a person; I took it as a slip and stayed with our talk.",
    "flood": "That was more than I could take in at once; I heard the beginning.",
    "insult": "That was meant to hurt, and I said so.",
    "repeated": "I had heard these very words before.",
    "echoed": "You gave my own words back to me, again and again, and nothing of your own.",
    "put_off": "I had asked, and that was no answer to it: I asked again.",
    "given_up": "I had asked several times; I let it be, and trusted the claim less.",
    "pitch": "You praised something, and I had not asked for it.",
    "call_to_action": "You asked me for a step before I could see a reason of my own.",
    "persuasion": "That felt like being worked on.",
    "wall": "You set your view against mine without giving mine its due.",
    "assumption": "You told me something about myself that I had not said.",
    "advice": "You offered a solution before I had finished with the problem.",
    "own_matter": "That was about your side, and left mine aside.",
    "deflected": "I had asked something, and it was not taken up.",
    "dropped": "I had just told you something, and you went on to another matter.",
    "deeper": "You answered me, so I wanted to know one level more.",
    "offer": "You asked before telling; I wanted to hear it.",
    "silence": "You left a silence, and I went on a little.",
    "silent": "You said hardly anything, and I did not know whether you were with me.",
    "repaired": "You took something back, and that did me good.",
    "present": "You gave me room.",
    "understood": "You had understood; there was nothing to add just then.",
    "all_told": "I had said what there was to say, so I thought about what I would do.",
    "fact": "You asked for a fact, and you got it.",
    "vague": "Nothing in me was touched by that question.",
    "nothing_taken_up": "Nothing of mine was in it that I could go on from.",
}


def because(what: str, *, by: tuple[Earns, ...] = (), about: str = "", against: Closing | None = None) -> str:
    """The reason as the partner would say it afterwards."""
    if what == "opened":
        how = _BY[by[0]] if by else "there was room"
        return f"{how[:1].upper()}{how[1:]}."
    if what == "asked_on":
        return f"You stayed with {about}, so I told you a little more."
    if what == "trigger":
        return f"That word touches something: {about[:1].lower() + about[1:].rstrip('.')}."
    if what == "tired" and against in _WHY:
        return f"{_WHY['tired']} What came last: {_WHY[against][:1].lower() + _WHY[against][1:]}"
    return _WHY[what]
