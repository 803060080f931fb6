"""MediaWiki's action API, `formatversion=2`, as Wikimedia serves it, over articles of our own.

Shapes as in mediawiki.org's API:Query, API:Search, Extension:TextExtracts, API:Errors_and_warnings
and Manual:Maxlag_parameter: errors have status 200 and a header, unknown parameters are warned of,
a search without hits has no `query` at all, throttling is a page of HTML at the edge.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tests.simulators.mediawiki_pages import Edition, Page, edition
from tests.simulators.server import RETRY_AFTER_SECONDS, Fault, Simulator

TIMESTAMP = "2026-11-20T08:15:42Z"
LAG = 7.3
# "client/version (contact) library/version", the contact at least named (the User-Agent policy).
_AGENT = re.compile(r"[\w-]+/[\w.]+ \([^()]{3,}\) [\w-]+/[\w.]+")
_TITLE = re.compile(r"[<>\[\]{}#|]")
_MAIN = {"action", "format", "formatversion", "maxlag", "uselang", "variant"}
_QUERY = {"titles", "pageids", "prop", "list", "meta", "generator", "redirects", "converttitles"}
_OF_MODULE = {
    "extracts": {"exintro", "explaintext", "exlimit", "exsectionformat", "exchars", "exsentences"},
    "pageprops": {"ppprop"},
    "info": {"inprop"},
    "revisions": {"rvprop", "rvlimit"},
    "search": {"gsrsearch", "gsrnamespace", "gsrlimit", "gsroffset", "gsrwhat"},
    "links": {"gplnamespace", "gpllimit", "gpltitles"},
    "siteinfo": {"siprop"},
}
_INTEGERS = {"exlimit": 20, "gsrlimit": 500, "gpllimit": 500, "rvlimit": 500}

Json = dict[str, Any]


class MediaWikiSimulator(Simulator):
    """Editions under `/<language>/w/api.php`: en, ko, ja, es, ar."""

    paid = r"^GET "

    def __init__(self) -> None:
        super().__init__()
        self.queries: list[dict[str, str]] = []
        self.warned: list[str] = []
        # So many queries are still refused for the database's lag.
        self.lags = 0
        self.retry_after = RETRY_AFTER_SECONDS

    def routes(self) -> list[BaseRoute]:
        return [Route("/{language}/w/api.php", self._answer)]

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.RATE_LIMIT | Fault.QUOTA:
                page = "<!DOCTYPE html><title>Wikimedia Error</title><p>Too many requests (rl-anon)"
                return HTMLResponse(page, 429, headers={"retry-after": str(self.retry_after)})
            case Fault.UNAUTHORIZED | Fault.FORBIDDEN | Fault.REFUSAL:
                return _no_agent()
            case Fault.OVERLOADED:
                return HTMLResponse("<!DOCTYPE html><title>Wikimedia Error</title>", 503)
        return HTMLResponse("<!DOCTYPE html><title>Wikimedia Error</title>", 500)

    async def _answer(self, request: Request) -> Response:
        if not _AGENT.fullmatch(request.headers.get("user-agent", "")):
            return _no_agent()
        asked = dict(request.query_params)
        self.queries.append(asked)
        found = edition(request.path_params["language"])
        if found is None:
            return HTMLResponse("<!DOCTYPE html><title>No such wiki</title>", 404)
        if self.lags and "maxlag" in asked:
            self.lags -= 1
            return _lagging(asked)
        try:
            answer = _Query(found, asked).answer()
        except _ApiError as exc:
            headers = {"mediawiki-api-error": exc.code}
            return JSONResponse(_error(exc.code, exc.info), headers=headers)
        if warnings := answer.get("warnings"):
            self.warned += [warning["warnings"] for warning in warnings.values()]
        return JSONResponse(answer)


class _ApiError(Exception):
    """An error as the API has it."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(info)
        self.code, self.info = code, info


class _Query:
    """One `action=query`."""

    def __init__(self, found: Edition, asked: dict[str, str]) -> None:
        self._edition = found
        self._asked = asked
        self._props = [p for p in asked.get("prop", "").split("|") if p]
        self._warnings: Json = {}

    def answer(self) -> Json:
        asked = self._asked
        self._check()
        if "siteinfo" in asked.get("meta", ""):
            return {"batchcomplete": True, "query": {"general": {"sitename": "Wikipedia"}}}
        query: Json = {}
        pages = self._pages(query)
        if not pages:
            return self._whole({"batchcomplete": True})
        query["pages"] = pages
        return self._whole({"batchcomplete": True, "query": query})

    def _whole(self, answer: Json) -> Json:
        return {**answer, "warnings": self._warnings} if self._warnings else answer

    def _check(self) -> None:
        asked = self._asked
        if asked.get("action") != "query":
            value = asked.get("action", "")
            raise _ApiError("badvalue", f'Unrecognized value for parameter "action": {value}.')
        if asked.get("format") != "json" or asked.get("formatversion") != "2":
            raise _ApiError("badvalue", 'Unrecognized value for parameter "format".')
        generator = asked.get("generator")
        if generator not in (None, "search", "links"):
            raise _ApiError(
                "badvalue", f'Unrecognized value for parameter "generator": {generator}.'
            )
        modules = [*self._props, *filter(None, (generator, asked.get("meta")))]
        known = _MAIN | _QUERY | set().union(*(_OF_MODULE.get(name, set()) for name in modules))
        if unknown := sorted(set(asked) - known):
            self._warn("main", f"Unrecognized parameters: {', '.join(unknown)}.")
        for name, most in _INTEGERS.items():
            value = asked.get(name, "1")
            if value != "max" and not (value.isdigit() and 1 <= int(value) <= most):
                raise _ApiError(
                    "badinteger", f'Invalid value "{value}" for integer parameter "{name}".'
                )
        sources = [name for name in ("titles", "pageids") if name in asked]
        if len(sources) > 1:
            names = '" and "'.join(sources)
            raise _ApiError(
                "invalidparammix", f'The parameters "{names}" can not be used together.'
            )
        if any(not value.isdigit() for value in asked.get("pageids", "0").split("|")):
            raise _ApiError("badinteger", 'Invalid value for integer parameter "pageids".')

    def _pages(self, query: Json) -> list[Json]:
        match self._asked.get("generator"):
            case "search":
                return self._searched()
            case "links":
                return self._linked(query)
        return [self._described(page, missing) for page, missing in self._named(query)]

    def _searched(self) -> list[Json]:
        words = self._asked.get("gsrsearch", "").strip()
        if not words:
            raise _ApiError("missingparam", 'The "gsrsearch" parameter must be set.')
        found = self._edition.search(words)[: int(self._asked.get("gsrlimit", "10"))]
        described = [self._described(p) | {"index": n} for n, p in enumerate(found, start=1)]
        # Pages come by their numbers; how good they are is said by `index`.
        return sorted(described, key=lambda page: page["pageid"])

    def _linked(self, query: Json) -> list[Json]:
        titles = [title for page, _ in self._named(query) if page for title in page.links]
        pages = [self._edition.resolved(title)[0] or title for title in titles]
        return [
            self._described(None, p) if isinstance(p, str) else self._described(p) for p in pages
        ][: int(self._asked.get("gpllimit", "10"))]

    def _named(self, query: Json) -> list[tuple[Page | None, str]]:
        if "pageids" in self._asked:
            numbers = [int(number) for number in self._asked["pageids"].split("|")]
            return [(self._edition.by_id(number), f"#{number}") for number in numbers]
        named: list[tuple[Page | None, str]] = []
        for asked in filter(None, self._asked.get("titles", "").split("|")):
            title = asked.replace("_", " ").strip()
            title = title[:1].upper() + title[1:]
            if title != asked:
                entry = {"fromencoded": False, "from": asked, "to": title}
                query.setdefault("normalized", []).append(entry)
            page, redirect = self._edition.resolved(title)
            if redirect and page and "redirects" in self._asked:
                query.setdefault("redirects", []).append({"from": redirect, "to": page.title})
            if all(page is None or page is not other for other, _ in named):
                named.append((page, title))
        return named

    def _described(self, page: Page | None, missing: str = "") -> Json:
        if page is None:
            if missing.startswith("#"):
                return {"pageid": int(missing[1:]), "missing": True}
            if _TITLE.search(missing):
                why = "The requested page title contains invalid characters."
                return {"title": missing, "invalidreason": why, "invalid": True}
            return {"ns": 0, "title": missing, "missing": True}
        described: Json = {"pageid": page.pageid, "ns": 0, "title": page.title}
        if "extracts" in self._props:
            described["extract"] = self._extract(page)
        if "pageprops" in self._props and page.is_disambiguation:
            described["pageprops"] = {"disambiguation": ""}
        if "info" in self._props:
            described |= self._info(page)
        if "revisions" in self._props:
            described["revisions"] = [
                {"revid": page.revision, "parentid": page.revision - 5, "timestamp": TIMESTAMP}
            ]
        return described

    def _extract(self, page: Page) -> str:
        if "exintro" in self._asked:
            return page.opening
        if self._asked.get("exlimit") != "1":
            self._warn(
                "extracts",
                '"exlimit" was too large for a whole article extracts request, lowered to 1.',
            )
        if self._asked.get("exsectionformat", "wiki") == "wiki":
            return page.text
        return re.sub(r"^=+ (.*?) =+$", r"\1", page.text, flags=re.MULTILINE)

    def _info(self, page: Page) -> Json:
        title = quote(page.title.replace(" ", "_"))
        address = f"https://{self._edition.language}.wikipedia.org/wiki/{title}"
        known: Json = {
            "contentmodel": "wikitext",
            "pagelanguage": self._edition.language,
            "touched": TIMESTAMP,
            "lastrevid": page.revision,
            "length": len(page.text.encode()),
        }
        if "url" in self._asked.get("inprop", ""):
            known |= {"fullurl": address, "canonicalurl": address}
        return known

    def _warn(self, module: str, words: str) -> None:
        self._warnings[module] = {"warnings": words}


def _error(code: str, info: str, **more: Any) -> Json:
    docref = "See https://en.wikipedia.org/w/api.php for API usage."
    error = {"code": code, "info": info, **more, "docref": docref}
    return {"error": error, "servedby": "mw-api-ext.eqiad.main-5c6f7d"}


def _lagging(asked: dict[str, str]) -> Response:
    info = f"Waiting for 10.64.16.7: {LAG} seconds lagged."
    body = _error("maxlag", info, host="10.64.16.7", lag=LAG, type="db")
    headers = {
        "retry-after": str(RETRY_AFTER_SECONDS),
        "x-database-lag": str(int(LAG)),
        "mediawiki-api-error": "maxlag",
    }
    return JSONResponse(body, headers=headers)


def _no_agent() -> Response:
    words = "Please set a user-agent and respect our robot policy https://w.wiki/4wJS.\n"
    return PlainTextResponse(words, 403)
