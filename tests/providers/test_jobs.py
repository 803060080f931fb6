"""A job that a service has begun stays open until somebody knows what became of it."""

from __future__ import annotations

import asyncio
import inspect
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from domain.assets import ImageRequest, MusicRequest
from providers.base import Media, Uncounted
from providers.errors import AnswerRefused, InvalidProviderRequest, ProviderError
from providers.music import mubert
from providers.registry import IMAGES, MUSIC, PLANNERS, VOICES, ProviderRegistry
from storage.storage import Storage
from tests.providers.services import BY_ID, configured
from tests.simulators.comfyui import ComfyUISimulator
from tests.simulators.mubert import MubertSimulator
from tests.simulators.server import Fault, Simulator

REQUESTS = {
    "images/comfyui": ImageRequest(
        prompt="sea", style="ink", width=144, height=256, seed=7, look=1, sequence=1
    ),
    "music/mubert": MusicRequest(genre="ambient", mood="calm", duration_ms=8000, seed=1),
}
POLLS = {"images/comfyui": "^GET /queue", "music/mubert": "^GET /api/v3/public/tracks/"}
WITH_JOBS = list(REQUESTS)


def test_every_provider_with_jobs_is_held_to_this() -> None:
    tables = {"planner": PLANNERS, "images": IMAGES, "music": MUSIC, "voice": VOICES}
    keeping = {
        f"{role}/{name}"
        for role, table in tables.items()
        for name, where in table.items()
        if "keep_job(" in inspect.getsource(import_module(where.partition(":")[0]))
    }
    assert keeping == set(WITH_JOBS)


class Booked(Uncounted):
    """Keeps an account as the contract of `Call` says: only what is said settles a call."""

    def __init__(self) -> None:
        self.outcomes: list[str] = []
        self.number = 0

    async def sending(self) -> None:
        self.outcomes.append("sent")
        self.number += 1

    async def charged(self, units: Mapping[str, float] | None = None) -> None:
        self._settle("paid")

    async def refused(self, message: str) -> None:
        self._settle("refused")

    async def taken_back(self, message: str) -> None:
        self._settle("taken back")
        self.job = None

    async def keep_job(self, job: str | None) -> None:
        if job is None:
            self._settle("lost")
        self.job = job

    def _settle(self, outcome: str) -> None:
        if self.outcomes and self.outcomes[-1] == "sent":
            self.outcomes[-1] = outcome


@pytest.fixture(params=WITH_JOBS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(name: str) -> Iterator[Simulator]:
    with BY_ID[name].simulator() as running:
        yield running


@pytest.fixture
async def registry(
    name: str, service: Simulator, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ProviderRegistry]:
    monkeypatch.setattr(mubert, "POLL_SECONDS", 0.05)
    with configured(BY_ID[name], service.url, storage) as made:
        yield made
        await made.aclose()


@pytest.fixture
def make(name: str, registry: ProviderRegistry) -> Callable[[Booked], Any]:
    """Makes the asset once."""
    role, _, provider = name.partition("/")

    def made(call: Booked) -> Any:
        return registry.roles[role].get(provider).generate(REQUESTS[name], call=call)

    return made


def once_begun(
    service: Simulator, monkeypatch: pytest.MonkeyPatch, then: Callable[[], None]
) -> None:
    """Something happens as soon as the service has taken a job on."""
    charge = service.charge

    def charged(*args: Any) -> None:
        charge(*args)
        then()

    monkeypatch.setattr(service, "charge", charged)


@pytest.mark.parametrize(
    "fault", [Fault.RESET, Fault.OVERLOADED, Fault.HTML, Fault.UNAUTHORIZED, Fault.HALF_BODY]
)
async def test_polls_that_fail_leave_the_call_open(
    name: str,
    service: Simulator,
    make: Callable[[Booked], Any],
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
) -> None:
    once_begun(service, monkeypatch, lambda: service.fail(fault, on=POLLS[name], times=3))
    call = Booked()
    for _ in range(3):
        with pytest.raises(ProviderError):
            await make(call)
        assert call.job
        assert call.outcomes == ["sent"]
    media: Media = await make(call)
    assert media.data
    assert call.outcomes == ["paid"]
    assert len(service.charges) == 1


@pytest.mark.parametrize("name", ["images/comfyui"], indirect=True)
async def test_a_job_whose_answer_and_whose_server_are_gone_stays_open(
    service: Simulator, make: Callable[[Booked], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    service.fail(Fault.RESET)
    once_begun(service, monkeypatch, lambda: service.fail(Fault.OVERLOADED, on="^GET /queue"))
    call = Booked()
    with pytest.raises(ProviderError):
        await make(call)
    assert (call.outcomes, bool(call.job)) == (["sent"], True)
    await make(call)
    assert call.outcomes == ["paid"]
    assert len(service.charges) == 1


@pytest.mark.parametrize("fault", [Fault.OVERLOADED, Fault.UNAUTHORIZED])
async def test_a_request_that_was_refused_leaves_no_job(
    service: Simulator, make: Callable[[Booked], Any], fault: Fault
) -> None:
    service.fail(fault)
    call = Booked()
    with pytest.raises(ProviderError) as caught:
        await make(call)
    assert call.job is None
    assert not caught.value.may_have_charged
    await make(call)
    assert call.outcomes[-1] == "paid"


@pytest.mark.parametrize("name", ["images/comfyui"], indirect=True)
async def test_a_job_that_is_cancelled_is_taken_back(
    service: ComfyUISimulator, make: Callable[[Booked], Any]
) -> None:
    service.step_seconds = 5
    call = Booked()
    making = asyncio.create_task(make(call))
    async with asyncio.timeout(20):
        while not service.charges:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    call.is_abandoned = True
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)
    assert making.cancelled()
    assert (call.outcomes, call.job) == (["taken back"], None)
    assert len(service.cancelled) == 1


@pytest.mark.parametrize("name", ["images/comfyui"], indirect=True)
async def test_a_picture_that_is_there_no_more_is_drawn_again(
    service: ComfyUISimulator, make: Callable[[Booked], Any]
) -> None:
    first = Booked()
    await make(first)
    service._files.clear()
    again = Booked()
    await make(again)
    assert again.outcomes == ["lost", "paid"]
    assert len(service.charges) == 2


@pytest.mark.parametrize("name", ["images/comfyui"], indirect=True)
async def test_a_graph_that_saves_nothing_is_not_waited_for_again(
    service: ComfyUISimulator, make: Callable[[Booked], Any]
) -> None:
    call = Booked()
    job = str(uuid.uuid4())
    await call.keep_job(job)
    service.history[job] = {"outputs": {}, "status": {"status_str": "success"}}
    call.outcomes = ["sent"]
    with pytest.raises(InvalidProviderRequest, match="SaveImage"):
        await make(call)
    assert (call.outcomes, call.job) == (["paid"], None)


@pytest.mark.parametrize("name", ["music/mubert"], indirect=True)
async def test_a_track_is_not_fetched_from_inside(
    service: MubertSimulator, make: Callable[[Booked], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with MubertSimulator() as another:
        monkeypatch.setattr(service, "_shown", lambda track: _done(track, another.url))
        call = Booked()
        with pytest.raises(AnswerRefused, match="mubert named a file at http://127.0.0.1"):
            await make(call)
        assert another.seen == []
    assert (call.outcomes, call.job) == (["paid"], None)


def _done(track: str, url: str) -> dict[str, Any]:
    made = {"status": "done", "url": f"{url}/files/{track}.mp3"}
    return {"id": track, "generations": [made]}
