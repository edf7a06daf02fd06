"""Conversation → Review: the one function that every face calls.

It is pure: no file, network, clock or database. The same input and version give the same output, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from duologue import acts, disputes, measures, moments
from duologue.acts.base import Evidence, Judge, Labeller
from duologue.certainty import Certainty, certainty_of
from duologue.disputes import Corrections
from duologue.language import is_english, language_of
from duologue.model import Act, Conversation, Dispute, Kind, Moment, Review, Span, Unsure
from duologue.moments import Limits
from duologue.moments.context import context_cells
from duologue.moments.dials import dials
from duologue.moments.focus import focus_of
from duologue.moments.kinds import infer_kind
from duologue.moments.next_time import next_time
from duologue.notices import notices_about
from duologue.text import Scene, scene
from duologue.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may set. `kind` overrides the conversation's own and the inferred one.

    `floor_words`, `floor_seconds`: the limit of a soliloquy. `labeller`: who finds the acts. `disputes`: what a person
    corrected; the review is then that of the corrected conversation, and says what changed.
    """

    kind: Kind | None = None
    floor_words: int = 180
    floor_seconds: float = 75.0
    labeller: Labeller = acts.DEFAULT
    disputes: tuple[Dispute, ...] = ()


def review(conversation: Conversation, options: Options | None = None) -> Review:
    """Review one conversation. Where its language is not English, measures are given and the rest is withheld.

    Raises UnreadableInput where a dispute names a finding, a turn, a kind or a speaker that is not there.
    """
    options = options or Options()
    if options.kind is not None:
        conversation = replace(conversation, kind=options.kind)
    return _disputed(conversation, options) if options.disputes else _review(conversation, options, Corrections())


def _disputed(conversation: Conversation, options: Options) -> Review:
    """The review with corrections applied one after the other, so that each can say what it changed."""
    options = replace(options, labeller=_Once(labeller=options.labeller))
    settled = disputes.settle(options.disputes, conversation)
    now = _review(conversation, options, Corrections())
    seen = disputes.known(now)
    standing: list[Dispute] = []
    done = []
    for i, s in enumerate(settled):
        disputes.check_known(settled, i, seen)
        before = now
        told = None
        if s.later is None:
            standing.append(s.dispute)
            told = disputes.told_at(settled, i)
            if told is None:
                now = _review(conversation, options, disputes.corrections(standing, conversation, seen))
        came = disputes.outcome(s, before, now, seen)
        done.append(replace(came, told_at=told.dispute.line) if told else came)
        seen = disputes.known(now) | seen
    said = disputes.notices_of(settled, conversation)
    return replace(now, disputes=tuple(done), notices=(*now.notices, *said))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Once:
    """A labeller that reads each scene once: corrections are applied one by one, and most of them change no words."""

    labeller: Labeller
    read: dict[Conversation, tuple[Act, ...]] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        return self.labeller.name

    def label(self, scene: Scene) -> tuple[Act, ...]:
        if scene.conversation not in self.read:
            self.read[scene.conversation] = self.labeller.label(scene)
        return self.read[scene.conversation]

    def note(self, scene: Scene) -> str | None:
        return self.labeller.note(scene)


def _judge(labeller: Labeller) -> Judge | None:
    inner = labeller.labeller if isinstance(labeller, _Once) else labeller
    return inner if isinstance(inner, Judge) else None


def _review(conversation: Conversation, options: Options, corrected: Corrections) -> Review:
    conversation = corrected.conversation(conversation)
    cut = scene(conversation)
    language = language_of(conversation)
    english = is_english(language)

    judge = _judge(options.labeller)
    evidence = Evidence(scene=cut, acts=_acts(cut, options, corrected, english=english), judge=judge)
    kind = conversation.kind or (infer_kind(evidence) if english else None)
    if kind == "message" and conversation.kind is None:  # cut again: header and quoted lines are not the sender's words
        own = scene(replace(conversation, kind="message"))
        evidence = Evidence(scene=own, acts=_acts(own, options, corrected, english=True), judge=judge)
    note = options.labeller.note(cut) if english else None
    limits = Limits(floor_words=options.floor_words, floor_seconds=options.floor_seconds, kind=kind)
    found = tuple(m for m in moments.find(evidence, limits) if _quoted(conversation, m)) if english else ()
    found = corrected.moments_of(conversation, found)
    sure = certainty_of(conversation, evidence.acts, corrected.moments)
    stands, unsure = _parted(found, sure)

    return Review(
        conversation=conversation,
        kind=kind,
        acts=evidence.acts,
        moments=stands,
        measures=measures.measure(evidence, sure, with_acts=english),
        context=context_cells(evidence, stands, sure),
        dials=dials(
            evidence,
            found,
            limits,
            sure=sure,
            withheld=None if english else f"the language is not English ({language})",
        ),
        next=next_time(evidence, found, sure) if english else (),
        notices=(
            *notices_about(cut, language=language, kind=kind, sure=sure, apart=len(unsure)),
            *((note,) if note else ()),
        ),
        version=VERSION,
        focus=focus_of(evidence) if kind == "message" and english else None,
        unsure=unsure,
    )


def _parted(found: tuple[Moment, ...], sure: Certainty) -> tuple[tuple[Moment, ...], tuple[Unsure, ...]]:
    """The moments that stand, and those set apart because of what they rest on. Together they are all."""
    because = [sure.because(m) for m in found]
    pairs = list(zip(found, because, strict=True))
    return (
        tuple(m for m, why in pairs if why is None),
        tuple(Unsure(moment=m, because=why) for m, why in pairs if why is not None),
    )


def _acts(cut: Scene, options: Options, corrected: Corrections, *, english: bool) -> tuple[Act, ...]:
    """What was read, and what a person says beside it; outside English, what they say alone."""
    return corrected.acts_of(cut.conversation, options.labeller.label(cut) if english else ())


def _quoted(conversation: Conversation, m: Moment) -> bool:
    """No quote, no finding: every span lies within its turn and holds words."""
    return bool(m.quotes) and all(_verbatim(conversation, q) for q in m.quotes)


def _verbatim(conversation: Conversation, q: Span) -> bool:
    if not 0 <= q.turn < len(conversation.turns):
        return False
    text = conversation.turns[q.turn].text
    return 0 <= q.start < q.end <= len(text) and bool(text[q.start : q.end].strip())
