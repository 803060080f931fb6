"""The API described in OpenAPI 3.2, from the models themselves and the table of operations."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response

from domain.run import RunSpec
from gateway.answers import json_answer
from gateway.operations import PATHS, REF
from gateway.options import Options
from gateway.problems import ProblemDetails
from gateway.reading import ReadingView
from gateway.sessions import COOKIE, SECURE_COOKIE
from gateway.views import ArtifactList, RunList, RunView, StatusView, UploadView
from gateway.wire import EVENT_TYPES, StreamEvent

_ANSWERS = (
    *(ArtifactList, Options, ProblemDetails, ReadingView, RunList, RunView, StatusView),
    UploadView,
)


async def show_openapi(request: Request) -> Response:
    """GET /openapi.json"""
    return json_answer(document())


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.2.0",
        "info": {
            "title": "AutoShorts",
            "version": version("autoshorts"),
            "description": "One prompt in, one finished vertical short out. "
            "On loopback no key is needed unless one is set.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{}, {"bearer": []}, {"cookie": []}, {"secure_cookie": []}],
        "paths": PATHS,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE},
                "secure_cookie": {"type": "apiKey", "in": "cookie", "name": SECURE_COOKIE},
            },
        },
    }


def _schemas() -> dict[str, Any]:
    _, models = models_json_schema(
        [(RunSpec, "validation"), *((answer, "serialization") for answer in _ANSWERS)],
        ref_template=REF,
    )
    event = TypeAdapter(StreamEvent).json_schema(ref_template=REF, mode="serialization")
    parts = event.pop("$defs", {})
    # What this version has a model for is that, and nothing else.
    parts["OtherEvent"]["properties"]["type"]["not"] = {"enum": list(EVENT_TYPES)}
    return {**parts, **models["$defs"], "StreamEvent": event}
