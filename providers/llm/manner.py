"""How a server wants to be asked, and what its refusals say of that.

Servers differ in what they take: which keywords of a JSON schema, a schema at all, JSON mode or
neither; which field limits the answer; whether usage and a reasoning effort may be named. A
refusal is read by the fields and codes that it names; words come last, and only sentences that
some server is known to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx

from providers.errors import InvalidProviderRequest
from providers.openai_api import error_in

Form = Literal["bounded", "lists", "json_schema", "json_object", "text"]

# From the narrowest: every bound, those that OpenAI's strict mode takes, none, no schema, no form.
FORMS: tuple[Form, ...] = ("bounded", "lists", "json_schema", "json_object", "text")
TOKENS_FIELDS = ("max_completion_tokens", "max_tokens")
# A model that reasons spends most of them on that.
MAX_TOKENS, MIN_TOKENS = 16_000, 1_000
# What a plot may take is less.
PLAIN_TOKENS = 4_000
GOOD_CONTEXT = 8192

_FIELDS = ("reasoning_effort", *TOKENS_FIELDS, "stream_options", "response_format")
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(_FIELDS)})(?!\w)")
_TOO_LONG = frozenset({"exceed_context_size_error", "context_length_exceeded"})
_UNKNOWN_FIELD = frozenset({"unsupported_parameter", "unknown_parameter", "extra_forbidden"})
_SCHEMA_CODES = frozenset({"invalid_json_schema", "invalid_schema"})
# Of vLLM, LM Studio, and llama.cpp before its error had a type.
_TOO_LONG_SAID = re.compile(
    r"maximum context length is \d+|exceeds? the available context size"
    r"|greater than the context length|context (?:the )?overflows",
    re.IGNORECASE,
)
_CONTEXT = re.compile(r"context (?:length|size)(?: is| of(?: only)?)?\s*\(?(\d+)", re.IGNORECASE)
_ASKED = re.compile(r"(\d+) (?:in the messages|input tokens)", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:at most|maximum of|up to|<=) (\d+)", re.IGNORECASE)
_UNKNOWN_SAID = re.compile(
    r"unsupported|not supported|unrecogni[sz]ed|unknown|not permitted|unexpected", re.IGNORECASE
)
# llama.cpp turns schemas into grammars, vLLM into guides.
_FORM_SAID = re.compile(
    r"json_schema|json_object|json schema|grammar|guided|structured output", re.IGNORECASE
)


class ContextTooSmall(InvalidProviderRequest):
    """What was asked is longer than the server's context."""

    def __init__(self, name: str, refusal: Refusal) -> None:
        size = f" of {refusal.context} tokens" if refusal.context else ""
        super().__init__(
            f"{name}: its context{size} is too small for a plan: start it with {GOOD_CONTEXT} "
            "(llama.cpp: -c, Ollama: OLLAMA_CONTEXT_LENGTH or num_ctx, LM Studio: the model's "
            f"context length); it said: {refusal.message}"
        )


@dataclass(frozen=True)
class Manner:
    """How a server is asked; `tokens` is the most that an answer may take."""

    form: Form = "bounded"
    tokens_field: str = "max_completion_tokens"
    tokens: int = MAX_TOKENS
    effort: str | None = None
    says_usage: bool = True
    # Whether it may take all of them, for thoughts that nobody can foresee.
    thinks: bool = True

    def tokens_for(self, letters: int) -> int:
        """How many to allow for an answer of at most so many letters."""
        return self.tokens if self.thinks else min(self.tokens, max(PLAIN_TOKENS, letters // 2))


@dataclass(frozen=True)
class Refusal:
    """What a server says of a request that it will not take."""

    message: str
    codes: frozenset[str] = frozenset()
    param: str = ""

    @classmethod
    def of(cls, response: httpx.Response, message: str) -> Refusal:
        error: Mapping[str, Any] = error_in(response) or {}
        codes = (str(error[name]) for name in ("code", "type") if error.get(name))
        said = " ".join(str(error.get("message") or message).split())
        return cls(said[:300], frozenset(codes), str(error.get("param") or ""))

    @property
    def context(self) -> int | None:
        """The server's context in tokens, where it says so."""
        return _number(_CONTEXT, self.message)

    @property
    def field(self) -> str | None:
        """The field of the request that it is about: as named, else the first in its words."""
        named = _NAMED.search(self.param) or _NAMED.search(self.message)
        if named:
            return named[0]
        about_form = self.codes & _SCHEMA_CODES or _FORM_SAID.search(self.message)
        return "response_format" if about_form else None

    @property
    def is_too_long(self) -> bool:
        return bool(self.codes & _TOO_LONG or _TOO_LONG_SAID.search(self.message))

    @property
    def is_unknown_field(self) -> bool:
        return bool(self.codes & _UNKNOWN_FIELD or _UNKNOWN_SAID.search(self.message))

    @property
    def left_for_the_answer(self) -> int | None:
        """Of the context, where the server says both how large it is and what was asked."""
        asked, context = _number(_ASKED, self.message), self.context
        return context - asked if asked and context else None


def after(refusal: Refusal, manner: Manner, *, asked: int, name: str) -> Manner | None:
    """The next manner to try, of a request for `asked` tokens; None where the refusal is about
    something else.

    Raises `ContextTooSmall`.
    """
    if refusal.is_too_long:
        left = refusal.left_for_the_answer
        if left is None or not MIN_TOKENS <= left < asked:
            raise ContextTooSmall(name, refusal)
        return replace(manner, tokens=left)
    match refusal.field:
        case "reasoning_effort" if manner.effort is not None:
            return replace(manner, effort=None)
        case "stream_options" if manner.says_usage:
            return replace(manner, says_usage=False)
        case "max_tokens" | "max_completion_tokens":
            return _with_other_tokens(refusal, manner, asked)
        case "response_format" if manner.form != "text":
            return replace(manner, form=FORMS[FORMS.index(manner.form) + 1])
    return None


def _with_other_tokens(refusal: Refusal, manner: Manner, asked: int) -> Manner | None:
    if refusal.is_unknown_field:
        other = next(field for field in TOKENS_FIELDS if field != manner.tokens_field)
        return replace(manner, tokens_field=other)
    fewer = min(_number(_AT_MOST, refusal.message) or asked // 2, asked - 1)
    return replace(manner, tokens=fewer) if fewer >= MIN_TOKENS else None


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(found[1]) if found else None
