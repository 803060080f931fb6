"""Who may do what."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import httpx
import pytest

from bench.machine import Machine, script
from tests.gateway.conftest import SHORT
from tests.gateway_client import GatewayProcess, gateway

KEY = "a-long-enough-key-for-tests"


@pytest.fixture(scope="module")
def locked(site: Machine) -> Iterator[GatewayProcess]:
    with gateway(
        site,
        api_key=KEY,
        public_hosts='["shorts.example.com"]',
        cors_origins='["https://a.example"]',
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


def test_the_key_is_in_no_log(locked: GatewayProcess) -> None:
    assert KEY not in locked.log.read_text()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"AUTOSHORTS_HOST": "0.0.0.0"}, "AUTOSHORTS_API_KEY"),
        ({"AUTOSHORTS_PUBLIC_HOSTS": '["a.example"]'}, "AUTOSHORTS_API_KEY"),
        ({"AUTOSHORTS_API_KEY": "short"}, "AUTOSHORTS_API_KEY"),
        ({"AUTOSHORTS_PORT": "99999"}, "AUTOSHORTS_PORT"),
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
