"""What every Chat keeps: typed answers, answers in pieces, an end to every wait, and LlmFailed for whatever goes wrong.

Run on the scripted one, on both APIs against a server on the loopback, and on a real llama.cpp server; the last is
asked for plumbing only, for what so small a model says is of no use.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import pytest

from duologue.errors import LlmFailed, LlmJunk
from duologue.llm import LlmSettings, Message, chat
from duologue.testing import Late, ScriptedChat
from fake_llm import FakeServer, Given, fake_server, llama_server, loopback, need_clients

ASKED = (
    Message(role="system", text='You are Dana. Answer with JSON: {"reply": "…"}, one short sentence.'),
    Message(role="user", text="How was the week?"),
)
COUNT = (Message(role="user", text="Count from one to five hundred in words."),)
LIMIT = 0.3  # seconds, where a test waits for the end of a wait
SOON = 4.0  # seconds after it in which the wait has to end, on a busy machine


class Line(msgspec.Struct, frozen=True):
    reply: str


class Mood(msgspec.Struct, frozen=True):
    mood: Literal["good", "low"]


@dataclass(frozen=True)
class Maker:
    """How a chat is made that answers with `text` after `delay` seconds."""

    kind: str
    server: FakeServer | None = None
    llama: str = ""

    @contextmanager
    def made(self, text: str = '{"reply": "Long."}', *, delay: float = 0.0, timeout: float = 20.0) -> Iterator[Any]:
        if self.kind == "scripted":
            yield ScriptedChat(Late(seconds=delay, answer=text), timeout=timeout)
            return
        if self.server is not None:
            self.server.script[:] = [Given(text=text, delay=delay)]
        anthropic = self.kind == "anthropic"
        base = self.llama or (self.server.url if self.server else "")
        settings = LlmSettings(
            url=base if anthropic else f"{base}/v1",
            model="claude-small" if anthropic else "small",
            provider="anthropic" if anthropic else "openai-compatible",
            key="secret-key",
            timeout=timeout,
            longest=1900 if delay else 120,
        )
        made = chat(settings)
        try:
            yield made
        finally:
            made.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    with loopback(), llama_server() as url:
        yield url


TOLD = ("scripted", "openai-compatible", "anthropic")


@contextmanager
def of_kind(kind: str, request: pytest.FixtureRequest) -> Iterator[Maker]:
    """One of a kind; the sockets of this machine alone are open."""
    if kind == "scripted":
        yield Maker(kind)
        return
    need_clients()
    if kind == "llama.cpp":
        url = request.getfixturevalue("llama")
        with loopback():
            yield Maker(kind, llama=url)
        return
    with loopback(), fake_server() as server:
        yield Maker(kind, server=server)


@pytest.fixture(params=[*TOLD, "llama.cpp"])
def maker(request: pytest.FixtureRequest, no_network: None) -> Iterator[Maker]:
    """Every kind there is."""
    with of_kind(request.param, request) as made:
        yield made


@pytest.fixture(params=TOLD)
def told(request: pytest.FixtureRequest, no_network: None) -> Iterator[Maker]:
    """The kinds that answer what they are told to; a real model answers what it likes."""
    with of_kind(request.param, request) as made:
        yield made


def test_an_answer_is_a_value_of_the_shape_that_was_asked_for(maker: Maker) -> None:
    """A real server holds its model to the schema, so that even the smallest gives one of the two words."""
    with maker.made('{"mood": "low"}') as asked:
        answer = asked.complete(ASKED, Mood)
    assert isinstance(answer, Mood)
    assert answer.mood == "low" or maker.kind == "llama.cpp"


def test_an_answer_comes_in_pieces(maker: Maker) -> None:
    """More than one piece, none empty, in order."""
    with maker.made("It was long and slow.") as asked:
        pieces = list(asked.stream((Message(role="user", text="Tell me about the sea in two sentences."),)))
    assert len(pieces) > 1
    assert all(pieces)
    assert maker.kind == "llama.cpp" or "".join(pieces) == "It was long and slow."


def test_no_wait_is_longer_than_the_limit(maker: Maker) -> None:
    """Somebody sits before it: a slow model is given up."""
    with maker.made(delay=8.0, timeout=LIMIT) as asked:
        begun = time.monotonic()
        with pytest.raises(LlmFailed, match=r"within 0\.3 s"):
            asked.complete(COUNT, Line)
        assert time.monotonic() - begun < LIMIT + SOON


def test_the_limit_holds_for_a_stream(maker: Maker) -> None:
    """Pieces that keep coming do not stretch it."""
    with maker.made(delay=8.0, timeout=LIMIT) as asked:
        begun = time.monotonic()
        with pytest.raises(LlmFailed):
            list(asked.stream(COUNT))
        assert time.monotonic() - begun < LIMIT + SOON


def test_closing_calls_off_what_is_under_way(maker: Maker) -> None:
    """Whoever waits is told at once, and does not wait for the limit."""
    with maker.made(delay=8.0, timeout=30.0) as asked:
        threading.Timer(LIMIT, asked.close).start()
        begun = time.monotonic()
        with pytest.raises(LlmFailed, match="called off"):
            asked.complete(COUNT, Line)
        assert time.monotonic() - begun < LIMIT + SOON


def test_after_a_failure_it_can_be_asked_again(maker: Maker) -> None:
    """One bad line does not end a session."""
    with maker.made(delay=8.0, timeout=30.0) as asked:
        threading.Timer(LIMIT, asked.close).start()
        with pytest.raises(LlmFailed):
            asked.complete(COUNT, Line)
        if maker.server is not None:
            maker.server.script[:] = [Given(text='{"reply": "Better."}')]
        elif isinstance(asked, ScriptedChat):
            asked.answers = ('{"reply": "Better."}',)
        if maker.kind != "llama.cpp":
            assert asked.complete(ASKED, Line).reply == "Better."
        else:
            assert next(asked.stream((Message(role="user", text="Hello."),)))


def test_its_name_says_what_it_is_and_no_key(maker: Maker) -> None:
    """The name stands in sessions that people keep."""
    with maker.made() as asked:
        assert asked.name
        assert "secret" not in f"{asked.name}{getattr(asked, 'settings', '')}"


OTHER = {
    "nothing": "",
    "plain words": "Well, hello there.",
    "another field": '{"answer": "Hm."}',
    "another type": '{"reply": 7}',
    "half of it": '{"reply": "Half',
    "a list": "[]",
    "deep": "[" * 5000,
    "a page": "<html><body>Sign in</body></html>",
}


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_shape_is_a_failure_that_says_so(told: Maker, text: str) -> None:
    """Junk never comes through as a value."""
    with told.made(text) as asked, pytest.raises(LlmFailed) as caught:
        asked.complete(ASKED, Line)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
    assert isinstance(caught.value, LlmJunk)


def test_a_value_in_a_code_fence_is_read(told: Maker) -> None:
    """Many models put one around it."""
    with told.made('```json\n{"reply": "Well – “fine”."}\n```') as asked:
        assert asked.complete(ASKED, Line) == Line(reply="Well – “fine”.")
