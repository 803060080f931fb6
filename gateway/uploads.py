"""Reference pictures: taken, decoded and encoded anew, and shown."""

from __future__ import annotations

import asyncio

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from gateway.answers import is_known, json_answer
from gateway.collaborators import gateway_of
from gateway.problems import Problem
from gateway.views import UploadView
from storage.uploads import BadPicture, TooManyPixels, UnknownUpload

_HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


async def upload_picture(request: Request) -> Response:
    """POST /api/uploads: the picture itself is the body, or the one file of a form."""
    data = await _picture_of(request)
    if not data:
        raise Problem(400, "no picture", "send the picture itself as the body of the request")
    gateway = gateway_of(request)
    try:
        async with gateway.decoding:
            name = await asyncio.to_thread(gateway.uploads.save, data)
    except TooManyPixels as exc:
        raise Problem(413, "too large", str(exc)) from exc
    except BadPicture as exc:
        raise Problem(415, "not a picture", str(exc)) from exc
    view = UploadView(name=name, url=f"/api/uploads/{name}")
    return json_answer(view, status=201, headers={"Location": view.url})


async def show_upload(request: Request) -> Response:
    """GET and HEAD /api/uploads/{name}"""
    name = str(request.path_params["name"])
    try:
        path = await asyncio.to_thread(gateway_of(request).uploads.path, name)
    except UnknownUpload as exc:
        raise Problem(404, "no such picture", f"nothing was uploaded under {name!r}") from exc
    headers = {**_HEADERS, "ETag": f'"{path.stem}"'}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/png")


async def _picture_of(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return await request.body()
    async with request.form(max_files=1, max_fields=8) as form:
        files = [value for value in form.values() if isinstance(value, UploadFile)]
        if not files:
            raise Problem(400, "no picture", "the form has no file: curl -F file=@fox.jpg")
        return await files[0].read()
