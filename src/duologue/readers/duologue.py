"""`duologue.conversation/1`: our own format, read as it stands (turns are neither merged nor split)."""

from __future__ import annotations

from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.wire import CONVERSATION, REVIEW, conversation_from


class Duologue:
    name = "duologue"
    label = "duologue.conversation/1 (and the conversation inside a duologue.review/1)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        value = source.json
        ours = isinstance(value, dict) and str(value.get("format", "")).startswith("duologue.")
        return Sure.YES if ours else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        value = source.json
        if isinstance(value, dict) and value.get("format") == REVIEW:
            value = value.get("conversation")
        if isinstance(value, dict) and value.get("format") not in (None, CONVERSATION):
            raise UnreadableInput(
                f"the format “{value.get('format')}” is not one that this version reads",
                hint=f"It reads {CONVERSATION}",
            )
        conversation = conversation_from(value)
        if not any(t.text.strip() for t in conversation.turns):
            raise NoConversation(
                "there are no words in it that anybody said", hint="Is this the file with the transcript?"
            )
        return conversation
