"""The article for a topic: by its very title, by search, past redirects and disambiguation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.reading.length import weight
from providers.errors import DoneWithout, InvalidProviderRequest
from providers.llm.wikipedia.asked import Asked
from providers.llm.wikipedia.client import MediaWiki
from providers.llm.wikipedia.cues.prose import LIST_TITLE
from providers.llm.wikipedia.matching import Words, content_words, stem

CANDIDATES = 6
LINKS = 20
# A shorter opening is a stub, or an article that has just been emptied.
MIN_OPENING = 50
_APART = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*$")

Json = dict[str, Any]


class NothingFound(DoneWithout):
    """No article answers the prompt in its language."""


@dataclass(frozen=True)
class Candidate:
    """An article that may be meant."""

    title: str
    page: int
    opening: str
    score: float


@dataclass(frozen=True)
class Article:
    """An article as it stands at one revision."""

    title: str
    revision: int
    revised_at: str
    url: str
    extract: str


class Library:
    """What an edition has on a topic."""

    def __init__(self, wiki: MediaWiki, asked: Asked) -> None:
        self._wiki = wiki
        self._asked = asked
        self._stems = tuple(stem(word) for word in asked.words)
        # Whether the words alone could mean something else.
        self.is_ambiguous = False

    async def candidates(self) -> list[Candidate]:
        """Articles that may be meant, the likeliest first. Raises `NothingFound`, and as
        `MediaWiki.query` does.
        """
        if self._asked.is_about_one_thing and (found := await self._by_title()):
            return found
        for words in self._searches():
            if found := await self._by_search(words):
                return found
        raise NothingFound(
            f"{self._wiki.host(self._asked.language)} has no article for “{self._asked.subject}”"
        )

    async def article(self, candidate: Candidate) -> Article:
        """The whole of it. Raises `NothingFound` where it is gone, and as `MediaWiki.query`."""
        answer = await self._query(
            pageids=candidate.page,
            prop="extracts|info|revisions",
            explaintext=1,
            exsectionformat="wiki",
            exlimit=1,
            inprop="url",
            rvprop="ids|timestamp",
        )
        page = next(iter(_pages(answer)), {})
        extract, revision = page.get("extract"), page.get("lastrevid")
        if not isinstance(extract, str) or not isinstance(revision, int):
            raise NothingFound(f"“{candidate.title}” is gone, or has no text")
        revisions = page.get("revisions") or [{}]
        return Article(
            title=str(page.get("title", candidate.title)),
            revision=revision,
            revised_at=str(revisions[0].get("timestamp", "")),
            url=_permanent(page, revision),
            extract=extract,
        )

    async def _by_title(self) -> list[Candidate]:
        """The article of that very title, or of a redirect to it."""
        answer = await self._query(titles="|".join(_titles(self._asked)), redirects=1, **_OPENING)
        pages = [page for page in _pages(answer) if page.get("pageid", 0) > 0]
        if any(_is_disambiguation(page) for page in pages):
            self.is_ambiguous = True
            return []
        return self._ranked(pages, bonus=2.0)

    async def _by_search(self, words: Sequence[str]) -> list[Candidate]:
        answer = await self._query(
            generator="search",
            gsrsearch=" ".join(words),
            gsrnamespace=0,
            gsrlimit=CANDIDATES,
            redirects=1,
            **_OPENING,
        )
        pages = sorted(_pages(answer), key=lambda page: page.get("index", CANDIDATES))
        unclear = next((page for page in pages if _is_disambiguation(page)), None)
        self.is_ambiguous |= unclear is not None
        found = self._ranked(pages)
        if unclear is not None and not found:
            found = await self._meanings(int(unclear["pageid"]))
        return found

    async def _meanings(self, page: int) -> list[Candidate]:
        """The articles that a disambiguation page lists."""
        answer = await self._query(
            pageids=page, generator="links", gplnamespace=0, gpllimit=LINKS, redirects=1, **_OPENING
        )
        return self._ranked(page for page in _pages(answer) if "missing" not in page)

    def _searches(self) -> Iterable[tuple[str, ...]]:
        """All words must be in an article: fewer, where that asks too much."""
        words = self._asked.words
        yield words
        if len(words) > 2:
            by_length = sorted(words, key=len, reverse=True)
            yield tuple(w for w in words if w in by_length[:2])
        if len(words) > 1:
            yield words[:1]
            yield words[-1:]

    def _ranked(self, pages: Iterable[Json], *, bonus: float = 0.0) -> list[Candidate]:
        found = [
            Candidate(
                title=str(page["title"]),
                page=int(page["pageid"]),
                opening=page["extract"],
                score=bonus + self._score(page, place),
            )
            for place, page in enumerate(pages)
            if page.get("pageid") and _is_article(page)
        ]
        found.sort(key=lambda candidate: -candidate.score)
        # What a redirect leads to need not have the prompt's word.
        return found if bonus else [c for c in found if self._is_about_it(c)]

    def _score(self, page: Json, place: int) -> float:
        title = str(page["title"])
        apart = _APART.search(title)
        of_title = [stem(w) for w in content_words(_APART.sub("", title), self._asked.language)]
        prompt = Words(" ".join(self._asked.words))
        score = 2.5 * prompt.share(of_title) + 2.0 * self._coverage(page) + 1.0 / (1 + place)
        if apart and not prompt.share(stem(w) for w in content_words(apart[1], "")):
            score -= 0.8
        return score

    def _coverage(self, page: Json) -> float:
        return Words(f"{page['title']} {page['extract'][:1500]}").share(self._stems)

    def _is_about_it(self, candidate: Candidate) -> bool:
        """Whether its title or its opening has any of the words at all."""
        return Words(f"{candidate.title} {candidate.opening}").share(self._stems) > 0

    async def _query(self, **parameters: str | int) -> Json:
        return await self._wiki.query(self._asked.language, **parameters)


_OPENING: dict[str, str | int] = {
    "prop": "extracts|pageprops|info",
    "exintro": 1,
    "explaintext": 1,
    "exlimit": "max",
    "ppprop": "disambiguation",
}


def _titles(asked: Asked) -> list[str]:
    """The subject as a title may have it. MediaWiki's own separators cannot be in one."""
    subject = re.sub(r"[|#<>\[\]{}_]", " ", asked.subject).strip(" ?？؟¿")
    whole = " ".join(asked.words)
    return list(dict.fromkeys(t for t in (subject, whole) if t and len(t.encode()) < 250))[:2]


def _pages(answer: Json) -> list[Json]:
    pages = answer.get("query", {}).get("pages", [])
    if not isinstance(pages, list):
        raise InvalidProviderRequest(
            "Wikipedia answered pages in an old form: is it MediaWiki 1.25?"
        )
    return [page for page in pages if isinstance(page, dict)]


def _is_disambiguation(page: Json) -> bool:
    return "disambiguation" in page.get("pageprops", {})


def _is_article(page: Json) -> bool:
    extract = page.get("extract")
    return (
        isinstance(extract, str)
        and weight(extract) >= MIN_OPENING
        and not _is_disambiguation(page)
        and not LIST_TITLE.search(str(page["title"]))
    )


def _permanent(page: Json, revision: int) -> str:
    """The address of that revision: `…/w/index.php?title=Sea&oldid=1` as a page's own."""
    address = str(page.get("canonicalurl") or page.get("fullurl") or "")
    return f"{address}?oldid={revision}" if address else ""
