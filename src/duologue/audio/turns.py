"""From words with times to a conversation: who had which turn, with overlaps and signs of listening kept.

The rules by which words become turns are in `runs.py`, on separate tracks and on one alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from duologue.audio.attribute import attributed
from duologue.audio.base import Heard, Spoke
from duologue.audio.doubts import about_voices, about_words
from duologue.audio.runs import Run, turns_of
from duologue.audio.said import Said, joined, said_in
from duologue.model import Conversation
from duologue.readers.build import Segment, conversation


def by_track(heard: Sequence[Heard], names: Sequence[str] = (), *, notices: Sequence[str] = ()) -> Conversation:
    """The conversation of a recording with a track a speaker. `names[i]`: who is on track i, "" where nobody said.

    Those without a name are Channel 1, Channel 2, …; a track that has a name or "" and no words never got the floor.
    Raises NoConversation where no word was heard.
    """
    tracks = sorted({h.track for h in heard})
    words = [w for t in tracks for w in said_in(h for h in heard if h.track == t)]
    everybody = range(max([len(names), *(t + 1 for t in tracks)]))
    silent = [t for t in range(len(names)) if not any(w.who == t for w in words)]
    return _conversation(
        words,
        {t: f"channel-{t + 1}" for t in everybody},
        {t: (names[t] if t < len(names) else "") or f"Channel {t + 1}" for t in everybody},
        heard,
        silent=silent,
        separate=True,
        notices=notices,
    )


def by_voice(
    heard: Sequence[Heard],
    spoke: Sequence[Spoke],
    names: Mapping[int, str] | None = None,
    *,
    notices: Sequence[str] = (),
) -> Conversation:
    """The conversation of one track on which voices were told apart. `names`: who of `spoke` → name, where known.

    Those without a name are Voice 1, Voice 2, … by their first words. Raises NoConversation where no word was heard.
    """
    words = attributed(said_in(heard), spoke)
    order = list(dict.fromkeys(w.who for w in sorted(words, key=lambda w: (w.start, w.end))))
    called = {who: (names or {}).get(who) or f"Voice {i + 1}" for i, who in enumerate(order)}
    return _conversation(
        words,
        {who: f"voice-{i + 1}" for i, who in enumerate(order)},
        called,
        heard,
        separate=False,
        notices=(*notices, *about_voices(words, spoke)),
    )


def _conversation(
    words: Sequence[Said],
    keys: Mapping[int, str],
    names: Mapping[int, str],
    heard: Sequence[Heard],
    *,
    separate: bool,
    silent: Sequence[int] = (),
    notices: Sequence[str],
) -> Conversation:
    languages = Counter[str]()
    for h in heard:
        if h.language:
            languages[h.language] += len(h.words)
    return conversation(
        _segments(turns_of(words), keys),
        source="recording",
        names={keys[who]: name for who, name in names.items() if who in keys},
        silent=[keys[who] for who in silent],
        language=min(languages, key=lambda code: (-languages[code], code)) if languages else None,
        estimate=False,
        notices=(*notices, *about_words(heard)),
        separate_channels=separate,
    )


# --- segments ---------------------------------------------------------------------------------------------------------


def _segments(turns: Iterable[Sequence[Run]], keys: Mapping[int, str]) -> Iterator[Segment]:
    before: str | None = None
    for runs in turns:
        words = [w for r in runs for w in r.words]
        sure = _sure(words)
        for i, run in enumerate(runs):
            yield Segment(
                speaker=keys[run.who],
                text=joined(run.words),
                start=run.start,
                end=run.end,
                words=tuple(replace(w.word, text=w.text) for w in run.words),
                speaker_confidence=sure,
                start_estimated=i == 0 and run.words[0].guessed[0],
                end_estimated=i == len(runs) - 1 and any(w.guessed[1] for w in run.words if w.end == run.end),
                apart=i == 0 and before == keys[run.who],
            )
        before = keys[runs[-1].who] if runs else before


def _sure(words: Sequence[Said]) -> float | None:
    """The mean confidence in the voices of words, each by its length in time."""
    known = [(w.sure, max(w.end - w.start, 0.01)) for w in words if w.sure is not None]
    return round(sum(s * t for s, t in known) / sum(t for _, t in known), 3) if known else None
