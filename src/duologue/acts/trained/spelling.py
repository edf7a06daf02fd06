"""What is typed short, or said with a stutter, as the model knows it from other people's text (P2).

Only what the model reads is spelt alike; spans and quotes keep every letter as it stands in the transcript.
"""

from __future__ import annotations

import re

# Typing that everybody reads as the word beside it.
_SHORT = {
    "u": "you", "ur": "your", "r": "are", "n": "and", "y": "why", "pls": "please", "plz": "please", "thx": "thanks",
    "tx": "thanks", "ty": "thank you", "cld": "could", "wld": "would", "shld": "should", "cd": "could", "wd": "would",
    "ppl": "people", "bc": "because", "cos": "because", "coz": "because", "cuz": "because", "abt": "about",
    "tho": "though", "thru": "through", "b4": "before", "gd": "good", "rly": "really", "wk": "week", "wks": "weeks",
    "yr": "year", "yrs": "years", "mth": "month", "hrs": "hours", "mins": "minutes", "tmrw": "tomorrow",
    "tmr": "tomorrow", "2moro": "tomorrow", "msg": "message", "num": "number", "prob": "probably", "def": "definitely",
    "idk": "I don't know", "imo": "in my opinion",
    "yall": "you all", "y'all": "you all", "dont": "don't", "cant": "can't",
    "wont": "won't", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "wasnt": "wasn't", "im": "I'm",
    "ive": "I've", "youre": "you're", "thats": "that's", "whats": "what's", "w/": "with", "w/o": "without",
    "every1": "everyone", "some1": "someone", "any1": "anyone", "no1": "no one", "lemme": "let me", "gimme": "give me",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w'’/])[a-z0-9][a-z0-9'’/]*(?![\w'’/])")
# "w-wanted", "I- I", "th-th-this": a beginning that the word itself follows. "the m… the machine": a start made again.
_BEGUN = re.compile(r"\b(?!no-|co-|re-)(\w{1,4})[-–—]\s?(?=\1)", re.IGNORECASE)
_AGAIN = re.compile(r"\b(\w+) \w{0,4}(?:…|\.\.\.|[-–—]+) (?=\1\b)", re.IGNORECASE)
# Particles at the end of a clause (Singapore, Malaysia): how a thing is said, not what it does.
_PARTICLE = re.compile(r",? \b(?:lah|leh|lor|hor|sia|mah|meh|liao|la|ah)(?=\s*(?:[.,?!…]|$))", re.IGNORECASE)


def alike(text: str) -> str:
    """The text without stutters and particles, with short typing written out; as it stands where nothing were left."""
    given = text
    while (plain := _AGAIN.sub("", _BEGUN.sub("", text))) != text:
        text = plain
    text = _PARTICLE.sub("", text)
    return _WORD.sub(lambda m: _SHORT.get(m.group().replace("’", "'"), m.group()), text).strip() or given
