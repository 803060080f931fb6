"""Processes die, disks fill up, people press Ctrl-C: nothing finished is lost or made twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus

from bench.machine import (
    Machine,
    heed_interrupts,
    helpers_of,
    leftovers,
    script,
    wait_until,
)
from domain.run import RunState
from tests.e2e.conftest import (
    SHORT,
    WORKING_STATES,
    Desk,
    assert_kept,
    blob_in,
    segments_in,
)


@pytest.mark.parametrize("state", WORKING_STATES)
async def test_cancel_closes_a_run(desk: Desk, state: RunState) -> None:
    run_id = f"cancelled_in_{state}"
    desk.machine.start(run_id, {**SHORT, "seed": 100 + len(state)})
    await desk.reaches(run_id, state, seconds=60)
    desk.machine.workflow("cancel", "-w", run_id)
    await desk.closes(run_id, seconds=30)
    assert await desk.status_of_execution(run_id) == WorkflowExecutionStatus.CANCELED
    assert await desk.state(run_id) == RunState.FAILED
    record = json.loads((desk.machine.folder(run_id) / "run.json").read_bytes())
    assert record["status"]["outcome"] == "cancelled"
    assert record["events"][-1]["type"] == "ended"
    worker = desk.machine.workers[-1]
    wait_until(lambda: not helpers_of(worker.pid), seconds=2, what="no helper process is left")
    assert not list(desk.machine.data.rglob("*.tmp"))


async def test_an_orphan_of_a_terminated_run_ends_and_leaves_no_half_file(desk: Desk) -> None:
    desk.machine.start("terminated", {**SHORT, "seed": 300})
    await desk.reaches("terminated", RunState.RENDERING, seconds=60)
    desk.machine.workflow("terminate", "-w", "terminated")
    _assert_orphan_ends(desk.machine, "terminated")
    assert await desk.status_of_execution("terminated") == WorkflowExecutionStatus.TERMINATED


async def test_an_orphan_of_a_timed_out_run_ends_and_leaves_no_half_file(desk: Desk) -> None:
    spec = {"prompt": " ".join(f"Bee {n} hums." for n in range(11, 26)), "seed": 301}
    desk.machine.workflow(
        *("start", "--type", "AutoShorts", "--task-queue", "autoshorts"),
        *("--workflow-id", "timed_out", "--execution-timeout", "8s", "--input", json.dumps(spec)),
    )
    await desk.closes("timed_out", seconds=30)
    _assert_orphan_ends(desk.machine, "timed_out")
    assert await desk.status_of_execution("timed_out") == WorkflowExecutionStatus.TIMED_OUT


def _assert_orphan_ends(here: Machine, run_id: str) -> None:
    worker = here.workers[-1]
    segments = segments_in(here.data)
    wait_until(
        lambda: not helpers_of(worker.pid) and not list(segments.glob("*.tmp")),
        seconds=3,
        what="the orphan ends at its next heartbeat",
    )
    assert not (here.folder(run_id) / "final_video.mp4").exists()


async def test_a_damaged_asset_is_found_by_its_hash_and_made_again(desk: Desk) -> None:
    desk.machine.start("first", {**SHORT, "seed": 400})
    await desk.closes("first", seconds=60)
    status = await desk.status("first")
    picture = status.scenes[0].image
    assert picture is not None
    path = blob_in(desk.machine.data, picture)
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(whole[:100] + b"damaged" + whole[107:])
    desk.machine.start("second", {**SHORT, "seed": 400})
    await desk.closes("second", seconds=60)
    assert await desk.state("second") == RunState.END
    assert path.read_bytes() == whole


async def test_retry_makes_only_what_was_not_finished(desk: Desk) -> None:
    desk.machine.start("given_up", {"prompt": "Rain falls. Rivers run. The sea is salty."})
    await desk.reaches("given_up", RunState.RENDERING, seconds=60)
    desk.machine.workflow("cancel", "-w", "given_up")
    await desk.closes("given_up", seconds=20)
    kept = desk.machine.finished_assets()
    done = desk.machine.run("autoshorts", "retry", "given_up", "--json")
    assert done.returncode == 0, done.stderr
    assert_kept(desk.machine, kept)
    manifest = json.loads(
        (desk.machine.folder(json.loads(done.stdout)["run_id"]) / "manifest.json").read_bytes()
    )
    assert all(entry["cached"] for entry in manifest["entries"])


def _make(data: Path, *arguments: str) -> subprocess.Popen[str]:
    foreign = ("AUTOSHORTS_", "TEMPORAL_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    env |= {"AUTOSHORTS_DATA_DIR": str(data), "TEMPORAL_CONFIG_FILE": os.devnull}
    return subprocess.Popen(
        [script("autoshorts"), *arguments],
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def test_ctrl_c_in_make_ends_at_once_and_the_next_make_finishes_both(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = _make(data, "make", str(SHORT["prompt"]), "--id", "first")
    tmp = segments_in(data)
    wait_until(lambda: any(tmp.glob("*")), seconds=60, what="it renders")
    begin = time.monotonic()
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=20)
    assert time.monotonic() - begin < 5
    assert first.returncode == 130
    assert "nothing is lost" in said
    assert leftovers(data) == []
    second = _make(data, "make", "Bees. They fly. They work.", "--id", "second", "--json")
    out, said = second.communicate(timeout=120)
    assert second.returncode == 0, said
    assert json.loads(out)["run_id"] == "second"
    assert "1 earlier run goes on as well" in said
    assert {path.parent.name for path in data.rglob("final_video.mp4")} == {"first", "second"}
    assert leftovers(data) == []


def test_sigterm_to_a_worker_ends_it_and_its_helpers(fresh_machine: Machine) -> None:
    worker = fresh_machine.start_worker()
    fresh_machine.start("deployed", SHORT)
    segments = segments_in(fresh_machine.data)
    wait_until(lambda: any(segments.glob("*")), seconds=60, what="it renders")
    begin = time.monotonic()
    worker.terminate()
    assert worker.wait(timeout=20) == 0
    assert time.monotonic() - begin < 5
    server = [line for line in leftovers(fresh_machine.data) if "autoshorts" in line]
    assert server == []
    fresh_machine.start_worker()
    done = fresh_machine.run("autoshorts", "watch", "deployed", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "END"
