"""The file of a recording: what it holds, and its frames of sound one after another. Nothing from it is trusted.

Only containers of sound and film are tried, none may open another file or an address, pictures are never decoded, and
one frame of sound has a limit.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from duologue.audio.timeline import Timeline
from duologue.errors import MissingExtra, UnreadableInput
from duologue.recordings import ENOUGH, is_recording

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

# FFmpeg's names of the containers in which conversations come. Playlists, which name other files, are not among them.
_CONTAINERS = (
    "wav,w64,mp3,mov,ogg,flac,matroska,avi,asf,aiff,caf,au,amr,amrnb,amrwb,aac,ac3,eac3,flv,mpegts,mpeg,wv,ape,tta,voc,"
    "ircam,nistsphere,qcp,dss,rm,iff,mxf"
)
_CHANNELS = 16  # more than any room recorder gives (an array of eight microphones with two references has ten)
_FRAME = 1 << 20  # samples in one frame; the longest that FLAC (RFC 9639) knows has 65,535
_THIN = 300  # bits a second: no speech is coded in less, so a header that claims more seconds than that is wrong
_ENDLESS = 0x7FFF0000  # bytes: the length that a program writes which streams a WAV and cannot know it, or more
_TRIES = 50  # times in a row that reading fails before the recording is taken to break off
_READ = 1 << 18  # bytes read at once
_ELSEWHERE = "Check that it plays elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a look at the file says. `streams`: (FFmpeg's index, channels) of each stream that is heard.

    `seconds`: the length that the header claims, None where it cannot be true; `firm`: it is stated and not estimated.
    """

    streams: tuple[tuple[int, int], ...]
    seconds: float | None
    firm: bool
    about: str
    notices: tuple[str, ...]


def look(path: Path) -> Sound:
    """What the recording at `path` holds. Raises UnreadableInput where that is no sound, MissingExtra without PyAV."""
    with opened(path) as container:
        streams = [s for s in container.streams.audio if s.codec_context is not None]
        if not streams:
            what = (
                "its sound is coded in a way that cannot be read here" if container.streams.audio else "it has no sound"
            )
            raise UnreadableInput(what, where=str(path), hint="Give a file that has the sound, as WAV or MP3, say")
        chosen, notices = _chosen(streams)
        channels = [s.codec_context.layout.nb_channels for s in chosen]
        rate = chosen[0].codec_context.sample_rate
        if not all(channels) or sum(channels) > _CHANNELS or not 1000 <= rate <= 1_000_000:
            raise UnreadableInput("its header makes no sense", where=str(path), hint=_ELSEWHERE)
        size = path.stat().st_size
        seconds, firm = _claim(container, chosen[0], size, _promised(path, size))
        return Sound(
            streams=tuple((s.index, n) for s, n in zip(chosen, channels, strict=True)),
            seconds=seconds,
            firm=firm,
            about=_about(chosen[0], sum(channels)),
            notices=notices,
        )


@contextlib.contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The container at `path`, by its content. Raises UnreadableInput where it is none, MissingExtra without PyAV."""
    try:
        import av
    except ImportError:
        hint = 'Install it with: pip install "duologue[audio]"'
        raise MissingExtra("hearing a recording needs PyAV, which is not installed", hint=hint) from None
    with _file(path) as file:
        try:
            # PyAV is given bytes without a name, so that neither an extension nor an address means anything to it.
            container = av.open(
                _Bytes(file),
                mode="r",
                options={"format_whitelist": _CONTAINERS, "codec_whitelist": _decoders()},
                metadata_errors="replace",
                buffer_size=_READ,
                io_open=_refused,
            )
        except (av.FFmpegError, OSError, ValueError, OverflowError, MemoryError):
            _unreadable(path)
        with container:
            yield container


def frames(container: InputContainer, index: int, line: Timeline) -> Iterator[AudioFrame]:
    """The frames of stream `index`, as far as they can be decoded; `line` is told of the packets that cannot be."""
    import av

    stream = container.streams[index]
    stream.codec_context.thread_count = 1
    stream.codec_context.options = {"max_samples": str(_FRAME)}
    packets, failed = container.demux(stream), 0
    while failed < _TRIES:
        try:
            packet = next(packets, None)
        except IndexError:  # a packet of a stream that the header did not name, which PyAV does not know
            failed += 1
            packets = container.demux(stream)
            continue
        except (av.FFmpegError, OSError):
            failed += 1
            line.broken()
            packets = container.demux(stream)
            continue
        if packet is None:
            return
        try:
            found: list[Any] = packet.decode()
        except av.EOFError:  # an empty packet in the middle told the decoder that all is over
            stream.codec_context.flush_buffers()
            continue
        except (av.FFmpegError, ValueError):
            line.broken()
            continue
        failed = 0
        yield from (frame for frame in found if frame.samples and frame.sample_rate)


class _Bytes:
    """A file that has no name. What fails is told to FFmpeg as such: PyAV would print an exception raised in here."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.tell = file.tell

    def read(self, count: int) -> bytes:
        try:
            return self._file.read(count)
        except OSError:
            return b""  # the disk or the share is gone: the recording breaks off here

    def seek(self, offset: int, whence: int = 0) -> int:
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError, OverflowError):
            return -1  # a damaged header points before the beginning


def _refused(*_: object) -> NoReturn:
    raise PermissionError("a recording may not open another file")


@cache
def _decoders() -> str:
    """All decoders of sound that this FFmpeg has: what else a file holds is not even looked into."""
    import av

    names = []
    for name in sorted(av.codecs_available):
        with contextlib.suppress(av.FFmpegError, ValueError):
            if av.Codec(name, "r").type == "audio":
                names.append(name)
    return ",".join(names)


@contextlib.contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    try:
        if path.is_dir():
            raise UnreadableInput("this is a folder", where=str(path), hint="Give one recording")
        if not path.is_file() and path.exists():
            raise UnreadableInput("this is no file", where=str(path), hint="Save the recording first and give its file")
        if not path.stat().st_size:
            raise UnreadableInput("the file is empty", where=str(path), hint="Give the file with the recording")
        file = path.open("rb")
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableInput):
            raise
        reason = (getattr(error, "strerror", None) or "it cannot be opened").lower()
        raise UnreadableInput(reason, where=str(path), hint="Check the path and your rights to it") from None
    with file:
        yield file


def _unreadable(path: Path) -> NoReturn:
    """Says as well as can be said why nothing could be opened."""
    with path.open("rb") as file:
        head = file.read(ENOUGH)
    if not is_recording(head):
        hint = "Give a WAV, MP3, M4A, FLAC, OGG, OPUS, WEBM, MP4 or the like; a transcript goes to `duologue review`"
        raise UnreadableInput("this is no recording", where=str(path), hint=hint) from None
    what = "the recording is damaged or empty: nothing in it can be read"
    if head[4:8] == b"ftyp":
        what = "the recording was cut off before it was finished: the index that an MP4 needs is missing"
    raise UnreadableInput(what, where=str(path), hint="Give the original, or export it again") from None


def _chosen(streams: Sequence[AudioStream]) -> tuple[list[AudioStream], tuple[str, ...]]:
    """The streams that are heard: all of them where each is mono, as meeting recorders write them, else the default."""
    import av

    if len(streams) == 1:
        return list(streams), ()
    if len(streams) <= _CHANNELS and all(s.codec_context.layout.nb_channels == 1 for s in streams):
        return list(streams), (
            f"The recording holds {len(streams)} tracks of one channel: each is heard as a channel.",
        )
    best = next((s for s in streams if s.disposition & av.stream.Disposition.default), streams[0])
    place = list(streams).index(best) + 1
    return [best], (f"The recording holds {len(streams)} sound tracks: number {place} is heard, the others are not.",)


def _claim(container: InputContainer, stream: AudioStream, size: int, promised: int) -> tuple[float | None, bool]:
    """The length in seconds that the header claims, and whether it states it. `promised`: bytes that it says follow."""
    import av

    film = any(not s.disposition & av.stream.Disposition.attached_pic for s in container.streams.video)
    own = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else None
    seconds = own if own is not None else (container.duration or 0) / 1e6
    rate = stream.codec_context.bit_rate or 0
    if promised > size:
        return seconds * promised / size, True
    if not 0 < seconds <= size * 8 / _THIN:
        return None, False
    # FFmpeg works a length out from size and bit rate where the header has none; a film may be longer than its sound.
    estimated = abs(size * 8 / seconds - rate) < 0.02 * rate
    return seconds, not estimated and (own is not None or not film)


def _promised(path: Path, size: int) -> int:
    """Bytes that a WAV's header says it has; 0 in any other file and where the writer did not know."""
    with path.open("rb") as file:
        head = file.read(12)
    stated = int.from_bytes(head[4:8], "little") + 8
    return stated if head[:4] == b"RIFF" and head[8:] == b"WAVE" and size < stated < _ENDLESS else 0


def _about(stream: AudioStream, channels: int) -> str:
    context = stream.codec_context
    name = context.codec.canonical_name
    coding = "uncompressed" if name.startswith("pcm_") and "law" not in name else name.removeprefix("pcm_")
    count = "1 channel" if channels == 1 else f"{channels} channels"
    return f"{coding}, {context.sample_rate / 1000:g} kHz, {count}"
