"""The client libraries, set up so that a request holds what the user gave and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from duologue.errors import MissingExtra
from duologue.llm.settings import LlmSettings
from duologue.version import VERSION

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

_RETRIES = 1  # by the client library and within the time limit, for a server that is busy for a moment

# The client libraries add headers of their own (system, processor, Python's version) and those that variables of other
# programs hold (OPENAI_ORG_ID, OPENAI_CUSTOM_HEADERS, ANTHROPIC_CUSTOM_HEADERS …). Only these go out.
_HEADERS = frozenset(("host", "connection", "accept", "accept-encoding", "content-type", "content-length",
    "transfer-encoding", "anthropic-version", "anthropic-beta"))  # fmt: skip


def model(settings: LlmSettings) -> Model:
    """The model, ready to be asked; nothing is sent yet. Raises MissingExtra."""
    try:
        import httpx2
        import pydantic_ai.models as _  # noqa: F401
    except ImportError:
        raise MissingExtra(
            "a model is asked by pydantic-ai, which is not installed",
            hint='Install it with: pip install "duologue[llm]"',
        ) from None
    http = httpx2.AsyncClient(
        timeout=settings.timeout,
        follow_redirects=False,  # words go to the address that was given, or nowhere
        trust_env=not settings.on_this_machine,  # a proxy has nothing to do with a model that runs here
        event_hooks={"request": [_bare(settings)]},
    )
    return _anthropic(settings, http) if settings.provider == "anthropic" else _openai(settings, http)


def _bare(settings: LlmSettings) -> Callable[[httpx2.Request], Awaitable[None]]:
    async def strip(request: httpx2.Request) -> None:
        for name in list(request.headers):
            if name.lower() not in _HEADERS:
                del request.headers[name]
        request.headers["User-Agent"] = f"duologue/{VERSION}"
        if settings.key and settings.provider == "anthropic":
            request.headers["X-Api-Key"] = settings.key
        elif settings.key:
            request.headers["Authorization"] = f"Bearer {settings.key}"

    return strip


def _openai(settings: LlmSettings, http: httpx2.AsyncClient) -> Model:
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    client = AsyncOpenAI(base_url=settings.url, api_key=settings.key or "none", http_client=http, max_retries=_RETRIES)
    profile = OpenAIModelProfile(
        # A stream that just stops has been cut off; to take it as whole would put half a sentence into their mouth.
        openai_chat_streaming_requires_finish_reason=True,
        # OpenAI's own models know only the new name of this limit, and many servers only the old one.
        openai_chat_supports_max_completion_tokens=urlsplit(settings.url).hostname == "api.openai.com",
    )
    provider = OpenAICompatibleProvider("openai-compatible", openai_client=client, profile=profile)
    return OpenAIChatModel(settings.model, provider=provider)


def _anthropic(settings: LlmSettings, http: httpx2.AsyncClient) -> Model:
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    client = AsyncAnthropic(
        base_url=settings.url,
        api_key=settings.key or "none",
        http_client=http,
        max_retries=_RETRIES,
        open_telemetry=False,  # it traces by itself wherever a tracer is set up
    )
    return AnthropicModel(settings.model, provider=AnthropicProvider(anthropic_client=client))
