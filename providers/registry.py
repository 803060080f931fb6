"""Which providers there are, by role: a new one is one line here (docs/providers.md).

The first service of a role that is configured is what `auto` chooses; the last line of each role
is its embedded provider. A provider's module is imported only when it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from domain.ledger import TYPICAL_SHORT, Price, cost_of
from domain.offers import Chosen, Offer, services_of
from domain.run import Providers
from providers.base import (
    ImageProvider,
    MusicProvider,
    Planner,
    Provider,
    SoundProvider,
    SpeechProvider,
)
from providers.errors import InvalidProviderRequest
from providers.offers import AUTO, CHOSEN, EMBEDDED, choose, choose_one
from providers.service import Checked, ServiceSettings, Tools, no_uploads, read_settings

if TYPE_CHECKING:
    from providers.tts.embedded_voice import EmbeddedVoice

WRONG = "its settings are wrong"

PLANNERS = {
    "openai": "providers.llm.openai_planner:OpenAIPlanner",
    "local": "providers.llm.local_planner:LocalPlanner",
    "wikipedia": "providers.llm.wikipedia.planner:WikipediaPlanner",
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
    "neural": "providers.tts.embedded_voice:EmbeddedVoice",
}


class Service(Provider, Protocol):
    """What a real service has beside."""

    async def check(self) -> Checked: ...


P = TypeVar("P", bound=Provider)


class Role(Generic[P]):
    """The providers of one role: made when first asked for, kept, closed together."""

    def __init__(
        self, role: str, table: Mapping[str, str], *, default: str, tools: Tools | None = None
    ) -> None:
        self.role = role
        self.names = tuple(table)
        self._table = table
        self._default = default
        self._tools = tools or Tools(no_uploads)
        self._made: dict[str, P] = {}

    @property
    def embedded(self) -> str:
        """The provider that needs no key and no network."""
        return self.names[-1]

    def offers(self) -> tuple[Offer, ...]:
        """Every provider as it stands in this process, in the order in which `auto` looks."""
        return tuple(self._offer(name) for name in self.names)

    def resolve(self, choice: str) -> str:
        """The provider's name behind a choice; `auto` is the deployment's.

        Raises `InvalidProviderRequest` where there is none of that name, or it is not configured.
        """
        return self._chosen(choice).name

    def why(self, choice: str) -> str:
        """Why `resolve` gives what it gives, for people."""
        return self._chosen(choice).why or CHOSEN

    def is_service(self, choice: str) -> bool:
        """Whether `resolve` gives a service. Raises as it does."""
        return self._chosen(choice).service is not None

    def get(self, choice: str) -> P:
        """The provider itself. Raises as `resolve` does."""
        if choice in self._made:
            return self._made[choice]
        name = self.resolve(choice)
        if name not in self._made:
            self._made[name] = self._create(name)
        return self._made[name]

    def services(self) -> Iterator[tuple[str, Service]]:
        """The real services that are configured, and rightly."""
        for offer in self.offers():
            if offer.service and offer.why and not offer.lacks:
                yield offer.name, cast(Service, self.get(offer.name))

    def to_come(self) -> Iterator[str]:
        """The services that may come and go while this process lives."""
        for kind in self.settings_types():
            with suppress(InvalidProviderRequest):
                settings = read_settings(kind)
                if settings.comes_and_goes:
                    yield settings.service

    def remarks(self) -> Iterator[str]:
        """What to know where settings are wrong, or of no use by themselves."""
        for kind in self.settings_types():
            try:
                remark = read_settings(kind).remark
            except InvalidProviderRequest as exc:
                remark = str(exc)
            if remark:
                yield remark

    async def aclose(self) -> None:
        for provider in self._made.values():
            await provider.aclose()
        self._made.clear()

    def settings_types(self) -> Iterator[type[ServiceSettings]]:
        """The settings of every service of this role, configured or not."""
        for name in self.names:
            if kind := self._settings_type(name):
                yield kind

    def _chosen(self, choice: str) -> Offer:
        return choose_one(self.role, choice, self.offers(), default=self._default)

    def _offer(self, name: str) -> Offer:
        kind = self._settings_type(name)
        if kind is None:
            return Offer(role=self.role, name=name, why=EMBEDDED if name == self.embedded else None)
        try:
            settings = read_settings(kind)
        except InvalidProviderRequest as exc:
            # Somebody meant it to be used, so `auto` does not pass over it in silence.
            return Offer(role=self.role, name=name, service=name, why=WRONG, lacks=str(exc))
        return Offer(
            role=self.role,
            name=name,
            service=settings.service,
            price=settings.price,
            why=settings.configured_by,
            sends=settings.sends,
            lacks=settings.lacks,
            how=settings.how,
            found=settings.found,
        )

    def _class(self, name: str) -> Any:
        module, _, kind = self._table[name].partition(":")
        return getattr(import_module(module), kind)

    def _settings_type(self, name: str) -> type[ServiceSettings] | None:
        kind: type[ServiceSettings] | None = getattr(self._class(name), "settings_type", None)
        return kind

    def _create(self, name: str) -> P:
        kind = self._settings_type(name)
        if kind is None:
            return cast(P, self._class(name)())
        return cast(P, self._class(name)(read_settings(kind), tools=self._tools))


class ProviderRegistry:
    """All roles of a deployment."""

    def __init__(self, defaults: Providers, *, tools: Tools | None = None) -> None:
        self.defaults = defaults
        self.planner: Role[Planner] = Role(
            "planner", PLANNERS, default=defaults.planner, tools=tools
        )
        self.images: Role[ImageProvider] = Role(
            "images", IMAGES, default=defaults.images, tools=tools
        )
        self.music: Role[MusicProvider] = Role("music", MUSIC, default=defaults.music, tools=tools)
        self.sounds: Role[SoundProvider] = Role("sounds", SOUNDS, default=AUTO, tools=tools)
        self.voice: Role[SpeechProvider] = Role(
            "voice", VOICES, default=defaults.voice, tools=tools
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

    def embedded_voice(self, choice: str) -> EmbeddedVoice | None:
        """The embedded voice behind a choice; None where a service speaks, or nobody.

        Raises as `resolve` does.
        """
        from providers.tts.embedded_voice import EmbeddedVoice

        voice = None if self.voice.is_service(choice) else self.voice.get(choice)
        return voice if isinstance(voice, EmbeddedVoice) else None

    @property
    def embedded(self) -> Providers:
        """What needs no key and no network, per role."""
        return Providers(**{name: role.embedded for name, role in self.roles.items()})

    def offers(self) -> tuple[Offer, ...]:
        """Every provider of every role as it stands in this process."""
        return tuple(offer for role in self.roles.values() for offer in role.offers())

    def queues(self) -> tuple[str, ...]:
        """The services whose calls this process can make, now or once they are there: each has a
        task queue of its own.
        """
        to_come = (name for role in self.roles.values() for name in role.to_come())
        return tuple(sorted({*services_of(self.offers()), *to_come}))

    def services_by_role(self) -> dict[str, tuple[str, ...]]:
        """The providers of each role, by name, whose service can be used from here."""
        usable = [offer for offer in self.offers() if offer.service and not offer.lacks]
        return {
            name: tuple(offer.name for offer in usable if offer.role == name) for name in self.roles
        }

    def choose(self, choice: Providers, offers: Iterable[Offer] | None = None) -> Chosen:
        """Each role's offer, of `offers` or of this process. Raises `InvalidProviderRequest`."""
        return choose(choice, self.offers() if offers is None else offers, defaults=self.defaults)

    def resolve(self, choice: Providers) -> Providers:
        """Every role's provider by name, of this process. Raises `InvalidProviderRequest`."""
        return self.choose(choice).providers

    def prices(self, chosen: Providers) -> dict[str, Price]:
        """US dollars per unit of each role's chosen provider. Raises as `resolve` does."""
        return self.choose(chosen).prices

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
        """(role, what to know) where settings are wrong, or of no use by themselves."""
        for role in self.roles.values():
            for remark in role.remarks():
                yield role.role, remark

    async def aclose(self) -> None:
        for role in (*self.roles.values(), self.sounds):
            await role.aclose()
