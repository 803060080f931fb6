"""One question to a chat model through OpenAI's SDK, in the manner its server understands.

Servers differ in what they take: a JSON schema, JSON mode or neither; which field limits the
answer; whether a reasoning effort may be named. What a server refuses with a 400 is asked again
without it, and remembered for as long as the process lives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import httpx
import httpx2
import openai
from pydantic import BaseModel

from providers import http
from providers.base import Call
from providers.errors import (
    ContentRejected,
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
)
from providers.http import json_of
from providers.llm.prompts import schema_in_words
from providers.llm.sdk_client import SdkClient
from providers.openai_api import error_in, explain

Form = Literal["json_schema", "json_object", "text"]

FORMS: tuple[Form, ...] = ("json_schema", "json_object", "text")
TOKENS_FIELDS = ("max_completion_tokens", "max_tokens")
MAX_TOKENS, MIN_TOKENS = 16_000, 1_000
MAX_REFUSALS = 6
# Nothing is streamed, so the first byte comes when the whole answer is written.
PATIENCE = 2.0


@dataclass(frozen=True)
class Manner:
    """How a server wants to be asked."""

    form: Form = "json_schema"
    tokens_field: str = "max_completion_tokens"
    tokens: int = MAX_TOKENS
    effort: str | None = None


@dataclass(frozen=True)
class Reply:
    """What a model wrote; `cut_off` where it ran out of tokens."""

    text: str
    cut_off: bool = False


class Chat:
    """A chat model behind a base URL."""

    def __init__(self, url: str, key: str, *, model: str, manner: Manner) -> None:
        self._model = model
        self._manner = manner
        limits = openai.Timeout(http.READ_SECONDS * PATIENCE, connect=http.CONNECT_SECONDS)
        self._client = openai.AsyncOpenAI(
            api_key=key,
            base_url=url,
            max_retries=0,
            timeout=limits,
            http_client=SdkClient("openai", url, limits),
        )

    async def ask(
        self, messages: Sequence[Mapping[str, str]], answer: type[BaseModel], *, call: Call
    ) -> Reply:
        """Raises from `providers.errors`."""
        for _ in range(MAX_REFUSALS):
            manner = self._manner
            await call.sending()
            try:
                body = await self._body(_request(self._model, messages, answer, manner))
            except InvalidProviderRequest as exc:
                self._manner = without_what_was_refused(manner, str(exc), exc)
                await call.refused(str(exc))
                continue
            reply, units = _reply_in(body), _units(body)
            await call.charged(units)
            return reply
        raise InvalidProviderRequest(
            f"openai: {self._model} refuses every manner of asking; the last was {self._manner}"
        )

    async def aclose(self) -> None:
        await self._client.close()

    async def _body(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer as it came; errors inside a good answer are raised like others."""
        completions = self._client.chat.completions.with_raw_response
        try:
            async with asyncio.timeout(http.MAX_SECONDS):
                raw = await completions.create(**request)
        except openai.APIStatusError as exc:
            raise _status_error(_as_httpx(exc.response)) from exc
        except openai.APITimeoutError as exc:
            connecting = isinstance(exc.__cause__, httpx2.ConnectTimeout)
            raise ProviderTimeout(
                "openai did not answer in time", may_have_charged=not connecting
            ) from exc
        except TimeoutError as exc:
            raise ProviderTimeout(
                f"openai's answer did not end in {http.MAX_SECONDS:g} s", may_have_charged=True
            ) from exc
        except openai.APIConnectionError as exc:
            raise self._broken(exc) from exc
        response = _as_httpx(cast(httpx2.Response, raw.http_response))
        body = json_of("openai", response, paid=True)
        if error_in(response) is not None:
            raise explain(response) or ProviderUnavailable("openai answered with an error")
        return body

    def _broken(self, error: openai.APIConnectionError) -> ProviderError:
        cause, where = error.__cause__, self._client.base_url
        if isinstance(cause, httpx2.UnsupportedProtocol):
            return InvalidProviderRequest(
                f"openai: {str(where)!r} is no address: it must begin with http:// or https://"
            )
        if isinstance(cause, httpx2.ConnectError):
            return ProviderUnavailable(f"openai cannot be reached at {where.host}:{where.port}")
        return ProviderUnavailable(
            f"openai broke off its answer ({type(cause).__name__})", may_have_charged=True
        )


def without_what_was_refused(manner: Manner, words: str, error: ProviderError) -> Manner:
    """The next manner to try after a 400. Raises `error` where it is about something else."""
    said = words.lower()
    if manner.effort is not None and "reasoning" in said:
        return replace(manner, effort=None)
    if "token" in said and any(word in said for word in ("too large", "exceed", "maximum")):
        if manner.tokens > MIN_TOKENS:
            return replace(manner, tokens=max(manner.tokens // 2, MIN_TOKENS))
        raise error
    if manner.tokens_field in said:
        other = next(name for name in TOKENS_FIELDS if name != manner.tokens_field)
        return replace(manner, tokens_field=other)
    about_form = any(word in said for word in ("response_format", "json", "schema", "structured"))
    if about_form and manner.form != "text":
        return replace(manner, form=FORMS[FORMS.index(manner.form) + 1])
    raise error


def _request(
    model: str,
    messages: Sequence[Mapping[str, str]],
    answer: type[BaseModel],
    manner: Manner,
) -> dict[str, Any]:
    request: dict[str, Any] = {"model": model, manner.tokens_field: manner.tokens}
    if manner.effort is not None:
        request["reasoning_effort"] = manner.effort
    if manner.form == "json_schema":
        schema = {"name": answer.__name__, "strict": True, "schema": answer.model_json_schema()}
        request["response_format"] = {"type": "json_schema", "json_schema": schema}
        return {**request, "messages": list(messages)}
    if manner.form == "json_object":
        request["response_format"] = {"type": "json_object"}
    first, *others = messages
    told = {**first, "content": f"{first['content']}\n\n{schema_in_words(answer)}"}
    return {**request, "messages": [told, *others]}


def _reply_in(body: Mapping[str, Any]) -> Reply:
    """Raises `ContentRejected`, and `ProviderUnavailable` for what is no chat completion."""
    try:
        choice = body["choices"][0]
        message, reason = choice["message"], choice.get("finish_reason")
        text, refusal = message.get("content"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError) as exc:
        raise ProviderUnavailable(
            "openai answered something that is no chat completion", may_have_charged=True
        ) from exc
    if refusal:
        raise ContentRejected(f"the model refuses: {' '.join(str(refusal).split())[:300]}")
    if reason == "content_filter":
        raise ContentRejected("the model's answer was stopped by the content filter")
    return Reply(str(text or ""), cut_off=reason == "length")


def _units(body: Mapping[str, Any]) -> dict[str, float] | None:
    usage = body.get("usage")
    if not isinstance(usage, dict):
        return None
    used = {
        "input_tokens": usage.get("prompt_tokens"),
        "output_tokens": usage.get("completion_tokens"),
    }
    units = {name: float(count) for name, count in used.items() if isinstance(count, int)}
    return units or None


def _status_error(response: httpx.Response) -> ProviderError:
    return explain(response) or http.by_status("openai", response)


def _as_httpx(response: httpx2.Response) -> httpx.Response:
    """The SDK's response as our own mapping of errors takes it."""
    sent = response.request
    headers = {
        name: value
        for name, value in response.headers.items()
        if name.lower() not in ("content-encoding", "content-length", "transfer-encoding")
    }
    return httpx.Response(
        response.status_code,
        headers=headers,
        content=response.content,
        request=httpx.Request(sent.method, str(sent.url), headers=dict(sent.headers)),
    )
