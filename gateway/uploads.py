"""Reference pictures: taken, decoded and encoded anew, and shown."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import FileIO
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Message

from gateway.answers import is_known, json_answer
from gateway.collaborators import Gateway, gateway_of
from gateway.problems import Problem
from gateway.quota import owner_of, require_room
from gateway.views import UploadView
from storage.errors import MissingArtifact, explained
from storage.uploads import BadPicture, TooManyPixels, UnknownUpload

_HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
_FORM = "multipart/form-data"
MAX_FIELD_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024


async def upload_picture(request: Request) -> Response:
    """POST /api/uploads: the picture itself is the body, or the one file of a form."""
    gateway = gateway_of(request)
    length = request.headers.get("content-length", "")
    await require_room(gateway, request, int(length) if length.isdecimal() else 0)
    async with _kept_on_disk(request, gateway.settings.data_dir) as whole, gateway.decoding:
        name = await _save(gateway, whole)
    view = UploadView(name=name, url=f"/api/uploads/{name}")
    return json_answer(view, status=201, headers={"Location": view.url})


async def show_upload(request: Request) -> Response:
    """GET and HEAD /api/uploads/{name}"""
    name, storage = str(request.path_params["name"]), gateway_of(request).storage
    try:
        path = await storage.call(storage.uploads.path, name)
    except UnknownUpload as exc:
        raise Problem(404, "no such picture", f"nothing was uploaded under {name!r}") from exc
    except MissingArtifact as exc:
        raise Problem(404, "the picture is gone", f"{name!r} is damaged: upload it again") from exc
    headers = {**_HEADERS, "ETag": f'"{Path(name).stem}"'}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/png")


@asynccontextmanager
async def _kept_on_disk(request: Request, folder: Path) -> AsyncIterator[Request]:
    """The same request once its body is there, read anew from a file without a name.

    However slow a client is, it holds no memory; and a killed gateway leaves nothing behind.
    """
    with await asyncio.to_thread(_nameless_file, folder) as file:
        async for chunk in request.stream():
            with explained("write to", folder):
                await asyncio.to_thread(_append, file, chunk)
        file.seek(0)

        async def receive() -> Message:
            chunk = await asyncio.to_thread(file.read, _CHUNK_BYTES)
            return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

        yield Request(request.scope, receive)


def _nameless_file(folder: Path) -> FileIO:
    with explained("write to", folder):
        return tempfile.TemporaryFile(buffering=0, dir=folder)


def _append(file: FileIO, chunk: bytes) -> None:
    """All of it, however little a nearly full disk takes at once."""
    left = memoryview(chunk)
    while left:
        left = left[file.write(left) :]


async def _save(gateway: Gateway, request: Request) -> str:
    data = await _picture_of(request)
    if not data:
        raise Problem(400, "no picture", "send the picture itself as the body of the request")
    # Again: others of the same key may have come before it since.
    await require_room(gateway, request, len(data))
    storage = gateway.storage
    try:
        return await storage.call(storage.uploads.save, data, owner=owner_of(request))
    except TooManyPixels as exc:
        raise Problem(413, "too large", str(exc)) from exc
    except BadPicture as exc:
        raise Problem(415, "not a picture", str(exc)) from exc


async def _picture_of(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        return await request.body()
    async with request.form(max_files=1, max_fields=8, max_part_size=MAX_FIELD_BYTES) as form:
        files = [value for value in form.values() if isinstance(value, UploadFile)]
        if not files:
            raise Problem(400, "no picture", "the form has no file: curl -F file=@fox.jpg")
        return await files[0].read()
