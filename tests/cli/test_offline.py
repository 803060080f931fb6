"""Who is asked on the net, and that it is said before."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bench.machine import script
from cli import main
from cli.errors import CliError
from cli.make import planned_here
from cli.settings import CliSettings
from domain.run import Providers, RunSpec
from tests.cli.conftest import autoshorts, environment

TOPIC = RunSpec(prompt="the sea")


@pytest.fixture
def _unsaid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AUTOSHORTS_ONLINE", raising=False)
    # A `.env` where the tests are started is not theirs.
    monkeypatch.chdir(tmp_path)


class _Stream:
    def __init__(self, *, is_terminal: bool) -> None:
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.usefixtures("_unsaid")
@pytest.mark.parametrize(
    ("offline", "is_terminal", "said", "decided"),
    [
        (False, True, None, "1"),
        (False, False, None, None),
        (True, True, None, "0"),
        (True, True, "1", "0"),
        (False, True, "0", "0"),
        (False, False, "1", "1"),
    ],
)
def test_the_net_is_asked_only_for_somebody_who_looks_on(
    monkeypatch: pytest.MonkeyPatch,
    *,
    offline: bool,
    is_terminal: bool,
    said: str | None,
    decided: str | None,
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, _Stream(is_terminal=is_terminal))
    if said is not None:
        monkeypatch.setenv("AUTOSHORTS_ONLINE", said)
    else:
        # So that what is decided here is taken back after the test.
        monkeypatch.setenv("AUTOSHORTS_ONLINE", "x")
        monkeypatch.delenv("AUTOSHORTS_ONLINE")
    main._decide_online(offline=offline)
    assert os.environ.get("AUTOSHORTS_ONLINE") == decided


@pytest.mark.usefixtures("_unsaid")
def test_a_setting_in_a_file_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("AUTOSHORTS_ONLINE=0\n")
    monkeypatch.setattr(sys, "stdin", _Stream(is_terminal=True))
    main._decide_online()
    assert "AUTOSHORTS_ONLINE" not in os.environ


@pytest.mark.parametrize(("planner", "taken"), [("auto", "rules"), ("rules", "rules")])
def test_offline_names_the_planner_for_whoever_works(planner: str, taken: str) -> None:
    spec = TOPIC.model_copy(update={"providers": Providers(planner=planner)})
    assert planned_here(CliSettings(), spec).providers.planner == taken


def test_offline_and_wikipedia_contradict_each_other() -> None:
    spec = TOPIC.model_copy(update={"providers": Providers(planner="wikipedia")})
    with pytest.raises(CliError, match="the net may not be asked"):
        planned_here(CliSettings(), spec)


def test_doctor_asks_nobody_where_it_may_not(data_dir: Path) -> None:
    done = autoshorts(data_dir, "doctor")
    assert "wikipedia" not in done.stdout
    assert "plan rules" in done.stdout


def test_at_a_terminal_it_is_said_what_is_sent_where(data_dir: Path, tmp_path: Path) -> None:
    """The address is one where nobody listens: it is said all the same, and nobody is needed."""
    env = environment(data_dir, AUTOSHORTS_WIKIPEDIA_URL="http://127.0.0.1:9/{language}/api.php")
    del env["AUTOSHORTS_ONLINE"]
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [script("autoshorts"), "doctor"],
            env=env, cwd=tmp_path, stdin=theirs, capture_output=True, text=True, timeout=100,
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)
    assert "plan wikipedia" in done.stdout
    assert "cannot be reached at 127.0.0.1:9" in done.stdout
    assert "topics are told by rules meanwhile" in done.stdout
    assert "ready: autoshorts make" in done.stdout
