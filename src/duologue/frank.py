"""Whether an answer opens with a frank "I do not know", or "I guessed"."""

from __future__ import annotations

import re

# "I don't know; I'll find out" and "I guessed" are answers (codebook, ruling "Invitation"). The judge has seen few of
# them and says no to most, so that this rule stands above it: where such words open the answer and go on to nothing of
# one's own, the answer is responsive. In the corpus they open 9 answers, and all 9 are.
_FRANK = re.compile(
    r"\b(?:i (?:really |honestly |just )?(?:don['’]?t|do not) (?:actually |really )?know\b"
    r"(?! (?:about you|why you|why (?:any|every)\w+|any(?:one|body)|a (?:single|better)|what you))|"
    r"(?<!had )no idea\b|(?:i was |i['’]m |i )(?:just |only )?guess(?:ed|ing)\b|\bi guess(?=[.!;,]|$)|"
    r"(?:it['’]?s|that['’]?s|just|only|that was|it was|take it as) (?:just |only )?a (?:guess|hunch|feeling)\b|"
    r"(?:i['’]m |i am )not sure\b(?! (?:you|that you|why you))|i made (?:it|that) up|"
    r"i haven['’]?t (?:checked|looked|counted|measured|tested|asked)|we don['’]?t know|"
    r"(?:i|we) (?:have|['’]ve|have got|['’]ve got) "
    r"(?:nothing (?:to|behind|under)|no (?:source|evidence|basis|figures|proof))|"
    r"i(?:['’]ve|) (?:got )?nothing to (?:back|go)|"
    r"(?:i|we) (?:don['’]?t|do not) have (?:a source|any (?:source|figures|evidence|proof)|"
    r"the (?:figures?|source|numbers?|answer)|"
    r"an answer|a figure|a number))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^[^.!?]*\b(?:but|and|what i do know is)\b[^.!?]*\b(?:our|we|my)\b", re.IGNORECASE)


def is_frank(opening: str) -> bool:
    """Whether an opening sentence says frankly that one does not know, or guessed, and does not go on to one's own."""
    found = _FRANK.search(opening)
    return found is not None and not _GOES_ON.search(opening[found.end() :])
