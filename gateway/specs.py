"""A `RunSpec` in the body of a request, read strictly."""

from __future__ import annotations

import re

import pydantic_core
from pydantic import ValidationError
from starlette.requests import Request

from domain.reading.model import Reading, Unreadable
from domain.reading.of_spec import read_spec
from domain.run import RunSpec
from gateway.problems import FieldError, Problem, invalid

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_QUALITY = re.compile(r"\s*q=([01](?:\.\d{0,3})?)\s*")


def parsed(request: Request, body: bytes) -> tuple[object, RunSpec]:
    """(the JSON value as it was sent, what it asks for). Raises `Problem`.

    Where it says nothing of the user's own language, `Accept-Language` does.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(
            415, "unsupported media type", "send JSON with Content-Type: application/json"
        )
    try:
        value = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as exc:
        raise Problem(400, "not JSON", f"the body is not JSON: {exc}") from exc
    try:
        # Strict, so that `true` is no number and a misspelt field is told.
        spec = RunSpec.model_validate_json(body, strict=True, extra="forbid")
    except ValidationError as exc:
        raise invalid(exc) from exc
    if "locale" not in spec.model_fields_set:
        spec = spec.model_copy(update={"locale": _locale_of(request)})
    return value, spec


def readable(spec: RunSpec) -> Reading:
    """Its prompt, read; it takes a processor. Raises `Problem` where no film can be made of it."""
    try:
        return read_spec(spec)
    except Unreadable as exc:
        errors = [FieldError(pointer="/prompt", detail=str(exc))]
        raise Problem(422, "the request is not valid", f"prompt: {exc}", errors=errors) from exc


def _locale_of(request: Request) -> str | None:
    """The language that the caller's `Accept-Language` prefers (RFC 9110, 12.5.4)."""
    ranges = []
    for item in request.headers.get("accept-language", "")[:500].split(","):
        tag, _, quality = item.strip().partition(";")
        weight = _QUALITY.fullmatch(quality)
        if _TAG.fullmatch(tag.strip()):
            ranges.append((float(weight[1]) if weight else 1.0, tag.strip()))
    best = max(ranges, key=lambda found: found[0], default=(0.0, ""))
    return best[1] if best[0] > 0 else None
