"""Files that a service names by their addresses: fetched only from where nothing is given away.

A service, or whoever answers in its place, may name any address, of this machine and its network
too. So https only, to public addresses only, each looked up once, checked, and connected to as it
was checked: a name that is looked up again may answer otherwise. Redirects are checked as the
first address is. What the deployment itself configured is the exception, that very server alone.
No credentials go along, and no proxy is asked, which would look names up for itself.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence

import httpx

from providers.body import ACCEPTED
from providers.errors import AnswerRefused, ProviderTimeout, ProviderUnavailable
from providers.http import (
    CONNECT_SECONDS,
    MAX_ANSWER_BYTES,
    MAX_SECONDS,
    READ_SECONDS,
    failures,
    origin_of,
    read,
    trusted,
)

MAX_REDIRECTS = 3
MAX_ADDRESSES = 4
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

# The addresses of a host's name, best first.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def addresses_of(host: str, port: int) -> Sequence[str]:
    """By the system. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Downloads:
    """Files of one service, that is configured to be at `home`."""

    def __init__(
        self,
        service: str,
        home: str,
        *,
        at_most: int = MAX_ANSWER_BYTES,
        seconds: float = MAX_SECONDS,
        resolve: Resolve = addresses_of,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._service = service
        self._home = httpx.URL(home)
        self._at_most = at_most
        self._seconds = seconds
        self._resolve = resolve
        self._transport = transport

    async def file(self, url: str) -> bytes:
        """What is at an address that the service named.

        Raises `AnswerRefused` for an address that nothing is fetched from, and for what is too
        large; and otherwise what can be tried again.
        """
        target = self._joined(self._home, url)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._followed(target)
        except TimeoutError as exc:
            raise ProviderTimeout(
                f"{self._service}: no whole file from {_shown(target)} in {self._seconds:g} s"
            ) from exc

    async def _followed(self, target: httpx.URL) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._answer(target)
            if response.is_success:
                return response.content
            if not response.has_redirect_location:
                raise ProviderUnavailable(
                    f"{self._service}: {_shown(target)} answered {response.status_code} for a file"
                )
            target = self._joined(target, response.headers["location"])
        raise AnswerRefused(
            f"{self._service}: a file is redirected more than {MAX_REDIRECTS} times"
        )

    def _joined(self, base: httpx.URL, url: str) -> httpx.URL:
        try:
            return base.join(url)
        except httpx.InvalidURL as exc:
            raise AnswerRefused(f"{self._service} named a file at what is no address") from exc

    async def _answer(self, target: httpx.URL) -> httpx.Response:
        """From the first of the checked addresses that can be reached."""
        addresses = await self._checked(target)
        with failures(self._service, target):
            for address in addresses[:-1]:
                try:
                    return await self._asked(target, address)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    continue
            return await self._asked(target, addresses[-1])

    async def _asked(self, target: httpx.URL, address: str) -> httpx.Response:
        """One request, to this address, in the name of the host."""
        async with httpx.AsyncClient(
            transport=self._transport,
            verify=trusted(),
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            trust_env=False,
        ) as client:
            request = client.build_request(
                "GET",
                target.copy_with(host=address, fragment=None),
                headers={"host": target.netloc.decode(), "accept-encoding": ACCEPTED},
                extensions={"sni_hostname": target.host},
            )
            response = await client.send(request, stream=True)
            try:
                return await read(response, self._service, at_most=self._at_most)
            finally:
                await response.aclose()

    async def _checked(self, target: httpx.URL) -> Sequence[str]:
        """The addresses of a target, if all of them may be fetched from."""
        shown = _shown(target)
        is_home = origin_of(target) == origin_of(self._home)
        if target.scheme != "https" and not is_home:
            raise AnswerRefused(f"{self._service} named a file at {shown}: only https is taken")
        if target.userinfo or not target.host:
            raise AnswerRefused(f"{self._service} named a file at {shown} with a user, or no host")
        try:
            found = await self._resolve(target.host, origin_of(target)[2] or 0)
        except (OSError, UnicodeError) as exc:
            raise ProviderUnavailable(f"{self._service}: nothing is known of {shown}") from exc
        if not found:
            raise ProviderUnavailable(f"{self._service}: nothing is known of {shown}")
        if not is_home and not all(is_public(address) for address in found):
            raise AnswerRefused(
                f"{self._service} named a file at {shown}, which is no public address"
            )
        return found[:MAX_ADDRESSES]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, ipaddress.IPv4Address):
        return known.is_global and not known.is_multicast
    inner = known.ipv4_mapped or known.sixtofour
    if known in _NAT64:
        inner = ipaddress.IPv4Address(int(known) & 0xFFFF_FFFF)
    if inner is not None:
        return is_public(str(inner))
    return known in _GLOBAL_UNICAST and known.is_global


def _shown(url: httpx.URL) -> str:
    """Without its path, which may be as good as a key."""
    return f"{url.scheme}://{url.host}" + (f":{url.port}" if url.port else "")
