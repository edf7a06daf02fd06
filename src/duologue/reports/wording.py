"""The report's own words. They ask before they tell, say AND, admit what cannot be known, and never shame (P2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from duologue.agreement import hearing_said
from duologue.model import Conversation, Dial, Focus, Kind, Review
from duologue.model.codebook import CELLS
from duologue.model.dispute import is_by_person

BEFORE = "Before you read on: which moment stayed with you, and what would the other say it was?"
BEFORE_MESSAGE = "Before you read on: what would its reader say this message is about?"
TITLES = {
    "who": "Who talked, and for how long",
    "how": "How this was made",
    "corrected": "What you corrected",
    "light": "What came to light",
    "keep": "To keep",
    "work": "Most worth working on",
    "more": "More moments",
    "held": "Possible moments, less sure",
    "apart": "Set apart, to listen to again",
    "dials": "Opportunities taken",
    "measures": "Figures",
    "others": "One by one",
    "unknown": "What could not be known",
    "next": "Next time",
    "message": "The message",
    "ids": "Ids, to correct by",
}
CORRECTED_NOTE = "Your word counts in all that follows, and what was found before stands beside it here."
OTHERWISE = "See it otherwise?"
PASTE = "Put a line like this one into a file, and add --disputes THAT-FILE to the command; its note may say why:"
APART_NOTE = (
    "These may be moments. What they rest on was not surely heard, so they count in nothing else on this page. Would "
    "you listen to these places? Your word on them counts."
)
APART_PASTE = (
    "Put a line like one of these into a file, and add --disputes THAT-FILE to the command: the first says that the "
    "moment is there; a line with a speaker says who spoke, with the name of whoever did:"
)
APART_SAY = "You heard it?"
APART_IDS = "To say that one is there, or who spoke: --ids shows what to write."
IDS_NOTE = (
    "Every turn with its number, and what was found there with its id. For what was missed: the verdict also_here with "
    "a turn and a kind; for somebody else’s words: other_speaker with a turn and a speaker."
)
DIALS_NOTE = "Counts, each with what it counts, and no surer than the findings it counts. There is no total."
NOT_SURE = "Not sure about this one. "
NOT_SURE_OF_ANY = "Not sure about any of these. "
NO_KEEP = "None was found. That says something about this instrument too: it knows only some of what is worth keeping."
NO_WORK = "None was found. This instrument sees only some of what there is; what would you try another time?"
NO_SURE_WORK = "Nothing that this instrument is sure enough of to show unasked."
SYMMETRIC = (
    "Nobody was named as the one reviewed (--us NAME), so everybody is looked at in the same way, and figures for each "
    "side and comparisons with your other conversations are left out."
)
ONE_SPEAKER = "Nobody was named as the one reviewed (--us NAME)."
EITHER_ASKS = "Nobody is marked as your side, so that each question may be either’s to ask."
LABELS_NOTE = "In brackets: how far labels of this kind agree with people’s (F1: 1 is full, 0 is none)."
NO_NEXT_MESSAGE = "What would you like to learn from its reader, that you do not know yet?"
NO_NEXT_WITHHELD = "Open questions were not looked for. What would you still like to know?"
NO_NEXT = "No question was left open, as far as the words show. What would you still like to know?"

_KINDS: dict[str, str] = {
    "message": "a message",
    "selling": "a conversation about an offer",
    "consulting": "a consulting conversation",
    "managing": "a conversation between a manager and a report",
    "support": "a support conversation",
    "hiring": "a conversation about a job",
    "everyday": "an everyday conversation",
}
_DIALS = {
    "balance": ("stretch of talk", "handed back before growing long"),
    "curiosity": ("question", "followed from what had been said"),
    "understanding": ("concern, difference or disclosure", "given due weight before anything of one’s own"),
    "responsiveness": ("invitation or disclosure", "answered or kept up"),
    "openness": ("place where views differed", "met without a wall"),
    "focus_on_the_other": ("stretch with a matter", "free of pitch, device, assumption, early solution and broadcast"),
}
_PLURALS = {
    "concern, difference or disclosure": "concerns, differences and disclosures",
    "invitation or disclosure": "invitations and disclosures",
    "place where views differed": "places where views differed",
    "stretch of talk": "stretches of talk",
    "stretch with a matter": "stretches with a matter",
}
_FOCUS: dict[Focus, str] = {
    "self": "Read as serving its writer’s matter more than its reader’s.",
    "other": "Read as serving its reader’s matter.",
    "mixed": "Read as serving both: something real for its reader and something for its writer.",
}


def sent_at(started_at: str | None, seconds: float | None) -> str | None:
    """The date and time that lies so many seconds after an ISO 8601 one, in its own zone; None where it is no such."""
    if started_at is None or seconds is None:
        return None
    try:
        return (datetime.fromisoformat(started_at) + timedelta(seconds=seconds)).isoformat(" ", "minutes")[:16]
    except (ValueError, OverflowError):
        return None


def duration(seconds: float) -> str:
    """A length of time in words: "48 seconds", "24 minutes", "1 hour 5 minutes", "3 days"."""
    if seconds >= 63_072_000:
        return "about " + plural(round(seconds / 31_557_600), "year")
    if seconds >= 172_800:
        return plural(round(seconds / 86_400), "day")
    if seconds < 90:
        return plural(round(seconds), "second")
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return plural(minutes, "minute")
    return plural(hours, "hour") + (f" {plural(minutes, 'minute')}" if minutes else "")


def plural(n: int, word: str) -> str:
    """ "1 turn", "2 turns", "12,400 words"."""
    return f"{n:,} {word if n == 1 else _PLURALS.get(word, word + 's')}"


def capital(text: str) -> str:
    """With its first letter large."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """ "Ana", "Ana and Ben", "Ana, Ben and Cem"; a long list ends in how many more."""
    if len(names) > 6:
        names = [*names[:5], f"{len(names) - 5} more"]
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def share(value: float) -> str:
    """A share as a percentage; small ones are not rounded to nothing."""
    return "under 1%" if 0 < value < 0.005 else f"{round(100 * value)}%"


def kind_said(review: Review) -> str:
    """What kind of conversation it is taken for, and who says so."""
    if review.kind == "message" and review.conversation.kind:
        return ""
    if review.kind is None:
        return "Its words do not tell what kind of conversation it was; --kind can."
    return f"Taken for {_kind(review.kind)}" + (
        "." if review.conversation.kind else ", going by its words (--kind overrides)."
    )


def _kind(kind: Kind) -> str:
    return _KINDS[kind]


def focus_said(focus: Focus) -> str:
    """Whose matter a message serves."""
    return _FOCUS[focus]


def dial_said(dial: Dial) -> str:
    """A dial as a count of its opportunities: "4 of 6 concerns …"; in words where there was no opportunity."""
    thing, done = _DIALS[dial.name]
    if not dial.of:
        hanging = dial.reason is not None and dial.reason.startswith("too few")  # though none that is sure came up
        return f"no {thing} came up" + (" that is sure" if hanging else "")
    return f"{dial.count} of {plural(dial.of, thing)} {done}"


def dial_value(dial: Dial) -> str:
    """A dial's value with its interval, or why there is none; then what else was counted."""
    if dial.value is None:
        said = (dial.reason or "too few to say") if dial.of else ""
    else:
        interval = f" ({dial.low:.2f} to {dial.high:.2f})" if dial.low is not None and dial.high is not None else ""
        said = f"{dial.value:.2f}{interval}"
    return "; ".join(part for part in (said, dial.beside) if part)


def cell_label(name: str, kind: Kind | None) -> str:
    """What a matter of the context is called: no business at home, nor where nobody knows of one (S4.3)."""
    label = CELLS[name].label
    return label.removesuffix(" of the business") if kind in (None, "everyday") else label


def cell_definition(name: str, kind: Kind | None) -> str:
    """What a matter of the context is; at home without the business (S4.3)."""
    said = CELLS[name].definition
    if kind != "everyday":
        return said
    return said.replace("business (or, at home, of the household)", "household").replace(
        "business (or the household)", "household"
    )


def withheld_said(reason: str) -> str:
    """What is not said, and why, where the words could not be read."""
    return (
        f"What came to light, moments, dials and open questions are withheld: {reason}. "
        "The figures below need no reading."
    )


def instrument(review: Review, *, withheld: bool = False) -> str:
    """What kind of instrument this is, said once. Acts are found by rules or by a model; moments always by rules."""
    heard = _heard(review.conversation)
    if withheld:
        return f"{heard}Turns, words and times were counted, and nothing was read. Where you know better, you do."
    by_rule = all(a.by.startswith("rules") or is_by_person(a.by) for a in review.acts)
    how = "rules that people wrote" if by_rule else "a small trained model and rules that people wrote"
    if not review.acts:
        how = "this instrument"
    return (
        f"{heard}{capital(how)} looked at the words, and at nothing else. Tone, faces and what you share are not on "
        "the page. Each kind of finding says how far it agreed with people who read the same words. Where you know "
        "better, you do."
    )


def _heard(c: Conversation) -> str:
    """What turned a recording into words, how far it is to be trusted, and what was said of consent."""
    if not c.heard_by:
        return ""
    agreed = " Those who can be heard know of it and agree, as was said" if c.consent and c.consent.given else ""
    when = f" on {c.consent.at}" if c.consent and c.consent.at and agreed else ""
    return (
        f"The recording was heard by {c.heard_by}: {hearing_said(c.heard_by)}. Other rooms, voices and languages may "
        f"be heard better or worse.{agreed}{when}{'.' if agreed else ''} "
    )


def held_back(n: int) -> str:
    """How many moments are kept back, and how to see them."""
    noun = "more possible moment" if n == 1 else "more possible moments"
    return f"{n} {noun} to work on, from detectors that are right less often: --all"


def apart_more(n: int) -> str:
    """How many moments are set apart beside those shown."""
    noun = "more possible moment is" if n == 1 else "more possible moments are"
    return f"{n} {noun} set apart, from detectors that are right less often: --all"


def more_moments(keep: int, work: int) -> str:
    """How many moments there are beside those shown."""
    parts = [f"{n} more {sign}" for n, sign in ((keep, "to keep"), (work, "to work on")) if n]
    return f"{' and '.join(parts)}: --all"
