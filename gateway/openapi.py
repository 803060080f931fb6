"""The API described in OpenAPI 3.2, from the models themselves."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

import pydantic_core
from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response

from domain.events import Event
from domain.run import RunSpec, RunState
from gateway.views import RunList, RunView

_REF = "#/components/schemas/{model}"
_RUN_ID = {
    "name": "run_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "workflow id, percent-encoded",
}


async def show_openapi(request: Request) -> Response:
    """GET /openapi.json"""
    return Response(pydantic_core.to_json(document()), media_type="application/json")


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    _, models = models_json_schema(
        [(RunSpec, "validation"), (RunView, "serialization"), (RunList, "serialization")],
        ref_template=_REF,
    )
    event = TypeAdapter(Event).json_schema(ref_template=_REF, mode="serialization")
    schemas = {**event.pop("$defs", {}), **models["$defs"], "Event": event, "Problem": _PROBLEM}
    return {
        "openapi": "3.2.0",
        "info": {"title": "AutoShorts", "version": version("autoshorts")},
        "security": [{}, {"bearer": []}, {"cookie": []}],
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "autoshorts"},
            },
        },
    }


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def _paths() -> dict[str, Any]:
    run = _answer("the run", "RunView")
    return {
        "/api/runs": {
            "post": _operation(
                "create_run",
                "Start a short",
                {"202": run, **_problems(400, 413, 415, 422, 503)},
                parameters=[_header("Idempotency-Key", "the same key and body: the same run")],
                body={"application/json": {"schema": {"$ref": _REF.format(model="RunSpec")}}},
            ),
            "get": _operation(
                "list_runs",
                "Runs, newest first",
                {"200": _answer("a page of runs", "RunList"), **_problems(400, 503)},
                parameters=[
                    _query(
                        "state",
                        {
                            "type": "array",
                            "items": {"type": "string", "enum": [s.value for s in RunState]},
                        },
                    ),
                    _query("limit", {"type": "integer", "minimum": 1, "maximum": 100}),
                    _query("cursor", {"type": "string"}),
                ],
            ),
        },
        "/api/runs/{run_id}": {
            "parameters": [_RUN_ID],
            "get": _operation(
                "show_run",
                "One run",
                {"200": run, "304": {"description": "not changed"}, **_problems(404, 503)},
            ),
        },
        "/api/runs/{run_id}/events": {
            "parameters": [_RUN_ID],
            "get": _operation(
                "stream_events",
                "The run, live, as Server-Sent Events",
                {
                    "200": {
                        "description": "events; `id` resumes",
                        "content": {
                            "text/event-stream": {
                                "itemSchema": {
                                    "type": "object",
                                    "required": ["data"],
                                    "properties": {
                                        "id": {"type": "string"},
                                        "event": {"type": "string"},
                                        "data": {"type": "string"},
                                        "retry": {"type": "integer"},
                                    },
                                }
                            }
                        },
                    },
                    "204": {"description": "nothing is newer, and nothing will be"},
                    **_problems(404),
                },
                parameters=[
                    _header("Last-Event-ID", "go on after this event"),
                    _query("last_event_id", {"type": "string"}),
                ],
            ),
        },
        "/api/runs/{run_id}/cancel": {
            "parameters": [_RUN_ID],
            "post": _operation("cancel_run", "End a run", {"202": run, **_problems(404, 409, 503)}),
        },
        "/api/runs/{run_id}/artifacts": {
            "parameters": [_RUN_ID],
            "get": _operation(
                "list_artifacts", "A run's files", {"200": _object("files"), **_problems(404, 503)}
            ),
        },
        "/api/runs/{run_id}/artifacts/{name}": {
            "parameters": [_RUN_ID, {**_RUN_ID, "name": "name", "description": "file name"}],
            "get": _operation(
                "get_artifact",
                "One file, or a range of it",
                {
                    "200": {"description": "the file", "content": {"*/*": {}}},
                    "206": {"description": "a part of it", "content": {"*/*": {}}},
                    "304": {"description": "not changed"},
                    "416": {"description": "no such range", "content": {"*/*": {}}},
                    **_problems(404, 503),
                },
                parameters=[_query("download", {"type": "string", "enum": ["0", "1"]})],
            ),
        },
        "/api/uploads": {
            "post": _operation(
                "upload_picture",
                "A reference picture",
                {"201": _object("its name"), **_problems(400, 413, 415)},
                body={"image/*": {"schema": {"type": "string", "format": "binary"}}},
            )
        },
        "/api/options": {
            "get": _operation("show_options", "What a form needs", {"200": _object("options")})
        },
        "/healthz": {"get": _operation("healthz", "Alive?", {"200": _object("status")})},
        "/readyz": {
            "get": _operation("readyz", "Ready?", {"200": _object("status"), **_problems(503)})
        },
    }


def _operation(
    name: str,
    summary: str,
    responses: dict[str, Any],
    *,
    parameters: list[dict[str, Any]] | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": name, "summary": summary, "responses": responses}
    operation["responses"] |= _problems(401, 403, 421)
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _answer(description: str, model: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=model)}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _object(description: str) -> dict[str, Any]:
    schema = {"type": "object"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problems(*statuses: int) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model="Problem")}
    content = {"application/problem+json": {"schema": schema}}
    return {str(s): {"description": "a problem", "content": content} for s in statuses}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": description,
    }
