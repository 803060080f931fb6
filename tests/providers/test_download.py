"""What a service sends, and what it names, is taken within bounds and from public addresses."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import psutil
import pytest
from pydantic import BaseModel

from providers import http
from providers.base import Uncounted
from providers.body import MIB
from providers.download import Downloads, is_public
from providers.errors import (
    AnswerRefused,
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
    RateLimited,
)
from providers.http import MAX_RETRY_AFTER, new_client, retry_after, send
from providers.llm.chat import Chat, Question
from providers.llm.manner import Manner

ENDLESS = 400 * MIB
PUBLIC = "93.184.216.34"
Take = Callable[[str], Awaitable[bytes]]


class Bad(BaseHTTPRequestHandler):
    """Answers that no service would give."""

    def do_GET(self) -> None:
        getattr(self, f"_{self.path.split('/')[1]}")()

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Not to the console."""

    def _endless(self, status: int = 200) -> None:
        self._begin(status)
        self._write(b"\0" * MIB, times=ENDLESS // MIB)

    def _endless_error(self) -> None:
        self._endless(429)

    def _declared(self) -> None:
        self._begin(200, ("content-length", str(ENDLESS)))

    def _bomb(self) -> None:
        self._begin(200, ("content-encoding", "gzip"))
        self._write(_bomb())

    def _bomb_error(self) -> None:
        self._begin(500, ("content-encoding", "gzip"))
        self._write(_bomb())

    def _hollow(self) -> None:
        """Packed bytes of which none ever comes out."""
        self._begin(200, ("content-encoding", "gzip"))
        self._write(gzip.compress(b"")[:10])
        self._write(b"\0\0\0\xff\xff" * (MIB // 5), times=ENDLESS // MIB)

    def _cut(self) -> None:
        self._begin(200, ("content-encoding", "gzip"))
        self._write(gzip.compress(b"whole" * 1000)[:20])

    def _brotli(self) -> None:
        self._begin(200, ("content-encoding", "br"))
        self._write(b"\x0b\x02\x80whole\x03")

    def _gzip(self) -> None:
        self._begin(200, ("content-encoding", "gzip"))
        self._write(gzip.compress(b"whole"))

    def _deflate(self) -> None:
        self._begin(200, ("content-encoding", "deflate"))
        self._write(zlib.compress(b"whole"))

    def _file(self) -> None:
        body = f"host={self.headers['host']} key={self.headers['authorization']}".encode()
        self._begin(200, ("content-length", str(len(body))))
        self._write(body)

    def _gone(self) -> None:
        self._begin(403)

    def _drip(self) -> None:
        self._begin(200)
        while self._write(b"."):
            if self.server.stopped.wait(0.05):  # type: ignore[attr-defined]
                return

    def _loop(self) -> None:
        self._begin(302, ("location", "/loop"))

    def _once(self) -> None:
        self._begin(302, ("location", "/file"))

    def _inside(self) -> None:
        self._begin(302, ("location", "https://169.254.169.254/latest/meta-data/"))

    def _begin(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def _write(self, data: bytes, times: int = 1) -> bool:
        try:
            for _ in range(times):
                self.wfile.write(data)
        except OSError:
            return False
        return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.stopped = threading.Event()
        super().__init__(("127.0.0.1", 0), Bad)


_BOMB: list[bytes] = []


def _bomb() -> bytes:
    """Less than two megabytes that unpack to 400."""
    if not _BOMB:
        packer = zlib.compressobj(9, wbits=31)
        piece = bytes(MIB)
        packed = [packer.compress(piece) for _ in range(ENDLESS // MIB)]
        _BOMB.append(b"".join((*packed, packer.flush())))
    return _BOMB[0]


@pytest.fixture(scope="module")
def bad() -> Iterator[str]:
    """The address of a server that misbehaves."""
    with _Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.stopped.set()
        server.shutdown()


async def _sent(url: str) -> bytes:
    base, _, path = url.rpartition("/")
    async with new_client(base, {"authorization": "Bearer canary"}) as client:
        return (await send(client, "shop", "GET", f"/{path}", paid=True)).content


async def _downloaded(url: str) -> bytes:
    return await Downloads("shop", url.rpartition("/")[0], at_most=20 * MIB).file(url)


WAYS = [pytest.param(_sent, id="an answer"), pytest.param(_downloaded, id="a file")]


@contextmanager
def flat_memory(at_most: int) -> Iterator[None]:
    """Fails where Python's memory or the process's grew by more at any moment."""
    process, most, done = psutil.Process(), 0, threading.Event()
    before = process.memory_info().rss

    def watch() -> None:
        nonlocal most
        while not done.wait(0.005):
            most = max(most, process.memory_info().rss - before)

    watching = threading.Thread(target=watch)
    watching.start()
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        done.set()
        watching.join()
    assert peak < at_most
    assert most < at_most


# How much


@pytest.mark.parametrize("take", WAYS)
@pytest.mark.parametrize("path", ["endless", "declared", "bomb", "hollow"])
async def test_what_is_too_large_is_refused_before_it_fills_the_memory(
    bad: str, take: Take, path: str
) -> None:
    assert len(_bomb()) < 2 * MIB
    with (
        flat_memory(90 * MIB),
        pytest.raises(AnswerRefused, match=r"shop sent more than 20 MiB") as caught,
    ):
        await take(f"{bad}/{path}")
    assert caught.value.may_have_charged is (take is _sent)


@pytest.mark.parametrize(
    ("path", "kind"), [("endless_error", RateLimited), ("bomb_error", ProviderUnavailable)]
)
async def test_an_error_without_end_is_still_that_error(
    bad: str, path: str, kind: type[ProviderError]
) -> None:
    with flat_memory(40 * MIB), pytest.raises(kind) as caught:
        await _sent(f"{bad}/{path}")
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("take", WAYS)
@pytest.mark.parametrize("path", ["gzip", "deflate"])
async def test_a_packed_answer_is_unpacked(bad: str, take: Take, path: str) -> None:
    assert await take(f"{bad}/{path}") == b"whole"


@pytest.mark.parametrize("take", WAYS)
@pytest.mark.parametrize(("path", "words"), [("cut", "too early"), ("brotli", "'br'")])
async def test_what_cannot_be_unpacked_is_no_answer(
    bad: str, take: Take, path: str, words: str
) -> None:
    with pytest.raises(ProviderUnavailable, match=words):
        await take(f"{bad}/{path}")


@pytest.mark.parametrize("take", WAYS)
async def test_a_slow_drip_ends(bad: str, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_SECONDS", 0.5)
    monkeypatch.setattr(Downloads.__init__, "__kwdefaults__", {**_defaults(), "seconds": 0.5})
    with pytest.raises(ProviderTimeout):
        async with asyncio.timeout(10):
            await take(f"{bad}/drip")


def _defaults() -> dict[str, object]:
    return dict(Downloads.__init__.__kwdefaults__ or {})


# From where


@pytest.mark.parametrize(
    "address",
    """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.168.0.1
    192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
    2002:7f00:1:: 2002:a00:1:: 2001:0:1::1 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0
    fec0::1 ff02::1 100::1 nonsense
    """.split(),
)
def test_an_address_of_a_network_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


class Names:
    """A resolver that answers as told, once for each time it is asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self._answers.pop(0)


class Net(httpx.AsyncBaseTransport):
    """Sees where requests really go; `closed` addresses cannot be connected to."""

    def __init__(self, *locations: str, closed: tuple[str, ...] = ()) -> None:
        self._locations = list(locations)
        self._closed = closed
        self.went: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.went.append(request)
        if request.url.host in self._closed:
            raise httpx.ConnectError("closed")
        if self._locations:
            location = {"location": self._locations.pop(0)}
            return httpx.Response(302, headers=location, stream=httpx.ByteStream(b""))
        return httpx.Response(200, stream=httpx.ByteStream(b"music"))


def _downloads(names: Names, net: Net, *, home: str = "https://api.shop.example") -> Downloads:
    return Downloads("shop", home, resolve=names, transport=net)


async def test_a_file_comes_from_the_address_that_was_checked_in_the_name_of_its_host() -> None:
    """So a name that answers otherwise the second time is not looked up a second time."""
    names, net = Names([PUBLIC], ["127.0.0.1"]), Net()
    url = "https://files.shop.example:8443/a.mp3?sign=x"
    assert await _downloads(names, net).file(url) == b"music"
    (request,) = net.went
    assert str(request.url) == f"https://{PUBLIC}:8443/a.mp3?sign=x"
    assert request.headers["host"] == "files.shop.example:8443"
    assert request.extensions["sni_hostname"] == "files.shop.example"
    assert names.asked == [("files.shop.example", 8443)]


@pytest.mark.parametrize(
    "answer",
    [["127.0.0.1"], ["169.254.169.254"], [PUBLIC, "10.0.0.1"], ["::ffff:127.0.0.1"], ["fd00::1"]],
    ids=str,
)
async def test_a_name_that_leads_inside_is_refused(answer: list[str]) -> None:
    net = Net()
    with pytest.raises(AnswerRefused, match=r"files\.shop\.example, which is no public address"):
        await _downloads(Names(answer), net).file("https://files.shop.example/a.mp3?sign=canary")
    assert net.went == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://files.shop.example/a", "only https"),
        ("http://127.0.0.1/a", "only https"),
        ("http://169.254.169.254/latest/meta-data/", "only https"),
        ("file:///etc/passwd", "only https"),
        ("https://127.0.0.1/a", "no public address"),
        ("https://2130706433/a", "no public address"),
        ("https://0x7f.1/a", "no public address"),
        ("https://[::1]/a", "no public address"),
        ("https://localhost/a", "no public address"),
        ("https://me:canary@files.shop.example/a", "with a user"),
        ("https://x:port/a", "no address"),
    ],
)
async def test_an_address_that_nothing_is_fetched_from(url: str, words: str) -> None:
    net = Net()
    downloads = Downloads("shop", "https://api.shop.example", transport=net)
    with pytest.raises(AnswerRefused, match=words) as caught:
        await downloads.file(url)
    assert net.went == []
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("to", "answer"),
    [
        ("https://169.254.169.254/latest/", ["169.254.169.254"]),
        ("https://inside.example/", ["127.0.0.1"]),
        ("http://files.shop.example/a", [PUBLIC]),
        ("//inside.example/", ["10.0.0.7"]),
    ],
)
async def test_a_redirect_inside_is_refused(to: str, answer: list[str]) -> None:
    net = Net(to)
    with pytest.raises(AnswerRefused):
        await _downloads(Names([PUBLIC], answer), net).file("https://files.shop.example/a")
    assert len(net.went) == 1


async def test_a_redirect_to_another_public_address_is_followed() -> None:
    names, net = Names([PUBLIC], ["1.1.1.1"]), Net("https://cdn.example/b")
    assert await _downloads(names, net).file("https://files.shop.example/a") == b"music"
    assert [request.url.host for request in net.went] == [PUBLIC, "1.1.1.1"]
    assert net.went[1].headers["host"] == "cdn.example"


async def test_redirects_end() -> None:
    names, net = Names(*[[PUBLIC]] * 9), Net(*["/again"] * 9)
    with pytest.raises(AnswerRefused, match="more than 3 times"):
        await _downloads(names, net).file("https://files.shop.example/a")
    assert len(net.went) == 4


async def test_of_several_addresses_the_first_that_answers_is_taken() -> None:
    names, net = Names(["2606:4700::1111", PUBLIC]), Net(closed=("2606:4700::1111",))
    assert await _downloads(names, net).file("https://files.shop.example/a") == b"music"
    names, net = Names([PUBLIC]), Net(closed=(PUBLIC,))
    with pytest.raises(ProviderUnavailable, match="cannot be reached"):
        await _downloads(names, net).file("https://files.shop.example/a")


async def test_a_name_that_nobody_knows_may_be_asked_again() -> None:
    async def nobody(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(ProviderUnavailable, match="nothing is known"):
        await Downloads("shop", "https://a.example", resolve=nobody).file("https://b.example/c")


# A service of one's own


async def test_a_service_of_ones_own_is_fetched_from_and_gets_no_key(bad: str) -> None:
    said = await _downloaded(f"{bad}/file")
    assert said.decode() == f"host={bad.removeprefix('http://')} key=None"
    assert await _downloaded(f"{bad}/once") == said


async def test_nothing_else_on_its_machine_is(bad: str) -> None:
    with pytest.raises(AnswerRefused, match="only https"):
        await Downloads("shop", "http://127.0.0.1:9").file(f"{bad}/file")
    with pytest.raises(AnswerRefused, match="only https"):
        await Downloads("shop", bad).file(f"{bad.replace('127.0.0.1', 'localhost')}/file")
    with pytest.raises(AnswerRefused, match="no public address"):
        await _downloaded(f"{bad}/inside")
    with pytest.raises(AnswerRefused, match="more than 3 times"):
        await _downloaded(f"{bad}/loop")


async def test_a_link_that_has_run_out_may_be_asked_for_again(bad: str) -> None:
    with pytest.raises(ProviderUnavailable, match="answered 403 for a file"):
        await _downloaded(f"{bad}/gone")


async def test_a_request_never_goes_to_another_server(bad: str) -> None:
    async with new_client("https://api.shop.example", {"authorization": "canary"}) as client:
        with pytest.raises(AnswerRefused, match="at another server"):
            await send(client, "shop", "GET", f"{bad}/file")


async def test_an_address_without_a_scheme_is_told_as_such() -> None:
    async with httpx.AsyncClient() as client:
        with pytest.raises(InvalidProviderRequest, match="must begin with http:// or https://"):
            await send(client, "shop", "GET", "models")


# The SDK


@pytest.mark.parametrize("path", ["endless", "bomb"])
async def test_a_chat_models_answer_is_bounded_too(bad: str, path: str) -> None:
    with flat_memory(90 * MIB), pytest.raises(AnswerRefused, match="more than 20 MiB") as caught:
        await _asked(bad, path)
    assert caught.value.may_have_charged


@pytest.mark.parametrize(
    ("path", "kind"), [("endless_error", RateLimited), ("bomb_error", ProviderUnavailable)]
)
async def test_a_chat_models_error_is_bounded_too(
    bad: str, path: str, kind: type[ProviderError]
) -> None:
    with flat_memory(60 * MIB), pytest.raises(kind):
        await _asked(bad, path)


async def test_a_chat_models_drip_ends(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.2)
    with pytest.raises(ProviderTimeout):
        await _asked(bad, "drip")


async def test_a_chat_model_leads_to_no_other_server(bad: str) -> None:
    with pytest.raises(InvalidProviderRequest, match="answered 302"):
        await _asked(bad, "once")


class Said(BaseModel):
    """What is asked of the model."""

    text: str


async def _asked(url: str, path: str) -> None:
    chat = Chat(f"{url}/{path}", "key", model="m", name="m", manner=Manner())
    question = Question([{"role": "user", "content": "hi"}], "Said", Said.model_json_schema())
    try:
        await chat.ask(question, call=Uncounted(), tell=lambda letters, thoughts: None)
    finally:
        await chat.aclose()


# How long to wait


@pytest.mark.parametrize("value", ["1e300", "inf", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_service_cannot_ask_for_a_rest_without_end(value: str) -> None:
    assert retry_after(httpx.Response(429, headers={"retry-after": value})) == MAX_RETRY_AFTER


@pytest.mark.parametrize("value", ["nan", "soon", "", "Fri, 31 Dec 99999 23:59:59 GMT"])
def test_a_rest_that_is_no_time_is_none(value: str) -> None:
    assert retry_after(httpx.Response(429, headers={"retry-after": value})) is None
