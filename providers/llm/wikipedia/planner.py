"""Wikipedia as the planner: what an article says of a topic, in its own sentences, and named.

Scripts, stories and ads are the rules planner's, and nothing is sent for them.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import ClassVar

from domain.facts import Known
from domain.ledger import Price
from domain.plot import Plot, PlotRequest
from domain.reading.length import WEIGHT_PER_SECOND, weight
from domain.sources import Source
from providers.base import Call
from providers.errors import DoneWithout, ProviderError
from providers.llm.rules.planner import write_plot
from providers.llm.wikipedia.asked import Asked, topic_of
from providers.llm.wikipedia.choosing import FEWEST, Room, choose
from providers.llm.wikipedia.client import MediaWiki
from providers.llm.wikipedia.finding import Article, Candidate, Library, NothingFound
from providers.llm.wikipedia.judging import Told
from providers.llm.wikipedia.settings import WikipediaSettings
from providers.llm.wikipedia.telling import (
    credit_of,
    in_scenes,
    lines_of,
    own_hook,
    plot_of,
)
from providers.llm.wikipedia.text import read_part, sentences_of
from providers.service import Checked, ServiceSettings, Tools

LICENCE = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
# An answer is looked for in so many articles; what a bare topic is about is in the first.
ARTICLES = 3
_NUMBERED = re.compile(r"^\d{1,2}\. ")
MARGIN = 3.6


class WikipediaPlanner:
    """Writes plots from articles; it claims nothing that they do not."""

    name = "wikipedia"
    model = "mediawiki-1"
    price: Price = {}
    settings_type: ClassVar[type[ServiceSettings]] = WikipediaSettings

    def __init__(self, settings: WikipediaSettings, *, tools: Tools) -> None:
        self._settings = settings
        self._wiki = MediaWiki(settings)
        self.service, self.places = settings.service, settings.places
        own = settings.wikipedia_url if "wikipedia_url" in settings.model_fields_set else ""
        self.fingerprint = " ".join(filter(None, (settings.wikipedia_credit, own)))

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises `DoneWithout` where Wikipedia has no answer, or gives none."""
        asked = await asyncio.to_thread(topic_of, request)
        if asked is None or (request.previous and not request.previous.sources):
            call.report(0.0, "writing the plot")
            return await asyncio.to_thread(write_plot, request)
        try:
            return await self._looked_up(asked, request, call)
        except DoneWithout:
            raise
        except ProviderError as exc:
            raise DoneWithout(str(exc)) from exc

    async def check(self) -> Checked:
        """Whether it answers; and what is sent, in words."""
        try:
            answer = await self._wiki.query("en", meta="siteinfo")
        except ProviderError as exc:
            return Checked(False, f"{exc}; topics are told by rules meanwhile", needed=False)
        name = answer.get("query", {}).get("general", {}).get("sitename", "a wiki")
        said = f"{name} answers at {self._wiki.host('en')}; the words of a topic are sent there"
        if self._settings.wikipedia_contact is None:
            said += "; AUTOSHORTS_WIKIPEDIA_CONTACT (whom it can reach) is not set"
        return Checked(True, f"{said}; off: AUTOSHORTS_ONLINE=0")

    async def aclose(self) -> None:
        await self._wiki.aclose()

    async def _looked_up(self, asked: Asked, request: PlotRequest, call: Call) -> Plot:
        host = self._wiki.host(asked.language)
        call.report(0.1, f"asking {host} about “{' '.join(asked.words)}”")
        library = Library(self._wiki, asked)
        candidates = await library.candidates()
        best: tuple[float, Article, list[Told]] | None = None
        for number, candidate in enumerate(_likely(candidates, asked), start=1):
            call.report(0.2 + 0.2 * number, f"reading “{candidate.title}” at {host}")
            article = await library.article(candidate)
            chosen = await asyncio.to_thread(_chosen, article, asked, request)
            answers = sorted((t.worth for t in chosen), reverse=True)[:4]
            worth = sum(answers) + 0.4 * candidate.score
            if best is None or worth > best[0]:
                best = worth, article, chosen
        if best is None:
            raise NothingFound(f"{host} has no article for “{asked.subject}”")
        note = None
        if library.is_ambiguous:
            note = f"“{asked.subject}” can mean several things; the article is “{best[1].title}”"
        return self._plot(best[1], best[2], asked, request, host=host, note=note)

    def _plot(
        self,
        article: Article,
        chosen: list[Told],
        asked: Asked,
        request: PlotRequest,
        *,
        host: str,
        note: str | None,
    ) -> Plot:
        source = Source(
            title=article.title,
            site=host,
            language=asked.language,
            revision=article.revision,
            revised_at=article.revised_at,
            url=article.url,
            licence=LICENCE,
            licence_url=LICENCE_URL,
            text=read_part(article.extract),
        )
        lines = lines_of(chosen, asked)
        scenes = in_scenes(lines, asked.cuts)
        told = sum(line.told is not None for line in lines)
        least = asked.points or min(FEWEST, asked.cuts or FEWEST)
        if told < least or len(scenes) < (asked.cuts or 1):
            raise DoneWithout(
                f"“{article.title}” at {host} says too little about “{asked.subject}”"
                + (f" for {asked.cuts} scenes" if asked.cuts else "")
            )
        aloud = self._settings.wikipedia_credit == "line"
        credit = credit_of(source, aloud=aloud)
        if aloud:
            scenes[-1] = [*scenes[-1], credit]
        return plot_of(scenes, asked, source, request, credit=credit, note=note)


def _likely(candidates: Sequence[Candidate], asked: Asked) -> Sequence[Candidate]:
    """Those that are read; the answer to "why" may be in another than the one so called."""
    count = ARTICLES if asked.asks in ("why", "how") else 1
    least = candidates[0].score - MARGIN
    return [candidate for candidate in candidates[:count] if candidate.score > least]


def _chosen(article: Article, asked: Asked, request: PlotRequest) -> list[Told]:
    unwanted: set[str] = set()
    if request.previous and request.findings:
        named = {finding.scene_id for finding in request.findings}
        doubted = (row.text for row in request.previous.rows if row.scene_id in named)
        unwanted = {_NUMBERED.sub("", line) for line in doubted}
    return choose(
        sentences_of(article.extract, asked.language),
        asked,
        article.title,
        room=_room(asked),
        known=Known((read_part(article.extract), request.prompt)),
        unwanted=unwanted,
    )


def _room(asked: Asked) -> Room:
    opening = own_hook(asked)
    if asked.points and not asked.cuts:
        return Room(asked.points, 0)
    if asked.cuts:
        counted = asked.points or max(asked.cuts - (opening is not None), 1)
        return Room(counted, 0)
    return Room(None, asked.seconds * WEIGHT_PER_SECOND - weight(opening or ""))
