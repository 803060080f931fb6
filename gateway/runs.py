"""Runs over HTTP: start, list, look at, cancel."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pydantic_core
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.record import RunRecord
from domain.run import WORKFLOW_TYPE, Outcome, RunSpec, RunState, RunStatus
from gateway.problems import Problem, RunNotFound, TemporalAway, invalid
from gateway.reader import RPC_TIMEOUT, Head, RunReader, overruled
from gateway.settings import GatewaySettings
from gateway.views import RunList, RunSummary, RunView, links_of, run_url, view_of
from gateway.watcher import Hub
from storage.runs import RunFolders
from storage.store import LocalStore
from storage.uploads import UnknownUpload, Uploads
from workflows.client import RunIdTaken, outcome_of, start_short

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
_KEY = re.compile(r"^[\x21-\x7e]{1,255}$")
_DIGEST = "request_digest"


@dataclass
class Gateway:
    """What every endpoint needs."""

    client: Client
    settings: GatewaySettings
    reader: RunReader
    hub: Hub
    folders: RunFolders
    store: LocalStore
    uploads: Uploads


def gateway_of(request: Request) -> Gateway:
    gateway: Gateway = request.app.state.gateway
    return gateway


def run_id_of(request: Request) -> str:
    """The run id in the path, decoded once: any workflow id but `.` and `..`."""
    segment = str(request.path_params["run_id"])
    try:
        run_id = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise RunNotFound(segment[:100]) from None
    if run_id in (".", "..") or len(run_id) > 1000 or "\0" in run_id:
        raise RunNotFound(run_id[:100])
    return run_id


async def create_run(request: Request) -> Response:
    """POST /api/runs"""
    gateway = gateway_of(request)
    body = await request.body()
    spec = _parsed(request, body)
    try:
        for name in spec.reference_images:
            gateway.uploads.path(name)
    except UnknownUpload as exc:
        errors = [{"pointer": "/reference_images", "detail": str(exc)}]
        raise Problem(422, "the request is not valid", str(exc), errors=errors) from exc
    run_id = await _start(gateway, spec, _idempotency_key(request))
    status = RunStatus(
        run_id=run_id,
        state=RunState.INIT,
        progress=0.0,
        detail="waiting for a worker",
        created_at=datetime.now(UTC),
        updated_at=datetime.now(UTC),
        spec=spec,
        seed=spec.seed,
    )
    has_worker = await gateway.reader.has_worker()
    warnings = () if has_worker else ("no worker is polling: the run waits until one is there",)
    view = view_of(status, (), warnings=warnings)
    return _json(view, status=202, headers={"Location": run_url(run_id)})


async def list_runs(request: Request) -> Response:
    """GET /api/runs?state=&limit=&cursor="""
    gateway = gateway_of(request)
    states, limit = _state_filter(request), _limit(request)
    before = _cursor(request)
    known = {
        record.status.run_id: _summary_of_record(record)
        for record in await asyncio.to_thread(lambda: list(gateway.folders.records()))
    }
    rows = dict(known)
    for run_id, summary in (await _visible(gateway, limit, before)).items():
        have = known.get(run_id)
        rows[run_id] = summary.model_copy(
            update={
                "title": have.title if have else None,
                "duration_ms": have.duration_ms if have else None,
                "links": have.links if have else summary.links,
            }
        )
    order = sorted(rows.values(), key=lambda row: (row.created_at, row.run_id), reverse=True)
    chosen = [
        row
        for row in order
        if (before is None or (row.created_at, row.run_id) < before)
        and (not states or row.state in states)
    ]
    page = chosen[:limit]
    more = len(chosen) > limit
    cursor = _encoded((page[-1].created_at, page[-1].run_id)) if page and more else None
    return _json(RunList(items=tuple(page), next=cursor))


async def show_run(request: Request) -> Response:
    """GET /api/runs/{run_id}"""
    view = await view_for(gateway_of(request), run_id_of(request))
    body = view.model_dump_json().encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if not view.state.is_terminal:
        headers["Retry-After"] = "2"
    if etag in _etags(request):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


async def cancel_run(request: Request) -> Response:
    """POST /api/runs/{run_id}/cancel"""
    gateway, run_id = gateway_of(request), run_id_of(request)
    head = await gateway.reader.head(run_id)
    if head.outcome not in (None, Outcome.CANCELLED):
        raise Problem(409, "the run has ended", f"{run_id!r} has already ended: {head.outcome}")
    if head.outcome is None:
        try:
            handle = gateway.client.get_workflow_handle(run_id, run_id=head.execution_id)
            await handle.cancel(rpc_timeout=RPC_TIMEOUT)
        except RPCError as exc:
            if exc.status is not RPCStatusCode.NOT_FOUND:
                raise TemporalAway from exc
    return _json(await view_for(gateway, run_id), status=202)


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


def _parsed(request: Request, body: bytes) -> RunSpec:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(
            415, "unsupported media type", "send JSON with Content-Type: application/json"
        )
    try:
        value = pydantic_core.from_json(body)
    except ValueError as exc:
        raise Problem(400, "not JSON", f"the body is not JSON: {exc}") from exc
    try:
        return RunSpec.model_validate(value)
    except ValidationError as exc:
        raise invalid(exc) from exc


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.match(key):
        raise Problem(
            400, "bad Idempotency-Key", "Idempotency-Key: 1 to 255 printable ASCII characters"
        )
    return key


async def _start(gateway: Gateway, spec: RunSpec, key: str | None) -> str:
    """The started run's id; the same key and body give the same run."""
    digest = hashlib.sha256(spec.model_dump_json().encode()).hexdigest()
    name = None
    if key is not None:
        name = "k_" + base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()[:20].lower()
    try:
        handle = await start_short(gateway.client, spec, run_id=name, memo={_DIGEST: digest})
    except RunIdTaken:
        assert name is not None
        await _require_same(gateway, name, digest)
        return name
    except RPCError as exc:
        raise TemporalAway from exc
    return handle.id


async def _require_same(gateway: Gateway, run_id: str, digest: str) -> None:
    try:
        described = await gateway.client.get_workflow_handle(run_id).describe(
            rpc_timeout=RPC_TIMEOUT
        )
        memo = await described.memo()
    except RPCError as exc:
        raise TemporalAway from exc
    if memo.get(_DIGEST) != digest:
        raise Problem(
            422,
            "Idempotency-Key was used before",
            "this Idempotency-Key started a run with another body: choose a new key",
        )


async def _visible(
    gateway: Gateway, limit: int, before: tuple[datetime, str] | None
) -> dict[str, RunSummary]:
    """Enough of the newest runs that Temporal lists, by id."""
    query = f'WorkflowType = "{WORKFLOW_TYPE}"'
    if before:
        query += f' AND StartTime <= "{before[0].isoformat()}"'
    rows: dict[str, RunSummary] = {}
    gateway.reader.calls["list"] += 1
    try:
        async with asyncio.timeout(5):
            async for run in gateway.client.list_workflows(
                query, limit=3 * limit + 50, rpc_timeout=RPC_TIMEOUT
            ):
                if run.id not in rows:
                    rows[run.id] = _summary_of_execution(run)
    except TimeoutError as exc:
        raise TemporalAway from exc
    except RPCError as exc:
        raise TemporalAway from exc
    return rows


def _summary_of_execution(run: Any) -> RunSummary:
    outcome = outcome_of(run)
    values = run.search_attributes.get("RunState", ["INIT"])
    state = RunState(str(values[0]))
    if outcome is not None:
        state = RunState.END if outcome is Outcome.COMPLETED else RunState.FAILED
    return RunSummary(
        run_id=run.id,
        state=state,
        outcome=outcome,
        created_at=run.start_time.astimezone(UTC),
        title=None,
        duration_ms=None,
        links=links_of(run.id, {}),
    )


def _summary_of_record(record: RunRecord) -> RunSummary:
    status = record.status
    return RunSummary(
        run_id=status.run_id,
        state=status.state,
        outcome=status.outcome,
        created_at=status.created_at,
        title=status.title or (status.spec.prompt[:80] if status.spec else None),
        duration_ms=sum(scene.duration_ms for scene in status.scenes) or None,
        links=links_of(status.run_id, status.artifacts),
    )


def _state_filter(request: Request) -> set[RunState]:
    """The states asked for, `state` given once or several times; empty for all."""
    values = [value for value in request.query_params.getlist("state") if value]
    try:
        return {RunState(value) for value in values}
    except ValueError:
        known = ", ".join(RunState)
        raise Problem(400, "bad query", f"state: {values!r} is not among {known}") from None


def _limit(request: Request) -> int:
    value = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= MAX_LIMIT:
        raise Problem(400, "bad query", f"limit: a number from 1 to {MAX_LIMIT}")
    return int(value)


def _encoded(cursor: tuple[datetime, str]) -> str:
    data = pydantic_core.to_json([cursor[0].isoformat(), cursor[1]])
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _cursor(request: Request) -> tuple[datetime, str] | None:
    value = request.query_params.get("cursor")
    if not value:
        return None
    try:
        data = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        at, run_id = pydantic_core.from_json(data)
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not isinstance(run_id, str):
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise Problem(400, "bad query", "cursor: take it from `next` of the page before") from None
    return moment, run_id


def _etags(request: Request) -> set[str]:
    return {
        tag.strip().removeprefix("W/")
        for tag in request.headers.get("if-none-match", "").split(",")
    }


def _json(model: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(model.model_dump_json(), status, headers=headers, media_type="application/json")
