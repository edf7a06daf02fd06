"""What was found in an answer, in sentences to whoever gave it: what stands first, what is open as a question.

Two-way (P2): nothing here grades anybody. What was not found may be there all the same, and the words are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.preparation.judging import NAMES, YES, Judged, Name

# Between these the judge is hardly surer than a coin; figures come from YES on, and here the doubt is said (P4).
UNSURE = 0.15

_FOUND: dict[Name, str] = {
    "responsive": "It takes up what was asked",
    "specific": "It names something that can be checked",
    "evidence": "It says where this is known from",
    "hands_back": "It hands the floor back",
}
_OPEN: dict[Name, str] = {
    "responsive": "What was asked seems still open. What would answer just that?",
    "specific": "What could somebody check in it: a number, a name, a place, a day?",
    "evidence": "Where is it known from? Who counted, saw or said it?",
    "hands_back": "It ends with you. What would you like to know of their side?",
}
_FRANK: dict[Name, str] = {
    "responsive": "You say openly what you do not know: that is an answer",
    "specific": "",
    "evidence": "",
    "hands_back": "",
}


def lines(judged: Judged) -> Iterator[tuple[str, str, str]]:
    """For each judgement (mark, sentence, quoted words): mark "+" found, "·" open; words are "" where there are none.

    After a frank "I don't know" nothing is asked for but what is left to find out.
    """
    for name in NAMES:
        if judged.has(name):
            quote = judged.quoted(name)
            said = _FRANK[name] if judged.frank and _FRANK[name] else _FOUND[name]
            yield "+", said + _doubt(judged, name), quote.text if quote else ""
        elif not judged.frank:
            yield "·", _OPEN[name] + _doubt(judged, name), ""
    if judged.frank:
        more = "You say that you will find out." if judged.promises else "Will you find out, and tell them when?"
        yield "·", f"Noted as something to find out. {more}", ""
    for note in judged.notes:
        yield "·", note, ""


def _doubt(judged: Judged, name: Name) -> str:
    return " (not sure)" if abs(float(getattr(judged.likely, name)) - YES) < UNSURE else ""
