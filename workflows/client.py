"""For everybody who starts runs from Python: `connect()` and `start_short()`."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.run import TASK_QUEUE, WORKFLOW_TYPE, RunResult, RunSpec, run_id_candidates

MAX_SAME_MINUTE = 1000
SUMMARY_CHARACTERS = 100
RPC_TIMEOUT = timedelta(seconds=10)

RunHandle = WorkflowHandle[Any, RunResult]


class RunIdTaken(Exception):
    """The chosen run id belongs to another run."""


def configured_server() -> ClientConnectConfig | None:
    """What `TEMPORAL_*` and `temporal.toml` name; None where they name no server."""
    config = ClientConfig.load_client_connect_config()
    return config if config.get("target_host") else None


async def connect(config: ClientConnectConfig) -> Client:
    """A client with the data converter that every part of AutoShorts shares.

    Raises RuntimeError where the server is out of reach.
    """
    return await Client.connect(**config, data_converter=pydantic_data_converter)


async def start_short(
    client: Client, spec: RunSpec, *, run_id: str | None = None, memo: dict[str, str] | None = None
) -> RunHandle:
    """Start a run; a name made from the prompt gets a number where it is taken.

    Raises `RunIdTaken` where `run_id` was chosen and is taken.
    """
    chosen = [run_id] if run_id else run_id_candidates(spec.prompt, datetime.now(UTC))
    for candidate in itertools.islice(chosen, MAX_SAME_MINUTE):
        try:
            return await client.start_workflow(
                WORKFLOW_TYPE,
                spec,
                id=candidate,
                task_queue=TASK_QUEUE,
                result_type=RunResult,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                memo=memo,
                static_summary=" ".join(spec.prompt.split())[:SUMMARY_CHARACTERS],
                rpc_timeout=RPC_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            continue
    raise RunIdTaken(f"run id {run_id or 'of this minute'!r} is taken: choose another with --id")
