"""Words in an answer that go with a judgement: what is looked at beside the judge, and the one rule that overrules it.

The judge learnt from answers of one writer. Two of its four judgements can be seen in words as well: whether something
is named that could be checked (*specific*) and where a claim is known from (*evidence*). Each cue is a yes or no; what
it weighs is in `beside.json`, fitted by `python -m benchmarks.answers --fit`.
"""

from __future__ import annotations

import re

_FIGURE = (
    r"\d|\b(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundred|thousand|million|per ?cent)\b"
)
_FEW = r"\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twice|third|quarter|dozen)\b"
_COUNT = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|half|most|all|none|not one)(?:[ -]\w+)?"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_TIME = (
    rf"\b(?:since (?:\w+day|{_MONTHS}|\d{{4}})|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|"
    r"last (?:week|month|year|night|spring|summer|autumn|winter|\w+day)|"
    rf"this (?:week|year|morning|month|spring|summer|autumn|winter)|in (?:{_MONTHS}|\d{{4}}))\b"
)
_SAW = (
    "counted|measured|timed|weighed|asked|read|saw|seen|watched|checked|looked|walked|heard|found|noticed|tried|tested|"
    "listened|visited|spoke|talked|sat|stood|rang|compared|logged|recorded|marked|tracked|followed|interviewed|"
    "surveyed|sampled|went through|gone through|went over"
)
_KEPT = (
    r"report|bulletin|study|survey|article|page|log|logbook|records?|diary|diaries|register|minutes|sheets?|statements?|"
    r"newsletter|proceedings|leaflet|lab|data|figures|spreadsheet|letters?|e-?mails?|inspection|invoices?|receipts?|"
    r"slips|ledger|books?|files?|manual|paper|magazine|journal|council|university|notes|rota|forms?|questionnaire|"
    r"audit|accounts|archive|census|index|photos?|recordings?|meter|readings?|reviews?|interviews?"
)


def _cues(**patterns: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


SPECIFIC = {
    **_cues(figure=_FIGURE, few=_FEW, time=_TIME),
    "name": re.compile(r"(?<=[a-z,;:] )(?!I\b|I['’])[A-Z][a-z]{2,}"),  # a capital within a sentence
    "wording": re.compile(r"(?<![\w])['‘\"“][^'\"”’]{4,}['’\"”]"),  # somebody's words, quoted
}
EVIDENCE = _cues(
    saw=rf"\b(?:i|we)(?:['’]ve| have)?\s+(?:\w+\s){{0,2}}?(?:{_SAW}|(?:couldn['’]?t|didn['’]?t) (?:find|see))\b",
    told=r"\b(?:told (?:me|us|mine)|(?:he|she|they) (?:told|showed|wrote)|said (?:so|to me)|wrote to|showed (?:me|us)|"
    r"let (?:me|us) (?:read|see)|according to|(?:it|he|she|they) says|says so|in (?:his|her|their) own words)\b",
    kept=rf"\b(?:{_KEPT})\b",
    share=rf"\b{_COUNT}\s+(?:out\s+)?of\s+(?:the|my|our|those|these|them|his|her|their|{_COUNT})\b",
    lived=r"\b(?:own eyes|myself|in my last|last place|where i (?:was|worked)|when i was|i was (?:there|in|at)|"
    r"i worked|i used to|i once|when mine|we did that|years? ago i|happened to (?:me|us))\b",
    time=_TIME,
    number=f"{_FIGURE}|{_FEW}",
    hearsay=r"\b(?:common knowledge|everybody knows|everyone knows|well known|known thing|anyone|everybody|everyone|"
    r"always said|anybody)\b",
    frank=r"\b(?:guess(?:ed|ing|work)?|hunch|gut|no evidence|nothing (?:much )?(?:to|behind|under)|"
    r"haven['’]?t (?:checked|counted|measured|tested|asked)|made (?:it|that) up|don['’]?t know|no idea|impression|"
    r"from nowhere|(?:only|just) a feeling)\b",
    ours=r"\b(?:our|ours|we)\b",
)
# Looked for in the last words alone (`tail`). In raw speech a question has no mark: a question word, or a verb before
# its subject.
_ASKS = (
    r"\b(?:(?:what|how|which|who|where|when|why)(?:['’]?(?:s|d|re|ve|ll))?|"
    r"(?:do|does|did|is|are|was|were|have|has|would|could|can|will) "
    r"(?:you|your|they|it|that|there|the|any\w*|he|she))\b"
)
_OPENS = (
    r"\b(?:tell me|let me know|i['’]d (?:love|like|be (?:glad|curious)) to (?:hear|know)|"
    r"i (?:wonder|would like to hear)|"
    r"i['’]m curious|over to you|you tell me|you['’]d know|say (?:if|when|how|what)|you okay)\b"
)
HANDS_BACK = _cues(
    mark=r"\?[\"'”’)\s]*$",
    asks=_ASKS,
    opens=_OPENS,
    you=r"\b(?:you|your|yours|yourself)\b",
    ours=r"\b(?:shall (?:i|we)|can (?:i|we)|could (?:i|we)|may i|should (?:i|we)|would you like (?:me|to see|to try|a)|"
    r"demo|sign|book|meeting|trial|walk you through|put you down|subscription|quote for)\b",
)
HANDS = re.compile(rf"\?|{_OPENS}", re.IGNORECASE)
HANDS_RAW = re.compile(rf"\?|{_OPENS}|{_ASKS}", re.IGNORECASE)
CUES: dict[str, dict[str, re.Pattern[str]]] = {"specific": SPECIFIC, "evidence": EVIDENCE, "hands_back": HANDS_BACK}

_PROMISE = re.compile(
    r"\b(?:find (?:it |that |this )?out|(?:check|look|ask|see)\b[^.!?]{0,60}\b(?:back|tell you|let you know)|"
    r"let you know|come back to you|get back to you|look (?:it|that|this) up|"
    r"i(?:['’]ll| will| can| could) (?:ask|check|look))\b",
    re.IGNORECASE,
)


def present(cues: dict[str, re.Pattern[str]], text: str) -> list[float]:
    """For each cue 1 where it is in the text, else 0."""
    return [float(bool(cue.search(text))) for cue in cues.values()]


def promises(text: str) -> bool:
    """Whether somebody says that they will find out."""
    return bool(_PROMISE.search(text))
