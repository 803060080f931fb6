"""The index of assets: who writes first, wins, and nothing changes under a name."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update

from domain.assets import ArtifactRef, Asset, Made, Provenance, SoundRequest, WordTiming
from storage.assets import AssetIndex, asset_key
from storage.database import Database
from storage.errors import StorageError
from storage.tables import assets
from tests.storage.writers import as_another_process

REQUEST = SoundRequest(tag="rain", seed=1)
KEY = "ab" * 32


def asset(data: bytes = b"take A") -> Asset:
    return Asset(
        artifact=ArtifactRef(
            sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), media_type="audio/wav"
        ),
        provenance=Provenance(provider="p", model="m", licence="CC0-1.0"),
        duration_ms=1000,
        words=(WordTiming(text="바다", start_ms=0, end_ms=400),),
    )


def made(data: bytes = b"take A", *, name: str = "voice/scene_1_line_1", digest: str = "d") -> Made:
    return Made(name=name, digest=digest, kind="voice", key=KEY, asset=asset(data), cached=False)


@pytest.fixture
def index(database: Database) -> AssetIndex:
    return AssetIndex(database)


def test_what_was_added_is_found_again(index: AssetIndex) -> None:
    assert index.find("voice", KEY) is None
    assert index.add("voice", KEY, asset()) == asset()
    assert index.find("voice", KEY) == asset()
    assert index.find("sound", KEY) is None


def test_everything_that_decides_an_asset_is_in_its_key() -> None:
    key = asset_key("p", "m", REQUEST)
    assert key == asset_key("p", "m", SoundRequest(tag="rain", seed=1))
    others = {
        asset_key("q", "m", REQUEST),
        asset_key("p", "n", REQUEST),
        asset_key("p", "m", REQUEST, settings="s"),
        asset_key("p", "m", REQUEST.model_copy(update={"seed": 2})),
        asset_key("p", "m", REQUEST.model_copy(update={"revision": 1})),
    }
    assert len(others | {key}) == 6


def test_keys_are_those_of_the_first_version() -> None:
    """Else all that was ever paid for is paid for again."""
    key = "c24399a6958f7cc720a9e9854aef21b33b68cac2f69e36975e562f4d34348563"
    assert asset_key("p", "m", REQUEST) == key


def test_two_runs_of_one_script_keep_the_first_ones_voice(index: AssetIndex) -> None:
    first = index.add("voice", KEY, asset(b"take A"))
    assert index.add("voice", KEY, asset(b"take B, another")) == first
    assert index.find("voice", KEY) == first


def test_of_many_that_race_for_one_key_all_get_the_same(database: Database) -> None:
    with as_another_process(database) as other:
        sides = [AssetIndex(database), AssetIndex(other)]

        def add(number: int) -> str:
            kept = sides[number % 2].add("voice", KEY, asset(f"take {number}".encode()))
            return kept.artifact.sha256

        with ThreadPoolExecutor(8) as threads:
            found = set(threads.map(add, range(24)))
    kept = AssetIndex(database).find("voice", KEY)
    assert kept is not None
    assert found == {kept.artifact.sha256}


def test_what_is_damaged_is_made_again(index: AssetIndex) -> None:
    damaged = index.add("voice", KEY, asset(b"take A"))
    index.discard("voice", KEY, damaged.artifact.sha256)
    assert index.find("voice", KEY) is None
    assert index.add("voice", KEY, asset(b"take B")) == asset(b"take B")


def test_who_discards_late_does_not_take_what_was_made_since(index: AssetIndex) -> None:
    damaged = index.add("voice", KEY, asset(b"take A"))
    index.discard("voice", KEY, damaged.artifact.sha256)
    index.add("voice", KEY, asset(b"take B"))
    index.discard("voice", KEY, damaged.artifact.sha256)
    assert index.find("voice", KEY) == asset(b"take B")


def test_adding_and_discarding_at_once_always_ends(database: Database) -> None:
    index = AssetIndex(database)

    def add_and_discard(number: int) -> None:
        kept = index.add("voice", KEY, asset(f"take {number}".encode()))
        index.discard("voice", KEY, kept.artifact.sha256)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_and_discard, range(40)))
    assert index.find("voice", KEY) is None


def test_what_a_newer_version_wrote_is_read_with_what_it_adds(
    index: AssetIndex, database: Database
) -> None:
    index.add("voice", KEY, asset())
    document = asset().model_dump_json().replace('{"artifact"', '{"loudness":-14,"artifact"', 1)
    database.transact(lambda c: c.execute(update(assets).values(document=document)))
    assert index.find("voice", KEY) == asset()


def test_what_cannot_be_read_is_said_and_never_bought_again(
    index: AssetIndex, database: Database
) -> None:
    index.add("voice", KEY, asset())
    database.transact(lambda c: c.execute(update(assets).values(document='{"artifact":2}')))
    with pytest.raises(StorageError, match="bring this one up to date"):
        index.find("voice", KEY)


def test_what_a_run_uses_is_decided_once(index: AssetIndex) -> None:
    first = index.keep_made("run", made(b"take A"))
    assert index.keep_made("run", made(b"take B")) == first
    other_request = index.keep_made("run", made(b"take B", digest="e"))
    other_run = index.keep_made("another", made(b"take B"))

    assert index.made("run") == (first, other_request)
    assert index.made("another") == (other_run,)
    assert index.made("none") == ()


def test_attempts_that_race_agree_on_what_the_run_uses(database: Database) -> None:
    with as_another_process(database) as other:
        sides = [AssetIndex(database), AssetIndex(other)]

        def keep(number: int) -> Made:
            return sides[number % 2].keep_made("run", made(f"take {number}".encode()))

        with ThreadPoolExecutor(8) as threads:
            found = set(threads.map(lambda n: keep(n).model_dump_json(), range(16)))
    assert len(found) == 1


def test_the_index_is_there_after_the_process_has_ended(tmp_path: Path) -> None:
    from storage.schema import migrate

    path = tmp_path / "records.db"
    database = Database.open(path)
    migrate(database)
    AssetIndex(database).add("voice", KEY, asset())
    database.close()

    again = Database.open(path)
    assert AssetIndex(again).find("voice", KEY) == asset()
    again.close()
