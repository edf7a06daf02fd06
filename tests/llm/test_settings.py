"""Where a model is comes from the user and from nowhere else, and its key is never shown (P3)."""

from __future__ import annotations

import pytest

from duologue.errors import NotSet
from duologue.llm import LlmSettings, from_environment

OLLAMA = {"DUOLOGUE_LLM_URL": "http://localhost:11434/v1", "DUOLOGUE_LLM_MODEL": "small"}


def test_nothing_is_set_up_by_itself() -> None:
    """Not even where other programs' variables would do: they were set for other programs."""
    theirs = {"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": "http://elsewhere/v1", "ANTHROPIC_API_KEY": "y"}
    with pytest.raises(NotSet) as caught:
        from_environment(theirs)
    assert "DUOLOGUE_LLM_URL and DUOLOGUE_LLM_MODEL not set" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("missing", sorted(OLLAMA))
def test_what_is_missing_is_named(missing: str) -> None:
    """One line that says which of the two."""
    with pytest.raises(NotSet, match=missing):
        from_environment({k: v for k, v in OLLAMA.items() if k != missing})


def test_an_option_goes_before_a_variable() -> None:
    """What somebody types now is what they mean."""
    found = from_environment(OLLAMA, url="http://127.0.0.1:8080/v1/", model="other", timeout=4)
    assert (found.url, found.model, found.timeout) == ("http://127.0.0.1:8080/v1", "other", 4.0)
    assert from_environment(OLLAMA).url == OLLAMA["DUOLOGUE_LLM_URL"]


def test_anthropic_needs_a_key_of_ours() -> None:
    """The address is known; the key has to be given for this use."""
    given = {"DUOLOGUE_LLM_PROVIDER": "anthropic", "DUOLOGUE_LLM_MODEL": "m"}
    with pytest.raises(NotSet, match="DUOLOGUE_LLM_KEY"):
        from_environment(given | {"ANTHROPIC_API_KEY": "theirs"})
    found = from_environment(given | {"DUOLOGUE_LLM_KEY": "ours"})
    assert (found.host, found.key) == ("api.anthropic.com", "ours")


def test_a_key_is_never_shown() -> None:
    """Settings end up in messages and logs."""
    found = from_environment(OLLAMA | {"DUOLOGUE_LLM_KEY": "k-123"})
    assert "k-123" not in repr(found)
    assert "k-123" not in str(found)


@pytest.mark.parametrize(
    "bad",
    [
        {"DUOLOGUE_LLM_URL": "localhost:11434"},
        {"DUOLOGUE_LLM_URL": "file:///etc/passwd"},
        {"DUOLOGUE_LLM_URL": "http://"},
        {"DUOLOGUE_LLM_URL": "http://[::1"},
        {"DUOLOGUE_LLM_URL": "http://host:port/v1"},
        {"DUOLOGUE_LLM_TIMEOUT": "soon"},
        {"DUOLOGUE_LLM_TIMEOUT": "0"},
        {"DUOLOGUE_LLM_TIMEOUT": "nan"},
        {"DUOLOGUE_LLM_TIMEOUT": "inf"},
        {"DUOLOGUE_LLM_PROVIDER": "smoke signals"},
    ],
)
def test_what_cannot_be_is_refused(bad: dict[str, str]) -> None:
    """Before anything is sent anywhere."""
    with pytest.raises(NotSet) as caught:
        from_environment(OLLAMA | bad)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.0.0.9/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://localhost.example.com/v1", False),
        ("http://192.168.1.4:11434/v1", False),
        ("https://api.openai.com/v1", False),
    ],
)
def test_whether_words_leave_the_machine_is_known(url: str, here: bool) -> None:
    """A face can say so before the first word goes out."""
    assert LlmSettings(url=url, model="m").on_this_machine is here


def test_what_a_person_is_told_of_the_address_has_no_password() -> None:
    """An address can hold one."""
    assert LlmSettings(url="http://me:secret@host:81/v1?token=t", model="m").host == "host:81"
