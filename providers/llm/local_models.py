"""Chat models on this very machine: Ollama, LM Studio and llama.cpp, found on loopback.

Nothing beyond loopback is asked, and no name is looked up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import httpx
from pydantic_settings import BaseSettings

from providers.llm.local_servers import LocalModel, LocalServer, llama_cpp, lm_studio, ollama
from providers.llm.loopback import Asking, asking

# What was found holds so long.
KEPT_SECONDS = 30.0


def found() -> tuple[LocalServer, ...]:
    """The servers on this machine; asked again after `KEPT_SECONDS`. It takes milliseconds where
    nothing is there, and about a second where something answers and is none of them.
    """
    global _kept
    with _lock:
        until, servers = _kept
        if time.monotonic() >= until:
            servers = _look()
            _kept = time.monotonic() + KEPT_SECONDS, servers
        return servers


def forget() -> None:
    """Look anew the next time."""
    global _kept
    with _lock:
        _kept = 0.0, ()


def best(servers: Iterable[LocalServer], *, name: str | None = None) -> LocalModel | None:
    """The model to ask: by name, else one that is loaded and large enough."""
    models = [model for server in servers for model in server.models]
    if name:
        return next((model for model in models if name in model.names), None)
    return min(models, key=lambda m: (m.is_too_small, not m.is_loaded), default=None)


_kept: tuple[float, tuple[LocalServer, ...]] = (0.0, ())
_lock = Lock()


def _look() -> tuple[LocalServer, ...]:
    with ThreadPoolExecutor(len(PLACES)) as threads:
        seen = threads.map(lambda kind: asking(kind.port(), kind.identified), PLACES)
        return tuple(server for server in seen if server)


class _Ollama(BaseSettings):
    """Ollama's own settings: a host, `:port` or a URL; only its port is of use here."""

    ollama_host: str = ""


def _ollama_port() -> int:
    said = _Ollama().ollama_host.strip()
    try:
        return httpx.URL(said if "//" in said else f"http://{said or 'x'}").port or 11434
    except httpx.InvalidURL:
        return 11434


@dataclass(frozen=True)
class _Kind:
    port: Callable[[], int]
    identified: Callable[[Asking], LocalServer | None]


PLACES = (
    _Kind(_ollama_port, ollama),
    _Kind(lambda: 1234, lm_studio),
    _Kind(lambda: 8080, llama_cpp),
)
