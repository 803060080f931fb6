"""`/openapi.json` is true: schemathesis, with every check, against the running gateway."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import jsonschema_rs
import pytest
import pytest_asyncio
from starlette.routing import Route
from temporalio import activity
from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from bench.machine import Machine, script
from domain.run import TASK_QUEUE, RunSpec
from gateway.app import routes
from gateway.openapi import document
from gateway.sessions import Logins
from gateway.wire import EVENT_TYPES
from storage.files import write_atomically
from storage.runs import RECORD, RunFolders
from tests.conftest import dev_server
from tests.gateway_client import GatewayProcess, events, gateway
from tests.workflows.fakes import FakeCrew
from workflows.activities import CloseRun
from workflows.client import start_short
from workflows.short_video import AutoShorts

FILES = ("plot.csv", "layout.json", "final_video.mp4", "captions.srt", "thumbnail.jpg")
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


class Crew(FakeCrew):
    """Makes shorts of nothing, but leaves real files; two runs do not end well."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._folders = RunFolders(data)
        for name in FILES:
            write_atomically(data / "store" / name, name.encode())

    @activity.defn
    async def close_run(self, request: CloseRun) -> None:
        self._folders.write(request.record.status.run_id, RECORD, request.record)

    async def _work(self, name: str) -> None:
        run_id = activity.info().workflow_id or ""
        if run_id == "failed":
            raise ApplicationError("the painter is ill", type="ContentRejected", non_retryable=True)
        if run_id.startswith("running") and name == "render":
            self.held.set()
            await self._until_cancelled()


@pytest_asyncio.fixture(scope="module")
async def own_server() -> AsyncIterator[WorkflowEnvironment]:
    async with dev_server() as environment:
        yield environment


@pytest_asyncio.fixture(scope="module")
async def described(
    own_server: WorkflowEnvironment, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[GatewayProcess]:
    """A gateway that knows a finished, a failed and a running run."""
    client = own_server.client
    here = Machine(tmp_path_factory.mktemp("contract"))
    here.port = int(client.service_client.config.target_host.rpartition(":")[2])
    crew = Crew(here.data)
    async with Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[AutoShorts],
        activities=crew.activities,
        max_heartbeat_throttle_interval=timedelta(seconds=0.1),
    ):
        await _prepare(client, crew)
        with gateway(here) as process:
            yield process


async def _prepare(client: Client, crew: Crew) -> None:
    spec = RunSpec(prompt="why the sea is salty")
    await (await start_short(client, spec, run_id="finished")).result()
    with pytest.raises(WorkflowFailureError):
        await (await start_short(client, spec, run_id="failed")).result()
    for number in (1, 2, 3):
        await start_short(client, spec, run_id=f"running_{number}")
    await crew.held.wait()


async def test_schemathesis_finds_nothing_wrong(described: GatewayProcess, tmp_path: Path) -> None:
    with described.client() as client:
        picture = client.post("/api/uploads", content=PICTURE).raise_for_status().json()["name"]
    (tmp_path / "schemathesis.toml").write_text(CONFIG % [*FILES, picture])
    process = await asyncio.create_subprocess_exec(
        *(script("schemathesis"), "--config-file", str(tmp_path / "schemathesis.toml")),
        *(
            "run",
            f"{described.url}/openapi.json",
            "--checks",
            "all",
            "--max-examples",
            str(EXAMPLES),
        ),
        *("--seed", "20261125", "--continue-on-failure", "--no-shrink"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=tmp_path,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()[-8000:]
    assert "Traceback" not in described.log.read_text()


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


async def test_every_event_of_a_stream_is_as_described(described: GatewayProcess) -> None:
    reference = {"$ref": "#/components/schemas/StreamEvent"}
    schema = jsonschema_rs.validator_for(document() | reference)
    with described.client() as client:
        for run_id in ("finished", "failed"):
            seen = await asyncio.to_thread(events, client, run_id)
            assert seen[-1].type == "ended"
            assert {event.type for event in seen} <= set(EVENT_TYPES)
            for event in seen:
                schema.validate(event.data)
