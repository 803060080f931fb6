"""A language model as the planner, through the OpenAI API or anything that speaks it."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Literal

from domain.ledger import Price
from domain.plot import Plot, PlotRequest
from providers.base import Call
from providers.errors import InvalidProviderRequest
from providers.llm.draft import Unusable
from providers.llm.prompts import told_back
from providers.llm.tasks import Task, task_for
from providers.openai_api import OpenAISettings, check_model, client_of
from providers.prices import price_of
from providers.service import Checked, ServiceSettings, Tools

# The first answer, and twice told what was wrong with it.
ANSWERS = 3
# Of the prompts: another edition writes another plot.
EDITION = "1"
_MILLION = 1_000_000


class OpenAIPlannerSettings(OpenAISettings):
    """Settings of the planner."""

    openai_model: str = "gpt-6-luna"
    openai_reasoning_effort: (
        Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None
    ) = None
    openai_input_usd_per_million: float | None = None
    openai_output_usd_per_million: float | None = None

    @property
    def configured_by(self) -> str | None:
        if self.openai_base_url:
            return "OPENAI_BASE_URL is set"
        return "OPENAI_API_KEY is set" if self.openai_api_key else None

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
        from providers.llm.chat import Chat, Manner

        self.model = settings.openai_model
        self.price = settings.price
        effort = settings.openai_reasoning_effort
        self.fingerprint = " ".join(filter(None, (EDITION, effort, settings.settled_by_url)))
        own = settings.openai_base_url is not None
        manner = Manner(
            effort=effort, tokens_field="max_tokens" if own else "max_completion_tokens"
        )
        self._chat = Chat(settings.url, settings.key, model=self.model, manner=manner)
        self.service, self.places = settings.service, settings.places
        self._client = client_of(settings)

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises from `providers.errors`; no plot is returned that breaks a rule."""
        task = await asyncio.to_thread(task_for, request)
        if isinstance(task, Plot):
            return task
        return await self._written(task, call)

    async def check(self) -> Checked:
        return await check_model(self._client, self.model)

    async def aclose(self) -> None:
        await self._chat.aclose()
        await self._client.aclose()

    async def _written(self, task: Task, call: Call) -> Plot:
        messages, problems = task.messages(), [""]
        for answers in range(ANSWERS):
            again = f" again: {problems[0]}" if answers else ""
            call.report(answers / ANSWERS, f"{self.model} writes the plot{again}")
            reply = await self._chat.ask(messages, task.answer, call=call)
            try:
                return await asyncio.to_thread(task.plot_of, reply.text)
            except Unusable as exc:
                problems = exc.problems
                if reply.cut_off:
                    problems = ["the answer was cut off: be briefer", *problems]
            messages = [*task.messages(), *told_back(reply.text, problems)]
        raise InvalidProviderRequest(
            f"{self.model} wrote no usable plot in {ANSWERS} answers ({'; '.join(problems)}): "
            "try a larger model, or AUTOSHORTS_PLANNER=rules"
        )
