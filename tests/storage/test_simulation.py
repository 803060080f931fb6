"""Nothing that is stored is bought again, whoever dies at which write."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.storage.simulation import World
from tests.storage.writers import as_another_process

# As many as find each fault that was tried, in SQLite; PostgreSQL takes longer for each write.
SQLITE_STORIES, POSTGRESQL_STORIES = 24, 8


@pytest.mark.timeout(500)
def test_whoever_dies_at_which_write_nothing_is_bought_twice_or_overwritten(
    database: Database,
) -> None:
    stories = SQLITE_STORIES if database.is_sqlite else POSTGRESQL_STORIES
    with as_another_process(database) as other:
        for seed in range(stories):
            try:
                World((database, other), seed).play()
            except AssertionError as exc:
                exc.add_note(f"in the story of seed {seed}")
                raise
