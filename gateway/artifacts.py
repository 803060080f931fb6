"""A run's files: found by name in what the run says it made, never by a path from outside."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote, unquote

import pydantic_core
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.assets import ArtifactRef
from gateway.problems import Problem
from gateway.runs import gateway_of, run_id_of, view_for
from gateway.views import VERSION_LENGTH
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
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


async def list_artifacts(request: Request) -> Response:
    """GET /api/runs/{run_id}/artifacts"""
    view = await view_for(gateway_of(request), run_id_of(request))
    items = [artifact.model_dump(mode="json") for artifact in view.artifacts]
    return Response(pydantic_core.to_json({"items": items}), media_type="application/json")


async def get_artifact(request: Request) -> Response:
    """GET and HEAD /api/runs/{run_id}/artifacts/{name}"""
    gateway, name = gateway_of(request), _name_of(request)
    ref = await _reference(request, name)
    try:
        path = await asyncio.to_thread(gateway.store.locate, ref)
    except MissingArtifact as exc:
        raise Problem(404, "the file is gone", str(exc)) from exc
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
    if _has_it(request, ref):
        return Response(status_code=304, headers=headers)
    _ignore_unknown_range(request)
    shown = ref.media_type if ref.media_type in _SHOWN else "application/octet-stream"
    return FileResponse(path, headers=headers, media_type=shown)


async def _reference(request: Request, name: str) -> ArtifactRef:
    gateway, run_id = gateway_of(request), run_id_of(request)
    view = await view_for(gateway, run_id)
    for artifact in view.artifacts:
        if artifact.name == name:
            return artifact.ref
    known = ", ".join(artifact.name for artifact in view.artifacts) or "none yet"
    raise Problem(404, "no such file", f"{run_id!r} has no {name!r}; it has {known}")


def _name_of(request: Request) -> str:
    return unquote(str(request.path_params["name"]), errors="replace")


def _disposition(request: Request, name: str, ref: ArtifactRef) -> str:
    downloads = request.query_params.get("download") == "1" or ref.media_type not in _SHOWN
    kind = "attachment" if downloads else "inline"
    return f"{kind}; filename*=utf-8''{quote(name)}"


def _has_it(request: Request, ref: ArtifactRef) -> bool:
    tags = request.headers.get("if-none-match", "")
    return any(
        tag.strip().removeprefix("W/") in (f'"{ref.sha256}"', "*") for tag in tags.split(",")
    )


def _ignore_unknown_range(request: Request) -> None:
    """RFC 9110, section 14.2: a range of an unknown unit, or none at all, is ignored."""
    value = request.headers.get("range")
    if value is None:
        return
    if not re.fullmatch(r"bytes=\s*(\d+-\d*|-\d+)(\s*,\s*(\d+-\d*|-\d+))*\s*", value):
        request.scope["headers"] = [
            (key, text) for key, text in request.scope["headers"] if key != b"range"
        ]
