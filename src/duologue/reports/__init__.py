"""Review → something a person reads. One format a file; what they say in common is worked out once, in `outline`."""

from duologue.reports import explanation, html, json, markdown, summary, terminal

__all__ = ["explanation", "html", "json", "markdown", "summary", "terminal"]
