"""Which providers there are, by role: a new one is one line here (docs/providers.md).

The first service of a role that is configured is what `auto` chooses; the last line of each role
is its embedded provider. A provider's module is imported only when it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar, cast

from domain.ledger import TYPICAL_SHORT, Price, cost_of
from domain.run import Providers
from providers.base import (
    ImageProvider,
    MusicProvider,
    Planner,
    SoundProvider,
    SpeechProvider,
)
from providers.errors import InvalidProviderRequest
from providers.limits import Limit
from providers.service import Checked, ServiceSettings, Tools, no_uploads

AUTO = "auto"

PLANNERS = {
    "openai": "providers.llm.openai_planner:OpenAIPlanner",
    "rules": "providers.llm.rules.planner:RulesPlanner",
}
IMAGES = {
    "comfyui": "providers.images.comfyui:ComfyUI",
    "openai": "providers.images.openai_images:OpenAIImages",
    "painter": "providers.images.painter.painter:Painter",
}
MUSIC = {
    "elevenlabs": "providers.music.elevenlabs_music:ElevenLabsMusic",
    "mubert": "providers.music.mubert:Mubert",
    "none": "providers.music.no_music:NoMusic",
    "synth": "providers.music.synth.music:MusicSynth",
}
SOUNDS = {
    "synth": "providers.music.synth.sounds:SoundSynth",
}
VOICES = {
    "elevenlabs": "providers.tts.elevenlabs_voice:ElevenLabsVoice",
    "openai": "providers.tts.openai_voice:OpenAIVoice",
    "playht": "providers.tts.playht_voice:PlayHTVoice",
    "none": "providers.tts.no_voice:NoVoice",
    "espeak": "providers.tts.espeak_voice:EspeakVoice",
}


class Provider(Protocol):
    """What every provider has."""

    price: Price

    async def aclose(self) -> None: ...


class Service(Provider, Protocol):
    """What a real service has beside."""

    async def check(self) -> Checked: ...


P = TypeVar("P", bound=Provider)


@dataclass
class Shared:
    """What the providers of a deployment share: one limit for each service, and the uploads."""

    tools: Tools
    limits: dict[str, Limit]

    def tools_for(self, name: str, settings: ServiceSettings) -> Tools:
        limit = self.limits.setdefault(name, Limit(settings.concurrency))
        return Tools(limit=limit, read_upload=self.tools.read_upload)


class Role(Generic[P]):
    """The providers of one role: made when first asked for, kept, closed together."""

    def __init__(
        self, role: str, table: Mapping[str, str], *, default: str, shared: Shared | None = None
    ) -> None:
        self.role = role
        self.names = tuple(table)
        self._table = table
        self._default = default
        self._shared = shared or Shared(Tools(Limit(1), no_uploads), {})
        self._made: dict[str, P] = {}

    @property
    def embedded(self) -> str:
        """The provider that needs no key and no network."""
        return self.names[-1]

    def resolve(self, choice: str) -> str:
        """The provider's name behind a choice; `auto` is the deployment's.

        Raises `InvalidProviderRequest` where there is none of that name, or it is not configured.
        """
        name = self._default if choice == AUTO else choice
        if name == AUTO:
            return next((n for n in self.names if self._configured_by(n)), self.embedded)
        if name not in self.names:
            known = ", ".join((AUTO, *self.names))
            raise InvalidProviderRequest(
                f"providers.{self.role}: no provider is called {name!r}; there are {known}"
            )
        settings = self._settings(name)
        if settings and settings.lacks:
            raise InvalidProviderRequest(f"providers.{self.role}: {name}: {settings.lacks}")
        return name

    def why(self, choice: str) -> str:
        """Why `resolve` gives what it gives, for people."""
        if choice != AUTO or self._default != AUTO:
            return "chosen"
        return self._configured_by(self.resolve(AUTO)) or "embedded: no key is set"

    def get(self, choice: str) -> P:
        """The provider itself. Raises as `resolve` does."""
        name = self.resolve(choice)
        if name not in self._made:
            self._made[name] = self._create(name)
        return self._made[name]

    def services(self) -> Iterator[tuple[str, Service]]:
        """The real services that are configured."""
        for name in self.names:
            if self._configured_by(name):
                yield name, cast(Service, self.get(name))

    async def aclose(self) -> None:
        for provider in self._made.values():
            await provider.aclose()
        self._made.clear()

    def settings_types(self) -> Iterator[type[ServiceSettings]]:
        """The settings of every service of this role, configured or not."""
        for name in self.names:
            if kind := getattr(self._class(name), "settings_type", None):
                yield kind

    def _class(self, name: str) -> Any:
        module, _, kind = self._table[name].partition(":")
        return getattr(import_module(module), kind)

    def _settings(self, name: str) -> ServiceSettings | None:
        kind = getattr(self._class(name), "settings_type", None)
        return kind() if kind else None

    def _configured_by(self, name: str) -> str | None:
        settings = self._settings(name)
        return settings.configured_by if settings else None

    def _create(self, name: str) -> P:
        settings = self._settings(name)
        if settings is None:
            return cast(P, self._class(name)())
        return cast(P, self._class(name)(settings, tools=self._shared.tools_for(name, settings)))


class ProviderRegistry:
    """All roles of a deployment."""

    def __init__(self, defaults: Providers, *, tools: Tools | None = None) -> None:
        shared = Shared(tools or Tools(Limit(1), no_uploads), {})
        self.planner: Role[Planner] = Role(
            "planner", PLANNERS, default=defaults.planner, shared=shared
        )
        self.images: Role[ImageProvider] = Role(
            "images", IMAGES, default=defaults.images, shared=shared
        )
        self.music: Role[MusicProvider] = Role(
            "music", MUSIC, default=defaults.music, shared=shared
        )
        self.sounds: Role[SoundProvider] = Role("sounds", SOUNDS, default=AUTO, shared=shared)
        self.voice: Role[SpeechProvider] = Role(
            "voice", VOICES, default=defaults.voice, shared=shared
        )

    @property
    def roles(self) -> dict[str, Role[Any]]:
        """Those that a run chooses, by their names in `Providers`."""
        return {
            "planner": self.planner,
            "images": self.images,
            "music": self.music,
            "voice": self.voice,
        }

    @property
    def embedded(self) -> Providers:
        """What needs no key and no network, per role."""
        return Providers(**{name: role.embedded for name, role in self.roles.items()})

    def resolve(self, choice: Providers) -> Providers:
        """Every role's provider by name. Raises `InvalidProviderRequest`."""
        return Providers(
            **{name: role.resolve(getattr(choice, name)) for name, role in self.roles.items()}
        )

    def prices(self, chosen: Providers) -> dict[str, Price]:
        """US dollars per unit of each role's chosen provider. Raises as `resolve` does."""
        return {name: role.get(getattr(chosen, name)).price for name, role in self.roles.items()}

    def estimate(self, chosen: Providers) -> float:
        """What a typical short costs, in US dollars. Raises as `resolve` does."""
        return sum(
            cost_of(TYPICAL_SHORT[role], price) for role, price in self.prices(chosen).items()
        )

    def services(self) -> Iterator[tuple[str, str, Service]]:
        """(role, name, service) of every service that is configured."""
        for role_name, role in self.roles.items():
            for name, service in role.services():
                yield role_name, name, service

    def remarks(self) -> Iterator[tuple[str, str]]:
        """(service, what to know of it) where settings are of no use by themselves."""
        for role in self.roles.values():
            for kind in role.settings_types():
                if remark := kind().remark:
                    yield role.role, remark

    async def aclose(self) -> None:
        for role in (*self.roles.values(), self.sounds):
            await role.aclose()
