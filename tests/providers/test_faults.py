"""Every fault of every service ends as the table says, and the ledger tells the truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from domain.ledger import CallOutcome
from providers import http
from providers.registry import ProviderRegistry
from storage.storage import Storage
from tests.providers.fault_table import DOCS, TABLE, Expected, as_markdown, in_docs
from tests.providers.services import BY_ID, RUN, SERVICES, Service, buy, configured
from tests.simulators.server import RETRY_AFTER_SECONDS, Fault, Simulator

CASES = [
    pytest.param(BY_ID[name], fault, expected, id=f"{name} {fault}")
    for name, faults in TABLE.items()
    for fault, expected in faults.items()
]


@pytest.fixture(scope="module")
def simulators() -> Iterator[dict[str, Simulator]]:
    running: dict[str, Simulator] = {}
    try:
        for service in SERVICES:
            running[service.id] = service.simulator().__enter__()
        yield running
    finally:
        for simulator in running.values():
            simulator.__exit__(None, None, None)


@pytest.mark.parametrize(("service", "fault", "expected"), CASES)
async def test_a_fault_ends_as_the_table_says(
    simulators: dict[str, Simulator],
    service: Service,
    fault: Fault,
    expected: Expected,
    storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulator = simulators[service.id]
    simulator.forget()
    if fault is Fault.TIMEOUT:
        monkeypatch.setattr(http, "READ_SECONDS", 3.0)
    simulator.fail(fault, on=expected.on)
    with configured(service, simulator.url, storage) as registry:
        try:
            error = await _error_of(service, registry, storage)
            _check(expected, error, fault)
            entries = storage.ledger.all_calls(RUN)
            assert entries[-1].outcome is expected.ledger
            charged = [entry for entry in entries if entry.outcome is not CallOutcome.REFUSED]
            assert len(charged) == len(simulator.charges)
            assert not service.key or service.key not in f"{error} {error and error.details}"
            if fault is Fault.RATE_LIMIT:
                with pytest.raises(ApplicationError, match="asked to wait"):
                    await buy(service, registry, storage)
            elif expected.retried:
                await buy(service, registry, storage)
                assert error or len(simulator.charges) == len(charged)
        finally:
            await registry.aclose()


async def _error_of(
    service: Service, registry: ProviderRegistry, storage: Storage
) -> ApplicationError | None:
    try:
        await buy(service, registry, storage)
    except ApplicationError as exc:
        return exc
    return None


def _check(expected: Expected, error: ApplicationError | None, fault: Fault) -> None:
    if error is None:
        assert expected.error is None
        return
    assert error.type == expected.error, error
    assert error.non_retryable is not expected.retried
    if fault is Fault.RATE_LIMIT:
        assert error.next_retry_delay == timedelta(seconds=RETRY_AFTER_SECONDS)


def test_every_service_has_its_rows() -> None:
    assert set(TABLE) == set(BY_ID)


def test_the_docs_have_the_table() -> None:
    """Written by `python -m tests.providers.fault_table`."""
    assert in_docs(DOCS.read_text()) == as_markdown()
