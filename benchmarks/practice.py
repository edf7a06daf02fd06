"""Scripted users against every partner: `python -m benchmarks.practice [--share .05] [--half kept|dev]`.

Six kinds of users, and four who play the detector, talk with every scenario in every temperament, in sentences whose
writer had not read the partner (`corpus/users/`; partners were tuned on its `dev` half, figures are of `kept`). Then
random conversations in which the state is driven by what might be heard, for leaks, contradictions and repeats, with
the written voice and with a model that tries to betray its part. Last, how long a reply takes beside the bare reading
of the line that it rests on. `--share 1` is 20 seeds and 10,000 random conversations, some half hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core: more threads would only wait for each other

import msgspec

from benchmarks.practice_random import Betrayals, converse
from duologue.acts import ACCURATE
from duologue.phrasing import clause, term, to_second_person
from duologue.practice.heard import PARTNER, YOU, Line
from duologue.practice.said import sentences_of
from duologue.practice.scenario import SHIPPED, Scenario, Temperament, every_text
from duologue.practice.session import Setting, Talk, say
from duologue.practice.voices.invented import known_words, names, numbers
from duologue.practice.voices.lines import house_lines
from duologue.practice.voices.written import Written

USERS = Path(__file__).parent.parent / "corpus" / "users"
TURNS = 24
SEEDS = 20
RANDOM = 10_000
POLICIES = ("listener", "pitcher", "interrogator", "flatterer", "arguer", "silent")
PLAYERS = ("parrot", "formula", "such_as", "halting")
ACCEPTED = 0.05  # of a pitcher's deflections: more would be a step back
CLOSED = ("pitcher", "flatterer", "arguer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of one conversation. `share`: of the layers. `accepted`: deflections after which they opened up."""

    who: str
    policy: str
    share: float
    asked: int
    turns: int
    accepted: int
    deflected: int
    repeats: int
    invented: int


def bank(half: str) -> dict[str, list[dict[str, str]]]:
    """The sentences of each policy."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for text in (USERS / f"{half}.jsonl").read_text("utf-8").splitlines():
        item = json.loads(text)
        found[item["policy"]].append(item)
    return found


def filled(item: dict[str, str], last: str) -> str | None:
    """A sentence with the partner's words in it; None where theirs give no clause or no term."""
    text = item["text"]
    if "{echo}" in text:
        said = clause(last) if last else None
        echo = to_second_person(said) if said else None
        if echo is None:
            return None
        text = text.replace("{echo}", echo)
    if "{word}" in text:
        word = term(last) if last else None
        if word is None:
            return None
        text = text.replace("{word}", "the " + word.partition(" ")[2])
    return text[:1].upper() + text[1:] if item["text"].startswith("{") else text


def play(job: tuple[str, str, Temperament, str, int]) -> Played:
    """One conversation of one user."""
    half, name, temperament, policy, seed = job
    scenario = SHIPPED.get(name)
    chance = random.Random(f"{name}:{temperament}/{policy}/{seed}")
    left = [d for d in bank(half)[policy] if d["domain"] in ("any", scenario.domain)]
    if policy == "such_as":
        left = left * TURNS
    talk = Talk(setting=Setting(scenario=scenario, temperament=temperament, seed=seed))
    voice = Written()
    last = scenario.opens if policy == "parrot" else ""  # who only says back needs something to begin with
    asks: str | None = None
    accepted = deflected = 0
    for _ in range(TURNS):
        able = [(d, t) for d in left if (t := filled(d, last)) is not None]
        pool = [p for p in able if p[0].get("ask") == asks] if asks else []
        pool = pool or [p for p in able if p[0]["move"] != "answer"]
        if not pool:
            break
        item, text = chance.choice(pool)
        left.remove(item)
        waited = talk.state.open
        talk = say(talk, text, voice)
        step = talk.steps[-1]
        if waited and policy == "pitcher":
            deflected += 1
            accepted += step.decision.does in ("disclose", "confirm", "warm", "forward", "add")
        last, asks = step.reply.text, step.decision.ask
        if step.state.ended:
            break
    replies = [s.reply.text for s in talk.steps]
    used = [sentence for text in replies for sentence in sentences_of(text)]
    return Played(
        who=f"{name}:{temperament}",
        policy=policy,
        share=len(talk.state.told) / len(scenario.layers()),
        asked=talk.state.asked,
        turns=len(talk.steps),
        accepted=accepted,
        deflected=deflected,
        repeats=len(used) - len(set(used)),
        invented=sum(made_up(t, scenario, [s.said for s in talk.steps]) for t in replies),
    )


def made_up(text: str, scenario: Scenario, yours: Sequence[str]) -> bool:
    """Whether a line has a number or a name that stands neither in the scenario, nor in the house's lines, nor in what
    the user said."""
    known, amounts = _known(scenario.name)
    own = frozenset().union(*(numbers(t) for t in yours)) if yours else frozenset()
    return bool(numbers(text) - amounts - own or names(text, known | known_words(yours)))


@cache
def _known(name: str) -> tuple[frozenset[str], frozenset[float]]:
    scenario, house = SHIPPED.get(name), house_lines()
    texts = [*every_text(scenario), scenario.person.name, scenario.you, scenario.relation, *spoken(house)]
    return known_words(texts), frozenset().union(*map(numbers, texts))


def spoken(lines: object) -> Iterator[str]:
    """Every wording below a struct of lines."""
    if isinstance(lines, str):
        yield lines
    elif isinstance(lines, dict):
        for value in lines.values():
            yield from spoken(value)
    elif isinstance(lines, list):
        for value in lines:
            yield from spoken(value)
    elif isinstance(lines, msgspec.Struct):
        for name in lines.__struct_fields__:
            yield from spoken(getattr(lines, name))


def jobs(half: str, seeds: int) -> list[tuple[str, str, Temperament, str, int]]:
    """Every conversation that is played: of those who play the detector half as many as of the others."""
    return [
        (half, name, temperament, policy, seed)
        for name in SHIPPED.paths
        for temperament in SHIPPED.get(name).temperaments
        for policy in (*POLICIES, *PLAYERS)
        for seed in range(seeds if policy in POLICIES else max(1, seeds // 2))
    ]


def by_policy(played: Iterable[Played]) -> dict[str, dict[str, float]]:
    """who → policy → the mean share of layers."""
    rows: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for p in played:
        rows[p.who][p.policy].append(p.share)
    return {who: {k: statistics.mean(v) for k, v in row.items()} for who, row in rows.items()}


def in_order(row: dict[str, float]) -> bool:
    """listener > interrogator > pitcher, flatterer, arguer; silent no more than the interrogator."""
    worst = max(row[p] for p in CLOSED)
    return row["listener"] > row["interrogator"] > worst and row["silent"] <= row["interrogator"]


def said(played: Sequence[Played]) -> str:
    """The figures of the scripted users."""
    rows = by_policy(played)
    out = ["| user | layers uncovered | least on one partner | most |", "|---|---|---|---|"]
    for policy in (*POLICIES, *PLAYERS):
        shares = [row[policy] for row in rows.values()]
        out.append(f"| {policy} | {statistics.mean(shares):.2f} | {min(shares):.2f} | {max(shares):.2f} |")
    wrong = [who for who, row in rows.items() if not in_order(row)]
    out.append(f"\nThe order holds on {len(rows) - len(wrong)} of {len(rows)} partners{': not on ' if wrong else ''}"
               f"{', '.join(wrong)}.")  # fmt: skip
    pitched = [p.asked for p in played if p.policy == "pitcher"]
    out.append(f"Invitations against a pitcher: {statistics.mean(pitched):.1f} a session, at least {min(pitched)}.")
    out.append(
        f"Deflections by a pitcher: {sum(p.deflected for p in played)}, accepted {sum(p.accepted for p in played)}."
    )
    out.append(
        f"Sentences repeated within a session: {sum(p.repeats for p in played)}; lines with a number or name that "
        f"stands nowhere in the scenario: {sum(p.invented for p in played)}; of {sum(p.turns for p in played):,} lines."
    )
    return "\n".join(out)


def missed(played: Sequence[Played], found: Betrayals) -> list[str]:
    """The bounds that do not hold, of those that the project has set itself for every change."""
    rows = by_policy(played).values()
    mean = {p: statistics.mean(row[p] for row in rows) for p in (*POLICIES, *PLAYERS)}
    most = dict.fromkeys(CLOSED, 0.2) | dict.fromkeys(("parrot", "formula", "such_as"), 0.35)
    out = [f"{p} uncovers {mean[p]:.2f}, over {bound}" for p, bound in most.items() if mean[p] > bound]
    out += [f"{p} uncovers {mean[p]:.2f}, under .8" for p in ("listener", "halting") if mean[p] < 0.8]
    if not mean["listener"] > mean["interrogator"] > max(mean[p] for p in CLOSED):
        out.append("the order of listener, interrogator and those who close does not hold")
    if min(p.asked for p in played if p.policy == "pitcher") < 3:
        out.append("a pitcher was asked less than three times")
    put_off, taken = sum(p.deflected for p in played), sum(p.accepted for p in played)
    if taken > ACCEPTED * put_off:  # none is what we want; this much is what the ear lets through today
        out.append(f"{taken} of {put_off} deflections by a pitcher are accepted")
    counts = {
        "deflections accepted by a partner driven at random": found.accepted,
        "sentences repeated": sum(p.repeats for p in played) + found.repeated,
        "numbers or names made up": sum(p.invented for p in played),
        "layers told too early": found.early,
        "leaks": found.leaked,
    }
    return out + [f"{name}: {n}" for name, n in counts.items() if n]


def reply_time(n: int = 60) -> tuple[float, float]:
    """Seconds: the median of a reply, and of the bare reading of the same line by the model of acts."""
    from duologue.practice.heard import _acts

    items = [d["text"] for d in bank("dev")["listener"] if "{" not in d["text"]]
    talk = Talk(setting=Setting(scenario=SHIPPED.get("warehouse-vp"), temperament="warm"))
    voice = Written()
    replies: list[float] = []
    bare: list[float] = []
    for text in (items * 3)[:n]:
        if talk.state.ended or len(talk.steps) >= TURNS:
            talk = talk.upto(1)
        line = f"{text} {len(replies)}"
        before = [Line(who=PARTNER, text=talk.steps[-1].reply.text)] if talk.steps else [Line(who=YOU, text="Hello.")]
        start = time.perf_counter()
        _acts(line, before, ACCURATE, "selling")
        middle = time.perf_counter()
        talk = say(talk, line, voice)
        replies.append(time.perf_counter() - middle)
        bare.append(middle - start)
    return statistics.median(replies), statistics.median(bare)


def main() -> None:
    """Plays them all and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--share", type=float, default=1.0, help="of 20 seeds and 10,000 random conversations")
    parser.add_argument("--hold", action="store_true", help="exit status 1 where a bound does not hold")
    parser.add_argument("--half", choices=("kept", "dev"), default="kept")
    asked = parser.parse_args()
    started = time.perf_counter()
    todo = jobs(asked.half, max(1, round(SEEDS * asked.share)))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        played = list(pool.map(play, todo, chunksize=8))
        print(f"Scripted users, the {asked.half} half of the bank, {len(todo):,} conversations:\n\n{said(played)}\n")
        found = Betrayals.sum(pool.map(converse, range(max(1, round(RANDOM * asked.share))), chunksize=16))
    print(found.said())
    reply, bare = reply_time()
    print(
        f"\nA reply of the written voice: {reply * 1000:.0f} ms median; the bare reading of the line "
        f"{bare * 1000:.0f} ms: {reply / bare:.1f} times."
    )
    print(f"\n{(time.perf_counter() - started) / 60:.1f} minutes")
    wrong = missed(played, found)
    if asked.hold and wrong:
        raise SystemExit("These bounds do not hold: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
