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
from providers.errors import InvalidProviderRequest, ProviderUnavailable
from providers.http import json_of
from providers.llm.manner import Manner, after
from providers.llm.prompts import schema_in_words
from providers.llm.schemas import LENGTHS, LISTS, Schema, longest, without
from providers.llm.sdk_client import SdkClient, as_httpx
from providers.llm.sdk_errors import Refused, sdk_failures
from providers.llm.stream import Reply, Tell, Written, followed
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
            except Refused as exc:
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
        """Raises `Refused`, and from `providers.errors`."""
        completions = self._client.chat.completions.with_raw_response
        with sdk_failures(self._name, self._client.base_url, seconds=self._seconds):
            async with asyncio.timeout(self._seconds):
                raw = await completions.create(**_request(self._model, question, manner))
            response = cast(httpx2.Response, raw.http_response)
            try:
                if _is_streamed(response):
                    most = round(question.at_most * RUNAWAY)
                    return await followed(
                        raw.parse(), self._name, at_most=most, seconds=self._seconds, tell=tell
                    )
                async with asyncio.timeout(self._seconds):
                    await response.aread()
            finally:
                await response.aclose()
            return self._whole(as_httpx(response), question)

    def _whole(self, response: httpx.Response, question: Question) -> Reply:
        """Of a server that streams nothing, whatever it is asked."""
        body = json_of(self._name, response, paid=True)
        if error_in(response) is not None:
            raise explain(response, self._name) or ProviderUnavailable(
                f"{self._name} answered with an error"
            )
        written = Written(self._name, at_most=question.at_most)
        written.take(body)
        return written.reply()


def _is_streamed(response: httpx2.Response) -> bool:
    return response.headers.get("content-type", "").startswith("text/event-stream")


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
