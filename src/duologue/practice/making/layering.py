"""From what somebody told to layers: their order, what they come after, and how much trust each takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duologue.moments.threads import stem
from duologue.phrasing import clause, term
from duologue.practice.making.keys import keys_for
from duologue.practice.scenario import LISTENING, Cell, Earns, Issue, Layer
from duologue.practice.temper import SURFACE
from duologue.text import sentences, words

MOST_LAYERS = 12
# What a matter takes by its cell, if it came first; and how much more the last one takes than the first. What somebody
# told late in a real talk had taken them that long.
_BASE: dict[Cell, float] = {"issue": 0.24, "goal": 0.36, "personal_impact": 0.38, "personal_goal": 0.42}
_LATER = 0.28
_SURFACE = (0.22, 0.28)  # what the first two take: something must be open to anybody
_DEEP: list[Earns] = [kind for kind in LISTENING if kind != "asked"]
_AFTER: dict[Cell, tuple[Cell, ...]] = {"personal_impact": ("issue",), "personal_goal": ("goal", "personal_impact")}
ABOUT: dict[Cell, str] = {
    "issue": "what is wrong", "personal_impact": "what it does to them",
    "goal": "what is wanted", "personal_goal": "what they want themselves",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A stretch of theirs that told something of one cell."""

    turn: int
    cell: Cell
    text: str


def layers_of(
    told: Sequence[Told], opens: str, plain: Sequence[str], most: int | None = MOST_LAYERS
) -> tuple[list[Layer], dict[str, int]]:
    """The layers, with where each was told. What is beyond `most` is added to the last one of its cell."""
    told = _own_words(told, [opens, *plain])
    firsts, extra = list(told[:most]), list(told[most:] if most else ())
    trust = _trusts([t.cell for t in firsts])
    ids = _ids([t.cell for t in firsts])
    after = [_comes_after(i, firsts, trust, ids) for i in range(len(firsts))]
    more: dict[str, list[str]] = {}
    for t in extra:
        home = next((ids[i] for i in reversed(range(len(firsts))) if firsts[i].cell == t.cell), ids[-1])
        more.setdefault(home, []).append(t.text)
    texts = {ids[i]: " ".join([t.text, *more.get(ids[i], [])]) for i, t in enumerate(firsts)}
    keys = keys_for(texts, {ids[i]: after[i] for i in range(len(firsts))}, [opens, *plain])
    layers = [
        Layer(
            id=ids[i],
            cell=t.cell,
            about=_about(t),
            trust=trust[i],
            says=[t.text],
            keys=keys[ids[i]],
            earned_by=list(LISTENING) if trust[i] <= SURFACE else _DEEP,
            after=after[i],
            asked=asks_for("", t.text),
            more=list(more.get(ids[i], [])),
        )
        for i, t in enumerate(firsts)
    ]
    return layers, {ids[i]: t.turn for i, t in enumerate(firsts)}


def _own_words(told: Sequence[Told], others: Sequence[str]) -> list[Told]:
    """What has a word of its own to be known by; the rest could not be kept back."""
    texts = {str(i): t.text for i, t in enumerate(told)}
    keys = keys_for(texts, {}, others)
    return [t for i, t in enumerate(told) if keys[str(i)]]


def _trusts(cells: Sequence[Cell]) -> list[float]:
    """How much trust each takes: by its cell, more the later it came; two are open to anybody."""
    last = max(1, len(cells) - 1)
    found = [round(_BASE[cell] + _LATER * i / last, 2) for i, cell in enumerate(cells)]
    for surface, i in zip(_SURFACE, sorted(range(len(cells)), key=lambda i: found[i]), strict=False):
        found[i] = surface
    return found


def _ids(cells: Sequence[Cell]) -> list[str]:
    count: dict[str, int] = {}
    found = []
    for cell in cells:
        count[cell] = count.get(cell, 0) + 1
        found.append(f"{cell.replace('_', '-')}-{count[cell]}")
    return found


def _comes_after(i: int, told: Sequence[Told], trust: Sequence[float], ids: Sequence[str]) -> list[str]:
    """What it does to somebody follows what is wrong; what they want themselves follows what is wanted."""
    wanted = _AFTER.get(told[i].cell, ())
    before = [j for j in range(i) if told[j].cell in wanted and trust[j] <= trust[i]]
    return [ids[before[-1]]] if before else []


def _about(told: Told) -> str:
    """As a noun phrase: one of theirs, else their clause in quotation marks."""
    found = term(told.text)
    if found:
        return found
    said = clause(told.text) or " ".join(told.text.split()[:10]).rstrip(".?!,")
    return f"“{said}”"


def issues_of(layers: Sequence[Layer]) -> list[Issue]:
    """One matter for each cell that was touched, in order of their appearance."""
    cells = list(dict.fromkeys(la.cell for la in layers))
    return [
        Issue(id=cell.replace("_", "-"), about=ABOUT[cell], layers=[la for la in layers if la.cell == cell])
        for cell in cells
    ]


def asks_for(question: str, said: str) -> list[str]:
    """Words that ask for a plain fact: those of the question it answered, then its own."""
    last = next((s.text for s in reversed(sentences(question)) if "?" in s.text), "")
    found = [w for text in (last, said) for w in words(text) if len(w) > 3 and stem(w) and "'" not in w]
    return list(dict.fromkeys(found))[:6]
