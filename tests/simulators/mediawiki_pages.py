"""The articles of the MediaWiki simulator, and its search: written for the tests, by us."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "wikipedia"
_LETTERS = re.compile(r"[^\W_]+")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass
class Page:
    """One article: `text` as `prop=extracts` gives it whole."""

    title: str
    pageid: int
    revision: int
    text: str
    is_disambiguation: bool = False
    links: tuple[str, ...] = ()
    redirects: tuple[str, ...] = field(default=())

    @property
    def opening(self) -> str:
        return self.text.partition("\n\n\n==")[0].strip()


class Edition:
    """The articles in one language."""

    def __init__(self, language: str, pages: list[Page]) -> None:
        self.language = language
        self.pages = pages

    def resolved(self, title: str) -> tuple[Page | None, str | None]:
        """(the page, the redirect's title where one led there)."""
        for page in self.pages:
            if title == page.title:
                return page, None
            if title in page.redirects:
                return page, title
        return None, None

    def by_id(self, pageid: int) -> Page | None:
        return next((page for page in self.pages if page.pageid == pageid), None)

    def search(self, query: str) -> list[Page]:
        """Every word in the article, as CirrusSearch does; titles and redirects weigh more."""
        terms = [_plain(term) for term in query.split()]
        found = []
        for page in self.pages:
            names = _plain(" ".join((page.title, *page.redirects)))
            everything = _plain(page.text) + " " + names
            if terms and all(_has(everything, term) for term in terms):
                named = sum(_has(names, term) for term in terms)
                exact = _plain(query) in map(_plain, (page.title, *page.redirects))
                often = sum(everything.count(term[:4]) for term in terms)
                found.append((exact, named, often, page))
        found.sort(key=lambda hit: (-hit[0], -hit[1], -hit[2], hit[3].pageid))
        return [page for *_, page in found]


def _has(text: str, term: str) -> bool:
    """As a stemmer would have it: by the first letters of a word."""
    if _SPACELESS.search(term):
        return term in text
    begins = term if len(term) <= 4 else term[: max(4, len(term) - 2)]
    return any(word.startswith(begins) for word in _LETTERS.findall(text))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in bare if not unicodedata.combining(c) or "\u3099" <= c <= "\u309a")
    return re.sub(r"\b(?:و|ب|ل)?ال(?=\w\w)", "", unicodedata.normalize("NFC", kept))


@cache
def edition(language: str) -> Edition | None:
    """The articles of `wikipedia/<language>.txt`; None where there are none."""
    file = FOLDER / f"{language}.txt"
    if not file.is_file():
        return None
    blocks = file.read_text().split("@@@ ")[1:]
    return Edition(language, [_page(block, 1000 + n) for n, block in enumerate(blocks)])


def _page(block: str, pageid: int) -> Page:
    title, _, text = block.partition("\n")
    options = dict(re.findall(r"^@(\w+) (.+)$", text, re.MULTILINE))
    links = _listed(options.get("disambiguation", ""))
    return Page(
        title=title.strip(),
        pageid=pageid,
        revision=1_300_000_000 + 17 * pageid,
        text=re.sub(r"^@.+\n", "", text, flags=re.MULTILINE).strip(),
        is_disambiguation="disambiguation" in options,
        links=links,
        redirects=_listed(options.get("redirects", "")),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())
