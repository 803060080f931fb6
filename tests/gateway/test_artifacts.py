"""A run's files over HTTP, by the letter of RFC 9110."""

from __future__ import annotations

import httpx
import pytest

from bench.machine import Machine

TYPES = {
    "final_video.mp4": ("video/mp4", "inline"),
    "captions.srt": ("application/x-subrip", "attachment"),
    "captions.vtt": ("text/vtt", "inline"),
    "plot.csv": ("text/csv", "attachment"),
    "layout.json": ("application/json", "inline"),
    "thumbnail.jpg": ("image/jpeg", "inline"),
    "scene_1.png": ("image/png", "inline"),
    "scene_1_line_1.wav": ("audio/wav", "inline"),
}


def _url(run_id: str, name: str) -> str:
    return f"/api/runs/{run_id}/artifacts/{name}"


@pytest.mark.parametrize("name", TYPES)
def test_each_file_has_its_true_type(api: httpx.Client, finished: str, name: str) -> None:
    answer = api.get(_url(finished, name))
    kind, disposition = TYPES[name]
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["content-disposition"].startswith(disposition)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("sent", "status", "parts"),
    [
        ("bytes=0-3", 206, [slice(0, 4)]),
        ("bytes=-4", 206, [slice(-4, None)]),
        ("bytes=4-", 206, [slice(4, None)]),
        ("bytes=-99999999", 206, [slice(0, None)]),
        ("bytes=0-1,4-7", 206, [slice(0, 2), slice(4, 8)]),
        ("bytes=0-1,99999999-,-0", 206, [slice(0, 2)]),
        ("bytes=99999999-", 416, []),
        ("bytes=-0", 416, []),
        ("bytes=9-1", 200, []),
        ("bytes=a-b", 200, []),
        ("lines=1-2", 200, []),
        ("bytes=" + ",".join(["0-0"] * 400), 200, []),
    ],
)
def test_ranges(
    api: httpx.Client, finished: str, sent: str, status: int, parts: list[slice]
) -> None:
    url = _url(finished, "plot.csv")
    whole = api.get(url).content
    answer = api.get(url, headers={"Range": sent})
    assert answer.status_code == status
    if status == 416:
        assert answer.headers["content-range"] == f"bytes */{len(whole)}"
        assert answer.headers["content-type"] == "application/problem+json"
    elif len(parts) == 1:
        assert answer.content == whole[parts[0]]
    elif parts:
        assert answer.headers["content-type"].startswith("multipart/byteranges")
        assert all(whole[part] in answer.content for part in parts)
    else:
        assert answer.content == whole


def test_a_range_counts_only_for_get_and_for_the_version_that_it_names(
    api: httpx.Client, finished: str
) -> None:
    url = _url(finished, "final_video.mp4")
    tag = api.head(url).headers["etag"]
    part = {"Range": "bytes=0-3"}
    assert api.get(url, headers={**part, "If-Range": tag}).status_code == 206
    assert api.get(url, headers={**part, "If-Range": '"other"'}).status_code == 200
    head = api.head(url, headers=part)
    assert head.status_code == 200
    assert int(head.headers["content-length"]) > 4


def test_a_file_that_is_gone_or_damaged_is_not_served(
    api: httpx.Client, site: Machine, finished: str
) -> None:
    url = _url(finished, "plot.csv")
    sha256 = api.head(url).headers["etag"].strip('"')
    blob = site.data / "store" / "blobs" / sha256[:2] / sha256
    data = blob.read_bytes()
    try:
        blob.unlink()
        gone = api.get(url)
        blob.write_bytes(data[::-1])
        damaged = api.get(url)
    finally:
        blob.unlink(missing_ok=True)
        blob.write_bytes(data)
    for answer in (gone, damaged):
        assert answer.status_code == 404
        assert str(site.data) not in answer.text
    assert api.get(url).content == data
