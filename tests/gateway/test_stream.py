"""The stream: nothing lost, nothing doubled, whatever is cut, killed or restarted."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from httpx_sse import connect_sse

from bench.machine import Machine, machine, wait_until
from domain.record import RunRecord
from tests.gateway.conftest import SHORT
from tests.gateway_client import GatewayProcess, Seen, durable, events, gateway

# A call to a server that is away takes three seconds.
PLAYED_SECONDS = 3


def _log(site: Machine, run_id: str) -> list[int]:
    path = site.folder(run_id) / "run.json"
    wait_until(path.exists, seconds=10, what="its record")
    record = RunRecord.model_validate_json(path.read_bytes())
    return [event.seq for event in record.events]


def _seqs(seen: list[Seen]) -> list[int]:
    return [event.seq for event in durable(seen)]


def test_a_fresh_client_of_a_closed_run_gets_the_whole_log(
    api: httpx.Client, site: Machine, finished: str
) -> None:
    seen = events(api, finished)
    assert seen[0].type == "snapshot"
    assert not seen[0].id
    assert _seqs(seen) == _log(site, finished)
    assert seen[-1].type == "ended"
    assert seen[-1].data["outcome"] == "completed"


def test_a_run_watched_from_its_start_is_seen_whole(api: httpx.Client, site: Machine) -> None:
    run_id = api.post("/api/runs", json={**SHORT, "prompt": "바람"}).json()["run_id"]
    seen = events(api, run_id)
    covered = seen[0].data["seq"]
    assert _seqs(seen) == [seq for seq in _log(site, run_id) if seq > covered]
    progress = [e.data["progress"] for e in seen if "progress" in e.data]
    assert progress == sorted(progress)
    assert any(event.type == "progress" for event in seen)


def test_a_connection_cut_after_each_event_in_turn_loses_none(
    api: httpx.Client, site: Machine, finished: str
) -> None:
    whole = durable(events(api, finished))
    for cut in range(len(whole)):
        rest = durable(events(api, finished, last_id=whole[cut].id))
        assert [e.seq for e in whole[: cut + 1] + rest] == _log(site, finished)


def test_a_live_run_cut_after_every_event_is_seen_whole(api: httpx.Client, site: Machine) -> None:
    run_id = api.post("/api/runs", json={**SHORT, "prompt": "구름"}).json()["run_id"]
    first = events(api, run_id, stop_after=1)[0].data["seq"]
    seen: list[Seen] = []
    last_id = ""
    while not seen or seen[-1].type != "ended":
        two = 2 if not last_id else 1
        new = durable(events(api, run_id, last_id=last_id, stop_after=two))
        if not last_id and new:
            first = new[0].seq - 1
        seen += new
        last_id = seen[-1].id if seen else ""
    assert [e.seq for e in seen] == [seq for seq in _log(site, run_id) if seq > first]


def test_the_query_parameter_resumes_as_the_header_does(api: httpx.Client, finished: str) -> None:
    whole = durable(events(api, finished))
    with api.stream(
        "GET", f"/api/runs/{finished}/events", params={"last_event_id": whole[-2].id}
    ) as response:
        text = response.read().decode()
    assert text.count("event: ") == 1
    assert "event: ended" in text


def test_who_has_everything_gets_204(api: httpx.Client, finished: str) -> None:
    last = events(api, finished)[-1].id
    answer = api.get(f"/api/runs/{finished}/events", headers={"Last-Event-ID": last})
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    "last_id",
    [
        "7",
        "x:y",
        "00000000-0000-4000-8000-000000000000:3",
        "a" * 500,
        "{exec}:99999",
        "{exec}:-1",
        ":",
    ],
)
def test_a_foreign_id_begins_anew(
    api: httpx.Client, site: Machine, finished: str, last_id: str
) -> None:
    execution = durable(events(api, finished))[0].id.split(":")[0]
    given = last_id.replace("{exec}", execution)
    seen = events(api, finished, last_id=given)
    if given == f"{execution}:99999":
        assert seen == []
        return
    assert seen[0].type == "reset"
    assert _seqs(seen) == _log(site, finished)


def test_there_is_no_stream_of_what_is_no_run(api: httpx.Client) -> None:
    assert api.get("/api/runs/nobody/events").status_code == 404


def test_head_opens_no_stream(api: httpx.Client, finished: str) -> None:
    assert api.head(f"/api/runs/{finished}/events").content == b""


def test_httpx_sse_reads_it(running_gateway: GatewayProcess, finished: str) -> None:
    with (
        running_gateway.client() as client,
        connect_sse(client, "GET", f"/api/runs/{finished}/events") as source,
    ):
        kinds = [event.event for event in source.iter_sse()]
    assert kinds[0] == "snapshot"
    assert kinds[-1] == "ended"


def test_two_gateways_and_a_killed_one_are_one_stream(site: Machine) -> None:
    """A client that moves between gateways, one of which dies, sees exactly the log."""
    with gateway(site) as one, gateway(site) as two, one.client() as api:
        run_id = api.post("/api/runs", json={**SHORT, "prompt": "노을"}).json()["run_id"]
        seen = events(api, run_id, stop_after=4)
        covered = seen[0].data["seq"]
        one.kill()
        with two.client() as other:
            part = events(other, run_id, last_id=durable(seen)[-1].id, stop_after=3)
            seen += part
        with gateway(site) as three, three.client() as last:
            seen += events(last, run_id, last_id=durable(seen)[-1].id)
    assert _seqs(seen) == [seq for seq in _log(site, run_id) if seq > covered]


def test_many_clients_cost_temporal_no_more_than_one(site: Machine) -> None:
    def watch(client: httpx.Client, run_id: str) -> list[int]:
        return _seqs(events(client, run_id))

    def calls(prompt: str, clients: int) -> int:
        with gateway(site) as fresh, fresh.client() as api:
            run_id = api.post("/api/runs", json={**SHORT, "prompt": prompt}).json()["run_id"]
            with ThreadPoolExecutor(clients) as pool:
                seen = list(pool.map(lambda _: watch(api, run_id), range(clients)))
            assert all(s[-1] == seen[0][-1] for s in seen)
            return int(fresh.counted("autoshorts_temporal_calls_total"))

    alone, together = calls("돌", 1), calls("돌멩이", 40)
    assert together <= alone + 8


def test_sigterm_with_fifty_streams_says_goodbye_and_ends(site: Machine) -> None:
    site.start("slow", {**SHORT, "num_cuts": 10, "aspect_ratio": "9:16"})
    with gateway(site) as dying:

        def watch(_: int) -> str:
            with dying.client() as client:
                return events(client, "slow")[-1].type

        with ThreadPoolExecutor(50) as pool:
            watching = [pool.submit(watch, n) for n in range(50)]
            wait_until(
                lambda: dying.counted("autoshorts_streams") == 50, seconds=20, what="fifty streams"
            )
            assert dying.stop() < 3
            assert {future.result(timeout=10) for future in watching} == {"bye"}
        assert dying.process.returncode == 0
        assert "Traceback" not in dying.log.read_text()
    site.workflow("cancel", "-w", "slow")


def test_a_stuck_client_holds_up_nobody(api: httpx.Client, site: Machine, finished: str) -> None:
    host, port = api.base_url.host, api.base_url.port
    assert port is not None
    with socket.socket() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        stuck.connect((host, port))
        path = f"/api/runs/{finished}/events"
        stuck.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        begin = time.monotonic()
        assert _seqs(events(api, finished)) == _log(site, finished)
        assert time.monotonic() - begin < 3


# Runs that could not say their last word themselves


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path) as here:
        yield here


def test_a_terminated_run_ends_and_is_shown_without_a_worker(alone: Machine) -> None:
    alone.start("gone", SHORT)
    with gateway(alone) as running, running.client() as api:
        waiting = events(api, "gone", stop_after=1)[0]
        assert waiting.data["run"]["state"] == "INIT"
        assert "worker" in waiting.data["run"]["warnings"][0]
        assert api.get("/readyz").status_code == 503
        alone.workflow("terminate", "-w", "gone")
        seen = events(api, "gone")
        assert seen[-1].type == "ended"
        assert seen[-1].data["outcome"] == "terminated"
        view = api.get("/api/runs/gone").json()
        assert (view["state"], view["outcome"]) == ("FAILED", "terminated")
        assert view["spec"]["prompt"] == SHORT["prompt"]
        warned = api.post("/api/runs", json=SHORT).json()
        assert "no worker" in warned["warnings"][0]


def test_a_closed_run_is_served_without_a_worker_and_without_temporal(alone: Machine) -> None:
    worker = alone.start_worker()
    alone.start("kept", SHORT)
    wait_until(lambda: (alone.folder("kept") / "thumbnail.jpg").exists(), seconds=60, what="film")
    with gateway(alone) as running, running.client() as api:
        seen = events(api, "kept")
        worker.kill()
        worker.wait()
        again = events(api, "kept")
        assert _seqs(again)[-1] == _seqs(seen)[-1]
        with gateway(alone) as fresh, fresh.client() as other:
            assert events(other, "kept")[-1].type == "ended"
            alone.kill_server()
            assert other.get("/api/runs/kept").json()["state"] == "END"
            begin = time.monotonic()
            url = other.get("/api/runs/kept").json()["links"]["video"]
            for first in range(0, 4000, 200):
                part = other.get(url, headers={"Range": f"bytes={first}-{first + 199}"})
                assert part.status_code == 206
            assert time.monotonic() - begin < PLAYED_SECONDS
            assert events(other, "kept")[-1].type == "ended"
            problem = other.post("/api/runs", json=SHORT)
            assert problem.status_code == 503
            assert problem.headers["retry-after"]
            away = other.get(f"/api/runs/{quote('unseen')}/events", timeout=20)
            assert away.status_code == 200
            assert "retry: 10000" in away.text


def test_a_reset_run_goes_over_to_its_new_execution(alone: Machine) -> None:
    alone.start_worker()
    alone.start("again", SHORT)
    with gateway(alone) as running, running.client() as api:
        seen = events(api, "again")
        alone.run(
            *("temporal", "workflow", "reset", "-w", "again", "--type", "FirstWorkflowTask"),
            *("--reason", "test"),
        )
        fresh: list[Seen] = []
        deadline = time.monotonic() + 10
        while not fresh and time.monotonic() < deadline:
            fresh = events(api, "again", last_id=seen[-1].id)
        assert fresh[0].type == "reset"
        assert fresh[-1].type == "ended"
        assert fresh[-1].id.split(":")[0] != seen[-1].id.split(":")[0]


def test_an_event_is_one_line_of_json(api: httpx.Client, finished: str) -> None:
    text = api.get(f"/api/runs/{finished}/events").text
    for block in text.strip().split("\n\n"):
        lines = [line for line in block.split("\n") if line.startswith("data: ")]
        assert len(lines) == 1
        json.loads(lines[0].removeprefix("data: "))
