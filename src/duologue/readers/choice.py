"""One conversation out of an export that holds several: by name, or a refusal that names them."""

from __future__ import annotations

from collections.abc import Mapping

from duologue.errors import NoConversation, UnknownName, UnreadableInput

_SHOWN = 20


def counted(n: int, what: str) -> str:
    """ "1 message was", "3 messages were"."""
    return f"{n} {what} was" if n == 1 else f"{n} {what}s were"


def choose(
    counts: Mapping[str, int],
    wanted: str | None,
    *,
    what: str,
    of: str,
    unit: str = "messages",
    titles: Mapping[str, str] | None = None,
    ignore: tuple[str, ...] = (),
) -> str:
    """The key of the wanted conversation. `counts`: key → messages; `titles`: key → what people call it.

    Without `wanted`, the only one that holds anything. Raises UnreadableInput where there are several (named, with
    their counts), UnknownName where none or several fit, NoConversation where there is none.
    """
    titles = titles or {}
    if wanted is not None:
        return _wanted(counts, wanted, what, unit, titles, ignore)
    filled = [key for key, n in counts.items() if n] or list(counts)
    if not filled:
        raise NoConversation(f"there is no {what} with {unit} in this {of}")
    if len(filled) > 1:
        raise UnreadableInput(
            f"this {of} holds {len(filled)} {what}s: {_listed(counts, filled, unit, titles)}",
            hint="Choose one with --channel NAME",
        )
    return filled[0]


def _wanted(
    counts: Mapping[str, int], wanted: str, what: str, unit: str, titles: Mapping[str, str], ignore: tuple[str, ...]
) -> str:
    name = wanted.strip()
    for mark in ignore:
        name = name.removeprefix(mark)
    for fold in (lambda s: s, str.casefold):
        hits = [key for key in counts if fold(name) in (fold(key), fold(titles.get(key, key)))]
        if len(hits) == 1:
            return hits[0]
    raise UnknownName(
        f"{'several' if hits else 'no'} {what}s are called “{wanted}”: {_listed(counts, list(counts), unit, titles)}"
        if hits
        else f"no {what} is called “{wanted}”; there are {_listed(counts, list(counts), unit, titles)}",
        hint="Name one of these with --channel",
    )


def _listed(counts: Mapping[str, int], keys: list[str], unit: str, titles: Mapping[str, str]) -> str:
    most = sorted(keys, key=lambda key: (-counts[key], key))
    named = [
        (f"{titles[key]} = {key}" if titles.get(key, key) != key else key) + f" ({counts[key]} {unit})"
        for key in most[:_SHOWN]
    ]
    return ", ".join(named) + (f" and {len(most) - _SHOWN} more" if len(most) > _SHOWN else "")
