"""Ports on loopback: which are free, which answer."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

from cli.errors import CliError

HOST = "127.0.0.1"
DEFAULT_PORT = 7233
UI_PORT_OFFSET = 1000


def choose_ports(port: int | None) -> tuple[int, int]:
    """A port, and one for the Web UI. Raises `CliError` where the one asked for is in use."""
    if port is not None and not is_free(port):
        raise CliError(f"port {port} is in use: stop what uses it, or choose another with --port")
    chosen = port or (DEFAULT_PORT if is_free(DEFAULT_PORT) else _any_free_port())
    ui_port = chosen + UI_PORT_OFFSET
    return chosen, ui_port if ui_port < 65536 and is_free(ui_port) else _any_free_port()


def is_free(port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True
