"""Behind a reverse proxy the stream arrives as it is made."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

import httpx

from bench.machine import script, wait_until
from tests.gateway.conftest import SHORT
from tests.gateway_client import GatewayProcess


def test_caddy_streams_without_buffering(running_gateway: GatewayProcess, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    upstream = running_gateway.url.removeprefix("http://")
    config = tmp_path / "Caddyfile"
    config.write_text(
        "{\n admin off\n auto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n bind 127.0.0.1\n"
        f" reverse_proxy {upstream} {{\n  flush_interval -1\n }}\n}}\n"
    )
    caddy = subprocess.Popen(
        [script("caddy"), "run", "--config", config, "--adapter", "caddyfile"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(url), seconds=20, what="caddy")
        with httpx.Client(base_url=url, timeout=30) as client:
            run_id = client.post("/api/runs", json={**SHORT, "prompt": "별"}).json()["run_id"]
            times = []
            with client.stream("GET", f"/api/runs/{run_id}/events") as response:
                for line in response.iter_lines():
                    if line.startswith("event:"):
                        times.append(time.monotonic())
        assert times[-1] - times[0] > 1
        assert max(b - a for a, b in zip(times, times[1:], strict=False)) < 10
    finally:
        caddy.terminate()
        caddy.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").status_code == 200
    except httpx.TransportError:
        return False
