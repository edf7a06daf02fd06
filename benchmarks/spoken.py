"""Dialogues that espeak-ng speaks, with the truth of who says what and when. For tests and measurements.

espeak-ng is a program apart (GPL-3.0), started as a process; nothing of it is linked or kept. Its voices are plain and
clean, so what holds on them holds on nothing else by itself: they show that turns, times and channels are right, not
how well people are understood. The same call gives the same samples on the same machine.

    samples, truth = dialogue([(0, "How did it go?"), (1, "Better than I feared.")])
    samples, truth = spoken("telephone")
    write_wav("call.wav", samples, SCRIPTS["telephone"].rate)
"""

from __future__ import annotations

import io
import math
import shutil
import subprocess
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Layout = Literal["mono", "channels"]

LEAD = 0.5  # seconds of silence before the first line and after the last
LOUD = 0.08  # root mean square of every line, some -22 dB: the level that speech is commonly recorded at
BACK = 1.5  # seconds before the end of a line at which somebody murmurs into it


class Voice(NamedTuple):
    """A voice of espeak-ng with its pitch (0 to 99) and its speed in words a minute."""

    name: str
    pitch: int = 50
    speed: int = 165


# As far apart as espeak-ng's variants get: sex, accent, pitch and speed all differ. The first two are a pair.
VOICES = (
    Voice("en-us+m3", 38, 160),
    Voice("en-us+f2", 60, 172),
    Voice("en-gb-scotland+m7", 55, 150),
    Voice("en-gb+f5", 78, 165),
    Voice("en-gb-x-rp+m1", 12, 155),
    Voice("en-us+f4", 95, 180),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What `speaker` (from 0) says, and the seconds at which the sound of it starts and ends."""

    speaker: int
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A dialogue to speak. A line "A: text" follows the one before; "B* text" is murmured into the end of it."""

    text: str
    rate: int = 16_000
    layout: Layout = "mono"
    telephone: bool = False
    lines: tuple[tuple[int, str], ...] = field(init=False)
    overlap: Mapping[int, float] = field(init=False)

    def __post_init__(self) -> None:
        rows = [row.strip() for row in self.text.strip().splitlines() if row.strip()]
        object.__setattr__(self, "lines", tuple((ord(row[0]) - ord("A"), row[2:].strip()) for row in rows))
        object.__setattr__(self, "overlap", {i: BACK for i, row in enumerate(rows) if row[1] == "*"})


def available() -> bool:
    """Whether espeak-ng is here. Without it `dialogue` raises FileNotFoundError: `apt-get install espeak-ng`."""
    return shutil.which("espeak-ng") is not None


def dialogue(
    lines: Sequence[tuple[int, str]],
    *,
    voices: Sequence[Voice] = VOICES,
    rate: int = 16_000,
    gap: float = 0.4,
    layout: Layout = "mono",
    overlap: Mapping[int, float] | None = None,
    leak: float = 0.0,
    noise: float = 0.0,
) -> tuple[Samples, tuple[Line, ...]]:
    """The dialogue as (channels, n) float32 samples at `rate`, and the truth in the order of `lines`.

    `gap`: seconds of silence between two lines. `overlap`: line → seconds by which it starts before the end of the one
    before it. `layout`: everybody on one channel, or a speaker a channel. `leak`: how much of the others comes through
    on each channel (.1 is -20 dB). `noise`: root mean square of a hiss under everything, different on each channel.
    """
    truth: list[Line] = []
    clips: list[tuple[int, int, Samples]] = []
    free = LEAD
    for index, (speaker, text) in enumerate(lines):
        clip = _said(text, voices[speaker], rate)
        start = free if not truth else free + gap
        if truth and overlap and index in overlap:
            start = max(truth[-1].end - overlap[index], truth[-1].start + 0.2)
        at = round(start * rate)
        clips.append((speaker, at, clip))
        truth.append(Line(speaker, text, at / rate, (at + len(clip)) / rate))
        free = max(free, truth[-1].end)
    count = 1 + max(speaker for speaker, _ in lines)
    apart = np.zeros((count, round((free + LEAD) * rate)), np.float32)
    for speaker, at, clip in clips:
        apart[speaker, at : at + len(clip)] += clip
    mixed = apart.sum(axis=0, keepdims=True)
    out = mixed if layout == "mono" else (1 - leak) * apart + leak * mixed
    if noise:
        out = out + np.random.default_rng(7).normal(0, noise, out.shape)
    return (out / max(1.0, float(np.abs(out).max()) / 0.99)).astype(np.float32), tuple(truth)


def spoken(name: str, *, seconds: float = 0.0) -> tuple[Samples, tuple[Line, ...]]:
    """One of `SCRIPTS`, spoken; repeated until it is at least `seconds` long. Samples are at `SCRIPTS[name].rate`."""
    samples, truth = _spoken(name)
    long = samples.shape[1] / SCRIPTS[name].rate
    times = max(1, math.ceil(seconds / long))
    more = (Line(x.speaker, x.text, x.start + i * long, x.end + i * long) for i in range(times) for x in truth)
    return np.tile(samples, times), tuple(more)


def telephone(samples: Samples, rate: int) -> Samples:
    """As a telephone line carries it: 300 to 3400 Hz (ITU-T G.712), 8-bit mu-law (ITU-T G.711's curve), at 8000 Hz."""
    size = 1 << samples.shape[1].bit_length()  # a power of two: numpy's transform of a prime length takes seconds
    parts = np.fft.rfft(samples, size)
    hertz = np.fft.rfftfreq(size, 1 / rate)
    parts[:, (hertz < 300) | (hertz > 3400)] = 0
    band = np.clip(_resampled(np.fft.irfft(parts, size)[:, : samples.shape[1]], rate, 8000), -1, 1)
    pressed = np.sign(band) * np.log1p(255 * np.abs(band)) / np.log1p(255)
    pressed = np.round(pressed * 127) / 127
    out: Samples = (np.sign(pressed) * np.expm1(np.abs(pressed) * np.log1p(255)) / 255).astype(np.float32)
    return out


def write_wav(path: str | Path, samples: Samples, rate: int) -> None:
    """Write (channels, n) samples as a 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[0])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1).T * 32767).round().astype("<i2").tobytes())


@cache
def _spoken(name: str) -> tuple[Samples, tuple[Line, ...]]:
    script = SCRIPTS[name]
    made, truth = dialogue(
        script.lines, rate=16_000 if script.telephone else script.rate, layout=script.layout, overlap=script.overlap
    )
    made = telephone(made, 16_000) if script.telephone else made
    made.flags.writeable = False  # it is kept, and every caller gets the same
    return made, truth


@cache
def _said(text: str, voice: Voice, rate: int) -> Samples:
    """One line as sound, without the silence that espeak-ng puts around it, at the common loudness."""
    command = ["espeak-ng", "-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.speed), "--stdin", "--stdout"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    with wave.open(io.BytesIO(done.stdout)) as file:
        own, raw = file.getframerate(), file.readframes(file.getnframes())
    sound = np.frombuffer(raw, "<i2").astype(np.float64) / 32768
    heard = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())  # -40 dB of its peak: below is silence
    sound = _resampled(sound[None, heard[0] : heard[-1] + 1], own, rate)[0]
    out: Samples = (sound * (LOUD / np.sqrt(np.mean(sound**2)))).astype(np.float32)
    return out


def _resampled(sound: npt.NDArray[np.floating], own: int, rate: int) -> npt.NDArray[np.float64]:
    """(channels, n) at another rate: the spectrum cut or filled with zeros, which is exact but at the edges."""
    common = math.gcd(own, rate)
    up, down = rate // common, own // common
    wanted = round(sound.shape[1] * up / down)
    least = -(-(sound.shape[1] + own // 50) // down)  # 20 ms of silence, so that the end does not run into the start
    padded = 1 << least.bit_length()
    parts = np.fft.rfft(sound, padded * down)
    out = padded * up
    parts = parts[:, : out // 2 + 1] if out < padded * down else parts
    return np.fft.irfft(parts, out)[:, :wanted] * (up / down)


_DISCOVERY = """
A: Hi, this is Anna from Northwind. Thanks for taking the time. What made you look into this now?
B: Well, our support team has grown from four people to fifteen, and nobody sees what anybody else is doing any more.
A* Right.
B: We had two customers last month who were called by three different people about the same problem.
A: So it is not the number of calls that worries you, it is that they no longer fit together.
B: Yes, exactly. And honestly, I was the one who had to apologise.
A: That sounds uncomfortable. How did those customers take it?
B: One of them laughed about it. The other one is thinking about leaving, and they are a fifth of our revenue.
A* I see.
B: So my director wants a plan by the end of the quarter.
A: What would have to be different for you to say that it worked?
B: That I can open one page in the morning and know who is waiting for us, and for how long.
A: Okay. And who else has to be happy with it?
B: The team leads. They have seen three tools come and go, and they are tired of it.
A: Then it may be wise to ask them first. Would it help if we spoke with two of them next week?
B: Yes, I think that would help a lot. Thursday is good for us.
A: Thursday it is. I will send a short note with what I understood today.
B: Great. Thank you, bye.
"""
_ONE_TO_ONE = """
A: Good to see you. What would you like to talk about today?
B: I wanted to talk about the release. It did not go the way I hoped.
A: Tell me more. What happened from your side?
B: I was told on Monday that the date had moved, and by then I had promised it to two customers.
A* Okay.
B: I felt rather left alone with that, to be honest.
A: You had given your word, and then the ground moved under you.
B: Yes. I do not need the date back. I need to know earlier.
A: When would have been early enough?
B: The Thursday before. Then I could have called them myself.
A: I should have told you on that Thursday. From now on I will, even when it is not certain yet.
B: Thank you. That would make a real difference to me.
"""
_SIX = """
A: Good morning everybody. Let us go round once. What is the one thing that you need from the others this week?
B: I need the numbers from the warehouse before Wednesday, because the report is due on Thursday morning.
C: You will have them on Tuesday. What I need is one hour with somebody who knows the new scanner.
D: That would be me. I have time tomorrow after lunch, if we can do it in the small meeting room.
E: From me there is only one question. Has anybody heard from the carrier about the broken pallets?
F: They called me last night. They will pay for half of it, and they want photographs of the rest.
A: Half is more than I expected. What do you need for the photographs?
F: Just ten minutes and somebody who holds the lamp while I take the pictures.
E: I can hold the lamp. Come by when you are ready, I will be there all day.
D: Before we stop, could we please decide who locks up on Friday evening?
C: I will do it this week, if somebody else takes the week after.
B: I take the week after. Please write it on the board, so that I do not forget.
"""
_ONE = """
A: This is a note to myself after the visit this morning. They were kinder than I had expected.
A: I talked too much in the beginning, and I only noticed when she looked at her watch.
A: Next time I will begin with a question, and then I will wait for the answer.
"""

SCRIPTS: dict[str, Script] = {
    "discovery": Script(text=_DISCOVERY),
    "discovery-channels": Script(text=_DISCOVERY, layout="channels"),
    "one-to-one": Script(text=_ONE_TO_ONE),
    "telephone": Script(text=_DISCOVERY, layout="channels", telephone=True, rate=8000),
    "telephone-mono": Script(text=_DISCOVERY, telephone=True, rate=8000),
    "six": Script(text=_SIX),
    "one": Script(text=_ONE),
}
