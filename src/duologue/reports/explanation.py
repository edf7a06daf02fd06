"""What a word of the report means (`duologue explain`)."""

from __future__ import annotations

import textwrap

from duologue.explain import Explanation
from duologue.reports.figures import BASIS

WIDTH = 88


def render(explanation: Explanation, *, width: int = WIDTH) -> str:
    """An explanation as plain text: what it is, what it means, where that comes from, how far it can be trusted."""
    e = explanation
    rows = [
        ("Unit", e.unit),
        ("Source", e.source),
        ("Needs", e.minimum),
        ("Held against", f"{BASIS[e.threshold_is or 'convention']}: {e.threshold}" if e.threshold else ""),
        ("Agreement with people", e.agreement or ("" if e.what == "measure" else "not yet measured")),
    ]
    name = "" if e.name == e.label.replace(" ", "_") else f", {e.name}"
    out = [f"{e.label} ({e.what}{name})", "", *textwrap.wrap(e.definition, width), ""]
    for label, text in rows:
        if text:
            out += textwrap.wrap(f"{label}: {text}", width, subsequent_indent="  ")
    return "\n".join(out) + "\n"
