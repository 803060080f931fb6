"""What is kept while a provider is tested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from providers.images import comfyui, comfyui_server
from providers.music import mubert
from storage.storage import Storage
from tests.providers.services import storage_in


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    """Blobs in memory, records in a file of the test's own."""
    opened = storage_in(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _simulators_are_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who answers from the same process need not be asked only every second or two."""
    monkeypatch.setattr(comfyui, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(comfyui_server, "CONFIRM_SECONDS", 0.05)
    monkeypatch.setattr(mubert, "POLL_SECONDS", 0.05)
