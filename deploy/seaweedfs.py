"""SeaweedFS from its wheel: an S3 service on loopback, with one bucket."""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from bench.machine import HOST, free_ports, kill_group, script, wait_until

READY_SECONDS = 60.0
REGION = "us-east-1"
SOCKETS = Path("/tmp")
# Each of these listens on a port for HTTP and on one for gRPC.
_PARTS = ("master", "volume", "filer", "s3", "admin")


class SeaweedFS:
    """An S3 service; use it as a context manager."""

    def __init__(self, folder: Path, *, bucket: str = "shorts") -> None:
        self.bucket = bucket
        self.access_key_id = "app"
        self.secret_access_key = secrets.token_hex(16)
        self._folder = folder
        ports = iter(free_ports(2 * len(_PARTS)))
        self._ports = {part: (next(ports), next(ports)) for part in _PARTS}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self._ports['s3'][0]}"

    @property
    def environment(self) -> dict[str, str]:
        """What a client of S3 must be told."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "AWS_ALLOW_HTTP": "true",
        }

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start (again), on the same ports and folder."""
        (self._folder / "data").mkdir(parents=True, exist_ok=True)
        with (self._folder / "weed.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                env=os.environ | self.environment | {"HOME": str(self._folder)},
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._is_ready, seconds=READY_SECONDS, what="SeaweedFS answers")

    def kill(self) -> None:
        """At once, as a crash would."""
        assert self._process is not None
        kill_group(self._process)
        # Named by their ports, in a folder that no option changes.
        for port in (port for ports in self._ports.values() for port in ports):
            for left in SOCKETS.glob(f"seaweedfs-*-{port}.sock"):
                left.unlink(missing_ok=True)

    def _command(self) -> list[str]:
        command = [script("weed"), "-logtostderr=true", "mini", f"-dir={self._folder / 'data'}"]
        command += [f"-ip={HOST}", f"-ip.bind={HOST}", f"-bucket={self.bucket}"]
        command += ["-master.telemetry=false", "-master.electionTimeout=1s"]
        # Of the default volumes of 30 GB it makes no more than fit on the disk.
        command += ["-master.volumeSizeLimitMB=256", "-volume.max=0"]
        command += ["-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0"]
        for part, (http, grpc) in self._ports.items():
            command += [f"-{part}.port={http}", f"-{part}.port.grpc={grpc}"]
        return command

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            log = (self._folder / "weed.log").read_text()
            raise RuntimeError(f"SeaweedFS ended at its start: {log[-1000:]}")
        try:
            return httpx.get(f"{self.endpoint}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
