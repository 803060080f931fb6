"""GET /api/runs: a page of the library."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

import pydantic_core
from starlette.requests import Request
from starlette.responses import Response

from domain.run import RunState
from gateway.answers import json_answer
from gateway.collaborators import gateway_of
from gateway.library import Asked, Row, part_of_library
from gateway.problems import Problem
from gateway.views import RunList, RunSummary, links_of

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
TITLE_CHARACTERS = 80


async def list_runs(request: Request) -> Response:
    """GET /api/runs?state=&limit=&cursor="""
    asked = Asked(states=_states(request), limit=_limit(request), before=_cursor(request))
    part = await part_of_library(gateway_of(request).reader, asked)
    items = tuple(_summary_of(row) for row in part.rows)
    following = _encoded(part.next) if part.next else None
    return json_answer(RunList(items=items, next=following, warnings=part.warnings))


def _summary_of(row: Row) -> RunSummary:
    files = {"final_video.mp4": row.has_video, "thumbnail.jpg": row.has_thumbnail}
    return RunSummary(
        run_id=row.run_id,
        state=row.state,
        outcome=row.outcome,
        created_at=row.created_at,
        title=row.title and row.title[:TITLE_CHARACTERS],
        duration_ms=row.duration_ms or None,
        links=links_of(row.run_id, [name for name, is_there in files.items() if is_there]),
    )


def _states(request: Request) -> frozenset[RunState]:
    """The states asked for, `state` given once or several times; all where it is not given."""
    values = [value for value in request.query_params.getlist("state") if value]
    try:
        return frozenset(RunState(value) for value in values) or frozenset(RunState)
    except ValueError:
        known = ", ".join(RunState)
        raise Problem(400, "bad query", f"state: {values!r} is not among {known}") from None


def _limit(request: Request) -> int:
    value = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= MAX_LIMIT:
        raise Problem(400, "bad query", f"limit: a number from 1 to {MAX_LIMIT}")
    return int(value[:9])


def _encoded(place: tuple[datetime, str]) -> str:
    data = pydantic_core.to_json([place[0].isoformat(), place[1]])
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _cursor(request: Request) -> tuple[datetime, str] | None:
    value = request.query_params.get("cursor")
    if not value:
        return None
    try:
        data = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        at, run_id = pydantic_core.from_json(data)
        moment = datetime.fromisoformat(at).astimezone(UTC)
        if not isinstance(run_id, str):
            raise ValueError
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise Problem(400, "bad query", "cursor: take it from `next` of the page before") from None
    return moment, run_id
