"""Measures as rows: what is compared, what it is held against and on what ground, and what could not be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duologue.clock import clock
from duologue.compare import Comparison
from duologue.measures import DEFINITIONS
from duologue.model import Measure, Review
from duologue.reports.excerpts import name_of
from duologue.reports.safe import visible
from duologue.reports.wording import capital, listed, share

BASIS = {"evidence": "evidence", "convention": "a convention", "user": "your own limit"}
# The compact table: what research found to tell (reflection against telling), then the shape of the talk.
MAIN = (
    "session_seconds",
    "session_words",
    "reflections_to_questions",
    "told_unasked",
    "reflection_minus_unasked_telling",
    "questions",
    "follow_up_share",
    "longest_follow_up_chain",
    "uptake",
    "talk_share",
    "longest_floor_seconds",
    "talk_time_reported",
    "talk_time_difference",
)
NOT_APPLICABLE = (  # says that there was nothing to measure, not that something could not be known
    "fewer than three people",
    "nobody asked into a claim",
    "made no claim after which",
    "never spoke after another",
    "never took the floor",
)
ESTIMATED = "rests on estimated times"  # said once, with the length
SALES_ONLY = ("talk_share", "questions")  # what others hold them against comes from sales calls alone
OF_A_MESSAGE = ("session_words", "questions", "self_focus")  # the rest is about taking turns
SAID_AT_THE_TOP = ("Nobody is marked as your side", "Nobody said what kind of conversation", "The language looks like")
SAID_BEFORE = (  # (how the reason of a measure starts, what the notice that says the same has in it)
    ("the file has no times", "There are no times here"),
    ("withheld: it rests on acts or words", "are known for English only"),
    ("the file has the times of sending only", "No turn has an end time"),
    ("fewer than two people speak", "There is one speaker only"),
)
MOST_VALUES = 10
MOST_UNKNOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure with its value for each one it was taken of.

    `caveat`: what its values rest on; `own`: the same in the person's other conversations; `against`: a threshold of
    others and what that rests on.
    """

    name: str
    label: str
    values: tuple[tuple[str, str], ...]
    caveat: str
    own: str
    against: str
    main: bool


def rows(review: Review, comparisons: Sequence[Comparison] = ()) -> tuple[Row, ...]:
    """Every measure that has a value, in the order of the review."""
    own = {c.name: own_said(c) for c in comparisons} if any(c.median is not None for c in comparisons) else {}
    about_sales = review.kind == "selling"
    grouped: dict[str, list[Measure]] = defaultdict(list)
    for m in review.measures:
        if m.value is not None and (review.kind != "message" or m.name in OF_A_MESSAGE):
            grouped[m.name].append(m)
    return tuple(
        Row(
            name=name,
            label=label_of(name),
            values=_values(review, found),
            caveat="; ".join(dict.fromkeys(visible(m.reason) for m in found if m.reason and m.reason != ESTIMATED)),
            own=own.get(name, ""),
            against=against(name, sales=about_sales),
            main=is_main(name) or not any(is_main(n) for n in grouped),
        )
        for name, found in grouped.items()
    )


def _values(review: Review, found: Sequence[Measure]) -> tuple[tuple[str, str], ...]:
    values = [(who(review, m.speaker), value_said(m)) for m in _without_doubles(review, found)]
    if len(values) > MOST_VALUES:
        values = [*values[: MOST_VALUES - 1], ("", f"and {len(values) - MOST_VALUES + 1} more")]
    return tuple(values)


def own_said(c: Comparison) -> str:
    """A figure beside the person's own other conversations."""
    if c.median is None or c.low is None or c.high is None:
        return "your own: " + (c.reason or "too few to compare")
    spread = spread_said(c.low, c.high, c.unit)
    return f"your own: median {number(c.median, c.unit)}, {spread}, in {c.n} other conversations"


def _without_doubles(review: Review, measures: Sequence[Measure]) -> Iterable[Measure]:
    """Leaves out a side of one person, whose own figure is the same."""
    speakers = {m.speaker for m in measures}
    for m in measures:
        if m.speaker and m.speaker.startswith("side:"):
            members = [s.id for s in review.conversation.speakers if f"side:{s.side}" == m.speaker]
            if len(members) == 1 and members[0] in speakers:
                continue
        yield m


def label_of(name: str) -> str:
    """What a measure is called."""
    return DEFINITIONS[name].label if name in DEFINITIONS else name.replace("_", " ")


def against(name: str, *, sales: bool) -> str:
    """What others hold a measure against, labelled as evidence, convention or the user's own.

    What comes from sales calls is said of sales calls alone (S4.3).
    """
    definition = DEFINITIONS.get(name)
    if definition is None or definition.threshold is None or (name in SALES_ONLY and not sales):
        return ""
    threshold = definition.threshold if sales else definition.threshold.partition("; Gong")[0]
    return f"{BASIS[definition.threshold_is or 'convention']}: {threshold}"


def who(review: Review, speaker: str | None) -> str:
    """Whom a figure is about; empty for the whole conversation."""
    if speaker is None:
        return ""
    if speaker.startswith("side:"):
        members = [
            name_of(review.conversation, s.id) for s in review.conversation.speakers if f"side:{s.side}" == speaker
        ]
        return (
            members[0]
            if len(members) == 1
            else {"side:ours": "our side", "side:theirs": "their side"}.get(speaker, speaker)
        )
    return name_of(review.conversation, speaker)


def value_said(m: Measure) -> str:
    """A value with its unit, its interval where it has one, and what it was counted over."""
    if m.value is None:
        return "not known"
    text = number(m.value, "" if _in_label(m) else m.unit)
    if m.low is not None and m.high is not None:
        plain = m.unit if m.unit.startswith("share") or m.unit == "s" else ""
        text += f" ({number(m.low, plain.partition(' ')[0])} to {number(m.high, plain.partition(' ')[0])})"
    return visible(text)


def spread_said(low: float, high: float, unit: str) -> str:
    """Two values of one unit, which is said once: "9% to 15% of words"."""
    first, last = number(low, unit), number(high, unit)
    plain = number(low, unit.partition(" ")[0]) if unit.startswith("share") else number(low, "")
    return f"{first if unit in ('s', 'seconds', 'to 1') else plain} to {last}"


def _in_label(m: Measure) -> bool:
    """Whether what a measure is called says its unit already."""
    return label_of(m.name).endswith((m.unit, m.unit.replace("per ", "a "))) and m.unit != "s"


def number(value: float, unit: str) -> str:
    """A number as people write it."""
    if unit.startswith("share"):
        return share(value) + unit.removeprefix("share")
    if unit in ("s", "seconds"):
        return f"{value:.1f} s" if value < 60 else clock(value)
    text = f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
    text = text.replace("-", "−")
    if unit == "to 1":
        return f"{text} : 1"
    if value == 1 and unit in ("levels", "words", "turns", "questions", "times"):
        unit = unit[:-1]
    return f"{text} {unit}".rstrip()


def unknown(review: Review) -> tuple[str, ...]:
    """What could not be known, and why: the notices, then the measures without a value, one line a reason.

    What the report says at its top is left out; a reason that a notice gives is not given again for each measure.
    """
    notices = " ".join(review.notices)
    known = {m.name for m in review.measures if m.value is not None}
    missing: dict[tuple[str, str], list[str]] = {}  # (reason, measure): whom it is missing for
    for m in review.measures:
        if m.value is not None or not m.reason or m.reason.startswith(NOT_APPLICABLE):
            continue
        if (review.kind == "message" and m.name not in OF_A_MESSAGE) or _said_in(notices, m.reason):
            continue
        whose = missing.setdefault((m.reason.partition(" (")[0], label_of(m.name)), [])
        if m.name in known and m.speaker:
            whose.append(who(review, m.speaker))
    lines: dict[tuple[str, str], list[str]] = {}
    for (reason, label), whose in missing.items():
        lines.setdefault((reason, listed(list(dict.fromkeys(whose)))), []).append(label)
    said = [
        f"{capital(listed(labels))}{f' (for {whose})' if whose else ''}: {reason}."
        for (reason, whose), labels in lines.items()
    ]
    if len(said) > MOST_UNKNOWN:
        said = [*said[:MOST_UNKNOWN], f"And {len(said) - MOST_UNKNOWN} more of this kind; --format json has them all."]
    kept = (n for n in review.notices if not n.startswith(SAID_AT_THE_TOP))
    return tuple(visible(s) for s in (*kept, *said))


def _said_in(notices: str, reason: str) -> bool:
    return any(reason.startswith(start) and words in notices for start, words in SAID_BEFORE)


def note(length: str, comparisons: Sequence[Comparison], *, symmetric: bool, message: bool) -> str:
    """What to bear in mind with every figure: the length, which is a confound, and whom to compare with first."""
    if message:
        return f"Over {length}."
    if comparisons and all(c.median is None for c in comparisons):
        first = " Too few of your own other conversations to hold them against yet."
    else:
        first = "" if comparisons or symmetric else " Best held against your own other conversations: --compare PATH."
    return f"Over {length}. Length changes every rate, so like goes with like.{first}"


def is_main(name: str) -> bool:
    """Whether a measure belongs to the compact table."""
    return name in MAIN
