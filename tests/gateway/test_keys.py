"""Keys, sessions and proxies: what opens, what does not, and what a wrong one costs."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from starlette.datastructures import Headers

from gateway import logouts, sessions
from gateway.logouts import Logouts
from gateway.problems import Problem
from gateway.proxies import TrustedProxies
from gateway.sessions import FREE_FAILURES, MAX_WAITING_OF_NETWORK, Keys, Patience
from gateway.settings import GatewaySettings
from storage.errors import StorageError
from storage.storage import Storage

FIRST = "the-first-of-the-keys"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage.in_memory(tmp_path)
    yield storage
    storage.close()


def _keys(key: str, storage: Storage | None = None) -> Keys:
    return Keys(GatewaySettings(api_key=SecretStr(key)), Logouts(storage))


class _Reads:
    """Counts what is asked of the records, which may be away, or may hang."""

    def __init__(self, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.is_away = False
        self.hang: threading.Event | None = None
        self._ended = storage.sessions.ended
        monkeypatch.setattr(storage.sessions, "ended", self._read)

    def _read(self) -> frozenset[str]:
        self.count += 1
        if self.hang:
            self.hang.wait(timeout=60)
        if self.is_away:
            raise StorageError("the database server does not answer")
        return self._ended()


@pytest.fixture
def reads(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> _Reads:
    return _Reads(storage, monkeypatch)


async def test_a_session_ends_with_its_key_and_with_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = _keys(FIRST).new_session()
    assert await _keys(FIRST).is_session(session)
    assert not await _keys("the-second-of-the-keys").is_session(session)
    later = time.time() + sessions.SESSION_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert not await _keys(FIRST).is_session(session)


@pytest.mark.parametrize(
    "forged", ["", ".", "..", "x.y.z", "9" * 500, "é.é", "\0", "1.2." + "a" * 64]
)
async def test_a_forged_session_is_none(forged: str, storage: Storage, reads: _Reads) -> None:
    keys = _keys(FIRST, storage)
    assert not await keys.is_session(forged)
    await keys.end_session(forged)
    assert not reads.count
    assert not storage.sessions.ended()


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        pytest.param(["autoshorts=a.b; theme=dark"], ["a.b"], id="beside others"),
        pytest.param(["x=1; __Host-autoshorts=c", "autoshorts=d"], ["c", "d"], id="in two lines"),
        pytest.param(["xautoshorts=a; autoshorts2=b; autoshorts"], [""], id="of other names"),
        pytest.param(['bad[]="; =; ;; autoshorts=a'], ["a"], id="beside nonsense"),
        pytest.param(["autoshorts=a;" * 99], ["a"] * sessions.MAX_COOKIES, id="too many"),
        pytest.param([], [], id="none"),
    ],
)
def test_cookies_are_found_whatever_is_beside_them(sent: list[str], found: list[str]) -> None:
    headers = Headers(raw=[(b"cookie", line.encode()) for line in sent])
    assert list(sessions.cookies_in(headers)) == found


def test_a_cookie_of_backslashes_costs_no_time() -> None:
    headers = Headers({"cookie": 'autoshorts="' + "\\\\" * 8000 + '"'})
    begin = time.process_time()
    assert len(list(sessions.cookies_in(headers))) == 1
    assert time.process_time() - begin < 0.05


async def test_a_logout_ends_the_session_at_every_gateway(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logouts, "REFRESH_SECONDS", 0.0)
    here, there = _keys(FIRST, storage), _keys(FIRST, storage)
    session, other = here.new_session(), here.new_session()
    assert await there.is_session(session)
    await here.end_session(session)
    assert not await here.is_session(session)
    assert not await there.is_session(session)
    assert await there.is_session(other)
    assert not await _keys(FIRST, storage).is_session(session)


async def test_ended_sessions_are_read_now_and_then_however_many_ask(
    storage: Storage, reads: _Reads
) -> None:
    keys = _keys(FIRST, storage)
    session = keys.new_session()
    assert all(await asyncio.gather(*(keys.is_session(session) for _ in range(100))))
    assert reads.count == 1


async def test_while_the_records_are_away_what_was_known_holds(
    storage: Storage, reads: _Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logouts, "REFRESH_SECONDS", 0.0)
    keys, elsewhere = _keys(FIRST, storage), _keys(FIRST, storage)
    ended, still_open = keys.new_session(), keys.new_session()
    await elsewhere.end_session(ended)
    assert not await keys.is_session(ended)
    reads.is_away = True
    assert not await keys.is_session(ended)
    assert await keys.is_session(still_open)


async def test_a_logout_that_cannot_be_kept_says_so_and_holds_here(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(session_id: str, expires_at: datetime) -> None:
        raise StorageError("the database server does not answer")

    monkeypatch.setattr(storage.sessions, "end", away)
    keys = _keys(FIRST, storage)
    session = keys.new_session()
    with pytest.raises(StorageError):
        await keys.end_session(session)
    assert not await keys.is_session(session)


async def test_records_that_hang_hold_nobody_for_long(
    storage: Storage, reads: _Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logouts, "REFRESH_SECONDS", 0.0)
    monkeypatch.setattr(logouts, "WAIT_SECONDS", 0.05)
    keys, reads.hang = _keys(FIRST, storage), threading.Event()
    async with asyncio.timeout(5):
        for _ in range(20):
            assert await keys.is_session(keys.new_session())
    assert reads.count == 1
    reads.hang.set()


def test_a_key_of_any_script_is_known_by_its_bytes() -> None:
    key = "열여섯 글자가 넘는 열쇠입니다 진짜로"
    assert _keys(key).is_key(key.encode())
    assert not _keys(key).is_key(key.encode()[:-1])


def test_an_owner_is_named_without_the_key() -> None:
    owner = _keys(FIRST).owner
    assert owner == _keys(FIRST).owner != _keys("the-second-of-the-keys").owner
    assert owner
    assert owner not in FIRST
    assert Keys(GatewaySettings()).owner is None


class _Clock:
    """Sleeps as long as it is told, at once, and remembers it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.held: asyncio.Event | None = None
        self.patience = Patience(clock=lambda: self.now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.held:
            await self.held.wait()


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


async def test_wrong_keys_are_answered_slower_and_slower(clock: _Clock) -> None:
    patience = clock.patience
    for n in range(20):
        await patience.after_failure(f"2001:db8::{n:x}")
    assert len(clock.slept) == 20 - FREE_FAILURES
    assert clock.slept == sorted(clock.slept)
    assert 2 <= clock.slept[-1] <= 3
    begun = len(clock.slept)
    for other in ("2001:db8:0:1::1", "192.0.2.1", "::ffff:192.0.2.2"):
        await patience.after_failure(other)
    assert len(clock.slept) == begun
    clock.now += sessions.WINDOW_SECONDS + 1
    await patience.after_failure("2001:db8::1")
    assert len(clock.slept) == begun


async def test_addresses_of_the_old_kind_are_told_apart_on_a_socket_for_both(
    clock: _Clock,
) -> None:
    patience = clock.patience
    for n in range(40):
        await patience.after_failure(f"::ffff:192.0.2.{n}")
    assert not clock.slept


async def test_few_answers_wait_at_once(clock: _Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.held = asyncio.Event()
    patience = clock.patience
    for _ in range(FREE_FAILURES):
        await patience.after_failure("192.0.2.1")
    waiting = [
        asyncio.create_task(patience.after_failure("192.0.2.1"))
        for _ in range(MAX_WAITING_OF_NETWORK)
    ]
    while len(clock.slept) < MAX_WAITING_OF_NETWORK:
        await asyncio.wait(waiting, timeout=0)
    with pytest.raises(Problem) as refused:
        await patience.after_failure("192.0.2.1")
    assert refused.value.status == 429
    assert 0 < int((refused.value.headers or {})["Retry-After"]) < 10
    monkeypatch.setattr(sessions, "MAX_WAITING", MAX_WAITING_OF_NETWORK)
    for _ in range(FREE_FAILURES):
        await patience.after_failure("192.0.2.2")
    with pytest.raises(Problem):
        await patience.after_failure("192.0.2.2")
    clock.held.set()
    await asyncio.gather(*waiting)
    assert not patience._waiting
    await patience.after_failure("192.0.2.2")


async def test_no_more_networks_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MAX_NETWORKS", 3)
    patience = Patience()
    for n in range(9):
        await patience.after_failure(f"192.0.2.{n}")
    assert len(patience._failures) == 3


@pytest.mark.parametrize(
    ("peer", "sent", "client"),
    [
        pytest.param("127.0.0.1", ["192.0.2.1"], "192.0.2.1", id="one hop"),
        pytest.param("127.0.0.1", ["8.8.8.8, 192.0.2.1"], "192.0.2.1", id="the last is its word"),
        pytest.param("127.0.0.1", ["8.8.8.8", "192.0.2.1"], "192.0.2.1", id="in the last line"),
        pytest.param("127.0.0.1", ["192.0.2.1:4711"], "192.0.2.1", id="with a port"),
        pytest.param("127.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1", id="IPv6 with a port"),
        pytest.param("127.0.0.1", ["2001:db8::1"], "2001:db8::1", id="IPv6"),
        pytest.param("::ffff:10.1.2.3", ["192.0.2.1"], "192.0.2.1", id="on a socket for both"),
        pytest.param("127.0.0.1", ["192.0.2.1, unknown"], "127.0.0.1", id="no address"),
        pytest.param("127.0.0.1", ["192.0.2.1,"], "127.0.0.1", id="nothing at the end"),
        pytest.param("127.0.0.1", [], "127.0.0.1", id="said nothing"),
        pytest.param("192.0.2.9", ["192.0.2.1"], "192.0.2.9", id="a stranger"),
        pytest.param("unix", ["192.0.2.1"], "unix", id="not by address"),
    ],
)
def test_the_client_is_who_a_named_proxy_saw(peer: str, sent: list[str], client: str) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in sent]
    headers.append((b"x-forwarded-proto", b"http, https"))
    scope = {"type": "http", "scheme": "http", "client": (peer, 1), "headers": headers}
    TrustedProxies(("127.0.0.1", "::1", "10.0.0.0/8")).settle(scope)
    assert scope["client"][0] == client
    assert scope["scheme"] == ("http" if peer in ("192.0.2.9", "unix") else "https")


def test_who_is_believed_follows_from_the_settings() -> None:
    def scheme(**settings: Any) -> str:
        headers = [(b"x-forwarded-proto", b"https")]
        scope = {"type": "http", "scheme": "http", "client": ("127.0.0.1", 1), "headers": headers}
        GatewaySettings(**settings).proxies.settle(scope)
        return str(scope["scheme"])

    assert scheme() == "http"
    assert scheme(public_hosts="a.example") == "https"
    assert scheme(public_hosts="a.example", trusted_proxies="") == "http"
    assert scheme(trusted_proxies="10.0.0.0/8, 127.0.0.1") == "https"
    with pytest.raises(ValidationError, match="'caddy' is no address"):
        GatewaySettings(trusted_proxies="caddy")
