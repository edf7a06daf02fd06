"""A language model, where the user wants one. Nothing in Duologue needs it, and nothing is sent unless it was set up.

LlmSettings ── chat() ──► Chat.complete(messages, shape) ──► a value of that shape, or LlmFailed
"""

from duologue.llm.base import Chat, Message, value_in
from duologue.llm.settings import LlmSettings, from_environment

__all__ = ["Chat", "LlmSettings", "Message", "chat", "from_environment", "value_in"]


def chat(settings: LlmSettings) -> Chat:
    """The model that the settings name. Raises MissingExtra without the extra `llm`. It speaks when it is asked."""
    from duologue.llm.remote import RemoteChat

    return RemoteChat(settings)
