"""A model behind HTTP: what leaves the machine, and what becomes of everything that a server can do wrong."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from duologue.errors import LlmFailed, LlmJunk, MissingExtra
from duologue.llm import LlmSettings, Message, chat
from duologue.llm.remote import RemoteChat
from fake_llm import FakeServer, Given, fake_server, loopback, need_clients

ASKED = (Message(role="system", text="Speak."), Message(role="user", text="How was it?"))
GOOD = Given(text='{"reply": "Long."}')
KINDS = ("openai-compatible", "anthropic")


class Line(msgspec.Struct, frozen=True):
    reply: str


@pytest.fixture
def server(no_network: None) -> Iterator[FakeServer]:
    need_clients()
    with loopback(), fake_server() as made:
        made.script[:] = [GOOD]
        yield made


@contextmanager
def asking(server: FakeServer, kind: str = "openai-compatible", **changes: Any) -> Iterator[RemoteChat]:
    first = LlmSettings(url=f"{server.url}/v1", model="small", key="ours", timeout=10.0)
    if kind == "anthropic":
        first = replace(first, url=server.url, model="claude-small", provider="anthropic")
    with RemoteChat(replace(first, **changes)) as made:
        yield made


# --- what leaves the machine -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_goes_out_but_the_request(server: FakeServer, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """P3: no header about the machine, and nothing that was set for another program."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, f"theirs-{name}")
    for name in ("OPENAI_CUSTOM_HEADERS", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.setenv(name, "X-Theirs: theirs\nAuthorization: theirs\nX-Api-Key: theirs")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    with asking(server, kind) as made:
        assert made.complete(ASKED, Line).reply == "Long."
    (headers,) = server.headers
    key = {"authorization": "Bearer ours"} if kind == "openai-compatible" else {"x-api-key": "ours"}
    assert key.items() <= headers.items()
    assert headers["user-agent"] == "duologue/0.1.0"
    assert set(headers) - set(key) <= {
        *("host", "user-agent", "accept", "accept-encoding", "connection", "content-type", "content-length"),
        *("anthropic-version", "anthropic-beta"),
    }
    assert "theirs" not in str(headers) + str(server.bodies)


def test_without_a_key_none_is_sent(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ollama and llama.cpp ask for none; the key of another service is not theirs to see."""
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    with asking(server, key=None) as made:
        made.complete(ASKED, Line)
    assert "authorization" not in server.headers[0]


def test_a_redirect_is_not_followed(server: FakeServer) -> None:
    """Words go to the address that was given, or nowhere."""
    server.script[:] = [Given(status=307, headers={"Location": f"{server.url}/v1/elsewhere"}), GOOD]
    with asking(server) as made, pytest.raises(LlmFailed):
        made.complete(ASKED, Line)
    assert len(server.bodies) == 1


def test_a_proxy_has_nothing_to_do_with_a_model_that_runs_here(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a company's proxy is set for the web, words to a model on this machine stay on it."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with asking(server) as made:
        assert made.complete(ASKED, Line).reply == "Long."


class Recorder:
    """A tracer of OpenTelemetry that keeps the names of spans: what a program around us may have set up."""

    def __init__(self) -> None:
        from opentelemetry.trace import NoOpTracerProvider

        seen = self.seen = list[str]()

        class Provider(NoOpTracerProvider):
            def get_tracer(self, *args: Any, **values: Any) -> Any:
                tracer = super().get_tracer("test")
                start = tracer.start_span

                def start_span(name: str, *args: Any, **values: Any) -> Any:
                    seen.append(name)
                    return start(name)

                tracer.start_span = start_span  # type: ignore[method-assign]
                return tracer

        self.provider = Provider()


@pytest.mark.parametrize("kind", KINDS)
def test_no_telemetry(server: FakeServer, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the program around us traces every model: what is said in practice is nobody else's."""
    from opentelemetry import trace
    from pydantic_ai import Agent
    from pydantic_ai.direct import model_request_sync
    from pydantic_ai.messages import ModelRequest
    from pydantic_ai.models.instrumented import InstrumentationSettings
    from pydantic_ai.models.test import TestModel

    recorder = Recorder()
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", recorder.provider)
    monkeypatch.setattr(Agent, "_instrument_default", InstrumentationSettings(tracer_provider=recorder.provider))
    model_request_sync(TestModel(), [ModelRequest.user_text_prompt("hello")])
    assert recorder.seen, "the recorder hears those who do trace"
    recorder.seen.clear()
    with asking(server, kind) as made:
        made.complete(ASKED, Line)
        list(made.stream(ASKED))
    assert recorder.seen == []


# --- what comes back -------------------------------------------------------------------------------------------------

FAILS: dict[str, tuple[Given, str]] = {
    "no key": (Given(status=401), "DUOLOGUE_LLM_KEY"),
    "no such model": (Given(status=404), "DUOLOGUE_LLM_MODEL"),
    "too much": (Given(status=429), "HTTP 429"),
    "broken": (Given(status=500, raw=b"<html>oops"), "HTTP 500"),
    "refused": (Given(text="I", finish="content_filter"), "declined"),
    "too long": (Given(text='{"reply": "and', finish="length"), "cut off after"),
    "cut off": (Given(text='{"reply": "and so on"}', cut=2), "cut off"),
    "cut off at the end": (Given(text='{"reply": "and so"}', cut=3), "cut off"),
    "cut off before a word": (Given(text="x", cut=0), "cut off"),
    "a page": (Given(raw=b"<html><body>Sign in</body></html>"), "127.0.0.1"),
    "nothing": (Given(raw=b""), "127.0.0.1"),
    "bytes": (Given(raw=b"\xff\xfe\x00data: {"), "127.0.0.1"),
    "no event": (Given(raw=b"data: {not json}\n\n"), "127.0.0.1"),
    "an error in the stream": (Given(raw=b'data: {"error": {"message": "out of memory"}}\n\n'), "127.0.0.1"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAILS)
def test_whatever_a_server_does_is_one_kind_of_failure(
    server: FakeServer, kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never half an answer, never another exception, and one line that says what happened and where."""
    quick_retries(monkeypatch)
    given, said = FAILS[name]
    server.script[:] = [given]
    with asking(server, kind) as made:
        for ask in (lambda: made.complete(ASKED, Line), lambda: list(made.stream(ASKED))):
            with pytest.raises(LlmFailed) as caught:
                ask()
            assert said in str(caught.value)
            assert "\n" not in str(caught.value)
            assert "ours" not in str(caught.value)
            assert not name.startswith("cut off") or not isinstance(caught.value, LlmJunk)  # the server was lost
    assert len(server.bodies) <= 4  # once more for what may pass, and no more


def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries wait half a second before they ask once more; here nobody waits."""
    for module in ("openai._base_client", "anthropic._base_client"):
        __import__(module)
        monkeypatch.setattr(sys.modules[module], "INITIAL_RETRY_DELAY", 0.01)


def test_nobody_there(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The most common case of all: Ollama was not started."""
    quick_retries(monkeypatch)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with asking(server, url=url) as made, pytest.raises(LlmFailed, match=r"cannot be reached.*Is it running\?"):
        made.complete(ASKED, Line)


def test_a_server_that_is_busy_for_a_moment_is_asked_once_more(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One failure that passes is no failure."""
    quick_retries(monkeypatch)
    server.script[:] = [Given(status=503), GOOD]
    with asking(server) as made:
        assert made.complete(ASKED, Line).reply == "Long."


def test_a_server_that_knows_no_schemas_is_told_the_shape_in_words(server: FakeServer) -> None:
    """And is asked in words from then on, without a failed request a line."""
    server.script[:] = [Given(status=400), GOOD]
    with asking(server) as made:
        assert made.complete(ASKED, Line).reply == "Long."
        assert made.complete(ASKED, Line).reply == "Long."
    first, second, third = server.bodies
    assert first["response_format"]["json_schema"]["schema"]["properties"] == {"reply": {"type": "string"}}
    assert "json_schema" not in str(second.get("response_format")) + str(third.get("response_format"))
    assert "reply" in str(second["messages"])


def test_a_request_that_is_wrong_in_itself_fails(server: FakeServer) -> None:
    """A 400 to the shape in words as well is the answer."""
    server.script[:] = [Given(status=400)]
    with asking(server) as made, pytest.raises(LlmFailed, match="HTTP 400"):
        made.complete(ASKED, Line)
    assert len(server.bodies) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_messages_arrive_as_they_were_given(server: FakeServer, kind: str) -> None:
    """Who said what is kept: the user's words never become ours."""
    with asking(server, kind) as made:
        made.complete((*ASKED, Message(role="assistant", text="One."), Message(role="user", text="Two?")), Line)
    (body,) = server.bodies
    said = [(m["role"], str(m["content"])) for m in body["messages"] if m["role"] != "system"]
    assert [role for role, _ in said] == ["user", "assistant", "user"]
    assert all(text in content for text, (_, content) in zip(("How was it?", "One.", "Two?"), said, strict=True))
    assert "Speak." in str(body.get("system") or body["messages"][0])


# --- calling it off --------------------------------------------------------------------------------------------------


def within(seconds: float, true: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


LONG = Given(text="and so on " * 400, pause=0.02)


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """A run that was started in the background inherits a SIGINT that is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_ctrl_c_lets_go_of_the_server(server: FakeServer) -> None:
    """It goes through to whoever can end the session, and the server does not go on writing for nobody."""
    server.script[:] = [LONG]
    with asking(server) as made:
        threading.Timer(0.4, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT)).start()
        begun = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            made.complete(ASKED, Line)
        assert time.monotonic() - begun < 3.0
        assert within(3.0, server.hung_up.is_set)


def test_a_time_limit_lets_go_of_the_server(server: FakeServer) -> None:
    """A model that was given up does not keep the machine busy."""
    server.script[:] = [LONG]
    with asking(server, timeout=0.4) as made, pytest.raises(LlmFailed, match=r"within 0\.4 s"):
        made.complete(ASKED, Line)
    assert within(3.0, server.hung_up.is_set)


def test_who_stops_reading_a_stream_calls_it_off(server: FakeServer) -> None:
    """The first words are enough to know that the rest is not wanted."""
    server.script[:] = [LONG]
    with asking(server) as made:
        pieces = made.stream(ASKED)
        assert next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert within(3.0, server.hung_up.is_set)


def test_it_leaves_no_thread(server: FakeServer) -> None:
    """Closed is closed, twice as well, and a chat that was never asked started none."""
    before = threading.active_count()
    with asking(server) as made:
        assert threading.active_count() == before
        made.complete(ASKED, Line)
        made.close()
        assert within(2.0, lambda: "llm" not in [t.name for t in threading.enumerate()])


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain install has no client libraries."""
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(MissingExtra, match=r"duologue\[llm\]"):
        chat(LlmSettings(url="http://localhost:1/v1", model="m"))
