"""Where the model is, and which one: from options and the environment, and from nowhere else (P3)."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlsplit

from duologue.errors import NotSet

Provider = Literal["openai-compatible", "anthropic"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)

ANTHROPIC = "https://api.anthropic.com"
# Seconds for a whole answer. Our own convention: a model of 8 billion parameters on a laptop writes a reply of four
# sentences in about ten, and nobody waits longer than half a minute for one line.
TIMEOUT = 30.0

HINT = (
    "Say where it is: DUOLOGUE_LLM_URL (http://localhost:11434/v1 for Ollama) and DUOLOGUE_LLM_MODEL; "
    "or DUOLOGUE_LLM_PROVIDER=anthropic with DUOLOGUE_LLM_MODEL and DUOLOGUE_LLM_KEY"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """One model. `url`: of the API, up to and with /v1 where it has one. `timeout`: seconds for a whole answer.

    `key`: None where the server asks for none; it is never shown. `longest`: tokens of an answer, thinking included.
    """

    url: str
    model: str
    provider: Provider = "openai-compatible"
    key: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    longest: int = 2000

    @property
    def host(self) -> str:
        """Host and port, without user, path or query: what a person is told."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def on_this_machine(self) -> bool:
        """Whether the model runs here, so that no word leaves the machine."""
        name = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost" or name.endswith(".localhost")


def from_environment(
    environment: Mapping[str, str],
    *,
    url: str | None = None,
    model: str | None = None,
    provider: str | None = None,
    timeout: float | None = None,
) -> LlmSettings:
    """The settings: an option where one is given, else the variable DUOLOGUE_LLM_… of the same name.

    The key comes from DUOLOGUE_LLM_KEY alone: a command line can be read by everybody on the machine, and a key that
    was set for another program is not ours to send. Raises NotSet, which says what is missing.
    """

    def given(name: str, option: str | None) -> str:
        return (option or environment.get(f"DUOLOGUE_LLM_{name}", "")).strip()

    kind = given("PROVIDER", provider) or "openai-compatible"
    where, which = given("URL", url), given("MODEL", model)
    key = given("KEY", None) or None
    if kind not in PROVIDERS:
        raise NotSet(f"“{kind}” is no kind of model that we know", hint=f"There are: {', '.join(PROVIDERS)}")
    if kind == "anthropic":
        where = where or ANTHROPIC
    missing = [name for name, value in (("URL", where), ("MODEL", which)) if not value]
    if kind == "anthropic" and key is None:
        missing.append("KEY")
    if missing:
        names = " and ".join(f"DUOLOGUE_LLM_{name}" for name in missing)
        raise NotSet(f"no model is set up ({names} not set)", hint=HINT)
    return LlmSettings(
        url=_checked(where),
        model=which,
        provider="anthropic" if kind == "anthropic" else "openai-compatible",
        key=key,
        timeout=_seconds(timeout if timeout is not None else given("TIMEOUT", None) or TIMEOUT),
    )


def _checked(url: str) -> str:
    """The address as given, less a last stroke."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        usable = False
    if not usable:
        raise NotSet(f"“{url}” is no address of a model", hint="One looks like this: http://localhost:11434/v1")
    return url.rstrip("/")


def _seconds(given: float | str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise NotSet(f"“{given}” is no time limit", hint="DUOLOGUE_LLM_TIMEOUT is a number of seconds, such as 30")
    return seconds
