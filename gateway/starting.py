"""POST /api/runs: start a run, once per Idempotency-Key."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from datetime import UTC, datetime

import pydantic_core
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from domain.run import RunSpec, RunState, RunStatus
from gateway.answers import json_answer
from gateway.collaborators import Gateway, gateway_of
from gateway.problems import FieldError, Problem, TemporalAway, invalid
from gateway.reader import answering
from gateway.runs import view_for
from gateway.views import RunView, run_url, view_of
from storage.uploads import UnknownUpload
from workflows.client import RunIdTaken, start_short

_KEY = re.compile(r"[\x21\x23-\x7e]{1,255}")
# The header is a string of RFC 9651, so quoted; most clients send it bare.
_QUOTED_KEY = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"')
_DIGEST = "request_digest"
_START_SECONDS = 12.0
NO_WORKER = "no worker is polling: the run waits until one is there"


async def create_run(request: Request) -> Response:
    """POST /api/runs"""
    gateway, key = gateway_of(request), _idempotency_key(request)
    spec = _parsed(request, await request.body())
    _require_uploads(gateway, spec)
    name = run_id_of_key(key) if key else None
    if name and await _was_started(gateway, name, spec):
        return _accepted(await view_for(gateway, name), replayed=True)
    try:
        async with answering(_START_SECONDS):
            handle = await start_short(
                gateway.client, spec, run_id=name, memo={_DIGEST: _digest(spec)}
            )
    except RunIdTaken as exc:
        if name is None:
            raise Problem(503, "too many runs", str(exc), headers={"Retry-After": "60"}) from exc
        await _require_same(gateway, name, spec)
        return _accepted(await view_for(gateway, name), replayed=True)
    return _accepted(await _begun(gateway, handle.id, spec))


def _accepted(view: RunView, *, replayed: bool = False) -> Response:
    headers = {"Location": run_url(view.run_id)}
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_answer(view, status=202, headers=headers)


async def _begun(gateway: Gateway, run_id: str, spec: RunSpec) -> RunView:
    """The run as it is before anybody could work on it."""
    now = datetime.now(UTC)
    status = RunStatus(
        run_id=run_id,
        state=RunState.INIT,
        progress=0.0,
        detail="waiting for a worker",
        created_at=now,
        updated_at=now,
        spec=spec,
        seed=spec.seed,
    )
    try:
        has_worker = await gateway.reader.has_worker()
    except TemporalAway:
        # The run was started: an error now would have it started again.
        has_worker = False
    return view_of(status, (), warnings=() if has_worker else (NO_WORKER,))


def _parsed(request: Request, body: bytes) -> RunSpec:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(
            415, "unsupported media type", "send JSON with Content-Type: application/json"
        )
    try:
        pydantic_core.from_json(body)
    except ValueError as exc:
        raise Problem(400, "not JSON", f"the body is not JSON: {exc}") from exc
    try:
        # Strict, so that `true` is no number and the description stays true.
        return RunSpec.model_validate_json(body, strict=True)
    except ValidationError as exc:
        raise invalid(exc) from exc


def _require_uploads(gateway: Gateway, spec: RunSpec) -> None:
    for number, name in enumerate(spec.reference_images):
        try:
            gateway.uploads.path(name)
        except UnknownUpload as exc:
            errors = [FieldError(pointer=f"/reference_images/{number}", detail=str(exc))]
            raise Problem(422, "the request is not valid", str(exc), errors=errors) from exc


def _idempotency_key(request: Request) -> str | None:
    value = request.headers.get("idempotency-key")
    if value is None:
        return None
    if quoted := _QUOTED_KEY.fullmatch(value):
        return re.sub(r"\\(.)", r"\1", quoted[1])
    if not _KEY.fullmatch(value):
        raise Problem(
            400, "bad Idempotency-Key", "Idempotency-Key: 1 to 255 printable ASCII characters"
        )
    return value


def run_id_of_key(key: str) -> str:
    return "k_" + base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()[:20].lower()


def _digest(spec: RunSpec) -> str:
    return hashlib.sha256(spec.model_dump_json().encode()).hexdigest()


async def _was_started(gateway: Gateway, run_id: str, spec: RunSpec) -> bool:
    """Whether a folder remembers the run, also when Temporal has forgotten it long ago."""
    record = await asyncio.to_thread(gateway.reader.record, run_id)
    if record is None or record.status.spec is None:
        return False
    _refuse_other(_digest(record.status.spec), spec)
    return True


async def _require_same(gateway: Gateway, run_id: str, spec: RunSpec) -> None:
    async with answering():
        described = await gateway.client.get_workflow_handle(run_id).describe()
        memo = await described.memo()
    _refuse_other(memo.get(_DIGEST), spec)


def _refuse_other(digest: str | None, spec: RunSpec) -> None:
    if digest != _digest(spec):
        raise Problem(
            422,
            "Idempotency-Key was used before",
            "this Idempotency-Key started a run with another body: choose a new key",
        )
