"""An activity asks the store first, and keeps what was made for every other run."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from activities.crew import Crew
from domain.assets import Asset, Made
from providers.errors import ContentRejected
from storage.storage import Storage
from tests.activities.shop import RUN, SEA, Sketcher, at, draw


async def test_what_is_in_the_store_is_not_made_again(
    crew: Crew, storage: Storage, sketcher: Sketcher
) -> None:
    (first,) = (await draw(crew, storage)).assets
    (second,) = (await draw(crew, storage, at(run="another"))).assets
    (other,) = (await draw(crew, storage, requests=[SEA.model_copy(update={"seed": 2})])).assets
    assert (first.cached, second.cached, other.cached) == (False, True, False)
    assert first.artifact == second.artifact
    assert sketcher.made == 2


async def test_an_attempt_that_comes_second_gets_what_the_first_decided(
    crew: Crew, storage: Storage, sketcher: Sketcher
) -> None:
    first = await draw(crew, storage)
    assert await draw(crew, storage, at(attempt=2)) == first
    assert len(storage.assets.made(RUN)) == 1
    assert sketcher.made == 1


async def test_a_damaged_file_is_made_again(
    crew: Crew, storage: Storage, sketcher: Sketcher
) -> None:
    (first,) = (await draw(crew, storage)).assets
    _damage(storage.blobs.file(first.artifact))
    (again,) = (await draw(crew, storage, at(run="another"))).assets
    assert not again.cached
    assert again.artifact == first.artifact
    assert sketcher.made == 2
    assert storage.blobs.get(first.artifact)


async def test_a_failure_leaves_nothing_in_the_store(
    crew: Crew, storage: Storage, sketcher: Sketcher
) -> None:
    sketcher.failure = ContentRejected("the picture of 'x' was refused: choose other words")
    with pytest.raises(ApplicationError, match="choose other words") as caught:
        await draw(crew, storage)
    assert caught.value.non_retryable
    assert caught.value.type == "ContentRejected"
    assert storage.assets.made(RUN) == ()
    # The bill that it was asked by, and no more.
    assert len(list(storage.blobs.list())) == 1


async def test_one_refused_picture_wastes_none_made_beside_it(
    crew: Crew, storage: Storage, sketcher: Sketcher
) -> None:
    words = ("night", "sea", "hill")
    sketcher.refused = ("night",)
    with pytest.raises(ApplicationError, match="'night' was refused"):
        await draw(crew, storage, requests=[SEA.model_copy(update={"prompt": w}) for w in words])
    assert {made.name for made in storage.assets.made(RUN)} == {"image/scene_2", "image/scene_3"}


async def test_what_was_made_instead_says_why_in_this_run_alone(
    crew: Crew, storage: Storage
) -> None:
    (made,) = (await draw(crew, storage, instead="made by sketcher, since it broke")).assets
    assert made.degraded == "made by sketcher, since it broke"
    (other,) = (await draw(crew, storage, at(run="another"))).assets
    assert (other.degraded, other.cached) == (None, True)


async def test_whoever_stores_second_takes_the_first_ones(crew: Crew, storage: Storage) -> None:
    """Two workers made the same thing at once."""
    (first,) = (await draw(crew, storage)).assets
    (kept,) = storage.assets.made(RUN)
    late = _another(kept)
    assert storage.assets.add(late.kind, late.key, late.asset).artifact == first.artifact
    assert storage.assets.keep_made(RUN, late).asset.artifact == first.artifact


def _another(made: Made) -> Made:
    artifact = made.asset.artifact.model_copy(update={"sha256": "0" * 64})
    asset: Asset = made.asset.model_copy(update={"artifact": artifact})
    return made.model_copy(update={"asset": asset})


def _damage(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"damaged")
