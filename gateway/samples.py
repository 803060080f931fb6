"""How voices sound: each sentence spoken once by a process of its own, and kept."""

from __future__ import annotations

import asyncio
import os
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from gateway.problems import Problem
from storage.errors import explained

# One is made at a time, so whoever comes after these would wait for too long.
MOST_WAITING = 8
RETRY_SECONDS = 10


class SampleFailed(Exception):
    """The voice could not be spoken, in words."""


class Sampler(Protocol):
    """Speaks a voice's sample into a WAV file. Raises `SampleFailed`."""

    async def __call__(self, voice_id: str, language: str, out: Path) -> None: ...


class Samples:
    """The samples of a gateway, in files of its data folder."""

    def __init__(self, data_dir: Path, sampler: Sampler | None) -> None:
        self._folder = data_dir / "cache" / "voices" / version("autoshorts")
        self._sampler = sampler
        self._turn = asyncio.Semaphore(1)
        self._under_way: dict[Path, asyncio.Task[None]] = {}

    async def path(self, voice_id: str, language: str) -> Path:
        """The file, made where there is none yet; who asks meanwhile waits for the same.

        Raises `Problem`.
        """
        path = self._folder / f"{voice_id}.{language}.wav"
        if await asyncio.to_thread(path.is_file):
            return path
        task = self._under_way.get(path)
        if task is None:
            if len(self._under_way) >= MOST_WAITING:
                raise Problem(
                    429,
                    "too many samples",
                    "other voices are being spoken: try again in a few seconds",
                    headers={"Retry-After": str(RETRY_SECONDS)},
                )
            task = asyncio.create_task(self._make(voice_id, language, path))
            self._under_way[path] = task
            task.add_done_callback(lambda _: self._under_way.pop(path, None))
        try:
            # Whoever leaves leaves the others theirs.
            await asyncio.shield(task)
        except SampleFailed as exc:
            said = f"{voice_id} could not be spoken: {exc}"
            retry = {"Retry-After": str(RETRY_SECONDS)}
            raise Problem(503, "no sample", said, headers=retry) from exc
        return path

    async def aclose(self) -> None:
        """Nobody waits any more."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _make(self, voice_id: str, language: str, path: Path) -> None:
        if self._sampler is None:
            raise SampleFailed("this gateway was started without voices")
        async with self._turn:
            part = path.with_suffix(".part")
            with explained("write to", self._folder):
                await asyncio.to_thread(lambda: self._folder.mkdir(parents=True, exist_ok=True))
                await self._sampler(voice_id, language, part)
                await asyncio.to_thread(os.replace, part, path)
