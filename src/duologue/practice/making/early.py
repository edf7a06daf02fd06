"""What would give a layer away: its keys in a text that may come before it, and keys that would never be noticed.

The rule is the one that voices are held to (`leaks.py`). The written voice then leaves such a line out, so that it is
lost; the first line and what stands before the talk are not said by a voice, so that there it is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from duologue.moments.threads import stems
from duologue.practice.making.findings import Finding, layer_at, shortened, texts_of
from duologue.practice.scenario import Layer, Scenario
from duologue.practice.voices.guard import house_texts
from duologue.practice.voices.leaks import leaks
from duologue.text import words


def given_away(scenario: Scenario) -> Iterator[Finding]:
    """Texts with the key of a layer that is not surely told by then."""
    for t in texts_of(scenario):
        for key in leaks(t.text, scenario, t.told):
            yield Finding(
                level="error",
                what=f"“{key}” gives layer “{_whose(key, scenario, t.told)}” away: {shortened(t.text)}",
                where=t.where,
                next="Say it in other words there, choose another key, or let it come `after` that layer",
            )
    told_at_once = {
        "title": scenario.title,
        "you": scenario.you,
        "relation": scenario.relation,
        "person, name": scenario.person.name,
        "person, role": scenario.person.role,
    }
    for place, text in told_at_once.items():
        for key in leaks(text, scenario, ()):
            yield Finding(
                level="error",
                what=f"“{key}” gives layer “{_whose(key, scenario, ())}” away before the talk begins",
                where=place,
                next="Say it in other words there, or choose another key",
            )


def _whose(key: str, scenario: Scenario, told: frozenset[str] | tuple[()]) -> str:
    return next(la.id for la in scenario.layers() if key in la.keys and la.id not in told)


def keys_alone(scenario: Scenario) -> Iterator[Finding]:
    """Layers without keys, and keys that their layer does not say."""
    for la in scenario.layers():
        own = [t.text for t in texts_of(scenario) if t.place.startswith(f"{layer_at(la)}, ")]
        others = [other.id for other in scenario.layers() if other.id != la.id]
        said = {key for text in own for key in leaks(text, scenario, others)}
        keys = [key for key in la.keys if key.strip()]
        if not keys:
            yield _no_key(la, "it has no key: nothing would notice if it were told too early")
        elif not said & set(keys):
            yield _no_key(la, f"none of its keys stands in what it says: {', '.join(keys)}")
        else:
            words_of = stems(w for text in own for w in words(text))
            for key in dict.fromkeys(keys):
                if key in said or _shared(key, scenario, la) or stems(words(key)) <= words_of:
                    continue  # as it stands, or in another form of its words ("second trips" beside "second trip")
                yield Finding(
                    level="advice",
                    what=f"the key “{key}” stands nowhere in what it says",
                    where=f"{layer_at(la)}, keys",
                    next="Keep it if it would tell the matter all the same, or take a word of its own",
                )


def _shared(key: str, scenario: Scenario, layer: Layer) -> bool:
    """Whether another layer has the key too: `leaks` then counts it as free."""
    return any(key in other.keys for other in scenario.layers() if other.id != layer.id)


def _no_key(layer: Layer, what: str) -> Finding:
    return Finding(
        level="error",
        what=what,
        where=f"{layer_at(layer)}, keys",
        next="Take two to five words out of its `says` that stand in no other text",
    )


def house_lines_lost(scenario: Scenario) -> Iterator[Finding]:
    """Keys so common that lines of the house's own are not said until their layer is told."""
    lost: dict[str, list[str]] = defaultdict(list)
    for text in house_texts():
        for key in leaks(text.replace("{claim}", ""), scenario, ()):
            lost[key].append(text)
    for key, texts in lost.items():
        many = f"{len(texts)} of the house's lines hold" if len(texts) > 1 else "one of the house's lines holds"
        yield Finding(
            level="advice",
            what=f"{many} the key “{key}”, and cannot be said before: {shortened(texts[0], 50)}",
            where=f"layer “{_whose(key, scenario, ())}”, keys",
            next="Choose a less common word",
        )
