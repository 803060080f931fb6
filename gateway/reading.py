"""POST /api/reading: how a prompt is understood, before anything is made or bought."""

from __future__ import annotations

import asyncio

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from domain.offers import Offer
from domain.outlook import Hint, Maker, hints, makers, who_speaks
from domain.reading.described import understood
from domain.reading.model import Asks, Reading
from domain.run import Providers, RunSpec
from domain.understood import Understood
from gateway.answers import json_answer
from gateway.collaborators import gateway_of
from gateway.specs import parsed, readable
from storage.workers import Capabilities

_AUTO = "auto"


class ReadingView(Understood):
    """A prompt as it is understood, who would make the film of it, and what would better it."""

    asks: Asks = Field(description="of a topic")
    title: str | None
    cuts: int | None = Field(description="how many scenes the prompt asks for")
    length_s: int | None = Field(description="how long the prompt wants the film to be")
    points: int = Field(description="how many things its list promises")
    directions: tuple[str, ...] = Field(description="what is not spoken, in the prompt's words")
    makers: tuple[Maker, ...] = Field(description="by role; empty where no worker is there")
    hints: tuple[Hint, ...] = Field(description="what would make the film better, the most first")


async def show_reading(request: Request) -> Response:
    """POST /api/reading"""
    gateway = gateway_of(request)
    _, spec = parsed(request, await request.body())
    async with gateway.reading:
        reading = await asyncio.to_thread(readable, spec)
    able = await gateway.storage.call(gateway.storage.workers.capabilities)
    return json_answer(_view(reading, spec, able))


def _view(reading: Reading, spec: RunSpec, able: Capabilities) -> ReadingView:
    chosen = _chosen(spec, able)
    # The voices that workers name are those of what a run gets that chooses none.
    own, speaking = able.providers.get("voice"), chosen.get("voice")
    is_own = own and speaking and speaking.name == own.provider
    voices = who_speaks(reading, spec, able.catalogue, able.casts) if is_own else ()
    made_by = makers(chosen, voices)
    return ReadingView(
        **understood(reading).model_dump(),
        asks=reading.asks,
        title=reading.title,
        cuts=reading.cuts,
        length_s=reading.length_s,
        points=reading.points,
        directions=reading.silent,
        makers=made_by,
        hints=hints(reading, made_by, able.offers),
    )


def _chosen(spec: RunSpec, able: Capabilities) -> dict[str, Offer]:
    """Each role's offer, as far as the workers have said what they have."""
    offers = {(offer.role, offer.name): offer for offer in able.offers}
    found: dict[str, Offer] = {}
    for role in Providers.model_fields:
        choice, own = getattr(spec.providers, role), able.providers.get(role)
        if choice == _AUTO and own is None:
            continue
        name = own.provider if choice == _AUTO and own else choice
        why = own.why if choice == _AUTO and own else "chosen"
        offer = offers.get((role, name), Offer(role=role, name=name))
        found[role] = offer.model_copy(update={"why": why})
    return found
