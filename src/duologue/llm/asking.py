"""What goes to a model and what comes back, in the words of pydantic-ai; and every failure as an LlmFailed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from duologue.errors import LlmFailed, LlmJunk
from duologue.llm.base import Message
from duologue.llm.settings import LlmSettings

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import ModelRequestParameters

# How a server is told the shape of the answer: by a schema that it holds the model to, by a function that the model
# has to call, or in words.
Mode = Literal["native", "tool", "prompted"]


def sent(messages: Sequence[Message]) -> list[ModelMessage]:
    """Our messages as pydantic-ai's."""
    from pydantic_ai.messages import ModelRequest, ModelResponse, SystemPromptPart, TextPart, UserPromptPart

    made: list[ModelMessage] = []
    for message in messages:
        if message.role == "assistant":
            made.append(ModelResponse(parts=[TextPart(content=message.text)]))
        elif message.role == "system":
            made.append(ModelRequest(parts=[SystemPromptPart(content=message.text)]))
        else:
            made.append(ModelRequest(parts=[UserPromptPart(content=message.text)]))
    return made


def parameters(shape: type[msgspec.Struct], mode: Mode) -> ModelRequestParameters:
    """A request for an answer of this shape."""
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition
    from pydantic_ai.tools import ToolDefinition

    schema, name = _schema(shape), shape.__name__.lower()
    if mode == "tool":
        tool = ToolDefinition(name=name, description="Give the answer.", parameters_json_schema=schema, kind="output")
        return ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)
    return ModelRequestParameters(
        output_mode=mode, output_object=OutputObjectDefinition(json_schema=schema, name=name, strict=True)
    )


def _schema(shape: type[msgspec.Struct]) -> dict[str, object]:
    """The schema with its own definition at the top, where every server looks for it."""
    (schema,), definitions = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    top = dict(definitions.pop(schema["$ref"].rpartition("/")[2]))
    return {**top, "additionalProperties": False} | ({"$defs": definitions} if definitions else {})


def whole(response: ModelResponse, settings: LlmSettings) -> str:
    """The text of a finished answer, or the JSON of its call.

    Raises LlmFailed for one that broke off; LlmJunk where the model went on too long, or declined.
    """
    from pydantic_ai.messages import TextPart, ToolCallPart

    if response.finish_reason == "length":
        raise LlmJunk(f"the answer was cut off after {settings.longest} tokens", where=settings.host)
    if response.finish_reason == "content_filter":
        raise LlmJunk("the model declined to answer", where=settings.host)
    if response.finish_reason not in ("stop", "tool_call"):
        raise LlmFailed("the answer was cut off", where=settings.host)
    # As it came, where it came as text: what is no JSON is for whoever asked to see.
    calls = [
        part.args if isinstance(part.args, str) else part.args_as_json_str()
        for part in response.parts
        if isinstance(part, ToolCallPart)
    ]
    return calls[0] if calls else "".join(part.content for part in response.parts if isinstance(part, TextPart))


def failed(error: Exception, settings: LlmSettings) -> LlmFailed:
    """What went wrong, in one line, with what to do next."""
    from pydantic_ai.exceptions import ModelAPIError, ModelConnectionError, ModelHTTPError, ModelTimeoutError

    if isinstance(error, TimeoutError | ModelTimeoutError):
        what = f"no whole answer within {settings.timeout:g} s"
        hint = "A smaller model answers sooner, and DUOLOGUE_LLM_TIMEOUT gives it more seconds"
    elif isinstance(error, ModelHTTPError):
        what, hint = _status(error.status_code, settings)
    elif isinstance(error, ModelConnectionError):
        what, hint = "the model cannot be reached", "Is it running? DUOLOGUE_LLM_URL says where"
    elif isinstance(error, ModelAPIError):
        what, hint = "the answer was cut off", ""
    else:
        what, hint = f"the answer could not be read ({type(error).__name__})", "Is this the address of a model's API?"
    return LlmFailed(what, where=settings.host, hint=hint)


def _status(status: int, settings: LlmSettings) -> tuple[str, str]:
    if status in (401, 403):
        return f"the key was not accepted (HTTP {status})", "DUOLOGUE_LLM_KEY holds it"
    if status == 404:
        return (
            f"there is no model “{settings.model}” at this address (HTTP 404)",
            "DUOLOGUE_LLM_MODEL is its name there, and DUOLOGUE_LLM_URL mostly ends in /v1",
        )
    if status == 429:
        return "too much is asked of it at the moment (HTTP 429)", "Later, or with another model"
    if status >= 500:
        return f"the model's server failed (HTTP {status})", ""
    return f"the model's server did not take the request (HTTP {status})", ""
