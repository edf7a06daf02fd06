"""One sentence of a conversation changed: the findings that rest on it change, and all others stay.

A finding is a kind of moment with the turns it names. Whoever wrote an edit said which findings go and which join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.moments_common import CORPUS, Table, absent, conversation_of, lines, part_of, reviewed, said, written
from duologue.text import sentences

Finding = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an edit did beside what it was to do: `missing` changes did not come, `strange` ones were not named."""

    missing: frozenset[Finding]
    strange: frozenset[Finding]

    @property
    def exact(self) -> bool:
        return not self.missing and not self.strange


def edits() -> Iterator[Table]:
    """How many edits changed just what was named, and how many left all else as it was."""
    file = CORPUS / "edits.jsonl"
    if not file.exists():
        yield from absent("Edits", file)
        return
    items, rows = written(), lines(file)
    out: dict[str, Outcome] = {}
    still = 0
    for row in rows:
        given = row["conversation"]
        item = items[given] if isinstance(given, str) else {"id": row["id"], "wire_kind": given["kind"], **given}
        before, after = findings(item), findings(edited(item, row))
        still += before == after
        out[row["id"]] = compared(before, after, _named(row["gone"]), _named(row["joined"]))
    n = len(rows)
    off = [f"`{id}`: {_why(o)}" for id, o in out.items() if not o.exact]
    yield Table(
        title="Edits",
        words=(f"Not exact: {'; '.join(off)}.",) if off else (),
        head=("of the edits", "count, share"),
        rows=[
            ("changed just what was named", part_of(sum(o.exact for o in out.values()), n)),
            ("left all other findings unchanged", part_of(sum(not o.strange for o in out.values()), n)),
            ("changed all that was named", part_of(sum(not o.missing for o in out.values()), n)),
            ("baseline: a review that never changes is exact in", part_of(sum(_nothing(r) for r in rows), n)),
            ("changed no finding at all", part_of(still, n)),
        ],
    )


def findings(item: dict[str, Any]) -> frozenset[Finding]:
    return frozenset((m.kind, m.turns) for m in reviewed(conversation_of(item)).moments)


def edited(item: dict[str, Any], edit: dict[str, Any]) -> dict[str, Any]:
    """The conversation with one sentence changed. Raises ValueError that names the edit where the old one is not there.

    `sentence`: the index in the turn's own sentences, or in those that our cutting gives.
    """
    turn = item["turns"][edit["turn"]]
    text, old, at = said(turn), edit["old"], edit["sentence"]
    own = _starts(turn) if "text" not in turn else [(s.text, s.span.start) for s in sentences(text)]
    if at < len(own) and own[at][0].strip() == old.strip():
        start = text.index(old.strip(), own[at][1])
    elif text.count(old) == 1:
        start = text.index(old)
    else:
        raise ValueError(f"edit {edit['id']}: “{old}” is not sentence {at} of turn {edit['turn']}")
    new = f"{text[:start]}{edit['new'].strip()}{text[start + len(old.strip()) :]}"
    changed = {"speaker": turn["speaker"], "text": " ".join(new.split()) if not edit["new"].strip() else new}
    return {**item, "turns": [changed if i == edit["turn"] else t for i, t in enumerate(item["turns"])]}


def _starts(turn: dict[str, Any]) -> list[tuple[str, int]]:
    """Each sentence of a turn with its offset in the text that they make."""
    found, start = [], 0
    for row in turn["sentences"]:
        found.append((row[0], start))
        start += len(row[0]) + 1
    return found


def compared(
    before: frozenset[Finding], after: frozenset[Finding], gone: frozenset[Finding], joined: frozenset[Finding]
) -> Outcome:
    """What changed beside what was named."""
    went, came = before - after, after - before
    return Outcome(missing=(gone - went) | (joined - came), strange=(went - gone) | (came - joined))


def _named(rows: Iterable[Any]) -> frozenset[Finding]:
    return frozenset((kind, tuple(sorted(turns))) for kind, turns in rows)


def _nothing(row: dict[str, Any]) -> bool:
    return not row["gone"] and not row["joined"]


def _why(o: Outcome) -> str:
    parts = [("did not change", o.missing), ("changed, not named", o.strange)]
    return ", ".join(
        f"{what} {' '.join(f'{kind} {list(turns)}' for kind, turns in sorted(some))}" for what, some in parts if some
    )
