"""Who may do what."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bench.machine import Machine, script, wait_until
from tests.gateway.conftest import SHORT
from tests.gateway_client import GatewayProcess, gateway

KEY = "a-long-enough-key-for-tests"
CANARY = "a-wrong-key-that-must-be-in-no-log"


@pytest.fixture(scope="module")
def locked(site: Machine) -> Iterator[GatewayProcess]:
    with gateway(
        site,
        api_key=KEY,
        public_hosts="shorts.example.com, other.example.com",
        cors_origins="https://a.example",
    ) as running:
        yield running


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:80"])
def test_another_host_name_is_refused(api: httpx.Client, host: str) -> None:
    assert api.get("/api/runs", headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({}, 422),
    ],
)
def test_another_site_may_change_nothing(
    api: httpx.Client, headers: dict[str, str], status: int
) -> None:
    assert api.post("/api/runs", json={}, headers=headers).status_code == status


def test_without_the_key_nothing_is_shown(locked: GatewayProcess) -> None:
    with locked.client() as client:
        answer = client.get("/api/runs")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert client.post("/api/runs", json=SHORT).status_code == 401
        assert client.get("/").status_code == 200
        assert client.get("/healthz").status_code == 200
        for key in ("wrong", "ключ".encode().decode("latin-1")):
            headers = {"Authorization": f"Bearer {key}".encode("latin-1")}
            assert client.get("/api/runs", headers=headers).status_code == 401  # type: ignore[arg-type]
        good = {"Authorization": f"Bearer {KEY}"}
        assert client.get("/api/runs", headers=good).status_code == 200


def test_a_session_is_a_cookie_that_scripts_cannot_read(locked: GatewayProcess) -> None:
    with locked.client() as client:
        assert client.post("/api/session", json={"key": "wrong"}).status_code == 401
        answer = client.post("/api/session", json={"key": KEY})
        assert answer.status_code == 204
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert KEY not in cookie
        assert client.get("/api/runs").status_code == 200
        cookie = client.cookies["autoshorts"]
        forged = cookie[:-1] + ("1" if cookie[-1] == "0" else "0")
        client.cookies.clear()
        assert (
            client.get("/api/runs", headers={"Cookie": f"autoshorts={forged}"}).status_code == 401
        )


def test_a_configured_origin_may_use_the_api(locked: GatewayProcess) -> None:
    with locked.client() as client:
        headers = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
        answer = client.options("/api/runs", headers=headers)
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
        other = client.options("/api/runs", headers={"Origin": "https://b.example"})
        assert "access-control-allow-origin" not in other.headers


def test_a_page_of_another_origin_gets_the_answer_only_where_it_is_listed(
    locked: GatewayProcess,
) -> None:
    with locked.client(headers={"Authorization": f"Bearer {KEY}"}) as client:
        listed = client.get("/api/options", headers={"Origin": "https://a.example"})
        assert listed.headers["access-control-allow-origin"] == "https://a.example"
        assert "access-control-allow-credentials" not in listed.headers
        for origin in ("https://b.example", "null", ""):
            other = client.get("/api/options", headers={"Origin": origin})
            assert "access-control-allow-origin" not in other.headers
            assert other.headers["vary"] == "Origin"


def test_counts_are_for_those_with_the_key_and_readiness_is_for_all(
    locked: GatewayProcess,
) -> None:
    with locked.client() as client:
        assert client.get("/metrics").status_code == 401
        counts = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"})
        assert "autoshorts_streams 0" in counts.text
        assert client.get("/readyz").json() == {"status": "ready"}


def test_behind_tls_the_cookie_is_bound_to_the_host(locked: GatewayProcess) -> None:
    with locked.client() as client:
        headers = {"X-Forwarded-Proto": "https", "Host": "other.example.com"}
        answer = client.post("/api/session", json={"key": KEY}, headers=headers)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-autoshorts=")
        assert "; secure" in cookie.lower()
        value = cookie.partition(";")[0]
        assert client.get("/api/runs", headers={"Cookie": value}).status_code == 200


def test_two_host_names_at_once_are_refused(running_gateway: GatewayProcess) -> None:
    said = _raw(
        running_gateway,
        b"GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n"
        b"Connection: close\r\n\r\n",
    )
    assert said.startswith(b"HTTP/1.1 421")


def test_a_client_that_leaves_within_its_body_costs_no_traceback(
    running_gateway: GatewayProcess,
) -> None:
    _raw(
        running_gateway,
        b"POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Content-Length: 30\r\n\r\n{}",
    )
    httpx.get(f"{running_gateway.url}/healthz").raise_for_status()
    assert "Traceback" not in running_gateway.log.read_text()


def _raw(gateway: GatewayProcess, sent: bytes) -> bytes:
    url = httpx.URL(gateway.url)
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        said = b""
        while more := connection.recv(65_536):
            said += more
    return said


def test_a_right_key_is_taken_whoever_fails_beside_it(locked: GatewayProcess) -> None:
    good = {"Authorization": f"Bearer {KEY}"}

    def guess(n: int) -> httpx.Response:
        with locked.client() as client:
            if n % 3 == 0:
                return client.post("/api/session", json={"key": CANARY})
            return client.get("/api/runs", headers={"Authorization": f"Bearer {CANARY}"})

    with ThreadPoolExecutor(30) as pool, locked.client() as client:
        guesses = [pool.submit(guess, n) for n in range(30)]
        while not all(guess.done() for guess in guesses):
            assert client.get("/api/runs", headers=good).status_code == 200
            assert client.post("/api/session", json={"key": KEY}).status_code == 204
            client.cookies.clear()
        answers = [guess.result() for guess in guesses]
    assert {answer.status_code for answer in answers} == {401, 429}
    late = [answer for answer in answers if answer.status_code == 429]
    assert all(0 < int(answer.headers["retry-after"]) < 10 for answer in late)
    assert max(answer.elapsed.total_seconds() for answer in answers) > 1


def test_no_key_and_no_session_is_in_the_log(locked: GatewayProcess) -> None:
    with locked.client() as client:
        client.post("/api/session", json={"key": KEY})
        session = client.cookies["autoshorts"]
        assert client.post("/api/runs", content=b"{").status_code == 415
        client.post("/api/session", json={"key": CANARY})
        client.get("/api/runs", headers={"Authorization": f"Bearer {CANARY}"})
    said = locked.log.read_text()
    assert CANARY not in said
    assert KEY not in said
    assert session not in said


def test_a_logout_ends_the_session_wherever_its_cookie_was_copied(locked: GatewayProcess) -> None:
    with locked.client() as client, locked.client() as thief:
        client.post("/api/session", json={"key": KEY})
        copy = {"Cookie": f"autoshorts={client.cookies['autoshorts']}"}
        assert thief.get("/api/runs", headers=copy).status_code == 200
        assert client.delete("/api/session").status_code == 204
        assert thief.get("/api/runs", headers=copy).status_code == 401
        assert thief.delete("/api/session", headers=copy).status_code == 204


def test_a_logout_at_one_gateway_is_one_at_all(locked: GatewayProcess, site: Machine) -> None:
    with gateway(site, api_key=KEY) as other, locked.client() as client, other.client() as there:
        client.post("/api/session", json={"key": KEY})
        there.cookies.update(client.cookies)
        assert there.get("/api/runs").status_code == 200
        assert client.delete("/api/session").status_code == 204
        wait_until(
            lambda: there.get("/api/runs").status_code == 401,
            seconds=10,
            what="the other gateway",
        )


def test_who_has_no_key_yet_cannot_send_much(locked: GatewayProcess) -> None:
    with locked.client() as client:
        assert client.post("/api/session", content=b"x" * 5000).status_code == 413


def test_forwarding_headers_of_anybody_are_ignored(site: Machine) -> None:
    """Named proxies are believed, and nobody else: a client here is none of them."""
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    with (
        gateway(
            site, api_key=KEY, public_hosts="shorts.example.com", trusted_proxies="192.0.2.0/24"
        ) as other,
        other.client(headers=forged) as client,
    ):
        answer = client.post("/api/session", json={"key": KEY})
        assert answer.headers["set-cookie"].startswith("autoshorts=")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"AUTOSHORTS_HOST": "0.0.0.0"}, "AUTOSHORTS_API_KEY"),
        ({"AUTOSHORTS_PUBLIC_HOSTS": "a.example"}, "AUTOSHORTS_API_KEY"),
        ({"AUTOSHORTS_API_KEY": "short"}, "AUTOSHORTS_API_KEY"),
        ({"AUTOSHORTS_PORT": "99999"}, "AUTOSHORTS_PORT"),
        ({"AUTOSHORTS_TRUSTED_PROXIES": "caddy"}, "AUTOSHORTS_TRUSTED_PROXIES"),
    ],
)
def test_it_refuses_to_start_open_to_anybody(
    site: Machine, settings: dict[str, str], said: str
) -> None:
    done = subprocess.run(
        [script("autoshorts"), "gateway"],
        env=site.env | settings,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 2
    assert said in done.stderr
