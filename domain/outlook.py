"""What is told before anything is made: how a prompt is understood, who makes the film of it, and
what would make it better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from domain.model import Frozen
from domain.offers import Offer
from domain.reading.described import language_name
from domain.reading.model import Reading
from domain.run import RunSpec
from domain.voices import ANY_LANGUAGE, Voice

MOST_WAYS = 3


class Maker(Frozen):
    """Who takes a role of the run."""

    role: str = Field(description="planner, images, music, voice")
    provider: str
    name: str = Field(description="as people know it: a model by its own name")
    is_service: bool = Field(description="whether something is sent to somebody for it")
    voices: tuple[Voice, ...] = Field(
        default=(), description="of the role voice: who speaks, in turn, where that is known"
    )


class Way(Frozen):
    """A provider that could take a role, and what to set or start so that it does."""

    provider: str
    how: str


class Hint(Frozen):
    """What would make the film better. There is one only where it applies."""

    gain: Literal["facts", "voice", "pictures"]
    ways: tuple[Way, ...] = Field(description="those that cost nothing first")
    text: str = Field(description="the whole of it, in English")


def who_speaks(
    reading: Reading,
    spec: RunSpec,
    voices: Sequence[Voice],
    casts: Mapping[str, tuple[str, ...]],
) -> tuple[Voice, ...]:
    """The embedded voices of a film, of all there are.

    `casts` has the ids of those that characters get in turn, by language.
    """
    if spec.voice_id:
        wanted = {spec.voice_id, f"espeak-{spec.voice_id}"}
        named = [v for v in voices if v.id in wanted or v.id.endswith(f"-{spec.voice_id}")]
        return _spoken_by([voice.id for voice in named[:1]], voices, reading.language)
    tag = reading.language.lower()
    last = tuple(voice.id for voice in voices if ANY_LANGUAGE in voice.languages)
    cast = casts.get(tag) or casts.get(tag.split("-")[0]) or last
    return _spoken_by(cast[: _speakers(reading, spec)], voices, reading.language)


def makers(chosen: Mapping[str, Offer], voices: Sequence[Voice]) -> tuple[Maker, ...]:
    """Of each role; `voices` are those that speak where an embedded provider does."""
    return tuple(
        Maker(
            role=role,
            provider=offer.name,
            name=offer.in_words,
            is_service=offer.service is not None,
            voices=tuple(voices) if role == "voice" and offer.service is None else (),
        )
        for role, offer in chosen.items()
    )


def hints(reading: Reading, made_by: Sequence[Maker], offers: Iterable[Offer]) -> tuple[Hint, ...]:
    """What would help most, first. `offers` are all that the deployment knows of."""
    ways = _ways(offers)
    embedded = {maker.role: maker for maker in made_by if not maker.is_service}
    gains: list[tuple[Literal["facts", "voice", "pictures"], str, str]] = []
    if reading.kind == "topic" and reading.asks not in ("story", "ad") and "planner" in embedded:
        gains.append(("facts", "planner", "facts instead of an outline"))
    if "voice" in embedded and _is_foreign(embedded["voice"].voices):
        gains.append(("voice", "voice", f"a native {language_name(reading.language)} voice"))
    if "images" in embedded:
        gains.append(("pictures", "images", "pictures by an image model"))
    return tuple(_hint(gain, said, ways[role]) for gain, role, said in gains if ways.get(role))


def _hint(gain: Literal["facts", "voice", "pictures"], said: str, ways: Sequence[Way]) -> Hint:
    few = tuple(ways[:MOST_WAYS])
    return Hint(gain=gain, ways=few, text=f"{said}, with {' or '.join(way.how for way in few)}")


def _ways(offers: Iterable[Offer]) -> dict[str, list[Way]]:
    """By role, of the services that could be used and are not."""
    found: dict[str, list[Way]] = {}
    for offer in sorted(offers, key=lambda offer: bool(offer.price)):
        if offer.how and (offer.lacks or not offer.why):
            found.setdefault(offer.role, []).append(Way(provider=offer.name, how=offer.how))
    return found


def _is_foreign(voices: Sequence[Voice]) -> bool:
    """Whether who speaks has learnt the language from another one's sounds, or is a machine."""
    return any(v.accent or v.experimental or ANY_LANGUAGE in v.languages for v in voices)


def _speakers(reading: Reading, spec: RunSpec) -> int:
    """How many voices are heard: a narrator beside those who speak has one of their own."""
    if reading.kind == "topic":
        return spec.num_characters
    return max(1, len({thought.speaker for thought in reading.thoughts}))


def _spoken_by(ids: Sequence[str], voices: Sequence[Voice], language: str) -> tuple[Voice, ...]:
    """Each voice in the manner in which it speaks the language, if it does."""
    same = ([voice for voice in voices if voice.id == id_] for id_ in ids)
    return tuple(
        next((voice for voice in each if voice.speaks(language)), each[0]) for each in same if each
    )
