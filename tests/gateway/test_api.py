"""Every route, and every way a client can get it wrong."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from PIL import Image

from bench.machine import Machine, wait_until
from tests.gateway.conftest import SHORT


def _problem(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["detail"]
    return problem


def test_a_run_is_started_and_shown(api: httpx.Client, finished: str) -> None:
    response = api.get(f"/api/runs/{finished}")
    view = response.json()
    assert view["state"] == "END"
    assert view["outcome"] == "completed"
    assert view["progress"] == 1.0
    assert "scene_1.png?v=" in view["scenes"][0]["image"]
    assert view["links"]["video"].endswith("final_video.mp4")
    assert view["spec"]["prompt"] == SHORT["prompt"]
    again = api.get(f"/api/runs/{finished}", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_same_key_and_body_are_the_same_run(api: httpx.Client) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = api.post("/api/runs", json=SHORT, headers=key)
    second = api.post("/api/runs", json=SHORT, headers=key)
    assert first.status_code == second.status_code == 202
    assert first.headers["location"] == second.headers["location"]
    assert re.match(r"\d{8}_\d{4}_", first.json()["run_id"])
    other = api.post("/api/runs", json={**SHORT, "prompt": "other"}, headers=key)
    assert "new key" in _problem(other, 422)["detail"]
    _problem(api.post("/api/runs", json=SHORT, headers={"Idempotency-Key": "a b"}), 400)
    api.post(f"{first.headers['location']}/cancel")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        pytest.param(b"{}", 422, "prompt: Field required", id="empty"),
        pytest.param(b'{"prompt": "a", "x": 1}', 422, "x: ", id="unknown"),
        pytest.param(b'{"prompt": "a", "num_cuts": 99}', 422, "num_cuts: ", id="range"),
        pytest.param(b'{"prompt": "a", "providers": {"images": 7}}', 422, "providers/images", id="nested"),
        pytest.param(b'{"prompt": "a", "reference_images": ["../x"]}', 422, "uploaded", id="upload"),
        pytest.param(b"[1]", 422, "body: ", id="list"),
        pytest.param(b"{", 400, "not JSON", id="not JSON"),
        pytest.param(b'{"prompt": "\xff"}', 400, "not JSON", id="bad UTF-8"),
        pytest.param(b"[" * 5000, 400, "not JSON", id="deep"),
        pytest.param(b"", 400, "not JSON", id="nothing"),
        pytest.param(b'"' + b"x" * 300_000 + b'"', 413, "at most", id="too large"),
    ],
)  # fmt: skip
def test_a_bad_body_is_refused_with_a_sentence(
    api: httpx.Client, body: bytes, status: int, said: str
) -> None:
    response = api.post("/api/runs", content=body, headers={"Content-Type": "application/json"})
    problem = _problem(response, status)
    assert said in problem["detail"]
    if status == 422:
        pointers = [error["pointer"] for error in problem["errors"]]
        assert all(pointer == "" or pointer.startswith("/") for pointer in pointers)


def test_a_body_of_unknown_length_is_bounded_too(api: httpx.Client) -> None:
    chunks = (b"x" * 65_536 for _ in range(8))
    response = api.post("/api/runs", content=chunks, headers={"Content-Type": "application/json"})
    _problem(response, 413)


def test_runs_of_every_origin_are_listed_newest_first(
    api: httpx.Client, site: Machine, finished: str
) -> None:
    odd = f"from the CLI/{uuid.uuid4().hex[:6]}"
    site.workflow(
        *("start", "--type", "AutoShorts", "--task-queue", "autoshorts", "--workflow-id", odd)
    )
    view = api.get(f"/api/runs/{quote(odd, safe='')}")
    assert view.status_code == 200
    seen: list[str] = []
    cursor = ""
    for _ in range(50):
        page = api.get("/api/runs", params={"limit": 1, "cursor": cursor}).json()
        seen += [item["run_id"] for item in page["items"]]
        if not (cursor := page["next"]):
            break
    assert len(seen) == len(set(seen))
    assert {odd, finished} <= set(seen)
    ended = api.get("/api/runs", params={"state": "END"}).json()["items"]
    assert {item["state"] for item in ended} == {"END"}

    def both() -> set[str]:
        answer = api.get("/api/runs?state=END&state=FAILED&limit=100").json()
        return {item["state"] for item in answer["items"]}

    # Visibility knows of an end a moment later than who follows the run.
    wait_until(lambda: both() == {"END", "FAILED"}, seconds=30, what="both are listed")


@pytest.mark.parametrize(
    "query",
    ["state=BOGUS", "limit=0", "limit=101", "limit=x", "limit=²", "cursor=!!", "cursor=e30"],
)
def test_a_bad_query_is_refused(api: httpx.Client, query: str) -> None:
    _problem(api.get(f"/api/runs?{query}"), 400)


def test_cancel_is_idempotent_and_refused_after_the_end(api: httpx.Client, finished: str) -> None:
    run_id = api.post("/api/runs", json={**SHORT, "num_cuts": 5}).json()["run_id"]
    assert api.post(f"/api/runs/{run_id}/cancel").status_code == 202
    assert api.post(f"/api/runs/{run_id}/cancel").status_code == 202
    assert "completed" in _problem(api.post(f"/api/runs/{finished}/cancel"), 409)["detail"]
    _problem(api.post("/api/runs/nobody/cancel"), 404)


def test_files_are_served_with_their_hashes(api: httpx.Client, finished: str) -> None:
    listed = api.get(f"/api/runs/{finished}/artifacts").json()["items"]
    names = {item["name"]: item for item in listed}
    assert {"final_video.mp4", "captions.srt", "thumbnail.jpg", "scene_1.png"} <= set(names)
    for name, item in names.items():
        whole = api.get(item["url"])
        assert whole.status_code == 200, name
        assert hashlib.sha256(whole.content).hexdigest() == item["sha256"]
        assert whole.headers["x-content-type-options"] == "nosniff"
    url = names["final_video.mp4"]["url"]
    film = api.get(url).content
    assert film[4:8] == b"ftyp"
    tag = {"If-None-Match": f'"{names["final_video.mp4"]["sha256"]}"'}
    assert api.get(url, headers=tag).status_code == 304
    head = api.head(url)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(film)))
    assert api.get(f"{url}?download=1").headers["content-disposition"].startswith("attachment")
    _problem(api.get(f"/api/runs/{finished}/artifacts/other.mp4"), 404)


def test_only_an_address_that_names_the_content_is_kept_for_ever(
    api: httpx.Client, finished: str
) -> None:
    scene = api.get(f"/api/runs/{finished}").json()["scenes"][0]
    name, _, version = scene["image"].partition("?")
    assert version.startswith("v=")
    assert "immutable" in api.get(scene["image"]).headers["cache-control"]
    for address in (name, f"{name}?v=", f"{name}?v=00000000"):
        assert "no-cache" in api.get(address).headers["cache-control"]


def test_an_uploaded_picture_may_be_drawn_from(api: httpx.Client) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, "JPEG")
    name = api.post("/api/uploads", content=buffer.getvalue()).json()["name"]
    started = api.post("/api/runs", json={**SHORT, "reference_images": [name]})
    assert started.status_code == 202
    api.post(f"/api/runs/{started.json()['run_id']}/cancel")


def test_options_say_what_the_worker_can_do(api: httpx.Client) -> None:
    options = api.get("/api/options").json()
    assert options["providers"]["images"]["provider"] == "painter"
    assert options["providers"]["images"]["why"]
    voice = next(voice for voice in options["voices"] if voice["id"] == "espeak-f2")
    assert (voice["sex"], voice["engine"], voice["languages"]) == ("female", "espeak", ["mul"])
    assert "ko" in options["languages"]


def test_health_and_readiness(api: httpx.Client) -> None:
    assert api.get("/healthz").json() == {"status": "ok"}
    assert api.get("/readyz").json() == {"status": "ready"}


def test_unknown_paths_and_methods_are_problems_too(api: httpx.Client) -> None:
    _problem(api.get("/nothing"), 404)
    refused = api.delete("/api/runs")
    _problem(refused, 405)
    assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    for path in ("/api/runs/", "//api/runs", "/api//runs", "/static", "/healthz/"):
        _problem(api.get(path), 404)


HOSTILE = [
    "/api/runs/%2e%2e", "/api/runs/..%2f..%2fetc%2fpasswd", "/api/runs/%00", "/api/runs/%ff%fe",
    "/api/runs/a%0d%0aSet-Cookie:x", "/api/runs/" + "x" * 3000, "/api/runs/%22%20OR%20%22",
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "//etc/passwd",
    "/api/runs/x/artifacts/..%2f..%2frun.json", "/api/runs/x/artifacts/%2fetc%2fpasswd",
    "/api/runs/{id}/artifacts/..%2frun.json", "/api/runs/{id}/artifacts/%2e%2e",
    "/api/runs/{id}/artifacts/run.json%00.mp4", "/api/runs/{id}/events/x", "/api/runs/%",
    "/api/runs?limit=99999999999999999999", "/api/runs?cursor=" + "A" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_gets_a_problem_and_no_file(
    api: httpx.Client, finished: str, path: str
) -> None:
    response = api.get(path.format(id=finished))
    assert 400 <= response.status_code < 500
    assert b"root:" not in response.content
    assert "set-cookie" not in response.headers
