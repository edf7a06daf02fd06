"""Open questions about the other's world, made from the claim's own words: what to ask next.

No claim is pressed on anybody: each question lets the other say that it is not so with them (S2.1, S4.0).
"""

from __future__ import annotations

import re

from duologue.phrasing import term

# Of a product: "we", "our", or what only an advertisement says of itself.
_ABOUT_US = re.compile(
    r"\b(?:we|we['’]re|we['’]ve|our|ours|us)\b|\b(?:market|industry|world|award)[- ](?:leading|class|winning|first)\b|"
    r"\b(?:the )?(?:leading|number one|most advanced|state[- ]of[- ]the[- ]art|best[- ]in[- ]class)\b|"
    r"\bthe (?:best|only|first) .{0,40}\b(?:on|in) the (?:market|world|industry)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[A-Z][\w’'-]*(?: [\w’'-]+){0,3}[.:] (?=\S)")
_LONG = 16  # words; of a longer claim the beginning is said again


def about_us(claim: str) -> bool:
    """Whether a claim speaks of whoever makes it: then it has to be asked for whom it matters (S0.1)."""
    return bool(_ABOUT_US.search(claim))


def ask_next(claim: str) -> tuple[str, ...]:
    """Three open questions on one claim: how it is with them, who feels it, what they would want themselves."""
    said = _short(claim)
    topic = None if about_us(claim) else term(claim)
    about = f"about {topic}" if topic else "about it"
    if about_us(claim):
        first = f"“{said}”: what would have to be so at yours for that to matter, if it does?"
    elif topic:
        first = f"How is it with {topic} at yours, as you see it?"
    else:
        first = f"“{said}”: how is that with you today?"
    # Which wording: by the claim's letters, so that one page does not say the same six times over.
    n = sum(map(ord, claim))
    return first, _WHO[n % len(_WHO)].format(about=about), _SELF[n % len(_SELF)].format(about=about)


_WHO = (
    "Who at yours would notice first if something changed {about}, and by what?",
    "Whose day looks different when it goes badly, and how?",
    "What have people tried {about} so far, and what came of that?",
    "When did it last come up at yours, and who brought it up?",
)
_SELF = (
    "And you yourself: what would you want to be different {about}, if anything?",
    "What does it take out of your own week, if it does?",
    "What would you like to hear people say {about} in a year?",
)


def _short(claim: str) -> str:
    spoken = _LABEL.sub("", claim).strip(" .!").split()
    return " ".join(spoken[:_LONG]) + (" …" if len(spoken) > _LONG else "")
