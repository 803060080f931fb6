"""How a command meets Temporal: the configured server, else the data folder's own."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from temporalio.client import Client
from temporalio.envconfig import ClientConnectConfig
from temporalio.service import RPCError

from cli.dev_server import DevServer
from cli.errors import CliError
from cli.settings import CliSettings
from workflows.client import configured_server, connect

CONNECT_SECONDS = 10.0
RETRY_SECONDS = 0.1

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Session:
    """A connected client."""

    client: Client
    address: str
    is_local: bool
    ui_url: str | None
    is_alone: bool = False
    """Whether no other process of ours lived on this folder's server when it was opened."""


@asynccontextmanager
async def open_session(
    settings: CliSettings, *, port: int | None = None, say: Callable[[str], None] = logger.warning
) -> AsyncIterator[Session]:
    """A session; the data folder's own server is started if it is not there, or dies.

    `say` is told of its deaths. Raises `CliError`, also out of the block.
    """
    if config := configured():
        yield await _connected(config, is_local=False, ui_url=None)
        return
    server = DevServer(settings)
    async with server.shared(port=port, say=say) as info:
        config = ClientConnectConfig(target_host=info.address)
        session = await _connected(config, is_local=True, ui_url=info.ui_url)
        yield replace(session, is_alone=server.found_alone)


@asynccontextmanager
async def find_session(
    settings: CliSettings, *, say: Callable[[str], None] = logger.warning
) -> AsyncIterator[Session | None]:
    """A session where a server is configured or runs already; None where neither is so.

    None too where it is out of reach: `say` is told, and the records are left to look at.
    """
    async with AsyncExitStack() as stack:
        session = None
        if configured() or DevServer(settings).running():
            try:
                session = await stack.enter_async_context(open_session(settings))
            except CliError as exc:
                say(f"{exc}; shown is what the records have")
        yield session


def configured() -> ClientConnectConfig | None:
    """The configured server. Raises `CliError` where `temporal.toml` cannot be read."""
    try:
        return configured_server()
    except (RuntimeError, ValueError) as exc:
        raise CliError(f"the Temporal configuration cannot be read: {exc}") from exc


async def _connected(config: ClientConnectConfig, *, is_local: bool, ui_url: str | None) -> Session:
    address = config.get("target_host", "")
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            client = await (_connected_at_last if is_local else connect)(config)
    except (RuntimeError, RPCError, TimeoutError) as exc:
        reason = _reason(exc)
        raise CliError(
            f"Temporal at {address} is out of reach ({reason}): start it, or correct "
            "TEMPORAL_ADDRESS / temporal.toml, or unset them to use a server of your own"
        ) from exc
    return Session(client, address, is_local, ui_url)


async def _connected_at_last(config: ClientConnectConfig) -> Client:
    """A server that was just started listens a moment before it is healthy."""
    while True:
        try:
            return await connect(config)
        except (RuntimeError, RPCError):
            await asyncio.sleep(RETRY_SECONDS)


def _reason(error: Exception) -> str:
    """The words in what the SDK's core says: it prints its own data structures."""
    said = re.search(r'message: "([^"]+)"', str(error))
    if said:
        return said[1].lower()
    return str(error).splitlines()[0][:200] if str(error) else "no answer in time"
