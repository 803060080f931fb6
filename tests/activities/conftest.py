"""A crew of small providers, and what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from activities.crew import Crew
from providers.registry import ProviderRegistry
from storage.settings import StorageSettings
from storage.storage import Storage
from tests.activities import shop as shops


@pytest.fixture
def storage(data_dir: Path) -> Iterator[Storage]:
    """Blobs in a folder, where a test can damage them."""
    opened = Storage.open(StorageSettings(_env_file=None, data_dir=data_dir))
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
