"""One run over HTTP: look at it, cancel it."""

from __future__ import annotations

import asyncio
import hashlib

from starlette.requests import Request
from starlette.responses import Response
from temporalio.service import RPCError, RPCStatusCode

from domain.run import Outcome
from gateway.answers import is_known, json_answer
from gateway.collaborators import Gateway, gateway_of, run_id_of
from gateway.problems import Problem, RunNotFound, TemporalAway
from gateway.reader import RPC_TIMEOUT, Head, answering, overruled
from gateway.views import RunView, view_of

POLL_SECONDS = 2


async def show_run(request: Request) -> Response:
    """GET /api/runs/{run_id}"""
    view = await view_for(gateway_of(request), run_id_of(request))
    body = view.model_dump_json().encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if not view.state.is_terminal:
        headers["Retry-After"] = str(POLL_SECONDS)
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


async def cancel_run(request: Request) -> Response:
    """POST /api/runs/{run_id}/cancel"""
    gateway, run_id = gateway_of(request), run_id_of(request)
    head = await gateway.reader.head(run_id)
    if head.outcome not in (None, Outcome.CANCELLED):
        raise Problem(409, "the run has ended", f"{run_id!r} has already ended: {head.outcome}")
    if head.outcome is None:
        await _cancel(gateway, run_id, head)
    return json_answer(await view_for(gateway, run_id), status=202)


async def _cancel(gateway: Gateway, run_id: str, head: Head) -> None:
    handle = gateway.client.get_workflow_handle(run_id, run_id=head.execution_id)
    async with answering():
        try:
            await handle.cancel(rpc_timeout=RPC_TIMEOUT)
        except RPCError as exc:
            # It ended between the look and the word.
            if exc.status is not RPCStatusCode.NOT_FOUND:
                raise


async def view_for(gateway: Gateway, run_id: str) -> RunView:
    """From the run's watcher where there is one, else read once.

    Raises `RunNotFound`, `TemporalAway`.
    """
    watcher = gateway.hub.peek(run_id)
    if watcher and watcher.log.frames and not watcher.away:
        return watcher.view()
    try:
        head = await gateway.reader.head(run_id)
    except (RunNotFound, TemporalAway):
        # What Temporal has forgotten, or cannot say now, its folder may still hold.
        record = await asyncio.to_thread(gateway.reader.record, run_id)
        if record is None or record.status.outcome is None:
            raise
        return view_of(record.status, record.events)
    return await _read(gateway, run_id, head)


async def _read(gateway: Gateway, run_id: str, head: Head) -> RunView:
    record = await asyncio.to_thread(gateway.reader.record, run_id)
    if head.outcome is not None:
        if not record or record.execution_id != head.execution_id or not record.status.outcome:
            record = await gateway.reader.remembered(run_id, head)
        return view_of(overruled(record.status, head), record.events)
    async with gateway.hub.watching(run_id) as watcher:
        return watcher.view()
