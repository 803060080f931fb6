"""Every operation of the API: parameters, bodies, answers, headers. `openapi.py` frames it."""

from __future__ import annotations

from typing import Any

from domain.run import RunState
from gateway.listing import MAX_LIMIT
from gateway.wire import EVENT_TYPES

REF = "#/components/schemas/{model}"
Json = dict[str, Any]

_STRING: Json = {"type": "string"}
_BYTES: Json = {"contentMediaType": "application/octet-stream"}
_ETAG = {"ETag": "strong; send it back in If-None-Match"}
_RETRY = {"Retry-After": "seconds"}
_FILE = {
    **_ETAG,
    "Accept-Ranges": "bytes",
    "Cache-Control": "for ever where the address names the content",
    "Content-Disposition": "inline or attachment, with the file's name",
}
_ABOUT = {
    400: "the request is not HTTP, or its query or body cannot be read",
    401: "a key is needed",
    403: "another site asked",
    404: "there is no such thing",
    408: "the body was too slow",
    409: "not in this state",
    413: "the body is too large",
    415: "not this kind of body",
    416: "no such range",
    421: "not a name of this gateway",
    422: "the body is not valid; `errors` names each field",
    429: "too many wrong keys, runs under way, uploads for one key or samples at once",
    431: "too many headers",
    502: "Temporal answers, and refuses: the gateway's own settings are wrong",
    503: "Temporal is away, or no worker polls",
    507: "the disk is full",
}
_HEADERS_OF = {
    401: {"WWW-Authenticate": "Bearer"},
    416: {"Content-Range": "bytes */SIZE"},
    429: _RETRY,
    503: _RETRY,
}


def _header(description: str) -> Json:
    return {"description": description, "schema": _STRING}


def _answer(
    description: str, content: Json | None = None, headers: dict[str, str] | None = None
) -> Json:
    answer: Json = {"description": description}
    if headers:
        answer["headers"] = {name: _header(text) for name, text in headers.items()}
    if content:
        answer["content"] = content
    return answer


def _json(description: str, model: str, headers: dict[str, str] | None = None) -> Json:
    content = {"application/json": {"schema": {"$ref": REF.format(model=model)}}}
    return _answer(description, content, headers)


def _problems(*statuses: int) -> Json:
    schema = {"$ref": REF.format(model="ProblemDetails")}
    content = {"application/problem+json": {"schema": schema}}
    return {str(s): _answer(_ABOUT[s], content, _HEADERS_OF.get(s)) for s in sorted(statuses)}


def _operation(
    name: str,
    summary: str,
    answers: Json,
    *statuses: int,
    parameters: tuple[Json, ...] = (),
    body: Json | None = None,
    is_open: bool = False,
) -> Json:
    """`statuses` are the problems of its own, beside those that every request may meet."""
    common = (400, 421, 431) if is_open else (400, 401, 421, 429, 431)
    operation: Json = {"operationId": name, "summary": summary}
    if parameters:
        operation["parameters"] = list(parameters)
    if body:
        operation["requestBody"] = {"required": True, "content": body}
    operation["responses"] = {**answers, **_problems(*common, *statuses)}
    if is_open:
        operation["security"] = [{}]
    return operation


def _query(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _request_header(name: str, description: str, schema: Json = _STRING) -> Json:
    return {"name": name, "in": "header", "schema": schema, "description": description}


def _in_path(name: str, description: str) -> Json:
    schema = {"type": "string", "minLength": 1}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": schema,
        "description": description,
    }


_LIMIT: Json = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
_RUN_ID = _in_path("run_id", "any workflow id, percent-encoded")
_IF_NONE_MATCH = _request_header("If-None-Match", "the ETag that you have: 304 if it still holds")
_RANGES = (
    _request_header("Range", "bytes=0-99; several ranges are answered as multipart"),
    _request_header("If-Range", "the ETag for which the range counts"),
    _IF_NONE_MATCH,
)
_NOT_CHANGED = {"304": _answer("not changed", None, _ETAG)}
_RUN = "RunView"
_POLLED = {**_ETAG, "Cache-Control": "private, no-cache", **_RETRY}

_EVENT: Json = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "id": {
            "type": "string",
            "pattern": r"^[0-9a-f-]{36}:\d{1,9}$",
            "description": "execution:seq; absent on snapshot, reset, progress and bye",
        },
        "event": {
            "type": "string",
            "description": f"`type` in data: {', '.join(EVENT_TYPES)}, or one of a newer version",
        },
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": REF.format(model="StreamEvent")},
        },
        "retry": {"type": "integer", "description": "milliseconds"},
    },
}
_FILE_CONTENT = {"*/*": {"schema": _BYTES}}
_FILE_ANSWERS = {
    "200": _answer("the file", _FILE_CONTENT, _FILE),
    "206": _answer("a part of it", _FILE_CONTENT, {**_FILE, "Content-Range": "which part"}),
    **_NOT_CHANGED,
}
_FILE_HEAD = {"200": _answer("the file's headers", None, _FILE), **_NOT_CHANGED}
_PICTURE = {"200": _answer("the picture", {"image/png": {"schema": _BYTES}}, _ETAG), **_NOT_CHANGED}
_WAV = {"audio/wav": {"schema": _BYTES}}
_SAMPLE = {"200": _answer("the sound", _WAV, _ETAG), "206": _answer("a part of it", _WAV)}
_DOWNLOAD = _query("download", _STRING, "1: as an attachment")
_VERSION = _query("v", _STRING, "the begin of its sha256: it may then be kept for ever")

PATHS: Json = {
    "/api/runs": {
        "post": _operation(
            "create_run",
            "Start a short",
            {
                "202": _json(
                    "the run; `warnings` says where no worker is there",
                    _RUN,
                    {"Location": "the run", "Idempotency-Replayed": "true for a run there was"},
                )
            },
            *(403, 408, 413, 415, 422, 502, 503),
            parameters=(
                _request_header(
                    "Idempotency-Key",
                    "the same key and body: the same run; another body: 422",
                    {"type": "string", "pattern": r"^[!#-~]{1,255}$"},
                ),
            ),
            body={"application/json": {"schema": {"$ref": REF.format(model="RunSpec")}}},
        ),
        "get": _operation(
            "list_runs",
            "Runs, newest first, wherever they were started",
            {"200": _json("a page of runs; `warnings` where Temporal is away", "RunList")},
            parameters=(
                _query(
                    "state",
                    {"type": "array", "items": {"enum": [state.value for state in RunState]}},
                    "only runs in this state; may be given several times",
                ),
                _query(
                    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}, "how many"
                ),
                _query("cursor", _STRING, "`next` of the page before"),
            ),
        ),
    },
    "/api/runs/{run_id}": {
        "parameters": [_RUN_ID],
        "get": _operation(
            "show_run",
            "One run",
            {"200": _json("the run", _RUN, _POLLED), **_NOT_CHANGED},
            *(404, 502, 503),
            parameters=(_IF_NONE_MATCH,),
        ),
    },
    "/api/runs/{run_id}/events": {
        "parameters": [_RUN_ID],
        "get": _operation(
            "stream_events",
            "The run, live, as Server-Sent Events",
            {
                "200": _answer(
                    "events; `id` resumes", {"text/event-stream": {"itemSchema": _EVENT}}
                ),
                "204": _answer("nothing is newer, and nothing will be"),
            },
            404,
            parameters=(
                _request_header("Last-Event-ID", "go on after this event"),
                _query("last_event_id", _STRING, "the same, for who cannot set a header"),
            ),
        ),
    },
    "/api/runs/{run_id}/cancel": {
        "parameters": [_RUN_ID],
        "post": _operation(
            "cancel_run",
            "End a run; what is finished is kept",
            {"202": _json("the run", _RUN)},
            *(403, 404, 409, 502, 503),
        ),
    },
    "/api/runs/{run_id}/artifacts": {
        "parameters": [_RUN_ID],
        "get": _operation(
            "list_artifacts",
            "A run's files, as they come",
            {"200": _json("the files", "ArtifactList")},
            *(404, 502, 503),
        ),
    },
    "/api/runs/{run_id}/artifacts/{name}": {
        "parameters": [_RUN_ID, _in_path("name", "the file's name")],
        "get": _operation(
            "get_artifact",
            "One file, or a range of it",
            _FILE_ANSWERS,
            *(404, 416, 502, 503),
            parameters=(*_RANGES, _DOWNLOAD, _VERSION),
        ),
        "head": _operation(
            "head_artifact",
            "What one file is",
            _FILE_HEAD,
            *(404, 502, 503),
            parameters=(_IF_NONE_MATCH, _DOWNLOAD, _VERSION),
        ),
    },
    "/api/reading": {
        "post": _operation(
            "show_reading",
            "How a prompt is understood, who would make its film, and what would better it; "
            "nothing is started",
            {"200": _json("the reading", "ReadingView")},
            *(403, 408, 413, 415, 422),
            body={"application/json": {"schema": {"$ref": REF.format(model="RunSpec")}}},
        )
    },
    "/api/uploads": {
        "post": _operation(
            "upload_picture",
            "A reference picture: PNG, JPEG, WebP or GIF; decoded and encoded anew",
            {"201": _json("its name, for `reference_images`", "UploadView", {"Location": "it"})},
            *(403, 408, 413, 415, 507),
            body={
                "image/*": {"schema": _BYTES},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {"file": _BYTES},
                    }
                },
            },
        )
    },
    "/api/uploads/{name}": {
        "parameters": [_in_path("name", "as the upload's answer had it")],
        "get": _operation(
            "show_upload", "A reference picture", _PICTURE, 404, parameters=(_IF_NONE_MATCH,)
        ),
    },
    "/api/options": {
        "get": _operation(
            "show_options",
            "What a form needs: choices, limits, the providers in use and why",
            {"200": _json("options", "Options")},
        )
    },
    "/api/voices/{voice_id}/sample": {
        "parameters": [_in_path("voice_id", "the id of one of `voices` in the options")],
        "get": _operation(
            "show_sample",
            "A sentence in a voice; spoken when it is first asked for, then kept",
            _SAMPLE,
            *(404, 416, 503),
            parameters=(
                _query("language", _STRING, "BCP 47; else the first of the voice"),
                *_RANGES[:1],
            ),
        ),
    },
    "/api/session": {
        "post": _operation(
            "log_in",
            "A cookie for the page, for who has the key",
            {"204": _answer("logged in", None, {"Set-Cookie": "HttpOnly, SameSite=Strict"})},
            *(401, 403, 408, 409, 413, 429),
            body={
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["key"],
                        "properties": {"key": _STRING},
                    }
                }
            },
            is_open=True,
        ),
        "delete": _operation(
            "log_out",
            "Forget the cookie",
            {"204": _answer("logged out", None, {"Set-Cookie": "expires it"})},
            403,
            is_open=True,
        ),
    },
    "/healthz": {
        "get": _operation(
            "healthz", "The process is alive", {"200": _json("it is", "StatusView")}, is_open=True
        )
    },
    "/readyz": {
        "get": _operation(
            "readyz",
            "The server can be reached and a worker polls",
            {"200": _json("ready", "StatusView")},
            *(502, 503),
            is_open=True,
        )
    },
    "/metrics": {
        "get": _operation(
            "metrics",
            "Counts in Prometheus' text format",
            {"200": _answer("counts", {"text/plain": {"schema": _STRING}})},
        )
    },
    "/openapi.json": {
        "get": _operation(
            "show_openapi",
            "This document",
            {"200": _answer("OpenAPI 3.2", {"application/json": {"schema": {"type": "object"}}})},
            is_open=True,
        )
    },
}
