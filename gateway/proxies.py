"""Who really asked, where a reverse proxy stands in between: one hop, and only a named one.

A proxy appends the address that it sees to `X-Forwarded-For`, so of that list only the last
entry is its own word; whatever stands before it anybody may have written.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import Scope

LOOPBACK = ("127.0.0.0/8", "::1")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class TrustedProxies:
    """The addresses and networks whose forwarding headers are believed."""

    def __init__(self, names: Iterable[str]) -> None:
        """Raises ValueError where one is neither an address nor a network."""
        self._networks = tuple(_network_of(name) for name in names)

    def settle(self, scope: Scope) -> None:
        """Put the client's own address and scheme into the scope of a proxied request."""
        peer = address_of(scope["client"][0]) if scope.get("client") else None
        if peer is None or not any(peer in network for network in self._networks):
            return
        headers = Headers(scope=scope)
        if client := _client_in(_last(headers, "x-forwarded-for")):
            scope["client"] = (str(client), 0)
        scheme = _last(headers, "x-forwarded-proto").lower()
        if scheme in ("http", "https"):
            scope["scheme"] = scheme


def address_of(text: str) -> Address | None:
    """An address as its own kind: a socket for both kinds shows IPv4 as ::ffff:192.0.2.1."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _network_of(name: str) -> Network:
    try:
        return ipaddress.ip_network(name, strict=False)
    except ValueError as exc:
        raise ValueError(f"{name!r} is no address and no network such as 10.0.0.0/8") from exc


def _last(headers: Headers, name: str) -> str:
    """A proxy adds its word at the end of the last line of that name."""
    lines = headers.getlist(name)
    return lines[-1].rpartition(",")[2].strip() if lines else ""


def _client_in(entry: str) -> Address | None:
    """`192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` or `[2001:db8::1]:4711`."""
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    return address_of(entry)
