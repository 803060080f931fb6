"""A library of many runs: the first page of the list, and what the gateway holds of it."""

from __future__ import annotations

from typing import Any


async def measure(*, runs: int) -> dict[str, Any]:
    """On SQLite and on PostgreSQL."""
    return {"runs": runs}
