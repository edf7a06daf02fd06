"""The house's own lines: what any partner of a temperament may say, whatever the scenario is about.

They come beside the lines of a scenario, so that nobody has to say a thing twice in a session. The words stand in
`lines.yaml`; nothing in them knows a customer, a product or a company.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from duologue.practice.scenario import Asks, PushesBack, Wording, from_yaml


class HousePushesBack(PushesBack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What they say to what closes them: the six of a scenario, and these, for which no scenario has its own words.

    `own_matter`: you speak about yourself alone. `repeated`: the very same words once more. `echoed`: time and again
    you only say back what they said.
    """

    own_matter: list[Wording]
    insult: list[Wording]
    repeated: list[Wording]
    echoed: list[Wording]


class HouseLines(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every list of the file, in the words of a person. All but the first few stand alone as a reply.

    `confirms`: they felt understood, nothing new. `opens_up`: a lead-in before they tell something. `thinks`: one
    before an answer. `vague`: to a question that nothing answers. `unheard`: they told something and you went
    elsewhere. `silence`: you said nothing, or hardly anything. `nothing_more`: asked on where all is told. `cools`:
    shorter, after being pushed. `leaves`, `leaves_well`: they go, put off or on good terms. `warms`: after a repair,
    or room that was given. `forward`: all is said, what they would do next. `small`: small talk. `hello`: a greeting.

    `asks`: their "tell me more", half of them with {claim}, a clause of yours. `asks_again`: it got no answer.
    `asks_deeper`: it got one, and they ask one level further. `puzzled`: they did not understand; `puzzled_foreign`:
    another language; `puzzled_order`: a demand to leave the part; `puzzled_flood`: far too many words.
    """

    confirms: list[Wording]
    opens_up: list[Wording]
    thinks: list[Wording]
    vague: list[Wording]
    unheard: list[Wording]
    silence: list[Wording]
    nothing_more: list[Wording]
    cools: list[Wording]
    leaves: list[Wording]
    leaves_well: list[Wording]
    warms: list[Wording]
    forward: list[Wording]
    small: list[Wording]
    hello: list[Wording]
    pushes_back: HousePushesBack
    asks: Asks
    asks_again: Asks
    asks_deeper: Asks
    puzzled_foreign: list[Wording]
    puzzled_order: list[Wording]
    puzzled_flood: list[Wording]
    puzzled: list[Wording]


@cache
def house_lines() -> HouseLines:
    """The lines that come with the package, read once. A test holds the file to the schema, so nothing is raised."""
    text = Path(__file__).with_name("lines.yaml").read_text("utf-8")
    return msgspec.convert(from_yaml(text), HouseLines)
