"""A model's answer as it is written: followed, limited between tokens, and cut where it runs on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from providers.errors import ContentRejected, ProviderUnavailable

# (letters so far, whether they are thoughts that are not part of the answer)
Tell = Callable[[int, bool], None]
# A thought of so many letters comes to no end.
MAX_THOUGHT_LETTERS = 60_000


class Silence(Exception):
    """Nothing was written for too long."""


@dataclass(frozen=True)
class Reply:
    """What a model wrote; `cut_off` where it ran out of tokens, `ran_on` where we stopped it."""

    text: str
    cut_off: bool = False
    ran_on: bool = False
    thought: bool = False
    units: Mapping[str, float] | None = None


class Stream(Protocol):
    """Chunks as OpenAI's SDK gives them."""

    def __aiter__(self) -> AsyncIterator[Any]: ...
    async def close(self) -> None: ...


class Written:
    """What was written so far, from pieces of it or from the whole."""

    def __init__(self, name: str, *, at_most: int) -> None:
        self._name = name
        self._at_most = at_most
        self._parts: list[str] = []
        self._refusal: list[str] = []
        self._reason: str | None = None
        self._units: dict[str, float] | None = None
        self.letters = self.thoughts = 0

    @property
    def said(self) -> int:
        """Letters of any kind."""
        return self.letters + self.thoughts

    @property
    def runs_on(self) -> bool:
        return self.letters > self._at_most or self.thoughts > MAX_THOUGHT_LETTERS

    def take(self, body: Mapping[str, Any]) -> None:
        """A chunk, or a whole completion, as JSON. Raises `ProviderUnavailable` for neither."""
        if isinstance(usage := body.get("usage"), dict):
            self._units = _units(usage) or self._units
        try:
            for choice in body["choices"][:1]:
                said = choice.get("delta") or choice.get("message") or {}
                self._reason = choice.get("finish_reason") or self._reason
                self._add(said)
        except (KeyError, TypeError, AttributeError) as exc:
            raise ProviderUnavailable(
                f"{self._name} answered something that is no chat completion",
                may_have_charged=True,
            ) from exc

    def reply(self, *, ran_on: bool = False) -> Reply:
        """Raises `ContentRejected`, and `ProviderUnavailable` where its end is missing."""
        if self._refusal:
            words = " ".join("".join(self._refusal).split())
            raise ContentRejected(f"the model refuses: {words[:300]}")
        if self._reason == "content_filter":
            raise ContentRejected("the model's answer was stopped by the content filter")
        if self._reason is None and not ran_on:
            raise ProviderUnavailable(
                f"{self._name} broke off its answer after {self.letters} letters",
                may_have_charged=True,
            )
        return Reply(
            "".join(self._parts),
            cut_off=ran_on or self._reason == "length",
            ran_on=ran_on,
            thought=self.thoughts > 0,
            units=self._units,
        )

    def _add(self, said: Mapping[str, Any]) -> None:
        # llama.cpp and DeepSeek call them the one, Ollama and OpenRouter the other.
        thought = said.get("reasoning_content") or said.get("reasoning")
        self.thoughts += len(thought) if isinstance(thought, str) else 0
        for part, kept in (
            (said.get("content"), self._parts),
            (said.get("refusal"), self._refusal),
        ):
            if isinstance(part, str) and part:
                kept.append(part)
        self.letters += len(said.get("content") or "")


async def followed(stream: Stream, name: str, *, at_most: int, seconds: float, tell: Tell) -> Reply:
    """The answer once it has ended, or was ended by us after `at_most` letters.

    Raises `Silence` after `seconds` without a word, `ContentRejected`, `ProviderUnavailable`, and
    whatever the stream raises.
    """
    written = Written(name, at_most=at_most)
    try:
        async with asyncio.timeout(seconds) as silence:
            async for chunk in stream:
                said_before = written.said
                written.take(chunk.model_dump())
                if written.said > said_before:
                    silence.reschedule(asyncio.get_running_loop().time() + seconds)
                    tell(written.letters or written.thoughts, not written.letters)
                if written.runs_on:
                    return written.reply(ran_on=True)
    except TimeoutError as exc:
        raise Silence from exc
    finally:
        await stream.close()
    return written.reply()


def _units(usage: Mapping[str, Any]) -> dict[str, float]:
    used = {
        "input_tokens": usage.get("prompt_tokens"),
        "output_tokens": usage.get("completion_tokens"),
    }
    return {name: float(count) for name, count in used.items() if isinstance(count, int)}
