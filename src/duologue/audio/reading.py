"""Chunks of speech read by a transcriber, and the one language that they are read as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from duologue.audio.base import RATE, Heard, Transcriber
from duologue.audio.chunks import Piece, put_back, sound_of
from duologue.audio.level import evened

VOTES = 3  # chunks that are asked for their language before it is fixed
ENOUGH = 3.0  # seconds of speech that a chunk needs to be asked: "okay" is said in every language

Chunk = tuple[Piece, ...]
_Key = tuple[int, int, int, str | None]  # track, first sample, one past the last, the language asked for


class Reading:
    """Turns chunks into what was heard, one Heard a piece.

    `language` None: the first chunks with enough speech are each asked for theirs, and what most of them say (the
    earlier of two that are level) is what everything later is read as. A chunk without words, or with words that are
    doubted, has no say. Those of the first that said otherwise are read again, unless they were handed on before.
    """

    def __init__(self, transcriber: Transcriber, language: str | None = None) -> None:
        self.language = language
        self._transcriber = transcriber
        self._votes: list[str] = []
        self._ahead: dict[int, tuple[_Key, Heard]] = {}

    def guess(self, piece: Piece) -> None:
        """Read a piece that may soon be asked for. The last one of each track is kept."""
        asked = self.language if self.language or _enough((piece,)) else self._best
        key = _key((piece,), asked)
        self._ahead[piece.track] = key, self._heard([(piece,)], asked)[0]

    def read(self, chunks: Sequence[Chunk], *, last: bool = False) -> list[Heard]:
        """What was heard in the chunks, in their order. `last`: there are no more to wait for."""
        found: dict[int, Heard] = {}
        if self.language is None:
            asked = [n for n, chunk in enumerate(chunks) if _enough(chunk)][: VOTES - len(self._votes)]
            self._fill(found, chunks, asked, None)
            self._votes += [vote for n in asked if (vote := _vote(found[n])) is not None]
            if len(self._votes) >= VOTES or (last and self._votes):
                self.language = self._best
                self._fill(found, chunks, [n for n in asked if found[n].language != self.language], self.language)
        self._fill(found, chunks, [n for n in range(len(chunks)) if n not in found], self.language or self._best)
        return [heard for n, chunk in enumerate(chunks) for heard in put_back(chunk, found[n])]

    @property
    def _best(self) -> str | None:
        return Counter(self._votes).most_common(1)[0][0] if self._votes else None

    def _fill(self, found: dict[int, Heard], chunks: Sequence[Chunk], which: Iterable[int], asked: str | None) -> None:
        new = []
        for n in which:
            ahead = self._ahead.pop(chunks[n][0].track, None)
            if ahead and ahead[0] == _key(chunks[n], asked):
                found[n] = ahead[1]
            else:
                new.append(n)
        for n, heard in zip(new, self._heard([chunks[n] for n in new], asked), strict=True):
            found[n] = heard

    def _heard(self, chunks: Sequence[Chunk], asked: str | None) -> list[Heard]:
        if not chunks:
            return []
        return self._transcriber.transcribe([evened(sound_of(chunk)) for chunk in chunks], language=asked)


def _enough(chunk: Chunk) -> bool:
    return sum(piece.end - piece.start for piece in chunk) >= ENOUGH * RATE


def _vote(heard: Heard) -> str | None:
    return heard.language if heard.words and heard.doubt is None else None


def _key(chunk: Chunk, asked: str | None) -> _Key:
    return chunk[0].track, chunk[0].origin, chunk[-1].origin + len(chunk[-1].sound), asked
