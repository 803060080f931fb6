"""`/openapi.json` is true: schemathesis, with every check, against the running gateway."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import jsonschema_rs
from starlette.routing import Route

from bench.machine import script
from gateway.app import routes
from gateway.openapi import document
from gateway.sessions import Logins
from gateway.wire import EVENT_TYPES
from tests.gateway.quick import FILES, Quick
from tests.gateway_client import events

EXAMPLES = 6
CONFIG = """
max-stream-events = 40
request-timeout = 10
[dictionaries]
runs = { values = ["finished", "failed", "running_1", "running_2", "running_3", "nobody"] }
files = { values = %r }
[parameters]
"path.run_id" = { dictionary = "runs", probability = 0.8 }
"path.name" = { dictionary = "files", probability = 0.8 }
# What is readable, was uploaded, is a picture or a cursor is more than a schema can say.
[[operations]]
include-operation-id = "create_run"
checks.positive_data_acceptance.expected-statuses = ["2xx", 422]
[[operations]]
include-operation-id = "show_reading"
checks.positive_data_acceptance.expected-statuses = ["2xx", 422]
[[operations]]
include-operation-id = "upload_picture"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 415]
[[operations]]
include-operation-id = "get_artifact"
checks.positive_data_acceptance.expected-statuses = ["2xx", 304, 404, 416]
[[operations]]
include-operation-id = "list_runs"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400]
"""


PICTURE = b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


async def test_schemathesis_finds_nothing_wrong(quick: Quick, tmp_path: Path) -> None:
    with quick.gateway.client() as client:
        picture = client.post("/api/uploads", content=PICTURE).raise_for_status().json()["name"]
    (tmp_path / "schemathesis.toml").write_text(CONFIG % [*FILES, picture])
    process = await asyncio.create_subprocess_exec(
        *(script("schemathesis"), "--config-file", str(tmp_path / "schemathesis.toml")),
        *("run", f"{quick.gateway.url}/openapi.json", "--checks", "all"),
        *("--max-examples", str(EXAMPLES), "--seed", "20261125", "--continue-on-failure"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=tmp_path,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()[-8000:]
    assert "Traceback" not in quick.gateway.log.read_text()


def test_every_route_is_described_and_nothing_else() -> None:
    served: dict[str, set[str]] = {}
    for route in routes(cast(Logins, SimpleNamespace(answer=None))):
        if isinstance(route, Route) and route.path != "/":
            served.setdefault(route.path, set()).update(route.methods or ())
    described = {
        path: {method.upper() for method in item if method != "parameters"}
        for path, item in document()["paths"].items()
    }
    assert {path: methods - {"HEAD"} for path, methods in described.items()} == {
        path: methods - {"HEAD"} for path, methods in served.items()
    }


def test_every_reference_of_the_description_leads_somewhere() -> None:
    text = json.dumps(document())
    named = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert named <= set(document()["components"]["schemas"])


async def test_every_event_of_a_stream_is_as_described(quick: Quick) -> None:
    reference = {"$ref": "#/components/schemas/StreamEvent"}
    schema = jsonschema_rs.validator_for(document() | reference)
    with quick.gateway.client() as client:
        for run_id in ("finished", "failed"):
            seen = await asyncio.to_thread(events, client, run_id)
            assert seen[-1].type == "ended"
            assert {event.type for event in seen} <= set(EVENT_TYPES)
            for event in seen:
                schema.validate(event.data)
