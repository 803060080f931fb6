"""The sample of a voice: made once, by one at a time, kept, and bounded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from gateway.problems import Problem
from gateway.samples import MOST_WAITING, SampleFailed, Samples
from tests.gateway.stage import Stage

WAV = b"RIFF....WAVE"


class Speaking:
    """A sampler that speaks when it is let."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.at_once = self.most_at_once = 0
        self.go = asyncio.Event()
        self.fails = False

    async def __call__(self, voice_id: str, language: str, out: Path) -> None:
        self.asked.append((voice_id, language))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.go.wait()
        self.at_once -= 1
        if self.fails:
            raise SampleFailed("its weights are gone")
        await asyncio.to_thread(out.write_bytes, WAV)


@pytest.fixture
def sampler() -> Speaking:
    return Speaking()


@pytest.fixture
async def api(stage: Stage, sampler: Speaking, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The staged gateway, whose voices are spoken by `sampler`."""
    gateway = stage._app.state.gateway
    samples = Samples(tmp_path, sampler)
    stage._app.state.gateway = replace(gateway, samples=samples)
    async with httpx.AsyncClient(base_url=stage.url) as client:
        yield client
    stage._app.state.gateway = gateway
    await samples.aclose()


async def test_a_sample_is_made_once_and_kept(api: httpx.AsyncClient, sampler: Speaking) -> None:
    sampler.go.set()
    first = await api.get("/api/voices/kokoro-jf_alpha/sample")
    assert (first.status_code, first.headers["content-type"]) == (200, "audio/wav")
    assert first.content == WAV
    again = await api.get("/api/voices/kokoro-jf_alpha/sample", headers={"Range": "bytes=0-3"})
    assert (again.status_code, again.content) == (206, b"RIFF")
    assert sampler.asked == [("kokoro-jf_alpha", "ja")]
    await api.get("/api/voices/espeak-f2/sample?language=ko")
    assert sampler.asked[1:] == [("espeak-f2", "ko")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nobody/sample", "no worker offers a voice 'nobody'"),
        ("kokoro-jf_alpha/sample?language=ko", "no sample in 'ko'"),
        ("espeak-f2/sample?language=../../etc", "no sample in"),
        ("espeak-f2/sample?language=xx", "no sample in 'xx'"),
    ],
)
async def test_what_there_is_not_is_said(
    api: httpx.AsyncClient, sampler: Speaking, path: str, said: str
) -> None:
    answer = await api.get(f"/api/voices/{path}")
    assert answer.status_code == 404
    assert said in answer.json()["detail"]
    assert not sampler.asked


async def test_a_voice_that_fails_says_why_and_may_be_asked_again(
    api: httpx.AsyncClient, sampler: Speaking
) -> None:
    sampler.go.set()
    sampler.fails = True
    failed = await api.get("/api/voices/espeak-f2/sample")
    assert failed.status_code == 503
    assert "its weights are gone" in failed.json()["detail"]
    assert failed.headers["retry-after"]
    sampler.fails = False
    assert (await api.get("/api/voices/espeak-f2/sample")).content == WAV


async def test_who_asks_for_the_same_waits_for_it_and_others_are_spoken_in_turn(
    tmp_path: Path, sampler: Speaking
) -> None:
    samples = Samples(tmp_path, sampler)
    asking = [asyncio.create_task(samples.path("espeak-f2", "ko")) for _ in range(5)]
    asking += [asyncio.create_task(samples.path("espeak-m1", "en"))]
    asking[0].cancel()
    sampler.go.set()
    paths = await asyncio.gather(*asking[1:])
    assert len(set(paths)) == 2
    assert sorted(sampler.asked) == [("espeak-f2", "ko"), ("espeak-m1", "en")]
    assert sampler.most_at_once == 1


async def test_no_more_wait_than_can_be_served(tmp_path: Path, sampler: Speaking) -> None:
    samples = Samples(tmp_path, sampler)
    waiting = [
        asyncio.create_task(samples.path(f"espeak-m{number}", "en"))
        for number in range(MOST_WAITING)
    ]
    while len(samples._under_way) < MOST_WAITING:  # noqa: ASYNC110 (nothing tells)
        await asyncio.sleep(0)
    with pytest.raises(Problem) as refused:
        await samples.path("one-more", "en")
    assert refused.value.status == 429
    await samples.aclose()
    left = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(each) for each in left} == {asyncio.CancelledError}
