"""A run's files: found by name in what the run says it made, never by a path from outside."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.assets import ArtifactRef
from gateway.answers import is_known, json_answer
from gateway.collaborators import gateway_of, run_id_of
from gateway.problems import Problem
from gateway.runs import reading_for
from gateway.views import VERSION_LENGTH, ArtifactList, RunView
from storage.errors import MissingArtifact

# What a browser may show; all else is only downloaded.
_SHOWN = {
    "video/mp4",
    "image/png",
    "image/jpeg",
    "image/webp",
    "audio/wav",
    "audio/mpeg",
    "text/vtt",
    "application/json",
}
_DOWNLOADED = {"text/csv", "application/x-subrip"}
MAX_RANGES = 20
_RANGES = re.compile(
    r"bytes=\s*(\d{1,18}-\d{0,18}|-\d{1,18})(\s*,\s*(\d{1,18}-\d{0,18}|-\d{1,18}))*\s*"
)
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


async def list_artifacts(request: Request) -> Response:
    """GET /api/runs/{run_id}/artifacts"""
    reading = await reading_for(gateway_of(request), run_id_of(request))
    return json_answer(ArtifactList(items=reading.view.artifacts))


async def get_artifact(request: Request) -> Response:
    """GET and HEAD /api/runs/{run_id}/artifacts/{name}"""
    storage, name = gateway_of(request).storage, _name_of(request)
    ref = await _reference(request, name)
    try:
        # By its content: a name that comes to mean another file never serves that one's bytes.
        path = await storage.call(storage.blobs.file, ref)
    except MissingArtifact as exc:
        said = f"{name!r} is gone or damaged: start the run again to make it anew"
        raise Problem(404, "the file is gone", said) from exc
    # A name alone may come to mean another file: a QA retry makes some of them anew.
    version = request.query_params.get("v", "")
    pinned = len(version) >= VERSION_LENGTH and ref.sha256.startswith(version)
    caching = "max-age=31536000, immutable" if pinned else "no-cache"
    headers = {
        **_HEADERS,
        "ETag": f'"{ref.sha256}"',
        "Cache-Control": f"private, {caching}",
        "Content-Disposition": _disposition(request, name, ref),
    }
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    _settle_range(request, ref)
    known = ref.media_type in _SHOWN | _DOWNLOADED
    kind = ref.media_type if known else "application/octet-stream"
    return FileResponse(path, headers=headers, media_type=kind)


async def _reference(request: Request, name: str) -> ArtifactRef:
    gateway, run_id = gateway_of(request), run_id_of(request)
    recent = gateway.reader.recent(run_id)
    if recent and (ref := _named(recent.view, name)):
        return ref
    view = (await reading_for(gateway, run_id)).view
    if ref := _named(view, name):
        return ref
    known = ", ".join(artifact.name for artifact in view.artifacts) or "none yet"
    raise Problem(404, "no such file", f"{run_id!r} has no {name!r}; it has {known}")


def _named(view: RunView, name: str) -> ArtifactRef | None:
    return next((item.ref for item in view.artifacts if item.name == name), None)


def _name_of(request: Request) -> str:
    return unquote(str(request.path_params["name"]), errors="replace")


def _disposition(request: Request, name: str, ref: ArtifactRef) -> str:
    downloads = request.query_params.get("download") == "1" or ref.media_type not in _SHOWN
    kind = "attachment" if downloads else "inline"
    return f"{kind}; filename*=utf-8''{quote(name)}"


def _settle_range(request: Request, ref: ArtifactRef) -> None:
    """RFC 9110, section 14.2: a `Range` that makes no sense is ignored; what lies beyond the
    file is left out of it, and 416 where nothing is left.

    Only GET has ranges, and with `If-Range` only the version that it names.
    """
    value = request.headers.get("range")
    if value is None:
        return
    condition = request.headers.get("if-range")
    counts = request.method == "GET" and condition in (None, f'"{ref.sha256}"')
    ranges = _ranges(value) if counts else []
    within = [(first, last) for first, last in ranges if _is_within(first, last, ref.bytes)]
    if ranges and not within:
        raise Problem(
            416,
            "no such range",
            f"the file has {ref.bytes} bytes",
            headers={"Content-Range": f"bytes */{ref.bytes}", "Accept-Ranges": "bytes"},
        )
    headers = [header for header in request.scope["headers"] if header[0] != b"range"]
    if 1 <= len(within) <= MAX_RANGES:
        asked = ",".join(f"{first}-{last}" for first, last in within)
        headers.append((b"range", f"bytes={asked}".encode()))
    request.scope["headers"] = headers


def _ranges(value: str) -> list[tuple[str, str]]:
    """(first, last) of each, either of them maybe empty; none where it is not a valid range."""
    if not _RANGES.fullmatch(value):
        return []
    parts = (part.strip().partition("-") for part in value.removeprefix("bytes=").split(","))
    found = [(first, last) for first, _, last in parts]
    backwards = any(first and last and int(first) > int(last) for first, last in found)
    return [] if backwards else found


def _is_within(first: str, last: str, size: int) -> bool:
    return int(first) < size if first else int(last) > 0 and size > 0
