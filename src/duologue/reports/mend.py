"""Mending a wrong name in the page: what its script collects for `--disputes`, and the command that works it in.

The page cannot work anything out again by itself: it says so, and gives the file and the command that do.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from duologue.model import Conversation, Dispute, Review
from duologue.reports.excerpts import name_of
from duologue.reports.safe import in_html as esc
from duologue.reports.safe import on_one_line

FILE = "corrections.jsonl"
_PLAIN = re.compile(r"[\w .,+@()=:/-]+")


def dock(review: Review, recording: str | None) -> Iterable[str]:
    """Where corrections gather, empty until there is one. `data-before`: the lines that this review already follows."""
    c = review.conversation
    who = json.dumps([[s.id, name_of(c, s.id)] for s in c.speakers])
    before = json.dumps([json.loads(line(d.dispute)) for d in sorted(review.disputes, key=lambda d: d.dispute.line)])
    run = command(c, recording, "--disputes", FILE, "-o", "corrected.html")
    yield (
        f'<section id="mend" class="mend" aria-label="Your corrections" data-who="{esc(who)}" '
        f'data-before="{esc(before)}"><p class="count" role="status"></p><div class="collected" hidden>'
        "<details><summary>How to bring them into the review</summary>"
        f"<p>This page cannot change by itself. Save them as {FILE}, then run this, with whatever else you gave the "
        "command the first time, and everything is looked at again:</p>"
        f'<p><code class="run">{esc(run)}</code></p></details></div></section>'
    )


def above(c: Conversation, recording: str | None) -> str:
    """What stands above the words: that a machine told the voices apart, and what to do about it."""
    by = f" ({esc(c.heard_by)})" if c.heard_by else ""
    said = f'<p class="note">A machine{by} told apart who says what, and can take one voice for another.</p>'
    if len(c.speakers) != 2:
        return said
    one, other = (f"<bdi>{esc(name_of(c, s.id))}</bdi>" for s in c.speakers)
    return (
        f'{said}<details class="note swap"><summary>Are {one} and {other} the wrong way round?</summary>'
        "<p>This page cannot exchange them by itself. Run this, with whatever else you gave the command the first "
        "time, and everything is looked at again:</p>"
        f'<p><code class="run">{esc(command(c, recording, "--swap", "-o", "swapped.html"))}</code></p></details>'
    )


def command(c: Conversation, recording: str | None, *more: str) -> str:
    """The command that reviews this conversation again, ready to paste."""
    file = PurePosixPath(unquote(recording)).name if recording else "FILE"
    # Ids stay what they are where a name was given on the command line.
    us = [part for s in c.speakers if s.side == "ours" for part in ("--us", s.id if c.heard_by else s.name)]
    return " ".join(("duologue review", *map(_quoted, ("./" + file if file.startswith("-") else file, *us, *more))))


def _quoted(word: str) -> str:
    """One word of a command line: double quotes where they are enough, since not every shell knows single ones."""
    plain = on_one_line(word)
    if _PLAIN.fullmatch(plain):
        return f'"{plain}"' if " " in plain or "(" in plain or ")" in plain else plain
    return shlex.quote(plain)


def line(d: Dispute) -> str:
    """A correction as a line of the file that `--disputes` reads. Turns count from 1 there."""
    turns = [t + 1 for t in d.turns]
    said = {
        "verdict": d.verdict,
        "finding": d.finding,
        "turn": turns[0] if len(turns) == 1 else turns,
        "kind": d.kind,
        "speaker": d.speaker,
        "quote": d.quote,
    }
    return json.dumps({k: v for k, v in said.items() if v not in (None, [])} | {"by": d.by, "at": d.at, "note": d.note})
