"""Invitations: whoever hears a claim asks its maker to go on about it."""

from __future__ import annotations

from duologue.acts.rules.line import Family, Found, Line

_ECHO = 4  # "Three times?": at most this many words of the other's last floor, given back as a question


def _is_echo(line: Line) -> bool:
    """A few of the other's last words back as a question, no verb of one's own."""
    heard = set(line.heard.words)
    return (
        line.asks
        and line.n <= _ECHO
        and line.last
        and bool(line.content)
        and line.content <= line.heard.content
        and all(w in heard for w in line.words if w not in ("and", "but", "so", "the", "a", "wait", "sorry"))
    )


def find(line: Line, so_far: dict[str, float]) -> Found:
    heard = line.heard
    if not heard.words:
        return
    claimed = not heard.ends("question") or heard.length > 12
    sharp = 0.0
    for kind in ("invitation.why", "invitation.meaning", "invitation.look_for", "invitation.basis"):
        sure = line.tag(kind)
        if sure and (line.asks or (kind == "invitation.meaning" and not line.tag("q.told"))):
            sharp = max(sharp, sure)
            yield kind, sure
    more = line.tag("invitation.more")
    if more and not sharp and claimed and not heard.ends("small_talk"):
        yield "invitation.more", more
    elif not sharp and _is_echo(line) and not heard.ends("question"):
        sharp = 0.5
        yield "invitation.basis" if any(w.isdigit() for w in line.words) else "invitation.meaning", 0.5
    if sharp or (more and line.asks):
        yield "question.open", 0.9
        yield "follow_up", 0.75


FAMILY = Family(name="inviting", find=find)
