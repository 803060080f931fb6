"""A real S3 service for tests: SeaweedFS from its wheel, on loopback, its data in a folder."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import S3Store

ACCESS_KEY = "autoshorts-tests"
SECRET_KEY = "only-for-tests"
BUCKET = "films"
PATIENCE_SECONDS = 60.0
_PORTS = ("master", "volume", "filer", "s3", "admin")
_ACTIONS = ["Admin", "Read", "Write", "List", "Tagging"]


@dataclass(frozen=True)
class SeaweedFS:
    """A running server with one bucket."""

    url: str
    bucket: str = BUCKET

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in order to use it, beside `AUTOSHORTS_STORE`."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": "us-east-1",
        }

    def store(self, prefix: str) -> str:
        """A value for `AUTOSHORTS_STORE`."""
        return f"s3://{self.bucket}/{prefix}"


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    """One server for all tests of this process."""
    with running_seaweedfs(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server


@contextmanager
def running_seaweedfs(folder: Path) -> Iterator[SeaweedFS]:
    """Start it, wait until it answers, and stop it by its own process."""
    ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_command(folder, ports), cwd=folder, stdout=log, stderr=log)
    try:
        server = SeaweedFS(f"http://127.0.0.1:{ports['s3']}")
        _wait_for(server, process, folder / "log")
        yield server
    finally:
        # Its data goes too, and a polite stop takes it up to ten seconds.
        process.kill()
        process.wait()
        _remove_sockets(ports.values())


def _command(folder: Path, ports: dict[str, int]) -> list[str]:
    program = shutil.which("weed", path=sysconfig.get_path("scripts")) or shutil.which("weed")
    assert program, "run `make setup`: it brings SeaweedFS"
    credentials = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    identities = [{"name": "tests", "credentials": credentials, "actions": _ACTIONS}]
    (folder / "s3.json").write_text(json.dumps({"identities": identities}))
    listen = [f"-{part}.port={port}" for part, port in ports.items()]
    grpc = [f"-{part}.port.grpc={_grpc(port)}" for part, port in ports.items()]
    here = ["-dir=.", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3.config=s3.json"]
    parts = ["-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    quiet = ["-master.telemetry=false", f"-bucket={BUCKET}"]
    return [program, "mini", *listen, *grpc, *here, *parts, *quiet]


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now, and whose neighbours for gRPC are free too."""
    found: list[int] = []
    with contextlib.ExitStack() as held:
        while len(found) < count:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            second = held.enter_context(socket.socket())
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", _grpc(port)))
                found.append(port)
    return found


def _grpc(port: int) -> int:
    return port + 1


def _wait_for(server: SeaweedFS, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until a signed request finds the bucket."""
    store = S3Store(
        server.bucket,
        endpoint=server.url,
        access_key_id=ACCESS_KEY,
        secret_access_key=SECRET_KEY,
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        with contextlib.suppress(BaseError, FileNotFoundError):
            obstore.put(store, "answers", b"")
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text(errors="replace")[-2000:])


def _remove_sockets(ports: Iterable[int]) -> None:
    """It may leave those behind: they are named by their ports, whatever folder it was given."""
    for port in ports:
        for name in (f"*-{port}", f"*-grpc-{_grpc(port)}"):
            for path in Path("/tmp").glob(f"seaweedfs-{name}.sock"):
                path.unlink(missing_ok=True)
