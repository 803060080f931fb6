"""What is kept while a provider is tested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.storage import Storage
from tests.providers.services import storage_in


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    """Blobs in memory, records in a file of the test's own."""
    opened = storage_in(tmp_path)
    yield opened
    opened.close()
