"""Reference pictures, as phones, cameras, forms and attackers send them."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.gateway_client import GatewayProcess


def _bytes(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def _taken(api: httpx.Client, data: bytes) -> Image.Image:
    """The picture as it is shown again."""
    answer = api.post("/api/uploads", content=data)
    assert answer.status_code == 201, answer.text
    shown = api.get(answer.headers["location"])
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["x-content-type-options"] == "nosniff"
    return Image.open(io.BytesIO(shown.content))


TEAL = Image.new("RGB", (60, 40), "teal")


def test_a_phone_that_was_held_upright_stays_upright(api: httpx.Client) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    taken = _taken(api, _bytes(TEAL, "JPEG", exif=exif))
    assert taken.size == (40, 60)
    assert not taken.getexif()


def test_sixteen_bits_become_eight(api: httpx.Client) -> None:
    ramp = np.linspace(0, 65_535, 2400).reshape(40, 60).astype(np.uint16)
    values = np.asarray(_taken(api, _bytes(Image.fromarray(ramp))))
    assert abs(float(values.mean()) - 127) < 2


def test_what_can_be_seen_through_lies_on_white(api: httpx.Client) -> None:
    clear = Image.new("RGBA", (60, 40), (255, 0, 0, 0))
    assert _taken(api, _bytes(clear)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF", "PNG"])
def test_of_an_animation_the_first_picture_is_taken(api: httpx.Client, kind: str) -> None:
    more: dict[str, Any] = {}
    if kind != "JPEG":
        more = {"save_all": True, "append_images": [Image.new("RGB", (60, 40), "red")]}
    taken = _taken(api, _bytes(TEAL, kind, **more)).getpixel((30, 20))
    assert isinstance(taken, tuple)
    assert all(abs(a - b) < 12 for a, b in zip(taken, (0, 128, 128), strict=True))


def test_print_colours_become_screen_colours(api: httpx.Client) -> None:
    assert _taken(api, _bytes(TEAL.convert("CMYK"), "JPEG")).mode == "RGB"


def test_a_form_sends_its_file(api: httpx.Client) -> None:
    answer = api.post("/api/uploads", files={"file": ("fox.png", _bytes(TEAL), "text/html")})
    assert answer.status_code == 201
    assert api.post("/api/uploads", files={"file": ("x", b"")}).status_code == 400
    two = [("file", ("a", _bytes(TEAL))), ("file", ("b", _bytes(TEAL)))]
    assert api.post("/api/uploads", files=two).status_code == 400
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert api.post("/api/uploads", content=b"nothing", headers=broken).status_code == 400


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"<svg onload=alert(1)>", 415, id="SVG"),
        pytest.param(b"<html>", 415, id="HTML"),
        pytest.param(b"GIF89a/*<script>*/", 415, id="polyglot"),
        pytest.param(_bytes(TEAL)[:60], 415, id="cut off"),
        pytest.param(_bytes(TEAL, "TIFF"), 415, id="TIFF"),
        pytest.param(_bytes(Image.new("1", (8000, 6000))), 413, id="48 megapixels"),
        pytest.param(_bytes(Image.new("1", (30_000, 10_000))), 413, id="bomb"),
        pytest.param(b"x" * (20 * 1024 * 1024 + 1), 413, id="too long"),
    ],
)
def test_what_is_no_picture_is_refused(api: httpx.Client, data: bytes, status: int) -> None:
    answer = api.post("/api/uploads", content=data)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_nothing_but_the_picture_is_kept(api: httpx.Client) -> None:
    answer = api.post("/api/uploads", content=_bytes(TEAL, "JPEG") + b"<script>")
    shown = api.get(answer.json()["url"])
    assert b"<script>" not in shown.content
    tag = {"If-None-Match": shown.headers["etag"]}
    assert api.get(answer.json()["url"], headers=tag).status_code == 304
    for name in ("..%2fcapabilities.json", "%2e%2e", "nobody.png", ".hidden"):
        assert api.get(f"/api/uploads/{name}").status_code == 404


def test_many_at_once_are_all_taken(running_gateway: GatewayProcess) -> None:
    data = _bytes(Image.effect_noise((1200, 900), 50).convert("RGB"), "JPEG")

    def send(_: int) -> int:
        with running_gateway.client() as client:
            return client.post("/api/uploads", content=data).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(send, range(8))) == [201] * 8
