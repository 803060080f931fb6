"""Behind a reverse proxy: the stream arrives as it is made, and one hop is believed."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bench.machine import Machine, script, wait_until
from tests.gateway.conftest import SHORT
from tests.gateway_client import GatewayProcess, gateway

KEY = "a-long-enough-key-for-tests"


@contextmanager
def _caddy(upstream: GatewayProcess, home: Path, *, more: str = "") -> Iterator[str]:
    """Caddy in front of a gateway, configured as docs/operations.md says; its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = home / "Caddyfile"
    config.write_text(
        "{\n admin off\n auto_https disable_redirects\n skip_install_trust\n}\n"
        f"{'https' if more else 'http'}://127.0.0.1:{port} {{\n bind 127.0.0.1\n {more}\n"
        f" reverse_proxy {upstream.url.removeprefix('http://')} {{\n  flush_interval -1\n }}\n}}\n"
    )
    caddy = subprocess.Popen(
        [script("caddy"), "run", "--config", config, "--adapter", "caddyfile"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
    )
    try:
        url = f"{'https' if more else 'http'}://127.0.0.1:{port}"
        wait_until(lambda: _answers(url), seconds=20, what="caddy")
        yield url
    finally:
        caddy.terminate()
        caddy.wait()


def test_caddy_streams_without_buffering(running_gateway: GatewayProcess, tmp_path: Path) -> None:
    with (
        _caddy(running_gateway, tmp_path) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        run_id = client.post("/api/runs", json={**SHORT, "prompt": "별"}).json()["run_id"]
        times = []
        with client.stream("GET", f"/api/runs/{run_id}/events") as response:
            for line in response.iter_lines():
                if line.startswith("event:"):
                    times.append(time.monotonic())
    assert times[-1] - times[0] > 1
    assert max(b - a for a, b in zip(times, times[1:], strict=False)) < 10


@pytest.fixture(scope="module")
def locked(site: Machine) -> Iterator[GatewayProcess]:
    """A gateway that is told of no proxy but what its public name means."""
    with gateway(site, api_key=KEY, public_hosts="shorts.example.com") as running:
        yield running


def test_invented_addresses_hide_nobody_and_lock_out_nobody(
    locked: GatewayProcess, tmp_path: Path
) -> None:
    good = {"Authorization": f"Bearer {KEY}"}
    with _caddy(locked, tmp_path) as url:

        def guess(n: int) -> httpx.Response:
            headers = {"Authorization": "Bearer wrong", "X-Forwarded-For": f"203.0.113.{n}"}
            return httpx.get(f"{url}/api/runs", headers=headers, timeout=30, verify=False)

        with ThreadPoolExecutor(30) as pool:
            guesses = [pool.submit(guess, n) for n in range(30)]
            while not all(guess.done() for guess in guesses):
                for seen in ("203.0.113.9", "192.0.2.1"):
                    headers = {**good, "X-Forwarded-For": seen}
                    assert (
                        httpx.get(f"{url}/api/runs", headers=headers, verify=False).status_code
                        == 200
                    )
        # Thirty strangers would have had a few free tries each; this was one client.
        assert {guess.result().status_code for guess in guesses} == {401, 429}
        assert httpx.get(f"{url}/api/runs", headers=good).status_code == 200


def test_the_cookie_is_secure_where_the_proxy_says_so(
    locked: GatewayProcess, tmp_path: Path
) -> None:
    forged = {"X-Forwarded-Proto": "https"}
    with _caddy(locked, tmp_path) as url:
        answer = httpx.post(f"{url}/api/session", json={"key": KEY}, headers=forged)
    assert answer.headers["set-cookie"].startswith("autoshorts=")
    with _caddy(locked, tmp_path, more="tls internal") as url:
        answer = httpx.post(f"{url}/api/session", json={"key": KEY}, verify=False)
    assert answer.headers["set-cookie"].startswith("__Host-autoshorts=")


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", verify=False).status_code == 200
    except httpx.TransportError:
        return False
