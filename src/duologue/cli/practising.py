"""What a practice session needs, gathered from the command line: the session, its voice, and where it is kept."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from duologue.errors import UnknownName, UnreadableInput

if TYPE_CHECKING:
    from duologue.practice.base import Voice
    from duologue.practice.keeping import Diary, Session
    from duologue.practice.replay import Lost
    from duologue.practice.scenario import Scenario, Temperament


@dataclass(slots=True, kw_only=True)
class Practice:
    """A session that goes on: the only thing here that changes. `lost`: the real moment that it replays, or None.

    `voiced_at`: the host to which a model's voice sends what is said; None where nothing leaves the machine.
    """

    session: Session
    voice: Voice
    diary: Diary | None = None
    lost: Lost | None = None
    voiced_at: str | None = None

    def say(self, text: str) -> None:
        """One more line of the user's, kept before anybody sees the reply."""
        from duologue.practice.session import say

        talk = say(self.session.talk, text, self.voice)
        self.session = replace(self.session, talk=talk)
        if self.diary is None:
            from duologue.practice.keeping import Diary

            # Kept from the first line on: a session in which nothing was said is none.
            self.diary = Diary.begin(replace(self.session, talk=replace(talk, steps=())), date.today().isoformat())
        self.diary.add(talk.steps[-1])

    def back_to(self, turn: int, *, keep: bool = True) -> None:
        """Before line `turn` of the user's; the branch that was is kept, or not. Raises UnknownName."""
        self.session = self.session.back_to(turn, keep=keep)
        if self.diary:
            self.diary.back_to(turn, keep=keep)

    def close(self) -> None:
        """Nothing more comes."""
        if self.diary:
            self.diary.close()


def begun(name: str, *, focus: str | None, seed: int | None, voice: str) -> Practice:
    """A new session with a partner of the list, or of a file. Raises UnknownName, UnreadableInput."""
    from duologue.practice.base import Said
    from duologue.practice.debriefing.focus import FOCUSES
    from duologue.practice.keeping import Session
    from duologue.practice.session import Setting, Talk

    if focus is not None and focus not in FOCUSES:
        raise UnknownName(f"there is no skill “{focus}”", hint=f"There are: {', '.join(FOCUSES)}")
    scenario, temperament = _partner(name)
    opens = Said(who="partner", text=scenario.opens)
    setting = Setting(scenario=scenario, temperament=temperament, seed=_seed(seed), before=(opens,))
    return practice_of(Session(talk=Talk(setting=setting), focus=focus), voice)


def _partner(name: str) -> tuple[Scenario, Temperament]:
    from duologue.practice.scenario import SHIPPED, TEMPERAMENTS, read_scenario

    who, _, temper = name.rpartition(":")
    if not who or temper not in TEMPERAMENTS:
        looks_like_one = who in SHIPPED.paths
        if looks_like_one:
            raise UnknownName(f"there is no temperament “{temper}”", hint=f"There are: {', '.join(TEMPERAMENTS)}")
        who, temper = name, ""
    is_file = who.endswith((".yaml", ".yml")) or (who not in SHIPPED.paths and Path(who).is_file())
    scenario = read_scenario(Path(who)) if is_file else SHIPPED.get(who)
    if is_file:
        _must_hold(scenario, who)
    if temper and temper not in scenario.temperaments:
        raise UnknownName(
            f"“{scenario.name}” has no temperament “{temper}”", hint=f"It has: {', '.join(scenario.temperaments)}"
        )
    found = next((t for t in TEMPERAMENTS if t == temper), None) or scenario.temperaments[0]
    return scenario, found


def _must_hold(scenario: Scenario, where: str) -> None:
    """A file of the user's is checked before anybody talks with it."""
    from duologue.practice.making.checking import check

    wrong = [f for f in check(scenario) if f.level == "error"]
    if wrong:
        more = f" ({len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise UnreadableInput(
            f"{wrong[0].what}, at {wrong[0].where}{more}", where=where, hint=f"duologue scenario check {where} says all"
        )


def is_conversation(name: str) -> bool:
    """Whether a first argument is the file of a conversation, and no partner."""
    path = Path(name)
    return path.suffix.lower() not in (".yaml", ".yml", "") and path.is_file()


def replayed(
    source: str, *, moment: int | None, us: tuple[str, ...], temperament: str | None, seed: int | None, voice: str
) -> Practice:
    """A moment of the user's own, to try again. Raises UnknownName, UnreadableInput."""
    from duologue.cli.reviewed import load_review
    from duologue.practice.keeping import Session
    from duologue.practice.replay import lost_moment, setting_of
    from duologue.practice.scenario import TEMPERAMENTS
    from duologue.practice.session import Talk

    temper: Temperament = "warm"
    if temperament is not None:
        found = next((t for t in TEMPERAMENTS if t == temperament.lstrip(":")), None)
        if found is None:
            raise UnknownName(
                f"“{temperament}” is no temperament", hint=f"Beside --from it is one of: {', '.join(TEMPERAMENTS)}"
            )
        temper = found
    lost = lost_moment(load_review(source, us=us), moment)
    setting = setting_of(lost, temper, _seed(seed))
    return practice_of(Session(talk=Talk(setting=setting)), voice, lost=lost)


def resumed(id: str, voice: str) -> Practice:
    """A kept session, to go on with. Raises UnknownName, UnreadableInput."""
    from duologue.practice.keeping import resume

    diary, session = resume(id)
    return practice_of(session, voice, diary=diary)


def practice_of(session: Session, voice: str, *, lost: Lost | None = None, diary: Diary | None = None) -> Practice:
    """A session with its voice; "llm" needs a model that was set up. Raises NotSet, MissingExtra."""
    from duologue.practice.voices.written import Written

    if voice == "written":
        return Practice(session=session, voice=Written(), lost=lost, diary=diary)
    from duologue.llm import chat
    from duologue.llm.settings import from_environment
    from duologue.practice.voices.model_voice import ModelVoice

    settings = from_environment(os.environ)
    host = None if settings.on_this_machine else settings.host
    return Practice(
        session=session, voice=ModelVoice(chat(settings), Written()), lost=lost, diary=diary, voiced_at=host
    )


def _seed(given: int | None) -> int:
    return secrets.randbelow(1_000_000) if given is None else given
