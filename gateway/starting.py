"""POST /api/runs: start a run, once per Idempotency-Key."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from domain.run import RunSpec, RunState, RunStatus, run_id_base, run_id_candidates
from gateway.answers import json_answer
from gateway.canonical import digest_of
from gateway.collaborators import Gateway, gateway_of
from gateway.problems import FieldError, Problem, RunNotFound, TemporalAway
from gateway.quota import owner_of, require_quota
from gateway.runlog import RunLog
from gateway.runs import reading_for
from gateway.specs import parsed, readable
from gateway.views import RunView, run_url
from storage.uploads import UnknownUpload
from workflows.client import RunIdTaken

_KEY = re.compile(r"[\x21\x23-\x7e]{1,255}")
# The header is a string of RFC 9651, so quoted; most clients send it bare.
_QUOTED_KEY = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"')
NAME_TRIES = 8
NO_WORKER = "no worker is polling: the run waits until one is there"


async def create_run(request: Request) -> Response:
    """POST /api/runs"""
    gateway, key = gateway_of(request), _idempotency_key(request)
    body, spec = parsed(request, await request.body())
    if key is None:
        await _require_material(gateway, spec)
        await require_quota(gateway, request)
        names = itertools.islice(run_id_candidates(spec.prompt, datetime.now(UTC)), NAME_TRIES)
        return _accepted(await _start_first_free(gateway, spec, names, owner_of(request)))
    if earlier := await _of_older_version(gateway, key, spec):
        return _accepted(earlier, replayed=True)
    return await _create_once(gateway, request, key, body=body, spec=spec)


async def _create_once(
    gateway: Gateway, request: Request, key: str, *, body: object, spec: RunSpec
) -> Response:
    """The key's record names its run before there is one, so a try that died half-way is gone on
    with, under the same name.

    Its ending is made of the key: two keys never fight over a name, so whoever finds the name
    taken finds the key's own run.
    """
    storage = gateway.storage
    name = f"{run_id_base(spec.prompt, datetime.now(UTC))}_{_letters(key)[:8]}"
    claimed = await storage.call(storage.keys.claim, key, digest_of(body), name)
    if claimed.digest != digest_of(body):
        raise _used_before()
    if not claimed.is_new and (view := await _view(gateway, claimed.run_id)):
        return _accepted(view, replayed=True)
    await _require_material(gateway, spec)
    await require_quota(gateway, request)
    try:
        view = await _start(gateway, spec, claimed.run_id, owner_of(request))
    except RunIdTaken:
        # Another request with the same key was quicker.
        view = (await reading_for(gateway, claimed.run_id)).view
    return _accepted(view, replayed=not claimed.is_new)


def _accepted(view: RunView, *, replayed: bool = False) -> Response:
    headers = {"Location": run_url(view.run_id)}
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_answer(view, status=202, headers=headers)


async def _start_first_free(
    gateway: Gateway, spec: RunSpec, names: Iterator[str], owner: str | None
) -> RunView:
    for name in names:
        try:
            return await _start(gateway, spec, name, owner)
        except RunIdTaken:
            continue
    raise Problem(
        503,
        "too many runs",
        "many runs of this prompt were started in this minute: try again in the next",
        headers={"Retry-After": "60"},
    )


async def _start(gateway: Gateway, spec: RunSpec, run_id: str, owner: str | None) -> RunView:
    """Under exactly this name. Raises `RunIdTaken`, `TemporalAway`, `TemporalRefused`."""
    storage = gateway.storage
    is_new = await storage.call(
        storage.runs.announce, run_id, spec, created_at=datetime.now(UTC), owner=owner
    )
    if not is_new and not await _is_unbegun(gateway, run_id):
        raise RunIdTaken(f"run id {run_id!r} is taken")
    await gateway.executions.start(spec, run_id)
    return await _begun(gateway, run_id, spec)


async def _is_unbegun(gateway: Gateway, run_id: str) -> bool:
    """Whether the run was announced, and nobody has seen it since."""
    stored = await gateway.storage.call(gateway.storage.runs.get, run_id)
    return stored is not None and not stored.execution_id


async def _view(gateway: Gateway, run_id: str) -> RunView | None:
    """The run, if it was ever started."""
    try:
        return (await reading_for(gateway, run_id)).view
    except RunNotFound:
        return None


async def _begun(gateway: Gateway, run_id: str, spec: RunSpec) -> RunView:
    """The run as it is before anybody could work on it."""
    now = datetime.now(UTC)
    log = RunLog(run_id)
    log.status = RunStatus(
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
        has_worker = await gateway.executions.has_worker()
    except TemporalAway:
        # The run was started: an error now would have it started again.
        has_worker = False
    log.trouble = None if has_worker else NO_WORKER
    return log.view()


async def _require_material(gateway: Gateway, spec: RunSpec) -> None:
    """Raises `Problem` where a picture is unknown, or the prompt is nothing to make a film of."""
    await asyncio.to_thread(readable, spec)
    for number, name in enumerate(spec.reference_images):
        try:
            await gateway.storage.call(gateway.storage.uploads.ref, name)
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


async def _of_older_version(gateway: Gateway, key: str, spec: RunSpec) -> RunView | None:
    """The run of a key that a version before the records has started."""
    run_id = f"k_{_letters(key)[:20]}"
    stored = await gateway.storage.call(gateway.storage.runs.get, run_id)
    if stored is None or stored.spec is None:
        return None
    if stored.spec.model_copy(update={"locale": spec.locale}) != spec:
        raise _used_before()
    return (await reading_for(gateway, run_id)).view


def _letters(key: str) -> str:
    return base64.b32encode(hashlib.sha256(key.encode()).digest()).decode().lower()


def _used_before() -> Problem:
    return Problem(
        422,
        "Idempotency-Key was used before",
        "this Idempotency-Key started a run with another body: choose a new key",
    )
