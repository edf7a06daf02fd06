"""What kind of conversation this is, where nobody said.

Each kind has words that people use in it and hardly elsewhere; each different word counts at most three times, so that
one favourite word decides nothing. A kind is taken where its words are enough and clearly more than the next kind's;
else None: an honest "not known" costs less than a wrong guess (a review as managing looks for other moments).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from duologue.acts.base import Evidence
from duologue.model import Kind

ENOUGH = 4  # points; a word spoken in passing has one or two
STRONG = 2  # different words that are hardly said elsewhere
AHEAD = 1.4  # times the points of the next kind
AHEAD_EVERYDAY = 3.0  # people speak of home at work as well, and seldom of quotas at home
_SAME_WORD = 3
_MAIL_SOURCES = ("email", "eml", "mbox")
_HEADER = re.compile(
    r"\A\s*(?:(?:from|to|date|sent)\s*:\s*\S.*\n\s*(?:from|to|cc|subject|date|sent)|subject)\s*:", re.IGNORECASE
)
_LETTER = re.compile(r"\A\s*(?:dear|hi|hello|hey|good (?:morning|afternoon))\b[^\n]{0,60}[,:!]?\s*\n", re.IGNORECASE)
_SIGNED = re.compile(
    r"\n\s*(?:best(?: regards| wishes)?|kind regards|regards|thanks|cheers|yours \w+|sincerely)\b[^\n]{0,40},?\s*\n?",
    re.IGNORECASE,
)

# pattern → points: 2 where the word is hardly said in any other kind of talk.
_CUES: dict[Kind, tuple[tuple[int, str], ...]] = {
    "selling": (
        (2, r"(?:our|the) (?:platform|product|solution|software)|demo|free trial|quote for|proposal|pricing"
            r"|price list"),
        (2, r"discount|per seat|licen[cs]es?|procurement|decision[- ]makers?|who signs|sign off|vendor|supplier"),
        (2, r"we work with|our (?:customers|clients)|case stud(?:y|ies)|return on investment|roi|competitors?"),
        (1, r"budget|expensive|price|cost|buy|purchase|contract|invoice|deal|rep|offer"),
    ),
    "consulting": (
        (2, r"consultants?|engagement|workshop|scope of work|statement of work|findings|recommendations?|diagnos\w+"),
        (2, r"interviews with|stakeholders?|phase (?:one|two|three|1|2|3)|roadmap|assessment|audit"
            r"|your own people told us"),
        (1, r"process|stocktake|operating model|benchmarks?|data|project|advice|analysis"),
    ),
    "managing": (
        (2, r"one[- ]to[- ]one|1:1|your (?:numbers|targets?|quota|pipeline|objectives|review|rating)|appraisal"
            r"|performance review"),
        (2, r"my manager|your manager|hr|on your (?:team|shift)|shifts?|promotion|pay rise|improvement plan"
            r"|absen(?:ce|t)"),
        (2, r"pipeline|forecast|pick rate|warning|feedback for you|your role|workload|delegat\w+|line manager"),
        (1, r"team|deadline|colleagues?|targets?|numbers|late|rota|overtime|sick"),
    ),
    "support": (
        (2, r"ticket|case number|reference number|reboot|restart it|log ?in|password|error message|refund"
            r"|replacement|warranty"),
        (2, r"onboarding|renewal|your account|your order|delivery|tracking|outage|troubleshoot\w*|bug"
            r"|support team|help ?desk"),
        (2, r"thank you for calling|how can i help|escalate|not working|stopped working|technician"
            r"|is there anything else"),
        (1, r"fix|fixed|broken|import|update|version|install\w*|reset|cutover|issue|account|complaint"),
    ),
    "hiring": (
        (2, r"interview(?:er|ing)?|cv|r[eé]sum[eé]|candidates?|your application|notice period|hiring|recruit\w+"
            r"|vacanc(?:y|ies)"),
        (2, r"why do you want (?:this|to work)|salary expectations?|your last (?:job|role|employer)|references"
            r"|job (?:offer|description)"),
        (2, r"tell me about a time|strengths|weaknesses|walk me through your|previous (?:role|job|employer)"),
        (1, r"role|position|experience|salary|team|start date|skills"),
    ),
    "everyday": (
        (2, r"grandma|gran|honey|sweetheart|darling|love you|babe|mate|dude|homework|school run|laundry|dishes"
            r"|bedroom"),
        (1, r"mum|mom|dad|kids?|husband|wife|boyfriend|girlfriend|brother|sister|birthday|wedding|dinner|movie|party"),
        (1, r"weekend|holiday|football|school|garden|dog|cat|tonight|coach|practice|house|flat|neighbou?rs?"),
    ),
}  # fmt: skip


# Characters looked at, of a turn and in all: enough for hours of talk, and a bound for a turn without end.
LONGEST, MOST = 20_000, 400_000


def infer_kind(evidence: Evidence) -> Kind | None:
    """The kind that the words point to, or None where they point to none."""
    conversation = evidence.scene.conversation
    if len(conversation.turns) == 1:
        text = conversation.turns[0].text
        written = (conversation.source or "").lower() in _MAIL_SOURCES
        letter = bool(_LETTER.match(text) and _SIGNED.search(text))
        return "message" if written or _HEADER.match(text) or letter else None
    points, strong = _points(" \n".join(t.text[:LONGEST] for t in conversation.turns[:400])[:MOST])
    points["selling"] += min(_SAME_WORD, sum(a.kind == "pitch" for a in evidence.acts))
    (first, most), (_, second) = points.most_common(2)
    if strong[first] < STRONG and not (first == "everyday" and not second):
        return None
    if first == "everyday" and second and most < AHEAD_EVERYDAY * second:
        return None
    return first if most >= ENOUGH and most >= AHEAD * second else None


def _points(text: str) -> tuple[Counter[Kind], Counter[Kind]]:
    """The points of each kind, and how many different telling words it has."""
    points: Counter[Kind] = Counter(dict.fromkeys(_CUES, 0))
    strong: Counter[Kind] = Counter()
    said = text.lower()
    for kind, cues in _patterns().items():
        for weight, pattern in cues:
            seen = Counter(m.group() for m in pattern.finditer(said))
            points[kind] += sum(weight * min(n, _SAME_WORD) for n in seen.values())
            strong[kind] += len(seen) if weight > 1 else 0
    return points, strong


@cache
def _patterns() -> dict[Kind, tuple[tuple[int, re.Pattern[str]], ...]]:
    return {
        kind: tuple((weight, re.compile(rf"\b(?:{words})\b")) for weight, words in cues) for kind, cues in _CUES.items()
    }
