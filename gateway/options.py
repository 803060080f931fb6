"""What a form needs to know, and the page itself."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.model import Frozen
from domain.run import MAX_CUTS, MAX_PROMPT_CHARACTERS, AspectRatio, Captions, Mode
from domain.voices import Voice
from gateway.answers import json_answer
from gateway.collaborators import gateway_of
from storage.workers import Capability

STATIC = Path(__file__).parent / "static"
STYLES = ("파스텔 수채화", "watercolour", "flat paper cut", "ink", "night neon", "oil", "pencil")
GENRES = ("ambient", "lo-fi", "piano", "cinematic", "upbeat pop", "electronic")


class Options(Frozen):
    """The choices of this deployment; styles and genres are suggestions, any words will do."""

    modes: tuple[Mode, ...] = tuple(Mode)
    aspect_ratios: tuple[AspectRatio, ...] = tuple(AspectRatio)
    captions: tuple[Captions, ...] = get_args(Captions)
    styles: tuple[str, ...] = STYLES
    genres: tuple[str, ...] = GENRES
    max_cuts: int = MAX_CUTS
    max_prompt_characters: int = MAX_PROMPT_CHARACTERS
    providers: dict[str, Capability]
    voices: tuple[Voice, ...]
    languages: tuple[str, ...]
    needs_key: bool


async def show_page(request: Request) -> Response:
    """GET /"""
    return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})


async def show_options(request: Request) -> Response:
    """GET /api/options"""
    gateway = gateway_of(request)
    able = await gateway.storage.call(gateway.storage.workers.capabilities)
    return json_answer(
        Options(
            providers=able.providers,
            voices=able.catalogue,
            languages=able.languages,
            needs_key=gateway.settings.api_key is not None,
        )
    )
