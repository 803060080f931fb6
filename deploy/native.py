"""A deployment of several machines, all on this one: `python -m deploy.native`.

PostgreSQL for the records, SeaweedFS for the blobs, a Temporal dev server, two workers and a
gateway, each with a data folder of its own, and no container. Once everything answers it prints
one JSON object: the addresses, the process ids, and the environment of one more part. SIGTERM or
Ctrl-C ends all of it.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from bench.machine import FOREIGN_SETTINGS, Machine, machine
from deploy.postgres import Postgres
from deploy.seaweedfs import SeaweedFS

DATABASE = "autoshorts"
PREFIX = "films"
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Cluster:
    """What machines share: the records, the blobs and the Temporal server."""

    def __init__(
        self, root: Path, postgres: Postgres, seaweedfs: SeaweedFS, temporal: Machine
    ) -> None:
        self.postgres = postgres
        self.seaweedfs = seaweedfs
        self.temporal = temporal
        self._root = root
        self._stack = ExitStack()

    @property
    def settings(self) -> dict[str, str]:
        """What a part must be told, beyond its data folder and Temporal's address."""
        return {
            "AUTOSHORTS_DATABASE": self.postgres.database(DATABASE),
            "AUTOSHORTS_STORE": f"s3://{self.seaweedfs.bucket}/{PREFIX}",
            **self.seaweedfs.environment,
        }

    def machine(self, name: str) -> Machine:
        """One more machine, with a data folder of its own; it ends with the cluster."""
        joined = Machine(self._root / name, server_port=self.temporal.port)
        joined.settings.update(self.settings)
        self._stack.callback(joined.close)
        return joined

    def close(self) -> None:
        self._stack.close()


@contextmanager
def cluster(root: Path) -> Iterator[Cluster]:
    """Everything shared, and ready."""
    with (
        Postgres(root / "postgres") as postgres,
        SeaweedFS(root / "seaweedfs") as seaweedfs,
        machine(root / "temporal") as temporal,
    ):
        here = Cluster(root, postgres, seaweedfs, temporal)
        try:
            yield here
        finally:
            here.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0] if __doc__ else "")
    parser.add_argument("--folder", type=Path, help="keeps everything; else a temporary one")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=0, help="of the gateway; else any")
    options = parser.parse_args()
    for number in STOPS:
        signal.signal(number, _interrupted)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        here = stack.enter_context(cluster(folder.absolute()))
        started = _started(here, workers=options.workers, port=options.port)
        sys.stdout.write(json.dumps(started) + "\n")
        sys.stdout.flush()
        signal.pause()


def _started(here: Cluster, *, workers: int, port: int) -> dict[str, Any]:
    """Workers and the gateway, and what there is to know of them."""
    working = [here.machine(f"worker{number}") for number in range(1, workers + 1)]
    serving = here.machine("gateway")
    processes = [part.start_worker() for part in working]
    url = serving.start_gateway(port=port)
    environment = {
        name: value for name, value in serving.env.items() if name.startswith(FOREIGN_SETTINGS)
    }
    assert here.temporal.server is not None
    return {
        "gateway": url,
        "temporal": here.temporal.address,
        "data_dirs": [str(part.data) for part in (*working, serving)],
        "environment": environment,
        "pids": {
            "postgres": here.postgres.pid,
            "seaweedfs": here.seaweedfs.pid,
            "temporal": here.temporal.server.pid,
            "workers": [process.pid for process in processes],
            "gateway": serving.gateways[-1].pid,
        },
    }


def _interrupted(*_: object) -> NoReturn:
    """Once: what ends everything is not itself to be ended half-way."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
