"""A thousand requests that no client should make: no 5xx, no hang, nothing outside the run."""

from __future__ import annotations

import random
import string
from urllib.parse import quote

import httpx

REQUESTS = 1000
PIECES = (
    "..", "%2e%2e", "%2f", "%5c", "%00", "%ff", "%0d%0a", "%25", "~", ";", "?", "run.json", "etc",
    "passwd", "final_video.mp4", "artifacts", "events", "cancel", "api", "runs", "é", "한",
)  # fmt: skip
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
BODIES = (
    b"", b"{", b"null", b"[]" * 100, b"\xff\xfe", b'{"prompt": 1}', b'{"a":' * 900, b"0" * 70_000,
    b'{"prompt": "\\ud800"}', b'{"prompt": "' + b"\\u0000" * 50 + b'"}',
)  # fmt: skip
HEADERS = (
    {"Range": "bytes=9-1"},
    {"Range": "bytes=" + ",".join("0-0" for _ in range(400))},
    {"If-None-Match": "*," * 300},
    {"Last-Event-ID": "x" * 4000},
    {"Content-Type": "application/json; charset=evil"},
    {"Content-Length": "12"},
    {"X-Big": "y" * 12_000},
    {"Cookie": "autoshorts=" + "z" * 500},
    {"Authorization": "Bearer " + "k" * 500},
    {"Idempotency-Key": "a" * 256},
    {"Host": "evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
)


def test_a_thousand_hostile_requests_break_nothing(api: httpx.Client, finished: str) -> None:
    chance = random.Random(20261124)
    statuses: set[int] = set()
    for _ in range(REQUESTS):
        path = _path(chance, finished)
        headers = chance.choice(HEADERS) if chance.random() < 0.5 else {}
        body = chance.choice(BODIES) if chance.random() < 0.5 else None
        if "Content-Length" in headers:
            body = b"x" * 12
        request = api.build_request(chance.choice(METHODS), path, headers=headers, content=body)
        with_length = httpx.Timeout(5)
        request.extensions["timeout"] = with_length.as_dict()
        response = api.send(request)
        statuses.add(response.status_code)
        assert response.status_code < 500, (request.method, path, headers, response.text)
        assert b"root:x" not in response.content
        assert b"Traceback" not in response.content
    assert len(statuses) > 5
    assert api.get("/healthz").status_code == 200


def _path(chance: random.Random, run_id: str) -> str:
    if chance.random() < 0.3:
        return "/" + "".join(chance.choices(string.printable.strip() + "/%", k=30)).replace(
            "#", "/"
        ).replace("%", "%25").lstrip("/")
    middle = "/".join(
        quote(piece, safe="%") for piece in chance.choices(PIECES, k=chance.randint(0, 4))
    )
    start = chance.choice(("/api/runs/", f"/api/runs/{quote(run_id)}/artifacts/", "/static/", "/"))
    return start + middle
