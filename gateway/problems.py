"""Errors as RFC 9457 problem JSON: one sentence that a person can act on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from domain.model import Frozen
from storage.errors import StorageAway, StorageError

RETRY_SECONDS = 5

logger = logging.getLogger(__name__)


class FieldError(Frozen):
    """One field that is wrong."""

    pointer: str = Field(description="JSON pointer, RFC 6901")
    detail: str


class ProblemDetails(Frozen):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="a sentence to act on")
    errors: tuple[FieldError, ...] = Field(default=(), exclude_if=lambda errors: not errors)


class Problem(Exception):
    """An answer that says what is wrong."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers

    def response(self) -> Response:
        return problem_response(
            self.status, self.title, self.detail, errors=self.errors, headers=self.headers
        )


class RunNotFound(Problem):
    """No run of AutoShorts has this id."""

    def __init__(self, run_id: str) -> None:
        super().__init__(404, "no such run", f"there is no run {run_id!r}")


class TemporalAway(Problem):
    """Temporal does not answer; the same request may succeed soon."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "Temporal is away",
            "the Temporal server does not answer; try again in a few seconds",
            headers={"Retry-After": str(RETRY_SECONDS)},
        )


def problem_response(
    status: int,
    title: str,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    details = ProblemDetails(title=title, status=status, detail=detail, errors=tuple(errors))
    body = details.model_dump_json()
    return Response(body, status, headers=headers, media_type="application/problem+json")


def invalid(error: ValidationError) -> Problem:
    """422 with a JSON pointer for each field that is wrong."""
    errors = [
        FieldError(
            pointer="".join(f"/{_escaped(str(step))}" for step in item["loc"]),
            detail=item["msg"].removeprefix("Value error, "),
        )
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    said = "; ".join(f"{e.pointer[1:] or 'body'}: {e.detail}" for e in errors)
    return Problem(422, "the request is not valid", said, errors=errors)


def _escaped(step: str) -> str:
    """A reference token of RFC 6901."""
    return step.replace("~", "~0").replace("/", "~1")


async def on_problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)
    return exc.response()


async def on_http_exception(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    titles = {404: "not found", 405: "method not allowed"}
    details = {
        404: "there is nothing here; GET /openapi.json says what there is",
        405: f"{request.method} is not possible here",
    }
    return problem_response(
        exc.status_code,
        titles.get(exc.status_code, "refused"),
        details.get(exc.status_code, exc.detail),
        headers=dict(exc.headers or {}),
    )


async def on_storage_error(request: Request, exc: Exception) -> Response:
    """A full or read-only disk; where it lies is for the log, not for clients."""
    logger.error("%s %s: %s", request.method, request.url.path, exc)
    said = "the gateway cannot write to its disk or read from it; its log says more"
    return problem_response(507, "storage", said)


async def on_storage_away(request: Request, exc: Exception) -> Response:
    """A database or an object store that does not answer: a matter of time."""
    logger.warning("%s %s: %s", request.method, request.url.path, exc)
    said = "what the gateway keeps things in does not answer: try again in a few seconds"
    return problem_response(503, "storage is away", said, headers={"Retry-After": "5"})


async def on_disconnect(request: Request, exc: Exception) -> Response:
    """Nobody is there to read the answer."""
    return problem_response(400, "the body is cut off", "the connection ended within the body")


async def on_defect(request: Request, exc: Exception) -> Response:
    """An error of ours; Starlette logs it with its traceback."""
    return problem_response(500, "a defect", "the gateway made a mistake; its log says more")


HANDLERS: dict[Any, Any] = {
    Problem: on_problem,
    HTTPException: on_http_exception,
    StorageAway: on_storage_away,
    StorageError: on_storage_error,
    ClientDisconnect: on_disconnect,
    Exception: on_defect,
}
