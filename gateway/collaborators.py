"""What every endpoint works with, and what it takes from a request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import unquote

from starlette.requests import Request
from temporalio.client import Client

from gateway.executions import Executions
from gateway.hub import Hub
from gateway.problems import RunNotFound
from gateway.reader import RunReader
from gateway.samples import Samples
from gateway.settings import GatewaySettings
from storage.storage import Storage

MAX_RUN_ID_CHARACTERS = 1000


@dataclass
class Gateway:
    """What every endpoint needs."""

    client: Client
    settings: GatewaySettings
    storage: Storage
    executions: Executions
    reader: RunReader
    hub: Hub
    samples: Samples
    # A picture of 40 megapixels takes 160 MB while it is decoded.
    decoding: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    # A prompt of 20,000 characters takes up to half a second of a processor to read.
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))


def gateway_of(request: Request) -> Gateway:
    gateway: Gateway = request.app.state.gateway
    return gateway


def run_id_of(request: Request) -> str:
    """The run id in the path, decoded once: any workflow id but `.` and `..`."""
    segment = str(request.path_params["run_id"])
    try:
        run_id = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise RunNotFound(segment[:100]) from None
    if run_id in (".", "..") or len(run_id) > MAX_RUN_ID_CHARACTERS or "\0" in run_id:
        raise RunNotFound(run_id[:100])
    return run_id
