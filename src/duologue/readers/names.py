"""Which words before a colon are somebody's name. Text formats do not mark names; this is the one place that judges.

A name recurs, or looks like one: short, capitalised (or in a script without capitals), no sentence marks, no link, no
clock, no label such as “Note” or “Date”. What looks like a name once is believed only where the file is laid out in
turns anyway.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

LONGEST = 80  # “Marcelina Ardizzone-Whitfield (Northern Water Utilities Ltd)” has sixty characters


# Labels that stand before a colon in minutes, e-mails and notes, and are never a speaker.
def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LABELS = _set(
    """note notes nb warning caution date time start end started ended duration length title topic subject re fwd from
    to cc bcc sent participants participant attendees attendee present absent apologies speakers location place
    venue meeting recording recorded transcript transcription transcribed summary abstract agenda agenda-item
    action actions todo to-do task tasks decision decisions outcome outcomes next follow-up ps p.s eg e.g i.e ie
    example examples tip hint link links url website source sources copyright http https ftp mailto file
    filename page pages version id language lang kind type style region tags keywords key-points highlights
    overview conclusion background context goal goals objective objectives purpose invited organizer organiser
    host created updated published meeting-id passcode topics datum betreff teilnehmer dauer titel thema hinweis
    fecha asunto participantes duración título nota objet durée remarque sujet data assunto duração partecipanti
    durata oggetto onderwerp deelnemers best regards cheers thanks sincerely greetings grüße saludos"""
)
_LABEL_PHRASES = frozenset(
    """action items/next steps/key takeaways/key points/meeting title/meeting date/start time/end time/call id
    /follow up/date and time/to do/meeting purpose/meeting notes/meeting id/view recording/summary keywords
    /in attendance/recorded on/recording date/call date/call duration/call title/meeting transcript/full transcript
    /kind regards/best regards/best wishes/many thanks""".replace("\n    ", "").split("/")
)
# “Option A”, “Step 2”: enumerations, not people. “Speaker 1” and “Room 4” are voices and stay.
_ENUMERATION = (
    r"(?:option|step|phase|part|point|item|plan|day|week|month|quarter|chapter|section|scenario|case|"
    r"figure|table|appendix|level|stage|example|lesson|rule|tip|number|no\.?|q[1-4]|question)\s+(?:\d+|[a-z]|[ivx]+)"
)
# Words that hold a name together without a capital: Ana de la Cruz, Head of Sales, Ben from Acme.
_PARTICLES = _set(
    """de da do dos das del della di du la le los las van von der den ter ten zu zum zur af av al el bin ibn bint y e i
    of the and from at for und et"""
)
_SOUNDS = _set(
    """music applause laughter laughs laughing inaudible crosstalk silence foreign noise cheering blank_audio pause
    unintelligible clapping sighs coughs background musik applaus gelächter música risas"""
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        # A full stop inside a name follows a short word (Dr., J., Inc.) or joins letters (ana.ruiz, J.R.).
        "sentence": re.compile(
            r"[?!;“”\"<>{}|\\=]|…|[^\W\d]{6,}\.\s|\d:\d|\b(?:19|20)\d\d\b|,\s(?:and|but|so|which|that|I|we|you)\s|://|www\."
        ),
        "enumeration": re.compile(_ENUMERATION, re.IGNORECASE),
        "control": re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"),
        "number": re.compile(r"[\d\s:.,/%–\-]+"),
        "phone": re.compile(r"\+\d[\d\s().\-]{4,}"),
        "aside": re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*"),
    }


@lru_cache(maxsize=4096)  # a speaker's name stands before every turn
def clean(name: str) -> str:
    """A name on one line: marks of Markdown, control and direction characters gone, inner white space single."""
    bare = _patterns()["control"].sub("", name.replace("\n", " ").replace("\t", " "))
    bare = " ".join(bare.replace("**", "").replace("__", "").split())
    return bare.strip("*~ \u00a0:").strip()


def is_label(name: str) -> bool:
    """Whether this is a heading of notes or a header field rather than a person."""
    low = name.casefold().strip(" .#*_-")
    if low.split(" ", 1)[0] in ("dear", "hi", "hello", "hey"):  # “Dear Ana:”
        return True
    return low in _LABELS or low in _LABEL_PHRASES or _patterns()["enumeration"].fullmatch(low) is not None


def is_sound(name: str) -> bool:
    """Whether this describes a sound: [Music], (laughter)."""
    return name.casefold().strip(" .-♪*") in _SOUNDS or "♪" in name


@lru_cache(maxsize=4096)
def possible(name: str) -> bool:
    """Whether these words could be a name at all, seen often enough."""
    if not name or len(name) > LONGEST or is_label(name) or _patterns()["sentence"].search(name):
        return False
    if _patterns()["number"].fullmatch(name) and not _patterns()["phone"].fullmatch(name):
        return False
    bare = _patterns()["aside"].sub(" ", name).strip()
    return 0 < len((bare or name).split()) <= 7


@lru_cache(maxsize=4096)
def likely(name: str) -> bool:
    """Whether these words look like a name at first sight: every word capitalised, or a script without capitals."""
    if not possible(name):
        return False
    if _patterns()["phone"].fullmatch(name):
        return True
    bare = _patterns()["aside"].sub(" ", name).strip() or name
    words = bare.split()
    if len(words) > 5 or not _opens_high(words[0]):
        return False
    # “My point” or “I mean”: in a name, the words after the first are capitalised too.
    return all(_opens_high(w) or w.casefold().strip(".,") in _PARTICLES for w in words[1:])


def _opens_high(word: str) -> bool:
    first = next((c for c in word if c.isalnum()), None)
    if first is None:
        return not word.isascii()  # an emoji, say; a lone “&” or “-” is no word of a name
    return not first.islower()


def accepted(counts: Counter[str], singles: Iterable[str] = (), *, laid_out: bool) -> set[str]:
    """The names among the candidates. `counts`: how often each stands before a colon; `singles`: those seen once that
    stand where a turn would begin; `laid_out`: most of the file is in turns, or it holds little else.
    """
    names = {n for n, k in counts.items() if k > 1 and possible(n) and (likely(n) or len(n.split()) <= 2)}
    if names or laid_out:
        names |= {n for n in singles if likely(n)}
    return names
