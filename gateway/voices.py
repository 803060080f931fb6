"""The sample of a voice."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.voices import ANY_LANGUAGE, Voice
from gateway.collaborators import gateway_of
from gateway.problems import Problem

_HEADERS = {"Cache-Control": "private, max-age=86400"}


async def show_sample(request: Request) -> Response:
    """GET and HEAD /api/voices/{voice_id}/sample"""
    gateway = gateway_of(request)
    able = await gateway.storage.call(gateway.storage.workers.capabilities)
    voice_id = str(request.path_params["voice_id"])
    same = [voice for voice in able.catalogue if voice.id == voice_id]
    if not same:
        raise Problem(404, "no such voice", f"no worker offers a voice {voice_id[:100]!r}")
    language = request.query_params.get("language") or _first_language(same[0])
    known = {*able.languages, *(tag for voice in same for tag in voice.languages)}
    if language not in known or not any(voice.speaks(language) for voice in same):
        raise Problem(404, "no sample", f"{voice_id} has no sample in {language[:40]!r}")
    path = await gateway.samples.path(voice_id, language)
    return FileResponse(path, headers=_HEADERS, media_type="audio/wav")


def _first_language(voice: Voice) -> str:
    first = voice.languages[0]
    return "en" if first == ANY_LANGUAGE else first
