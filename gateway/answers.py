"""JSON answers, and the ones that say that nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydantic_core
from starlette.requests import Request
from starlette.responses import Response


def json_answer(
    value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Models, dataclasses and plain values alike."""
    body = pydantic_core.to_json(value)
    return Response(body, status, headers=headers, media_type="application/json")


def is_known(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` has this tag, by the weak comparison of RFC 9110, 13.1.2."""
    tags = (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))
    return any(tag.removeprefix("W/") in (etag, "*") for tag in tags)
