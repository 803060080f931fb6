"""A language model as the planner, through the OpenAI API or anything that speaks it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from domain.ledger import Price
from domain.plot import Plot, PlotRequest
from providers.base import Call
from providers.llm.manner import Manner
from providers.openai_api import OPENAI_URL, OpenAISettings, check_model, client_of
from providers.prices import price_of
from providers.service import Checked, ServiceSettings, Tools

# Of the prompts: another edition writes another plot.
EDITION = "2"
_MILLION = 1_000_000


class OpenAIPlannerSettings(OpenAISettings):
    """Settings of the planner."""

    openai_model: str = "gpt-6-luna"
    openai_reasoning_effort: (
        Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None
    ) = None
    # The longest that a model may be silent, before its answer and in the middle of it.
    openai_seconds: float | None = Field(default=None, gt=0)
    openai_input_usd_per_million: float | None = None
    openai_output_usd_per_million: float | None = None

    @property
    def configured_by(self) -> str | None:
        if self.openai_base_url:
            return "OPENAI_BASE_URL is set"
        return "OPENAI_API_KEY is set" if self.openai_api_key else None

    @property
    def places(self) -> int:
        """As it was set; else a model of one's own answers one after the other."""
        return self.openai_concurrency or (1 if self.is_ones_own else super().places)

    @property
    def manner(self) -> Manner:
        """How its server is asked at first."""
        effort = self.openai_reasoning_effort
        if self.url == OPENAI_URL:
            return Manner(form="lists", effort=effort)
        return Manner(tokens_field="max_tokens", effort=effort, thinks=effort is not None)

    @property
    def price(self) -> Price:
        """As it was set, else from the table; nothing for a server of one's own."""
        known = price_of("openai", self.openai_model) or {}
        said = {
            "input_tokens": self.openai_input_usd_per_million,
            "output_tokens": self.openai_output_usd_per_million,
        }
        return {**known, **{unit: usd / _MILLION for unit, usd in said.items() if usd is not None}}


class OpenAIPlanner:
    """Writes plots with a chat model; a supplied script keeps its words."""

    name = "openai"
    settings_type: ClassVar[type[ServiceSettings]] = OpenAIPlannerSettings

    def __init__(self, settings: OpenAIPlannerSettings, *, tools: Tools) -> None:
        # The SDK takes a second to import, and most deployments choose without it.
        from providers.llm.chat import Chat
        from providers.llm.writer import PlotWriter

        self.model = settings.openai_model
        self.price = settings.price
        effort = settings.openai_reasoning_effort
        self.fingerprint = " ".join(filter(None, (EDITION, effort, settings.settled_by_url)))
        self._chat = Chat(
            settings.url,
            settings.key,
            model=self.model,
            name=settings.called,
            manner=settings.manner,
            seconds=settings.openai_seconds,
        )
        self._writer = PlotWriter(
            self._chat, self.model, is_small=settings.is_ones_own and not settings.price
        )
        self.service, self.places = settings.service, settings.places
        self._settings = settings
        self._client = client_of(settings)

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises from `providers.errors`; no plot is returned that breaks a rule."""
        return await self._writer.write(request, call=call)

    async def check(self) -> Checked:
        return await check_model(self._client, self.model, self._settings)

    async def aclose(self) -> None:
        await self._chat.aclose()
        await self._client.aclose()
