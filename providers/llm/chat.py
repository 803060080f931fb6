"""One question to a chat model through OpenAI's SDK, in the manner its server understands.

The answer is streamed: what limits it is the time between two tokens, not the time of the whole,
for a model on one's own machine may write for minutes. What a server refuses is asked again
without it; that is remembered for as long as the process lives, once it has worked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import httpx
import httpx2
import openai

from providers import http
from providers.base import Call
from providers.errors import (
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
)
from providers.http import json_of
from providers.llm.manner import Manner, Refusal, after
from providers.llm.prompts import schema_in_words
from providers.llm.schemas import LENGTHS, LISTS, Schema, longest, without
from providers.llm.sdk_client import SdkClient, as_httpx, as_request
from providers.llm.stream import Reply, Silence, Tell, Written, followed
from providers.openai_api import error_in, explain

MAX_REFUSALS = 8
# An answer so much longer than its schema allows has run on; indents and spaces take their part.
RUNAWAY = 1.5
# So long may it stay silent, times what others may: prompts are read, models loaded and waited
# for before the first token.
PATIENCE = 2.5


@dataclass(frozen=True)
class Question:
    """What is asked: the messages, the answer's name and its schema with all bounds."""

    messages: Sequence[Mapping[str, str]]
    name: str
    schema: Schema

    @property
    def at_most(self) -> int:
        """Letters within the bounds."""
        return longest(self.schema)


class Chat:
    """A chat model behind a base URL; `name` is what the server is called in messages."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        model: str,
        name: str,
        manner: Manner,
        seconds: float | None = None,
    ) -> None:
        self._model = model
        self._name = name
        self._manner = manner
        self._seconds = seconds or http.READ_SECONDS * PATIENCE
        limits = openai.Timeout(self._seconds, connect=http.CONNECT_SECONDS)
        self._client = openai.AsyncOpenAI(
            api_key=key,
            base_url=url,
            max_retries=0,
            timeout=limits,
            http_client=SdkClient(name, url, limits),
        )

    async def ask(self, question: Question, *, call: Call, tell: Tell) -> Reply:
        """Raises from `providers.errors`, and `ContextTooSmall` of them."""
        manner = self._manner
        for _ in range(MAX_REFUSALS):
            await call.sending()
            try:
                reply = await self._answered(question, manner, tell)
            except _Refused as exc:
                await call.refused(str(exc))
                asked = manner.tokens_for(question.at_most)
                tried = after(exc.refusal, manner, asked=asked, name=self._name)
                if tried is None:
                    raise exc.error from exc
                manner = tried
                continue
            await call.charged(reply.units)
            self._manner = _with_room_to_think(manner, reply)
            return reply
        raise InvalidProviderRequest(
            f"{self._name}: {self._model} refuses every manner of asking; the last was {manner}"
        )

    async def aclose(self) -> None:
        await self._client.close()

    async def _answered(self, question: Question, manner: Manner, tell: Tell) -> Reply:
        """Raises `_Refused`, and from `providers.errors` whatever the SDK says."""
        completions = self._client.chat.completions.with_raw_response
        try:
            async with asyncio.timeout(self._seconds):
                raw = await completions.create(**_request(self._model, question, manner))
            response = cast(httpx2.Response, raw.http_response)
            if response.headers.get("content-type", "").startswith("text/event-stream"):
                return await followed(
                    raw.parse(),
                    self._name,
                    at_most=round(question.at_most * RUNAWAY),
                    seconds=self._seconds,
                    tell=tell,
                )
            # Some servers answer whole whatever they are asked.
            async with asyncio.timeout(self._seconds):
                await response.aread()
            return self._whole(as_httpx(response), question)
        except openai.APIStatusError as exc:
            raise self._status_error(as_httpx(exc.response)) from exc
        except (openai.APITimeoutError, TimeoutError, Silence) as exc:
            raise self._silent(exc) from exc
        except openai.APIConnectionError as exc:
            raise self._broken(exc.__cause__) from exc
        except (httpx2.TransportError, ValueError) as exc:
            raise self._broken(exc) from exc
        except openai.APIError as exc:
            raise self._error_inside(exc) from exc

    def _whole(self, response: httpx.Response, question: Question) -> Reply:
        body = json_of(self._name, response, paid=True)
        if error_in(response) is not None:
            raise explain(response, self._name) or ProviderUnavailable(
                f"{self._name} answered with an error"
            )
        written = Written(self._name, at_most=question.at_most)
        written.take(body)
        return written.reply()

    def _status_error(self, response: httpx.Response) -> Exception:
        error = explain(response, self._name) or http.by_status(self._name, response)
        if isinstance(error, InvalidProviderRequest):
            return _Refused(Refusal.of(response, http.said(response)), error)
        return error

    def _error_inside(self, error: openai.APIError) -> ProviderError:
        """What a server says in the middle of its answer, or instead of one."""
        body = error.body if isinstance(error.body, dict) else {"message": str(error)}
        answer = httpx.Response(200, json={"error": body}, request=as_request(error.request))
        return explain(answer, self._name) or ProviderUnavailable(f"{self._name}: {error}")

    def _silent(self, error: Exception) -> ProviderError:
        connecting = isinstance(error.__cause__, httpx2.ConnectTimeout)
        if connecting:
            return ProviderTimeout(f"{self._name} cannot be reached in time")
        return ProviderTimeout(
            f"{self._name} wrote nothing for {self._seconds:g} s (AUTOSHORTS_OPENAI_SECONDS)",
            may_have_charged=True,
        )

    def _broken(self, cause: BaseException | None) -> ProviderError:
        where = self._client.base_url
        if isinstance(cause, ProviderError):
            return cause
        if isinstance(cause, httpx2.TimeoutException):
            return self._silent(Silence())
        if isinstance(cause, httpx2.UnsupportedProtocol):
            return InvalidProviderRequest(
                f"{self._name}: {str(where)!r} is no address: "
                "it must begin with http:// or https://"
            )
        if isinstance(cause, httpx2.ConnectError):
            place = f"{where.host}:{where.port or where.scheme}"
            return ProviderUnavailable(f"{self._name} cannot be reached at {place}")
        return ProviderUnavailable(
            f"{self._name} broke off its answer ({type(cause).__name__})", may_have_charged=True
        )


class _Refused(Exception):
    """A request that the server will not take, and the error where nothing else can be tried."""

    def __init__(self, refusal: Refusal, error: InvalidProviderRequest) -> None:
        super().__init__(str(error))
        self.refusal = refusal
        self.error = error


def _with_room_to_think(manner: Manner, reply: Reply) -> Manner:
    """Who thinks before it answers has its tokens used up by that."""
    used_up = reply.thought and reply.cut_off and not reply.ran_on
    return replace(manner, thinks=True) if used_up else manner


def _request(model: str, question: Question, manner: Manner) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": model,
        manner.tokens_field: manner.tokens_for(question.at_most),
        "stream": True,
    }
    if manner.says_usage:
        request["stream_options"] = {"include_usage": True}
    if manner.effort is not None:
        request["reasoning_effort"] = manner.effort
    match manner.form:
        case "json_object":
            request["response_format"] = {"type": "json_object"}
        case "bounded" | "lists" | "json_schema":
            schema = {"name": question.name, "strict": True, "schema": _schema(question, manner)}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
            return {**request, "messages": list(question.messages)}
    first, *others = question.messages
    told = {**first, "content": f"{first['content']}\n\n{schema_in_words(question.schema)}"}
    return {**request, "messages": [told, *others]}


def _schema(question: Question, manner: Manner) -> Schema:
    dropped = {"bounded": frozenset[str](), "lists": LENGTHS, "json_schema": LENGTHS | LISTS}
    return without(question.schema, dropped[manner.form])
