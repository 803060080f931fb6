"""One run over HTTP: look at it, cancel it."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from domain.run import Outcome, RunState
from gateway.answers import is_known, json_answer
from gateway.collaborators import Gateway, gateway_of, run_id_of
from gateway.problems import Problem
from gateway.runlog import Reading

POLL_SECONDS = 2


async def show_run(request: Request) -> Response:
    """GET /api/runs/{run_id}"""
    reading = await reading_for(gateway_of(request), run_id_of(request))
    etag = f'"{hashlib.sha256(reading.body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if not reading.view.state.is_terminal:
        headers["Retry-After"] = str(POLL_SECONDS)
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(reading.body, headers=headers, media_type="application/json")


async def cancel_run(request: Request) -> Response:
    """POST /api/runs/{run_id}/cancel

    The run itself is asked how far it is: one that has reached its end may still be closing.
    """
    gateway, run_id = gateway_of(request), run_id_of(request)
    reading = await gateway.reader.read(run_id)
    status = reading.status
    if status.outcome is None and not status.state.is_terminal:
        await gateway.executions.cancel(run_id, reading.execution_id)
        reading = await gateway.reader.read(run_id)
    elif status.outcome is not Outcome.CANCELLED:
        ended = status.outcome or (
            Outcome.COMPLETED if status.state is RunState.END else Outcome.FAILED
        )
        raise Problem(409, "the run has ended", f"{run_id!r} has already ended: {ended}")
    return json_answer(reading.view, status=202)


async def reading_for(gateway: Gateway, run_id: str) -> Reading:
    """From the run's watcher where there is one, else read once; no watcher is made for it.

    Raises `RunNotFound`, `TemporalAway`, `TemporalRefused`.
    """
    watcher = gateway.hub.peek(run_id)
    return watcher.reading if watcher else await gateway.reader.read(run_id)
