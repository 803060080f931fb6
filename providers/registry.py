"""Which providers there are, by role and name: a new one is one `case` and one name here.

A vendor's package is imported only when its provider is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from domain.run import Providers
from providers.base import (
    ImageProvider,
    MusicProvider,
    Planner,
    SoundProvider,
    SpeechProvider,
)
from providers.errors import InvalidProviderRequest

AUTO = "auto"


class Closable(Protocol):
    """What every provider can do."""

    async def aclose(self) -> None: ...


P = TypeVar("P", bound=Closable)


def create_planner(name: str) -> Planner:
    match name:
        case "rules":
            from providers.llm.rules.planner import RulesPlanner

            return RulesPlanner()
    raise KeyError(name)


def create_image_provider(name: str) -> ImageProvider:
    match name:
        case "painter":
            from providers.images.painter.painter import Painter

            return Painter()
    raise KeyError(name)


def create_music_provider(name: str) -> MusicProvider:
    match name:
        case "synth":
            from providers.music.synth.music import MusicSynth

            return MusicSynth()
    raise KeyError(name)


def create_sound_provider(name: str) -> SoundProvider:
    match name:
        case "synth":
            from providers.music.synth.sounds import SoundSynth

            return SoundSynth()
    raise KeyError(name)


def create_speech_provider(name: str) -> SpeechProvider:
    match name:
        case "espeak":
            from providers.tts.espeak_voice import EspeakVoice

            return EspeakVoice()
    raise KeyError(name)


class Role(Generic[P]):
    """The providers of one role: made when first asked for, kept, closed together."""

    def __init__(
        self, role: str, names: tuple[str, ...], create: Callable[[str], P], *, default: str
    ) -> None:
        self.role = role
        self.names = names
        self._create = create
        self._default = default
        self._made: dict[str, P] = {}

    def resolve(self, choice: str) -> str:
        """The provider's name behind a choice; `auto` is the deployment's.

        Raises `InvalidProviderRequest` where there is none of that name.
        """
        name = self._default if choice == AUTO else choice
        if name == AUTO:
            name = self.names[0]
        if name not in self.names:
            known = ", ".join((AUTO, *self.names))
            raise InvalidProviderRequest(
                f"providers.{self.role}: no provider is called {name!r}; there are {known}"
            )
        return name

    def why(self, choice: str) -> str:
        """Why `resolve` gives what it gives, for people."""
        if choice == AUTO and self._default == AUTO:
            return "embedded: no key is set"
        return "chosen"

    def get(self, choice: str) -> P:
        """The provider itself. Raises as `resolve` does."""
        name = self.resolve(choice)
        if name not in self._made:
            self._made[name] = self._create(name)
        return self._made[name]

    async def aclose(self) -> None:
        for provider in self._made.values():
            await provider.aclose()
        self._made.clear()


class ProviderRegistry:
    """All roles of a deployment."""

    def __init__(self, defaults: Providers) -> None:
        self.planner = Role("planner", ("rules",), create_planner, default=defaults.planner)
        self.images = Role("images", ("painter",), create_image_provider, default=defaults.images)
        self.music = Role("music", ("synth",), create_music_provider, default=defaults.music)
        self.sounds = Role("music", ("synth",), create_sound_provider, default=defaults.music)
        self.voice = Role("voice", ("espeak",), create_speech_provider, default=defaults.voice)

    def resolve(self, choice: Providers) -> Providers:
        """Every role's provider by name. Raises `InvalidProviderRequest`."""
        return Providers(
            planner=self.planner.resolve(choice.planner),
            images=self.images.resolve(choice.images),
            music=self.music.resolve(choice.music),
            voice=self.voice.resolve(choice.voice),
        )

    async def aclose(self) -> None:
        roles: Mapping[str, Closable] = {
            "planner": self.planner,
            "images": self.images,
            "music": self.music,
            "sounds": self.sounds,
            "voice": self.voice,
        }
        for role in roles.values():
            await role.aclose()
