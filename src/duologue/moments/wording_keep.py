"""The words of each moment to keep (`+`): why it is shown. What came next is told with "then": nobody knows causes.

Fields are described in `wording.py`; of those tables the ones are used whose fields are all at hand.
"""

from __future__ import annotations

WHY: dict[str, tuple[str, ...]] = {
    "drilled_down": (
        "{depth} follow-ups stayed with one matter, and each brought more, down to “{theirs}”.",
        "{you} kept asking, {depth} times, where one question might have done, and then came “{theirs}”.",
        "{depth} questions followed one another into the same matter, and each was answered.",
    ),
    "acknowledged_first": (
        "{they} put “{theirs}” on the table, and “{ours}” came before anything else.",
        "“{theirs}” got its due first: the turn opened with “{ours}”.",
        "Before any view of {your} own, “{ours}” took up what {they} had said: “{theirs}”.",
        "“{theirs}” was taken up before any other view was put beside it.",
        "The reply opened with “{ours}”, which took up what {they} had just said.",
        "What {they} had brought got its due before anything else.",
    ),
    "understood": (
        "{you} gave back “{ours}”, and {they} took it as {their} own: “{theirs}”.",
        "“{ours}” gave back what {they} had said, and {they} confirmed it: “{theirs}”.",
        "“{ours}” could be checked against {their} own picture, and then came “{theirs}”.",
        "“{ours}” gave back what {they} had said, and {they} went on from there.",
        "What was given back could be checked, and then came “{theirs}”.",
        "What {they} had said was given back, and {they} took it as {their} own.",
    ),
    "answered_invitation": (
        "{they} asked “{theirs}”, and what came first was the answer: “{ours}”.",
        "“{theirs}” was taken at its word, with “{ours}”.",
        "An opening, “{theirs}”, was met on its own terms: “{ours}”.",
        "“{theirs}” was met on its own terms before anything else came.",
        "{they} wanted to hear more, and what came first was the answer.",
    ),
    "bonded": (
        "After “{ours}” {they} went further than before: “{theirs}”.",
        "{you} showed something of {your} own side with “{ours}”, then {they} said “{theirs}”.",
        "“{ours}” asked for nothing, and then {they} opened up: “{theirs}”.",
        "{you} showed something of {your} own side, and then {they} opened up.",
    ),
    "uncovered": (
        "“{ours}” left room, and “{theirs}” came out in reply.",
        "{they} said “{theirs}” when “{ours}” was asked.",
        "“{ours}” was asked, and then this came to light: “{theirs}”.",
        "A question was asked, and then this came to light: “{theirs}”.",
        "“{ours}” left room, and then something of {their} own came out.",
        "A question left room, and then something of {their} own came to light.",
    ),
    "asked_permission": (
        "“{ours}” left the choice with {them}, and {they} gave it: “{theirs}”.",
        "{they} said “{theirs}” to “{ours}”, and what came then had been asked for.",
        "Leave was asked, {they} gave it, and what came then had been asked for.",
    ),
    "own_reason": (
        "“{theirs}” is {their} own reason in {their} own words, and nothing pressed for it.",
        "{they} came to “{theirs}” in {their} own way, after “{ours}”.",
        "Nobody asked {them} to agree, and “{theirs}” was said.",
        "Nothing pressed for it, and {they} gave a reason in {their} own words.",
    ),
    "way_forward": (
        "“{ours}” and “{theirs}” both went into the step, one from each side.",
        "{they} added “{theirs}” to the step, and it became a shared one.",
        "The next step holds something of {your} own, “{ours}”, and something of {theirs_own}: “{theirs}”.",
        "Each side put something of its own into the next step.",
    ),
    "common_ground": (
        "“{theirs}” and “{ours}” are the same want, said by each as {their} own.",
        "Both sides said it for themselves: “{theirs}”, and “{ours}”.",
        "Both sides said the same want, each for themselves.",
    ),
    "repaired": (
        "“{ours}” came back to what had gone before, “{wrong}”, and took it on as {your} own.",
        "First “{wrong}”, and then, from the same side, “{ours}”.",
        "{you} returned to “{wrong}” with “{ours}”.",
        "{you} came back to what had gone before with “{ours}”.",
        "What had gone before, “{wrong}”, was come back to by the same side.",
        "What had gone before was come back to by the same side.",
    ),
}
