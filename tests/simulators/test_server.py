"""The simulators' machinery breaks answers in the ways it says."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.simulators.server import REFUSALS, Fault, Simulator

WORDS = b"x" * 100_000


class Bakery(Simulator):
    """Sells loaves."""

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/loaf", self._loaf, methods=["POST"]),
            Route("/menu", self._menu, methods=["GET"]),
        ]

    def refusal(self, fault: Fault) -> Response:
        return JSONResponse({"no": fault}, status_code=418)

    async def _loaf(self, request: Request) -> Response:
        body = await request.body()
        self.charge(request, body, {"loaves": 1})
        return Response(self.media(request, WORDS), media_type="audio/mpeg")

    async def _menu(self, request: Request) -> Response:
        return JSONResponse(["loaf"])


@pytest.fixture(scope="module")
def bakery() -> Iterator[Bakery]:
    with Bakery() as bakery:
        yield bakery


@pytest.fixture
def customer(bakery: Bakery) -> Iterator[httpx.Client]:
    bakery.forget()
    with httpx.Client(base_url=bakery.url, timeout=0.5) as client:
        yield client


def _buy(customer: httpx.Client) -> httpx.Response:
    return customer.post("/loaf", content=b"one")


def test_without_a_fault_it_answers_and_counts(bakery: Bakery, customer: httpx.Client) -> None:
    assert _buy(customer).content == WORDS
    assert customer.post("/loaf", content=b"two").content == WORDS
    assert (len(bakery.charges), bakery.charged_twice) == (2, 0)
    _buy(customer)
    assert (len(bakery.charges), bakery.charged_twice) == (3, 1)
    assert bakery.seen[0].body == b"one"


@pytest.mark.parametrize("fault", sorted(REFUSALS))
def test_a_refusal_is_said_once_and_charges_nothing(
    bakery: Bakery, customer: httpx.Client, fault: Fault
) -> None:
    bakery.fail(fault)
    assert customer.get("/menu").status_code == 200
    assert _buy(customer).json() == {"no": fault}
    assert bakery.charges == []
    assert _buy(customer).status_code == 200


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.TIMEOUT, httpx.ReadTimeout),
        (Fault.RESET, httpx.ReadError),
        (Fault.HALF_BODY, httpx.RemoteProtocolError),
    ],
)
def test_a_lost_answer_was_charged(
    bakery: Bakery, customer: httpx.Client, fault: Fault, error: type[Exception]
) -> None:
    bakery.fail(fault)
    with pytest.raises(error):
        _buy(customer)
    assert len(bakery.charges) == 1


@pytest.mark.parametrize(
    ("fault", "kind", "length"),
    [
        (Fault.HTML, "text/html", None),
        (Fault.WRONG_TYPE, "text/plain", None),
        (Fault.EMPTY_MEDIA, "audio/mpeg", 0),
        (Fault.TRUNCATED_MEDIA, "audio/mpeg", len(WORDS) // 2),
    ],
)
def test_another_answer_comes_with_200(
    bakery: Bakery, customer: httpx.Client, fault: Fault, kind: str, length: int | None
) -> None:
    bakery.fail(fault)
    answer = _buy(customer)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.content != WORDS
    assert length is None or len(answer.content) == length


def test_a_slow_answer_is_whole(bakery: Bakery, customer: httpx.Client) -> None:
    bakery.fail(Fault.SLOW)
    begun = time.monotonic()
    assert _buy(customer).content == WORDS
    assert time.monotonic() - begun > 0.4
