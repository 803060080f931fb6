"""Run the gateway: uvicorn that says goodbye to its streams before it ends."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette
from temporalio.client import Client

from gateway.app import create_app
from gateway.protocol import BoundedProtocol
from gateway.samples import Sampler
from gateway.settings import GatewaySettings

GRACE_SECONDS = 2
KEEP_ALIVE_SECONDS = 30
GOODBYE_SECONDS = 0.05

logger = logging.getLogger(__name__)


class RefusesToStart(Exception):
    """Settings with which it would be open to anybody."""


def check_bind(settings: GatewaySettings) -> None:
    """Raises `RefusesToStart` where others could reach it without a key."""
    if settings.needs_key and settings.api_key is None:
        raise RefusesToStart(
            f"listening on {settings.host} lets others in, so a key is needed: set "
            "AUTOSHORTS_API_KEY, for instance to the output of `openssl rand -hex 24`"
        )


class GatewayServer(uvicorn.Server):
    """Ends its streams first, so that clients come back by themselves and nothing hangs."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    def install_signal_handlers(self) -> None:
        """Whoever runs the loop handles signals."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.gateway.hub.stop()
        await asyncio.sleep(GOODBYE_SECONDS)
        await super().shutdown(sockets)


def bound_socket(settings: GatewaySettings) -> socket.socket:
    """The listening socket. Raises OSError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening


async def serve(
    client: Client,
    settings: GatewaySettings,
    listening: socket.socket,
    told: asyncio.Event,
    *,
    sampler: Sampler | None = None,
) -> None:
    """Serve on a bound socket until told to stop. Raises `RefusesToStart`."""
    check_bind(settings)
    app = create_app(client, settings, sampler=sampler)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        server_header=False,
        # The guard decides whose forwarding headers are believed, and believes one hop only.
        proxy_headers=False,
        http=BoundedProtocol,
        ws="none",
    )
    server = GatewayServer(config, app)
    # Collections while a thousand streams are open cost 400 ms each; there is little garbage.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    stopper = asyncio.create_task(_stop_when(told, server))
    try:
        await _serve(server, listening)
    finally:
        stopper.cancel()


async def _serve(server: GatewayServer, listening: socket.socket) -> Any:
    # `serve` would take over the signals; the command line has them.
    await server._serve(sockets=[listening])


async def _stop_when(told: asyncio.Event, server: uvicorn.Server) -> None:
    await told.wait()
    server.should_exit = True
