"""What the OpenAI API takes, field by field, and the words in which it refuses anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

M = TypeVar("M", bound=BaseModel)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Message(Strict):
    role: Literal["system", "developer", "user", "assistant"]
    content: str


class JsonSchema(Strict):
    name: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
    schema_: dict[str, Any] = Field(alias="schema")
    strict: bool = False
    description: str | None = None


class Format(Strict):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None


class StreamOptions(Strict):
    include_usage: bool = False
    include_obfuscation: bool = True


class ChatRequest(Strict):
    model: str
    messages: Annotated[list[Message], Field(min_length=1)]
    response_format: Format | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None = (
        None
    )
    temperature: float | None = None
    seed: int | None = None
    stream: bool = False
    stream_options: StreamOptions | None = None
    user: str | None = None


class PictureRequest(Strict):
    model: str
    prompt: Annotated[str, Field(min_length=1, max_length=32_000)]
    n: Annotated[int, Field(ge=1, le=10)] = 1
    size: str = "auto"
    quality: Literal["low", "medium", "high", "xhigh", "max", "auto"] = "auto"
    background: Literal["transparent", "opaque", "auto"] = "auto"
    output_format: Literal["png", "webp", "jpeg"] = "png"
    output_compression: Annotated[int, Field(ge=0, le=100)] = 100
    moderation: Literal["low", "auto"] = "auto"


class VoiceId(Strict):
    id: str


class SpeechBody(Strict):
    model: str
    input: Annotated[str, Field(min_length=1, max_length=4096)]
    voice: str | VoiceId
    instructions: str | None = None
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: Annotated[float, Field(ge=0.25, le=4)] = 1.0


class Refused(Exception):
    """An error that is answered."""

    def __init__(
        self, status: int, message: str, *, code: str | None = None, param: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param


def parsed_request(model: type[M], body: bytes) -> M:
    try:
        return model.model_validate_json(body)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        name = ".".join(str(step) for step in first["loc"])
        match first["type"]:
            case "extra_forbidden":
                raise Refused(
                    400, f"Unknown parameter: '{name}'.", code="unknown_parameter", param=name
                ) from exc
            case "missing":
                raise Refused(
                    400,
                    f"Missing required parameter: '{name}'.",
                    code="missing_required_parameter",
                    param=name,
                ) from exc
            case "json_invalid":
                raise Refused(400, "We could not parse the JSON body of your request.") from exc
        raise Refused(
            400, f"Invalid type for '{name}': {first['msg']}.", code="invalid_type", param=name
        ) from exc


_KEYWORDS = frozenset(
    "type properties required additionalProperties items enum const anyOf $defs $ref title "
    "description pattern format minimum maximum minItems maxItems".split()
)


_LENGTHS = frozenset({"minLength", "maxLength"})


def check_schema(asked: JsonSchema, *, lengths: bool = False) -> None:
    """The rules of strict mode: all properties required, no others, few keywords; servers that
    make a grammar of a schema know `lengths` too.
    """
    if asked.strict:
        known = _KEYWORDS | _LENGTHS if lengths else _KEYWORDS
        if asked.schema_.get("type") != "object":
            raise _bad_schema(asked.name, "schema must be a JSON Schema of 'type: \"object\"'")
        _check_node(asked.name, asked.schema_, (), known)


def _check_node(
    name: str, node: dict[str, Any], path: Sequence[str], known: frozenset[str]
) -> None:
    if odd := set(node) - known:
        raise _bad_schema(name, f"In context={path}, '{min(odd)}' is not permitted.")
    if node.get("type") == "object":
        if node.get("additionalProperties") is not False:
            words = "'additionalProperties' is required to be supplied and to be false."
            raise _bad_schema(name, f"In context={path}, {words}")
        if set(node.get("required", ())) != set(node.get("properties", {})):
            words = "'required' is required to be an array including every key in properties."
            raise _bad_schema(name, f"In context={path}, {words}")
    for part in ("properties", "$defs"):
        for key, child in node.get(part, {}).items():
            _check_node(name, child, (*path, key), known)
    for child in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else [])):
        _check_node(name, child, path, known)


def _bad_schema(name: str, words: str) -> Refused:
    return Refused(
        400,
        f"Invalid schema for response_format '{name}': {words}",
        code="invalid_json_schema",
        param="response_format",
    )
