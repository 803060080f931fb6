"""An activity asks the store first, heartbeats, and turns every error of ours into Temporal's."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from activities.designer import Designer
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.assets import Stores
from activities.errors import translated
from activities.heartbeat import in_thread
from domain.assets import ImageRequest
from providers.base import Call, Embedded, ImageProvider, Media
from providers.errors import ContentRejected, ProviderError, ProviderTimeout, RateLimited
from providers.registry import Role
from rendering.errors import RenderingError
from storage.errors import MissingArtifact, StorageError
from storage.ledger import LedgerStore
from storage.store import LocalStore
from workflows.activities import AssetResult, GenerateImage


class CountingImages(Embedded):
    """Makes one-byte pictures and counts them."""

    name = "counting"
    model = "counting-1"

    def __init__(self) -> None:
        self.made = 0
        self.failure: Exception | None = None

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        call.report(0.5, "half way")
        if self.failure:
            raise self.failure
        self.made += 1
        return Media(
            data=f"{request.seed}".encode(),
            media_type="image/png",
            model=self.model,
            licence="CC0-1.0",
        )

    async def aclose(self) -> None:
        """Nothing is held."""


@pytest.fixture
def role() -> Role[CountingImages]:
    return Role("images", {"counting": f"{__name__}:CountingImages"}, default="auto")


@pytest.fixture
def images(role: Role[CountingImages]) -> CountingImages:
    return role.get("counting")


@pytest.fixture
def designer(role: Role[ImageProvider], images: CountingImages, data_dir: Path) -> Designer:
    return Designer(role, Stores(LocalStore(data_dir), LedgerStore(data_dir)))


def _request(seed: int = 1) -> GenerateImage:
    request = ImageRequest(
        prompt="sea", style="", width=64, height=64, seed=seed, look=1, sequence=1
    )
    return GenerateImage(provider="counting", request=request)


async def _run(designer: Designer, request: GenerateImage) -> AssetResult:
    result: AssetResult = await ActivityEnvironment().run(designer.generate_image, request)
    return result


async def test_what_is_in_the_store_is_not_made_again(
    designer: Designer, images: CountingImages
) -> None:
    first = await _run(designer, _request())
    second = await _run(designer, _request())
    other = await _run(designer, _request(seed=2))
    assert (first.cached, second.cached, other.cached) == (False, True, False)
    assert first.asset == second.asset
    assert images.made == 2


async def test_a_damaged_file_is_made_again(
    designer: Designer, images: CountingImages, data_dir: Path
) -> None:
    first = await _run(designer, _request())
    (data_dir / first.asset.artifact.uri).write_bytes(b"damaged")
    again = await _run(designer, _request())
    assert not again.cached
    assert again.asset.artifact == first.asset.artifact
    assert images.made == 2


async def test_a_failure_leaves_nothing_in_the_store(
    designer: Designer, images: CountingImages, data_dir: Path
) -> None:
    images.failure = ContentRejected("the picture of 'x' was refused: choose other words")
    with pytest.raises(ApplicationError, match="choose other words") as caught:
        await _run(designer, _request())
    assert caught.value.non_retryable
    assert caught.value.type == "ContentRejected"
    assert not _files(data_dir)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("error", "retried"),
    [
        (ProviderTimeout("slow"), True),
        (RateLimited("later", timedelta(seconds=7)), True),
        (ContentRejected("no"), False),
        (RenderingError("bad picture"), False),
        (StorageError("full"), False),
        (MissingArtifact("gone"), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors_are_translated_in_one_place(error: ProviderError, retried: bool) -> None:
    with pytest.raises(ApplicationError) as caught, translated():
        raise error
    assert caught.value.type == type(error).__name__
    assert caught.value.non_retryable is not retried
    if isinstance(error, RateLimited):
        assert caught.value.next_retry_delay == timedelta(seconds=7)


async def test_a_cancelled_thread_has_stopped_before_the_cancel_goes_on() -> None:
    stopped = False

    def work(cancelled: object) -> None:
        nonlocal stopped
        assert callable(cancelled)
        while not cancelled():
            pass
        stopped = True

    task = asyncio.create_task(in_thread(work))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert stopped
