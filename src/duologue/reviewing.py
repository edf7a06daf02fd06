"""Conversation → Review: the one function that every face calls.

It is pure: no file, network, clock or database. The same input and version give the same output, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from duologue import acts, measures, moments
from duologue.acts.base import Evidence, Labeller
from duologue.language import is_english, language_of
from duologue.model import Conversation, Kind, Moment, Review, Span
from duologue.moments import Limits
from duologue.moments.context import context_cells
from duologue.moments.dials import dials
from duologue.moments.focus import focus_of
from duologue.moments.kinds import infer_kind
from duologue.moments.next_time import next_time
from duologue.notices import notices_about
from duologue.text import scene
from duologue.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may set. `kind` overrides the conversation's own and the inferred one.

    `floor_words`, `floor_seconds`: the limit of a soliloquy. `labeller`: who finds the acts.
    """

    kind: Kind | None = None
    floor_words: int = 180
    floor_seconds: float = 75.0
    labeller: Labeller = acts.DEFAULT


def review(conversation: Conversation, options: Options | None = None) -> Review:
    """Review one conversation. Where its language is not English, measures are given and the rest is withheld."""
    options = options or Options()
    if options.kind is not None:
        conversation = replace(conversation, kind=options.kind)
    cut = scene(conversation)
    language = language_of(conversation)
    english = is_english(language)

    evidence = Evidence(scene=cut, acts=options.labeller.label(cut) if english else ())
    kind = conversation.kind or (infer_kind(evidence) if english else None)
    if kind == "message" and conversation.kind is None:  # cut again: header and quoted lines are not the sender's words
        own = scene(replace(conversation, kind="message"))
        evidence = Evidence(scene=own, acts=options.labeller.label(own))
    note = options.labeller.note(cut) if english else None
    limits = Limits(floor_words=options.floor_words, floor_seconds=options.floor_seconds, kind=kind)
    found = tuple(m for m in moments.find(evidence, limits) if _quoted(conversation, m)) if english else ()
    cells = context_cells(evidence, found)

    return Review(
        conversation=conversation,
        kind=kind,
        acts=evidence.acts,
        moments=found,
        measures=measures.measure(evidence, with_acts=english),
        context=cells,
        dials=dials(evidence, found, limits, withheld=None if english else f"the language is not English ({language})"),
        next=next_time(evidence, found) if english else (),
        notices=(*notices_about(cut, language=language, kind=kind), *((note,) if note else ())),
        version=VERSION,
        focus=focus_of(evidence) if kind == "message" and english else None,
    )


def _quoted(conversation: Conversation, m: Moment) -> bool:
    """No quote, no finding: every span lies within its turn and holds words."""
    return bool(m.quotes) and all(_verbatim(conversation, q) for q in m.quotes)


def _verbatim(conversation: Conversation, q: Span) -> bool:
    if not 0 <= q.turn < len(conversation.turns):
        return False
    text = conversation.turns[q.turn].text
    return 0 <= q.start < q.end <= len(text) and bool(text[q.start : q.end].strip())
