"""The ribbon of a conversation over time, as SVG of our own: who held the floor, what sentences did, moments as pins.

Everything is rounded to a fixed grid and marks that fall on the same place are drawn once, so the drawing has a bounded
size however long the conversation was. No style attribute is used (the page's CSP allows none): classes carry the look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duologue.clock import clock
from duologue.model import Conversation, Review
from duologue.reports.outline import Finding
from duologue.reports.people import Person
from duologue.reports.safe import in_html, on_one_line
from duologue.reports.wording import plural, share
from duologue.text import WORD

WIDTH, LEFT, RIGHT = 1000.0, 128.0, 12.0
PINS, LANE, BAR, AXIS = 52.0, 46.0, 14.0, 26.0
MOST_LANES = 8
GRID = 0.5  # drawing units: floors nearer than this are drawn as one
MARK_GRID, PIN_GRID = 5.0, 16.0
LINKED = 600  # up to so many turns each floor links to its words

MARKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("asks", "asks: questions, follow-ups, invitations", ("question", "follow_up", "invitation", "permission")),
    ("gives", "gives back: reflection, acknowledgement, presence",
     ("reflection", "acknowledgement", "presence", "repair")),
    ("tells", "tells: pitch, advice, devices, disagreement",
     ("pitch", "advice", "persuasion", "disagreement", "either_or", "assumption", "call_to_action", "story")),
    ("opens", "brings out: issues, goals, impact, concerns", ("disclosure", "concern")),
)  # fmt: skip
_MARK_OF = {head: name for name, _, heads in MARKS for head in heads}

Lane = tuple[str, tuple[str, ...], str]
"""What a lane is called, the ids of its speakers, and the class that colours it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Where each turn lies, from 0 to 1. `seconds`: the whole length, None where x is words, not time."""

    extents: tuple[tuple[tuple[float, float], ...], ...]
    seconds: float | None
    words: int


def axis_of(conversation: Conversation) -> Axis:
    """Times where every turn has a start and an end, else the words said so far: a message holds no floor in time."""
    turns = conversation.turns
    counts = [max(1, sum(1 for _ in WORD.finditer(t.text))) for t in turns]
    known = [(t.start, t.end) for t in turns if t.start is not None and t.end is not None]
    if len(known) == len(turns) and turns:
        first = min(start for start, _ in known)
        last = max(max(pair) for pair in known)
        if last > first:
            extents = []
            for t, whole in zip(turns, known, strict=True):
                stretches = t.pieces or (whole,)
                extents.append(tuple((_in(a, first, last), _in(b, first, last)) for a, b in stretches))
            return Axis(extents=tuple(extents), seconds=last - first, words=sum(counts))
    total = sum(counts) or 1
    so_far, by_words = 0, []
    for n in counts:
        by_words.append(((so_far / total, (so_far + n) / total),))
        so_far += n
    return Axis(extents=tuple(by_words), seconds=None, words=sum(counts))


def _in(time: float, first: float, last: float) -> float:
    return min(1.0, max(0.0, (time - first) / (last - first)))


def _x(at: float) -> float:
    return LEFT + at * (WIDTH - LEFT - RIGHT)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def lanes_of(everybody: Sequence[Person]) -> tuple[Lane, ...]:
    """Ours first, then the others by share; beyond the most, one lane for the rest."""
    ranked = sorted(everybody, key=lambda p: (p.side != "ours", -p.words))
    single = ranked if len(ranked) <= MOST_LANES else ranked[: MOST_LANES - 1]
    lanes: list[Lane] = [(p.name, (p.id,), "ours" if p.side == "ours" else "theirs") for p in single]
    rest = ranked[len(single) :]
    if rest:
        lanes.append((f"{len(rest)} others", tuple(p.id for p in rest), "theirs"))
    return tuple(lanes)


def ribbon(review: Review, everybody: Sequence[Person], findings: Sequence[Finding]) -> str:
    """The drawing. Pins link to findings, floors to words."""
    conversation = review.conversation
    axis = axis_of(conversation)
    lanes = lanes_of(everybody)
    height = PINS + len(lanes) * LANE + AXIS
    lane_of = {speaker: i for i, (_, ids, _) in enumerate(lanes) for speaker in ids}
    parts = [
        f'<svg class="ribbon" viewBox="0 0 {_n(WIDTH)} {_n(height)}" role="group" aria-labelledby="ribbon-title" '
        'xmlns="http://www.w3.org/2000/svg"><title id="ribbon-title">'
        f"{in_html(title(axis, lanes, findings))}</title>",
        '<g aria-hidden="true">',
        *_axis(axis, height),
        *_lanes(lanes),
        *_floors(conversation, axis, lane_of, lanes),
        *_marks(review, axis, lane_of),
        "</g>",
        *_pins(axis, findings),
        "</svg>",
    ]
    return "".join(parts)


def title(axis: Axis, lanes: Sequence[Lane], findings: Sequence[Finding]) -> str:
    """What the drawing shows, in a sentence."""
    keep = sum(f.sign == "+" for f in findings)
    over = (
        f"{clock(axis.seconds)} of conversation"
        if axis.seconds is not None
        else f"{plural(axis.words, 'word')} of conversation"
    )
    return (
        f"Ribbon of {over}: a lane for each of {', '.join(on_one_line(name) for name, _, _ in lanes)}; pins for "
        f"{plural(keep, 'moment')} to keep and {plural(len(findings) - keep, 'moment')} to work on."
    )


def _axis(axis: Axis, height: float) -> Iterable[str]:
    base = height - AXIS + 4
    for at, label in _ticks(axis):
        x = _n(_x(at))
        anchor = "start" if at == 0 else "end" if at > 0.97 else "middle"
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="{_n(PINS - 6)}" y2="{_n(base)}"/>'
        yield f'<text class="tick-label" x="{x}" y="{_n(base + 15)}" text-anchor="{anchor}">{in_html(label)}</text>'


def _ticks(axis: Axis) -> Iterable[tuple[float, str]]:
    """Five to ten round places on the axis."""
    length = axis.seconds if axis.seconds is not None else float(axis.words)
    steps = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
    if axis.seconds is None:
        steps = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000, 500000, 1000000, 5000000)
    step = next((s for s in steps if length / s <= 9), max(1, int(length / 8)))
    k = 0
    while k * step <= length:
        label = clock(k * step) if axis.seconds is not None else f"{k * step:,}" if k else "0 words"
        yield (k * step / length if length else 0.0), label
        k += 1


def _lanes(lanes: Sequence[Lane]) -> Iterable[str]:
    for i, (name, _, side) in enumerate(lanes):
        y = PINS + i * LANE
        shown = on_one_line(name)
        shown = shown if len(shown) <= 17 else shown[:16] + "…"
        wide = _n(WIDTH - LEFT - RIGHT)
        yield f'<text class="lane-label {side}" x="{_n(LEFT - 10)}" y="{_n(y + 11.5)}" text-anchor="end">'
        yield f"{in_html(shown)}</text>"
        yield f'<rect class="lane" x="{_n(LEFT)}" y="{_n(y)}" width="{wide}" height="{_n(BAR)}"/>'


def _floors(conversation: Conversation, axis: Axis, lane_of: dict[str, int], lanes: Sequence[Lane]) -> Iterable[str]:
    if len(conversation.turns) <= LINKED:
        for i, t in enumerate(conversation.turns):
            path = "".join(_box(a, b, lane_of[t.speaker]) for a, b in axis.extents[i])
            side = lanes[lane_of[t.speaker]][2]
            yield f'<a href="#t{i + 1}" tabindex="-1"><path class="floor {side}" d="{path}"/></a>'
        return
    stretches: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for i, t in enumerate(conversation.turns):
        stretches[lane_of[t.speaker]] += axis.extents[i]
    for lane, found in sorted(stretches.items()):
        yield f'<path class="floor {lanes[lane][2]}" d="{"".join(_box(a, b, lane) for a, b in _joined(found))}"/>'


def _joined(stretches: list[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """Stretches in order; those nearer than the grid become one."""
    near = GRID / (WIDTH - LEFT - RIGHT)
    current: tuple[float, float] | None = None
    for a, b in sorted(stretches):
        if current and a - current[1] < near:
            current = (current[0], max(b, current[1]))
        else:
            if current:
                yield current
            current = (a, b)
    if current:
        yield current


def _box(a: float, b: float, lane: int) -> str:
    x, y = _x(a), PINS + lane * LANE
    return f"M{_n(x)} {_n(y)}h{_n(max(0.8, _x(b) - x))}v{_n(BAR)}H{_n(x)}z"


def _marks(review: Review, axis: Axis, lane_of: dict[str, int]) -> Iterable[str]:
    """A row of small shapes for each group of acts under each lane; several in one place are drawn once."""
    turns = review.conversation.turns
    rows: dict[tuple[int, str], set[float]] = defaultdict(set)
    for a in review.acts:
        name = _MARK_OF.get(a.kind.partition(".")[0])
        if name is None:
            continue
        extents = axis.extents[a.span.turn]
        begin, end = extents[0][0], extents[-1][1]
        within = a.span.start / max(1, len(turns[a.span.turn].text))
        x = _x(begin + (end - begin) * within)
        rows[lane_of[turns[a.span.turn].speaker], name].add(round(x / MARK_GRID) * MARK_GRID)
    order = [name for name, _, _ in MARKS]
    for (lane, name), xs in sorted(rows.items()):
        y = PINS + lane * LANE + BAR + 5 + 6 * order.index(name)
        yield f'<path class="mark {name}" d="{"".join(shape(name, x, y) for x in sorted(xs))}"/>'


def shape(name: str, x: float, y: float) -> str:
    """The path of a mark about (x, y): ring, diamond, bar, triangle; told apart by shape, not by colour alone."""
    at = f"M{_n(x)} {_n(y)}"
    return {
        "asks": f"{at}m-1.9 0a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0 -3.8 0z",
        "gives": f"{at}m0 -2.6l2.6 2.6l-2.6 2.6l-2.6 -2.6z",
        "tells": f"{at}m-2.2 -1.2h4.4v2.4h-4.4z",
        "opens": f"{at}m0 -2.4l2.6 4.4h-5.2z",
    }[name]


def _pins(axis: Axis, findings: Sequence[Finding]) -> Iterable[str]:
    """A pin a place and sign; where several fall together it says how many, and leads to the first."""
    places: dict[tuple[float, str], list[Finding]] = defaultdict(list)
    for f in findings:
        x = _x(axis.extents[f.turn][0][0])
        places[round(x / PIN_GRID) * PIN_GRID, f.sign].append(f)
    for (x, sign), found in sorted(places.items()):
        y = 14.0 if sign == "+" else 33.0
        first = found[0]
        says = f"{'To keep' if sign == '+' else 'To work on'}: {first.label}, {first.at}"
        says += f", and {len(found) - 1} more here" if len(found) > 1 else ""
        body = _circle(x, y) if sign == "+" else _square(x, y)
        yield (
            f'<a href="#m-{first.id}" class="pin {"keep" if sign == "+" else "work"}" aria-label="{in_html(says)}">'
            f"<title>{in_html(says)}</title>"
            f'<line class="stem" x1="{_n(x)}" x2="{_n(x)}" y1="{_n(y + 7)}" y2="{_n(PINS - 2)}"/>{body}</a>'
        )


def _circle(x: float, y: float) -> str:
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="7"/>'
        f'<path class="sign" d="M{_n(x - 3.5)} {_n(y)}h7M{_n(x)} {_n(y - 3.5)}v7"/>'
    )


def _square(x: float, y: float) -> str:
    return (
        f'<rect x="{_n(x - 6.5)}" y="{_n(y - 6.5)}" width="13" height="13" rx="2"/>'
        f'<path class="sign" d="M{_n(x - 3.5)} {_n(y)}h7"/>'
    )


def quarters(review: Review, everybody: Sequence[Person]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ribbon in words: for each lane its share of the floor in each quarter."""
    axis = axis_of(review.conversation)
    lanes = lanes_of(everybody)
    lane_of = {speaker: i for i, (_, ids, _) in enumerate(lanes) for speaker in ids}
    held = [[0.0] * 4 for _ in lanes]
    for t, extents in zip(review.conversation.turns, axis.extents, strict=True):
        for a, b in extents:
            for q in range(4):
                held[lane_of[t.speaker]][q] += max(0.0, min(b, (q + 1) / 4) - max(a, q / 4))
    totals = [sum(row[q] for row in held) for q in range(4)]
    return tuple(
        (lanes[i][0], tuple(share(row[q] / totals[q]) if totals[q] else "–" for q in range(4)))
        for i, row in enumerate(held)
    )


def opportunities(count: int, of: int) -> str:
    """A dial's count as dots, taken ones filled; nothing where they would be too many to count by eye."""
    if not 0 < of <= 24:
        return ""
    dots = "".join(
        f'<circle class="{"taken" if i < count else "left"}" cx="{_n(6 + 13 * i)}" cy="6" r="4.5"/>' for i in range(of)
    )
    wide = 13 * of
    return f'<svg class="dots" viewBox="0 0 {wide} 12" width="{wide}" height="12" aria-hidden="true">{dots}</svg>'


def depth(level: int) -> str:
    """A cell's depth as three steps."""
    steps = "".join(
        f'<rect class="{"taken" if i < level else "left"}" x="{_n(1 + 16 * i)}" y="{_n(9 - 4 * i)}" width="13" '
        f'height="{_n(4 + 4 * i)}" rx="1.5"/>'
        for i in range(3)
    )
    return f'<svg class="dots" viewBox="0 0 48 14" width="48" height="14" aria-hidden="true">{steps}</svg>'
