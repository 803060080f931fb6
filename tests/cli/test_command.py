"""The command from outside: exit codes, one sentence per failure, JSON alone on stdout."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.machine import heed_interrupts, leftovers, script, wait_until
from cli.errors import CliError
from cli.make import ROOM_BYTES
from storage.errors import StorageError
from storage.files import require_room
from tests.cli.conftest import autoshorts, environment, up


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["make"], "say what to make", id="nothing"),
        pytest.param(["make", "x", "--cuts", "99"], "--cuts", id="cuts"),
        pytest.param(["make", "x", "--aspect", "2:1"], "--aspect", id="aspect"),
        pytest.param(["make", "x", "--characters", "7"], "--characters", id="characters"),
        pytest.param(["make", "  "], "the prompt", id="blank"),
        pytest.param(["make", "1.\n2.\n3."], "could be said", id="nothing to say"),
        pytest.param(["make", "Rain falls here. " * 1000], "minutes to say", id="too much to say"),
        pytest.param(["make", "x" * 20_001], "20000 characters", id="too long"),
        pytest.param(["make", "-f", "/nonexistent/script.txt"], "/nonexistent", id="no file"),
        pytest.param(["make", "x", "-o", "/nonexistent/film.mp4"], "-o", id="no folder"),
        pytest.param(["make", "x", "--detach"], "autoshorts up", id="detached and alone"),
        pytest.param(["make", "x", "--with", "images"], "ROLE=NAME", id="no name"),
        pytest.param(["make", "x", "--with", "film=a"], "planner, images", id="no such role"),
        pytest.param(["make", "x", "--with", "images=dalle9"], "'dalle9'", id="no such provider"),
        pytest.param(["make", "x", "--max-cost", "-1"], "--max-cost", id="negative limit"),
        pytest.param(["make", "x", "--on-failure", "cry"], "--on-failure", id="no such policy"),
        pytest.param(["bogus"], "No such command", id="no such command"),
    ],
)
def test_bad_usage_is_2_and_names_the_option(
    data_dir: Path, arguments: list[str], said: str
) -> None:
    done = autoshorts(data_dir, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert leftovers(data_dir) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param({"AUTOSHORTS_TEMPORAL_CLI": "/nonexistent"}, "does not run", id="no binary"),
        pytest.param({"AUTOSHORTS_TEMPORAL_CLI": "/bin/true"}, "not a Temporal CLI", id="another"),
        pytest.param({"TEMPORAL_ADDRESS": "127.0.0.1:1"}, "connection refused", id="no server"),
        pytest.param({"AUTOSHORTS_DATA_DIR": "/dev/null/x"}, "file stands", id="no folder"),
    ],
)
def test_what_is_missing_is_1_and_says_what_to_do(
    data_dir: Path, more: dict[str, str], said: str
) -> None:
    done = autoshorts(data_dir, "make", "x", **more)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_named(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = autoshorts(data_dir, "up", "--port", str(port))
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr


def test_a_full_disk_is_said_before_work_begins(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 3_000_000}))
    with pytest.raises(StorageError, match="has 3 MB left and a short needs 100"):
        require_room(data_dir, ROOM_BYTES)


def test_json_is_alone_on_stdout_and_the_film_is_copied(data_dir: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my film.mp4"
    done = autoshorts(
        data_dir, "make", "-", "--json", "--cuts", "1", "-o", str(copy), stdin="바다\n"
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["state"] == "END"
    assert answer["video"] == str(copy)
    assert copy.read_bytes()[4:8] == b"ftyp"
    shown = json.loads(autoshorts(data_dir, "show", answer["run_id"], "--json").stdout)
    assert shown["state"] == "END"
    listed = json.loads(autoshorts(data_dir, "list", "--json").stdout)
    assert [run["run_id"] for run in listed["runs"]] == [answer["run_id"]]
    assert leftovers(data_dir) == []


def test_doctor_says_that_the_main_job_can_run(data_dir: Path) -> None:
    good = autoshorts(data_dir, "doctor", "--json")
    assert good.returncode == 0, good.stdout
    bad = autoshorts(data_dir, "doctor", AUTOSHORTS_TEMPORAL_CLI="/nonexistent")
    assert bad.returncode == 1
    assert "/nonexistent" in bad.stdout


def test_an_unknown_run_is_1(data_dir: Path) -> None:
    for command in ("show", "cancel", "retry"):
        done = autoshorts(data_dir, command, "nobody")
        assert done.returncode == 1, (command, done.stderr)
        assert "nobody" in done.stderr


def test_two_makes_share_one_server_and_it_ends_with_the_last(data_dir: Path) -> None:
    both = [
        subprocess.Popen(
            [script("autoshorts"), "make", word, "--cuts", "1", "--json"],
            env=environment(data_dir),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for word in ("바다", "바람")
    ]
    wait_until(lambda: (data_dir / "temporal" / "server.json").exists(), seconds=30, what="server")
    for process in both:
        _, said = process.communicate(timeout=100)
        assert process.returncode == 0, said
    assert len(list(data_dir.rglob("final_video.mp4"))) == 2
    assert leftovers(data_dir) == []
    assert not (data_dir / "temporal" / "server.json").exists()


def test_leaving_is_prompt_and_keeps_the_code(data_dir: Path) -> None:
    """The short form of bench/leaving.py: a client may abort or hang the interpreter's end."""
    for _ in range(3):
        begin = time.monotonic()
        assert autoshorts(data_dir, "list").returncode == 0
        assert time.monotonic() - begin < 10
    code = (
        "import threading, sys; from cli.exit import exit_now\nprint('said', end=''); exit_now(7)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20)
    assert (done.returncode, done.stdout) == (7, b"said")


def test_watch_ended_by_ctrl_c_is_130(data_dir: Path) -> None:
    with up(data_dir) as process:
        started = autoshorts(data_dir, "make", "바다는 왜 짤까", "--detach", "--id", "sea")
        assert started.stdout.splitlines()[-1] == "sea", started.stderr
        watch = subprocess.Popen(
            [script("autoshorts"), "watch", "sea"],
            env=environment(data_dir),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=heed_interrupts,
        )
        assert watch.stdout is not None
        assert watch.stdout.readline()
        watch.send_signal(signal.SIGINT)
        watch.communicate(timeout=10)
        assert watch.returncode == 130
        assert autoshorts(data_dir, "cancel", "sea").returncode == 0
    assert process.returncode == 0
    assert leftovers(data_dir) == []


def test_a_cli_error_carries_its_code() -> None:
    assert CliError("x").code == 1
    assert CliError("x", 2).code == 2
