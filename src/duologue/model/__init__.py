"""The nouns. Frozen values on the standard library alone; every other room speaks in these."""

from duologue.model.conversation import KINDS, SIDES, Consent, Conversation, Kind, Side, Span, Speaker, Turn, Word
from duologue.model.dispute import DialChange, Dispute, Disputed, Pointed, Standing, Verdict
from duologue.model.measure import Measure
from duologue.model.review import Act, ContextCell, Dial, Focus, Moment, Next, Review, Sign, Unsure

__all__ = [
    "KINDS",
    "SIDES",
    "Act",
    "Consent",
    "ContextCell",
    "Conversation",
    "Dial",
    "DialChange",
    "Dispute",
    "Disputed",
    "Focus",
    "Kind",
    "Measure",
    "Moment",
    "Next",
    "Pointed",
    "Review",
    "Side",
    "Sign",
    "Span",
    "Speaker",
    "Standing",
    "Turn",
    "Unsure",
    "Verdict",
    "Word",
]
