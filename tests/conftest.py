"""Fixtures that more than one folder of tests needs."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_timeout
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from bench.machine import ALONE
from cli.exit import exit_now
from cli.temporal_cli import SERVER_ENVIRONMENT, SERVER_OPTIONS
from worker.search_attributes import register_run_state


def temporal_cli() -> str:
    """The Temporal CLI beside the Python that runs the tests."""
    found = shutil.which("temporal", path=sysconfig.get_path("scripts")) or shutil.which("temporal")
    assert found, "run `make setup`: it brings the Temporal CLI"
    return found


@pytest.fixture(autouse=True, scope="session")
def _no_deployment_of_the_shell() -> Iterator[None]:
    """Keys, servers and data folders that the shell exports are not for tests."""
    with pytest.MonkeyPatch.context() as patch:
        import os

        services = ("OPENAI_", "ELEVENLABS_", "COMFYUI_", "MUBERT_", "PLAYHT_")
        stores = ("AWS_", "GOOGLE_", "AZURE_")
        prefixes = ("AUTOSHORTS_", "TEMPORAL_", *services, *stores)
        for name in list(os.environ):
            if name.startswith(prefixes):
                patch.delenv(name)
        for name, value in ALONE.items():
            patch.setenv(name, value)
        yield


@asynccontextmanager
async def dev_server() -> AsyncIterator[WorkflowEnvironment]:
    """A real dev server that knows `RunState`; its data is in memory."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SERVER_ENVIRONMENT.items():
            patch.setenv(name, value)
        started = await WorkflowEnvironment.start_local(
            data_converter=pydantic_data_converter,
            dev_server_existing_path=temporal_cli(),
            dev_server_log_level="error",
            dev_server_extra_args=SERVER_OPTIONS,
        )
    async with started as environment:
        assert await register_run_state(environment.client)
        yield environment


@pytest_asyncio.fixture(scope="session")
async def server(_no_deployment_of_the_shell: None) -> AsyncIterator[WorkflowEnvironment]:
    """One real dev server for all tests; its own data is in memory."""
    async with dev_server() as environment:
        yield environment


@pytest.fixture
def client(server: WorkflowEnvironment) -> Client:
    return server.client


@pytest.fixture
def run_id() -> str:
    return f"test_{uuid.uuid4().hex[:12]}"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that two processes end together."""
    items.sort(key=lambda item: ("e2e" not in item.path.parts, item.path.name not in LONG_FILES))
    for item in items:
        # Whole runs, killed and begun again: a busy machine takes its time for them.
        if "e2e" in item.path.parts and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(300))


LONG_FILES = {
    "test_faults.py",
    "test_page_states.py",
    "test_quality.py",
    "test_simulation.py",
    "test_command.py",
}
_LIMITS = pytest.StashKey[pytest_timeout.Settings]()


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: pytest_timeout.Settings) -> None:
    item.stash[_LIMITS] = settings


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """The end of a test has its time limit too: a failure has ended the timer, and what its
    fixtures wait for may never come."""
    if limits := item.stash.get(_LIMITS, None):
        item.ihook.pytest_timeout_set_timer(item=item, settings=limits)


_exit_status = 0


def pytest_sessionfinish(exitstatus: int) -> None:
    global _exit_status
    _exit_status = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The tests' own process has touched a Temporal client too: see cli/exit.py."""
    if "temporalio" in sys.modules:
        exit_now(_exit_status)
