"""The small clients in `examples/` do what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.async_api import Browser

from tests.gateway.browser import open_page
from tests.gateway_client import GatewayProcess

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def test_the_python_client(running_gateway: GatewayProcess) -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLES / "watch.py", "Sea. It is salty. Why?", running_gateway.url],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "100%  ended" in lines[-2]
    assert lines[-1].endswith("final_video.mp4")


async def test_the_javascript_client(running_gateway: GatewayProcess, browser: Browser) -> None:
    source = _source("watch.js").replace("export ", "")
    async with open_page(browser, running_gateway.url) as page:
        end = await page.evaluate(
            f"(async () => {{ {source}; const seen = [];"
            'const end = await watch("Sea. It is salty. Why?", (type) => seen.push(type));'
            "return { outcome: end.ended.outcome, film: end.film, seen }; })()"
        )
        film = await page.request.head(running_gateway.url + end["film"])
    assert end["outcome"] == "completed"
    assert end["seen"][0] == "snapshot"
    assert film.status == 200


def _source(name: str) -> str:
    return (EXAMPLES / name).read_text()
