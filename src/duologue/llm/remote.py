"""A model behind HTTP: any OpenAI-compatible address (Ollama and llama.cpp among them), or Anthropic, by pydantic-ai.

What leaves this machine is the request that was asked for, to the address that the user gave: no telemetry, no
redirect followed, no key or header that was set for another program.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from duologue.errors import DuologueError, LlmFailed
from duologue.llm import asking, clients
from duologue.llm.base import Message, S, value_in
from duologue.llm.settings import LlmSettings

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage
    from pydantic_ai.models import ModelRequestParameters

T = TypeVar("T")

_CLOSING = 2.0  # seconds in which what is under way is let go


class RemoteChat:
    """A Chat over HTTP. Its requests run in one thread of their own, so that each can be called off from outside."""

    def __init__(self, settings: LlmSettings) -> None:
        """Sends nothing yet. Raises MissingExtra where the libraries are not installed."""
        self.settings = settings
        self._model = clients.model(settings)
        self._typed_by: asking.Mode | None = None  # how this server is asked for a shape, once it is known
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        return f"{self.settings.model} at {self.settings.host}"

    def complete(self, messages: Sequence[Message], shape: type[S]) -> S:
        """The whole answer, typed. Raises LlmFailed."""
        answer = self._wait(self._start(self._typed(asking.sent(messages), shape)))
        return value_in(answer, shape, where=self.settings.host)

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The answer in pieces. Raises LlmFailed, also midway."""
        from pydantic_ai.models import ModelRequestParameters

        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        running = self._start(self._asked(asking.sent(messages), ModelRequestParameters(), pieces.put))
        running.add_done_callback(lambda _: pieces.put(None))
        try:
            while (piece := pieces.get()) is not None:
                yield piece
        except BaseException:
            running.cancel()
            raise
        self._wait(running)

    def close(self) -> None:
        """Calls off what is under way, which ends in LlmFailed there, and lets go of every connection."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(_call_off_all(), loop).result(_CLOSING)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_CLOSING)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- the thread --------------------------------------------------------------------------------------------------

    def _start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_serve, args=(self._loop,), name="llm", daemon=True)
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(self._limited(work), self._loop)

    async def _limited(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            async with asyncio.timeout(self.settings.timeout):
                return await work
        except DuologueError:
            raise
        # Whatever a server sends can surface as whatever the libraries below make of it, and none of it may end a
        # session: every failure of the request is one kind of error here.
        except Exception as error:
            raise asking.failed(error, self.settings) from error

    def _wait(self, running: Future[T]) -> T:
        try:
            return running.result()
        except CancelledError:
            raise LlmFailed("the request was called off", where=self.settings.host) from None
        except BaseException:  # Ctrl-C among them: the server is not left writing for nobody
            running.cancel()
            raise

    # --- the request -------------------------------------------------------------------------------------------------

    async def _typed(self, messages: list[ModelMessage], shape: type[msgspec.Struct]) -> str:
        """The answer as JSON. A server that knows no schemas says 400, and is told the shape in words from then on."""
        from pydantic_ai.exceptions import ModelHTTPError

        if self._typed_by is None:
            able = self._model.profile.get("supports_json_schema_output", False)
            self._typed_by = "native" if able else "tool"
        try:
            return await self._asked(messages, asking.parameters(shape, self._typed_by), None)
        except ModelHTTPError as error:
            if self._typed_by == "prompted" or error.status_code not in (400, 422):
                raise
            answer = await self._asked(messages, asking.parameters(shape, "prompted"), None)
            self._typed_by = "prompted"
            return answer

    async def _asked(
        self, messages: list[ModelMessage], parameters: ModelRequestParameters, take: Callable[[str], None] | None
    ) -> str:
        """One request; every piece of text goes to `take` as it comes. The whole text, or the typed answer's JSON."""
        from pydantic_ai.direct import model_request_stream
        from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

        asked = model_request_stream(
            self._model,
            messages,
            model_settings={"max_tokens": self.settings.longest, "timeout": self.settings.timeout},
            model_request_parameters=parameters,
            instrument=False,  # whatever a program around us has turned on: nobody else is told what was said here
        )
        async with asked as coming:
            async for event in coming:
                if take is None:
                    continue
                if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
                    take(event.part.content)
                elif isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
                    take(event.delta.content_delta)
            return asking.whole(coming.get(), self.settings)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _call_off_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
