"""What one key may have under way and may send, and uploads that take their time."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import psutil
import pytest
import uvicorn
from PIL import Image
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.machine import Machine, wait_until
from gateway import guard
from gateway.collaborators import gateway_of
from gateway.guard import Guard
from gateway.problems import HANDLERS
from gateway.protocol import BoundedProtocol
from gateway.quota import owner_of, require_quota
from gateway.sessions import Keys, Logins, Patience
from gateway.settings import GatewaySettings
from gateway.uploads import upload_picture
from storage.uploads import BadPicture
from tests.gateway.conftest import SHORT
from tests.gateway_client import gateway

KEY = "a-long-enough-key-for-tests"
GOOD = {"Authorization": f"Bearer {KEY}"}
MIB = 1024 * 1024


@dataclass
class Ledgers:
    """What records and Temporal say of runs and uploads, in memory."""

    open: Counter[str] = field(default_factory=Counter)
    running: int | None = None
    unbegun: list[datetime] = field(default_factory=list)
    saved: list[tuple[str | None, int, datetime]] = field(default_factory=list)

    @property
    def runs(self) -> Ledgers:
        return self

    @property
    def uploads(self) -> Ledgers:
        return self

    async def call(self, fn: Callable[..., Any], *args: Any, **options: Any) -> Any:
        return fn(*args, **options)

    def open_runs(self, owner: str) -> int:
        return self.open[owner]

    async def listed(self, query: str, *, limit: int) -> list[None]:
        """What Temporal says is running: as much as the records say, if nothing else is told."""
        assert '"Running"' in query
        running = self.open.total() if self.running is None else self.running
        return [None] * min(limit, running)

    def page(self, *, limit: int, **_: Any) -> list[Any]:
        rows = [SimpleNamespace(execution_id=None, created_at=at) for at in self.unbegun]
        return rows[:limit]

    def save(self, data: bytes, *, owner: str | None) -> str:
        if not data.startswith(b"\x89PNG"):
            raise BadPicture("the file is not a picture that can be read")
        self.saved.append((owner, len(data), datetime.now(UTC)))
        return f"{len(self.saved)}.png"

    def bytes_since(self, owner: str, since: datetime) -> int:
        return sum(size for who, size, at in self.saved if who == owner and at >= since)


async def _start(request: Request) -> Response:
    here = gateway_of(request)
    await require_quota(here, request)
    here.storage.runs.open[owner_of(request)] += 1  # type: ignore[attr-defined]
    return Response(status_code=202)


@asynccontextmanager
async def _served(ledgers: Ledgers, folder: Path, **settings: Any) -> AsyncIterator[str]:
    """The gateway's outer layers and its uploads on a real socket; the URL."""
    told = GatewaySettings(data_dir=folder, **settings)
    keys, patience = Keys(told), Patience()
    routes = [
        Route("/api/runs", _start, methods=["POST"]),
        Route("/api/uploads", upload_picture, methods=["POST"]),
        Route("/api/session", Logins(keys, patience).answer, methods=["POST"]),
    ]
    layers = [Middleware(Guard, settings=told, keys=keys, patience=patience)]
    app = Starlette(routes=routes, exception_handlers=HANDLERS, middleware=layers)
    app.state.gateway = SimpleNamespace(
        settings=told, storage=ledgers, executions=ledgers, decoding=asyncio.Semaphore(2)
    )
    config = uvicorn.Config(
        app, http=BoundedProtocol, port=0, log_config=None, lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    await server.shutdown()


class Spool:
    """The files that uploads wait in."""

    def __init__(self) -> None:
        self._files: list[Any] = []

    def open(self, **options: Any) -> Any:
        self._files.append(_temporary_file(**options))
        return self._files[-1]

    @property
    def bytes(self) -> int:
        return sum(os.fstat(f.fileno()).st_size for f in self._files if not f.closed)


_temporary_file = tempfile.TemporaryFile


@pytest.fixture
def spool(monkeypatch: pytest.MonkeyPatch) -> Spool:
    spool = Spool()
    monkeypatch.setattr(tempfile, "TemporaryFile", spool.open)
    return spool


@pytest.fixture
def ledgers() -> Ledgers:
    return Ledgers()


@asynccontextmanager
async def _client(
    ledgers: Ledgers, folder: Path, *, key: str | None = KEY, **settings: Any
) -> AsyncIterator[httpx.AsyncClient]:
    secret = SecretStr(key) if key else None
    headers = GOOD if key else {}
    async with (
        _served(ledgers, folder, api_key=secret, **settings) as url,
        httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client,
    ):
        yield client


PNG = b"\x89PNG" + b"." * (100_000 - 4)


async def test_a_key_has_so_many_runs_under_way(ledgers: Ledgers, tmp_path: Path) -> None:
    async with _client(ledgers, tmp_path, max_open_runs=3) as client:
        statuses = [(await client.post("/api/runs")).status_code for _ in range(4)]
        assert statuses == [202, 202, 202, 429]
        refused = await client.post("/api/runs")
        assert int(refused.headers["retry-after"]) > 0
        assert "AUTOSHORTS_MAX_OPEN_RUNS" in refused.json()["detail"]
        (owner,) = ledgers.open
        assert KEY not in refused.text + owner
        ledgers.open[owner] -= 1
        assert (await client.post("/api/runs")).status_code == 202


async def test_runs_that_the_records_wrongly_call_open_lock_out_nobody(
    ledgers: Ledgers, tmp_path: Path
) -> None:
    """Terminated in Temporal, or announced while it was away: nobody closes their records."""
    async with _client(ledgers, tmp_path, max_open_runs=2) as client:
        assert [(await client.post("/api/runs")).status_code for _ in range(2)] == [202, 202]
        assert (await client.post("/api/runs")).status_code == 429
        ledgers.running = 1
        assert (await client.post("/api/runs")).status_code == 202
        ledgers.unbegun = [datetime.now(UTC) - timedelta(minutes=5)]
        assert (await client.post("/api/runs")).status_code == 202
        # What was announced just now may not be listed yet.
        ledgers.unbegun = [datetime.now(UTC)]
        assert (await client.post("/api/runs")).status_code == 429


async def test_a_session_counts_for_its_key(ledgers: Ledgers, tmp_path: Path) -> None:
    async with _client(ledgers, tmp_path, max_open_runs=1) as client:
        del client.headers["authorization"]
        await client.post("/api/session", json={"key": KEY})
        assert (await client.post("/api/runs")).status_code == 202
        client.cookies.clear()
        assert (await client.post("/api/runs", headers=GOOD)).status_code == 429


async def test_where_there_is_no_key_nobody_is_counted(ledgers: Ledgers, tmp_path: Path) -> None:
    limits = {"max_open_runs": 1, "max_upload_bytes_per_day": 1}
    async with _client(ledgers, tmp_path, key=None, **limits) as client:
        assert [(await client.post("/api/runs")).status_code for _ in range(3)] == [202] * 3
        assert (await client.post("/api/uploads", content=PNG)).status_code == 201
        assert ledgers.saved[0][0] is None


async def test_a_key_may_upload_so_much_in_a_day(ledgers: Ledgers, tmp_path: Path) -> None:
    async with _client(ledgers, tmp_path, max_upload_bytes_per_day=250_000) as client:
        for _ in range(2):
            assert (await client.post("/api/uploads", content=PNG)).status_code == 201
        refused = await client.post("/api/uploads", content=PNG)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert "AUTOSHORTS_MAX_UPLOAD_BYTES_PER_DAY" in refused.json()["detail"]
        body = _Held(100_000, "body")
        body.go.set()
        unsaid = await client.post("/api/uploads", content=body.chunks())
        assert unsaid.status_code == 429
        earlier = datetime.now(UTC) - timedelta(days=1, seconds=1)
        ledgers.saved = [(owner, size, earlier) for owner, size, _ in ledgers.saved]
        assert (await client.post("/api/uploads", content=PNG)).status_code == 201


async def test_many_at_once_do_not_pass_together(ledgers: Ledgers, tmp_path: Path) -> None:
    async with _client(ledgers, tmp_path, max_upload_bytes_per_day=350_000) as client:
        body = _Held(100_000, "body")
        sent = _sent(client, body, 12)
        await _until(lambda: body.waiting == 12, sent)
        body.go.set()
        statuses = Counter(answer.status_code for answer in await asyncio.gather(*sent))
        assert statuses == {201: 3, 429: 9}


@pytest.mark.parametrize("kind", ["body", "form"])
async def test_slow_uploads_hold_no_memory_and_no_place(
    ledgers: Ledgers, tmp_path: Path, spool: Spool, kind: str
) -> None:
    """Twenty pictures of 15 MiB that are all but sent would be 300 MiB."""
    async with _client(ledgers, tmp_path) as client:
        before, body = psutil.Process().memory_info().rss, _Held(15 * MIB, kind)
        slow = _sent(client, body, 20)
        await _until(lambda: spool.bytes >= 20 * body.size, slow)
        assert psutil.Process().memory_info().rss - before < 100 * MIB
        assert (await client.post("/api/uploads", content=PNG)).status_code == 201
        body.go.set()
        assert [answer.status_code for answer in await asyncio.gather(*slow)] == [201] * 20
        assert spool.bytes == 0
        assert not os.listdir(tmp_path)


async def test_who_comes_when_all_places_are_taken_is_asked_to_come_again(
    ledgers: Ledgers, tmp_path: Path, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_UPLOADS", 2)
    async with _client(ledgers, tmp_path) as client:
        body = _Held(1000, "body")
        slow = _sent(client, body, 2)
        await _until(lambda: spool.bytes >= 2 * body.size, slow)
        refused = await client.post("/api/uploads", content=PNG)
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        body.go.set()
        assert [answer.status_code for answer in await asyncio.gather(*slow)] == [201] * 2
        assert (await client.post("/api/uploads", content=PNG)).status_code == 201


async def test_an_upload_that_breaks_off_leaves_nothing(
    ledgers: Ledgers, tmp_path: Path, spool: Spool
) -> None:
    async with _client(ledgers, tmp_path) as client:
        body = _Held(100_000, "body")
        (slow,) = _sent(client, body, 1)
        await _until(lambda: spool.bytes >= body.size, [slow])
        slow.cancel()
        await _until(lambda: spool.bytes == 0, [slow])
        assert not ledgers.saved


async def test_a_full_disk_is_said_and_not_where_it_is(
    ledgers: Ledgers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    async with _client(ledgers, tmp_path) as client:
        answer = await client.post("/api/uploads", content=PNG)
    assert answer.status_code == 507
    assert str(tmp_path) not in answer.text


def test_a_run_that_ended_makes_room_for_the_next(site: Machine) -> None:
    with (
        gateway(site, api_key=KEY, max_open_runs="1") as running,
        running.client(headers=GOOD) as client,
    ):
        first = client.post("/api/runs", json=SHORT)
        assert first.status_code == 202
        again = {"Idempotency-Key": "again"}
        refused = client.post("/api/runs", json=SHORT, headers=again)
        assert refused.status_code == 429
        assert first.json()["run_id"] not in refused.text
        client.post(f"/api/runs/{first.json()['run_id']}/cancel")
        wait_until(
            lambda: client.post("/api/runs", json=SHORT, headers=again).status_code == 202,
            seconds=60,
            what="room for a run",
        )
        # The same key asks for the same run, which needs no room.
        assert client.post("/api/runs", json=SHORT, headers=again).status_code == 202
        client.post(f"/api/runs/{client.get('/api/runs').json()['items'][0]['run_id']}/cancel")


def test_what_is_kept_of_pictures_counts(site: Machine) -> None:
    with (
        gateway(site, api_key=KEY, max_upload_bytes_per_day="70000") as running,
        running.client(headers=GOOD) as client,
    ):
        statuses = [client.post("/api/uploads", content=_noise(n)).status_code for n in range(3)]
        assert statuses == [201, 201, 429]


def _noise(seed: int) -> bytes:
    """A picture of 30 kB, however it is encoded."""
    buffer = io.BytesIO()
    noise = random.Random(seed).randbytes(100 * 100 * 3)
    Image.frombytes("RGB", (100, 100), noise).save(buffer, "PNG")
    return buffer.getvalue()


class _Held:
    """Bodies that are sent but for their end, until told to go on."""

    def __init__(self, size: int, kind: str) -> None:
        picture = b"\x89PNG" + b"." * (size - 4)
        self.headers = {}
        self._parts = [picture, b"."]
        if kind == "form":
            self.headers = {"Content-Type": "multipart/form-data; boundary=x"}
            start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
            self._parts = [start + picture, b"\r\n--x--\r\n"]
        self.size = len(self._parts[0])
        self.waiting = 0
        self.go = asyncio.Event()

    async def chunks(self) -> AsyncIterator[bytes]:
        whole, end = self._parts
        for at in range(0, len(whole), 256 * 1024):
            yield whole[at : at + 256 * 1024]
        self.waiting += 1
        await self.go.wait()
        yield end


def _sent(client: httpx.AsyncClient, body: _Held, times: int) -> list[asyncio.Task[httpx.Response]]:
    return [
        asyncio.create_task(
            client.post("/api/uploads", content=body.chunks(), headers=body.headers)
        )
        for _ in range(times)
    ]


async def _until(condition: Callable[[], bool], tasks: list[asyncio.Task[httpx.Response]]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.wait(tasks, timeout=0.02)
