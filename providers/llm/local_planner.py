"""A model on the user's own machine as the planner: free, private, and often small."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Literal

from pydantic import Field

from domain.ledger import Price
from domain.plot import Plot, PlotRequest
from providers.base import Call
from providers.errors import InvalidProviderRequest, ProviderUnavailable
from providers.llm import local_models
from providers.llm.local_servers import LocalModel, LocalServer
from providers.llm.manner import Manner
from providers.offers import LOCAL
from providers.openai_api import NO_KEY
from providers.service import Checked, ServiceSettings, Tools

# Of the prompts: another edition writes another plot.
EDITION = "1"
NOBODY = (
    "no model answers on this machine: start Ollama, LM Studio or llama.cpp's server "
    "(ports 11434, 1234, 8080)"
)


class LocalModelSettings(ServiceSettings):
    """Whether models on this machine are looked for, and which is taken."""

    local_models: Literal["auto", "off"] = "auto"
    local_model: str | None = None
    openai_seconds: float | None = Field(default=None, gt=0)

    @property
    def service(self) -> str:
        return LOCAL

    @property
    def places(self) -> int:
        """A model on one's own machine answers one after the other."""
        return 1

    @property
    def found(self) -> str | None:
        return str(self.model) if self.model else None

    @property
    def comes_and_goes(self) -> bool:
        return self.local_models != "off"

    @property
    def servers(self) -> tuple[LocalServer, ...]:
        return local_models.found() if self.local_models != "off" else ()

    @property
    def model(self) -> LocalModel | None:
        """The one that is asked."""
        return local_models.best(self.servers, name=self.local_model)

    @property
    def configured_by(self) -> str | None:
        """A model that was found; one that is too small for a plot has to be named."""
        model = self.model
        if model is None or (model.is_too_small and not self.local_model):
            return None
        return str(model)

    @property
    def how(self) -> str | None:
        if self.local_models == "off":
            return None
        return "a model on this machine (Ollama, LM Studio or llama.cpp)"

    @property
    def lacks(self) -> str | None:
        if self.local_models == "off":
            return "AUTOSHORTS_LOCAL_MODELS is off"
        if self.model:
            return None
        seen = "; ".join(map(str, self.servers))
        if self.local_model:
            return (
                f"AUTOSHORTS_LOCAL_MODEL: no {self.local_model!r} on this machine; {seen or NOBODY}"
            )
        return seen or NOBODY

    @property
    def remark(self) -> str | None:
        """Why what was found is not used."""
        if not self.servers or self.configured_by:
            return None
        if self.lacks:
            return self.lacks
        return (
            f"{self.model} is too small to write a plot by itself: `auto` leaves it out; "
            "AUTOSHORTS_PLANNER=local takes it"
        )


class LocalPlanner:
    """Writes plots with the model that was found when it was first needed."""

    name = LOCAL
    price: Price = {}
    settings_type: ClassVar[type[ServiceSettings]] = LocalModelSettings

    def __init__(self, settings: LocalModelSettings, *, tools: Tools) -> None:
        # The SDK takes a second to import, and most deployments choose without it.
        from providers.llm.chat import Chat
        from providers.llm.writer import PlotWriter

        model = settings.model
        if model is None:
            raise InvalidProviderRequest(f"providers.planner: local: {settings.lacks}")
        self.model = model.name
        self.fingerprint = f"{EDITION} {model.server}"
        self.service, self.places = settings.service, settings.places
        self._settings = settings
        self._found = model
        self._chat = Chat(
            model.url,
            NO_KEY,
            model=model.name,
            name=f"{model.server} at {model.at}",
            manner=Manner(tokens_field="max_tokens", thinks=False),
            seconds=settings.openai_seconds,
        )
        self._writer = PlotWriter(self._chat, model.name, is_small=True)

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises from `providers.errors`; no plot is returned that breaks a rule."""
        return await self._writer.write(request, call=call)

    async def check(self) -> Checked:
        """Whether the model is still there; nothing leaves this machine."""
        local_models.forget()
        servers = await asyncio.to_thread(local_models.found)
        models = [model for server in servers for model in server.models]
        here = any((m.name, m.url) == (self.model, self._found.url) for m in models)
        if not here:
            raise ProviderUnavailable(f"{self._found} answers no more")
        return Checked(ok=True, said=f"{self._found} was found on this machine")

    async def aclose(self) -> None:
        await self._chat.aclose()
