"""Who each local voice is: tracks of neighbouring windows, joined by their prints; then who speaks when.

numpy alone. The same voices give the same result, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from duologue.audio.base import Spoke, Voice
from duologue.audio.diarize.grouping import NEAR, Floats, Group, grouped, unit
from duologue.audio.diarize.stitching import stitched
from duologue.audio.diarize.tracks import Track, tracks

# Seconds of clean speech (counted once a window, so four times) below which a group is no person of its own: a laugh, a
# door. And the share of all, so that a long talk does not gather people who never were. Conventions of ours.
SUPPORT, SHARE = 2.0, 0.002
ENROLLED = 0.35  # cosine from which a group may be somebody enrolled
ALONE = 0.80  # what stands for the nearness to one's own other tracks where there are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`spoke`: who speaks when, in order of time. `who_is`: the names of those that were enrolled and heard, by their
    number. `notices`: what could not be told, as sentences for the user."""

    spoke: tuple[Spoke, ...]
    who_is: Mapping[int, str]
    notices: tuple[str, ...] = ()


def tell_apart(
    voices: Sequence[Voice],
    *,
    speakers: int | None = None,
    at_least: int = 1,
    at_most: int | None = None,
    enrolled: Mapping[str, npt.NDArray[np.float32]] | None = None,
) -> Told:
    """Who speaks when. `speakers`: how many there are, where it is known; else at least and at most so many.

    `enrolled`: voice prints by name. Raises ValueError for numbers that cannot be.
    """
    if at_least < 1 or (speakers is not None and speakers < 1) or (at_most is not None and at_most < at_least):
        raise ValueError("at least one speaker, and no more at least than at most")
    voices = sorted((v for v in voices if v.stretches), key=_order)
    if not voices:
        return Told(spoke=(), who_is={})
    size = next((len(v.print) for v in voices if v.print is not None), 1)
    found = tracks(voices, size)
    least, most = (speakers, speakers) if speakers is not None else (at_least, at_most)
    people = _people(found, least, most)
    who, sure = _assigned(voices, found, people)
    spoke = stitched(voices, who, sure, len(people) or 1)
    return _in_order(spoke, _names(people, enrolled or {}), _short(spoke, speakers))


def _order(voice: Voice) -> tuple[object, ...]:
    return voice.window, voice.stretches, voice.clean, b"" if voice.print is None else voice.print.tobytes()


def _people(found: Sequence[Track], least: int, most: int | None) -> list[Group]:
    """Groups with enough behind them to be a person, no fewer than `least` where there is speech enough."""
    near = NEAR
    kept: list[Group] = []
    while True:
        groups = sorted(grouped(found, near), key=lambda g: (-g.clean, min(g.tracks)))
        enough = max(SUPPORT, SHARE * sum(g.clean for g in groups))
        kept = [g for g in groups if g.clean >= enough] or groups[:1]
        if len(kept) >= least or near >= 1:
            break
        near += 0.05
    if len(kept) < least:
        kept = groups[:least]
    return _fewer(kept, most)


def _fewer(groups: list[Group], most: int | None) -> list[Group]:
    """No more than `most`: the nearest two are joined, even two that were heard at once."""
    groups = list(groups)
    while most is not None and len(groups) > most:
        means = np.array([unit(g.sum) for g in groups])
        alike = np.tril(means @ means.T, -1) + np.triu(np.full((len(groups),) * 2, -3.0))
        for i, a in enumerate(groups):
            for j in range(i):
                alike[i, j] -= 0.2 if a.windows & groups[j].windows else 0.0
        i, j = divmod(int(alike.argmax()), len(groups))
        a, b = groups[j], groups.pop(i)
        groups[j] = Group(a.tracks + b.tracks, a.windows | b.windows, a.sum + b.sum, a.clean + b.clean)
    return groups


def _assigned(
    voices: Sequence[Voice], found: Sequence[Track], people: Sequence[Group]
) -> tuple[list[int], list[float]]:
    """Of each voice, who it is and how sure that is."""
    if not people:
        return [0] * len(voices), [0.5] * len(voices)
    means = np.array([unit(g.sum) for g in people])
    of_track = {t: k for k, g in enumerate(people) for t in g.tracks}
    taken: dict[int, set[int]] = {}
    for t, k in of_track.items():
        for w in found[t].windows:
            taken.setdefault(w, set()).add(k)
    heard = [[s for t in g.tracks for i in found[t].voices for s in voices[i].stretches] for g in people]
    starts = [np.array(sorted(s for s, _ in spans)) for spans in heard]
    for t in sorted((t for t in range(len(found)) if t not in of_track), key=lambda t: (-found[t].clean, t)):
        free = [k for k in range(len(people)) if not any(k in taken.get(w, ()) for w in found[t].windows)]
        at = voices[found[t].voices[0]].stretches[0][0]
        like = means @ unit(found[t].sum)
        k = max(free or range(len(people)), key=lambda k: (like[k], -_away(starts[k], at), -k))
        of_track[t] = k
        for w in found[t].windows:
            taken.setdefault(w, set()).add(k)
    who, sure = [0] * len(voices), [0.0] * len(voices)
    for t, track in enumerate(found):
        sure_of = _sure(track, of_track[t], people, means)
        for i in track.voices:
            who[i], sure[i] = of_track[t], sure_of
    return who, sure


def _away(starts: Floats, at: float) -> float:
    """Seconds from the nearest of the starts."""
    k = int(np.searchsorted(starts, at))
    return float(min(abs(starts[max(0, k - 1)] - at), abs(starts[min(k, len(starts) - 1)] - at)))


def _sure(track: Track, k: int, people: Sequence[Group], means: Floats) -> float:
    """How sure it is that the track is person k: by how near it is to k's other tracks and to the next person.

    The numbers are a logistic regression's, and shares of time right, on half of the AMI clips (each, each two joined,
    all joined) and three spoken dialogues; benchmarks/diarization.py says how well they hold on the others.
    """
    if not track.clean:
        return 0.56
    if len(people) == 1:
        return 0.98
    own = unit(track.sum)
    rest = people[k].sum - track.sum
    alone = people[k].clean - track.clean <= SUPPORT
    mine = ALONE if alone else float(unit(rest) @ own)
    other = float(np.delete(means @ own, k).max())
    return float(1 / (1 + np.exp(3.6 + 7.5 * other - 11.1 * mine)))


def _names(people: Sequence[Group], enrolled: Mapping[str, npt.NDArray[np.float32]]) -> dict[int, str]:
    """Who of the people is who of the enrolled: nearest pairs first, each once."""
    pairs = sorted(
        (-float(unit(g.sum) @ unit(made.astype(np.float64))), name, k)
        for k, g in enumerate(people)
        for name, made in enrolled.items()
    )
    named: dict[int, str] = {}
    for minus, name, k in pairs:
        if -minus >= ENROLLED and k not in named and name not in named.values():
            named[k] = name
    return named


def _in_order(spoke: Sequence[Spoke], names: Mapping[int, str], notices: tuple[str, ...]) -> Told:
    """The same with people numbered as they appear."""
    number: dict[int, int] = {}
    for s in spoke:
        number.setdefault(s.who, len(number))
    return Told(
        spoke=tuple(Spoke(who=number[s.who], start=s.start, end=s.end, confidence=s.confidence) for s in spoke),
        who_is={number[k]: name for k, name in names.items() if k in number},
        notices=notices,
    )


def _short(spoke: Sequence[Spoke], speakers: int | None) -> tuple[str, ...]:
    heard = len({s.who for s in spoke})
    if speakers is None or heard >= speakers:
        return ()
    return (f"{speakers} people were said to speak; only {heard} could be told apart.",)
