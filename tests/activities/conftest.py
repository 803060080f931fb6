"""A crew of small providers, and what it keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio.client import Client

from activities.crew import Crew
from providers.registry import ProviderRegistry
from storage.settings import StorageSettings
from storage.storage import Storage
from tests.activities import shop as shops
from tests.activities.stage import Deployment
from tests.records import with_tables


@pytest.fixture
def storage(data_dir: Path) -> Iterator[Storage]:
    """Blobs in a folder, where a test can damage them."""
    opened = Storage.open(StorageSettings(_env_file=None, data_dir=with_tables(data_dir)))
    yield opened
    opened.close()


@pytest.fixture
def registry() -> ProviderRegistry:
    return shops.registry()


@pytest.fixture
def crew(registry: ProviderRegistry, storage: Storage) -> Crew:
    return Crew(registry, storage)


@pytest.fixture
def shop(registry: ProviderRegistry) -> shops.Shop:
    found: Any = registry.images.get("shop")
    assert isinstance(found, shops.Shop)
    return found


@pytest.fixture
def sketcher(registry: ProviderRegistry) -> shops.Sketcher:
    found: Any = registry.images.get("sketcher")
    assert isinstance(found, shops.Sketcher)
    return found


@pytest.fixture
def author(registry: ProviderRegistry) -> shops.Author:
    found = registry.planner.get("author")
    assert isinstance(found, shops.Author)
    return found


@pytest.fixture
def deployment(client: Client, storage: Storage, registry: ProviderRegistry) -> Deployment:
    return Deployment(client, storage, registry)


@pytest_asyncio.fixture
async def at_work(deployment: Deployment) -> AsyncIterator[Deployment]:
    async with deployment.at_work():
        yield deployment
