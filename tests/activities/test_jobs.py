"""A job whose poll fails is one call of the ledger, open until it is known what became of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from temporalio.exceptions import ApplicationError

from domain.ledger import CallOutcome
from providers.music import mubert
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.activities.shop import RUN
from tests.providers.services import BY_ID, Service, buy, configured
from tests.providers.test_jobs import POLLS, WITH_JOBS, once_begun
from tests.simulators.server import Fault, Simulator


@pytest.fixture(params=WITH_JOBS)
def service(request: pytest.FixtureRequest) -> Service:
    return BY_ID[request.param]


@pytest.fixture
def simulator(service: Service) -> Iterator[Simulator]:
    with service.simulator() as running:
        yield running


@pytest.fixture
async def configuration(
    service: Service, simulator: Simulator, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ProviderRegistry]:
    monkeypatch.setattr(mubert, "POLL_SECONDS", 0.05)
    with configured(service, simulator.url, storage) as made:
        yield made
        await made.aclose()


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.OVERLOADED, Fault.UNAUTHORIZED])
async def test_polls_that_fail_cost_nothing_and_end_nothing(
    service: Service,
    simulator: Simulator,
    configuration: ProviderRegistry,
    storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
) -> None:
    on = POLLS[service.id]
    once_begun(simulator, monkeypatch, lambda: simulator.fail(fault, on=on, times=3))
    for _ in range(3):
        with pytest.raises(ApplicationError):
            await buy(service, configuration, storage)
        (entry,) = storage.ledger.all_calls(RUN)
        assert (entry.outcome, bool(entry.job)) == (CallOutcome.SENT, True)
    made = await buy(service, configuration, storage)
    (entry,) = storage.ledger.all_calls(RUN)
    assert entry.outcome is CallOutcome.PAID
    assert made.spent_usd == entry.cost_usd > 0
    assert len(simulator.charges) == 1
    assert storage.ledger.job(entry.provider, entry.key) is None
