"""What the command line says of runs: from the records, server or not, asking little."""

from __future__ import annotations

import json
import signal
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from bench.machine import heed_interrupts, leftovers, machine, script
from cli.errors import CliError
from cli.follow import Follower
from cli.records import open_reader
from cli.session import Session
from cli.settings import CliSettings
from cli.upkeep import parse_age
from domain.run import Outcome
from tests.cli.conftest import autoshorts, environment

SPEC = {"prompt": "Rain falls. Rivers run.", "seed": 7, "aspect_ratio": "1:1"}


@pytest.fixture
def left_unfinished(data_dir: Path) -> str:
    """A run that Ctrl-C has left in the middle."""
    make = subprocess.Popen(
        [script("autoshorts"), "make", "Rain falls.", "--id", "rain", "--cuts", "1"],
        env=environment(data_dir),
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    assert make.stdout is not None
    while "ASSET_GENERATION" not in (line := make.stdout.readline()):
        assert line, "it ended before it was interrupted"
    make.send_signal(signal.SIGINT)
    make.communicate(timeout=15)
    assert make.returncode == 130
    return "rain"


def test_without_a_server_an_unfinished_run_is_listed_shown_and_gone_on_with(
    data_dir: Path, left_unfinished: str
) -> None:
    listed = json.loads(autoshorts(data_dir, "list", "--json").stdout)["runs"]
    assert [run["run_id"] for run in listed] == [left_unfinished]
    assert listed[0]["state"].endswith("(unfinished)")
    shown = autoshorts(data_dir, "show", left_unfinished)
    assert "no server is up" in shown.stdout
    refused = autoshorts(data_dir, "retry", left_unfinished)
    assert refused.returncode == 2
    made = autoshorts(data_dir, "make", "Rivers run.", "--cuts", "1")
    assert made.returncode == 0, made.stderr
    assert "1 earlier run goes on as well" in made.stdout
    listed = json.loads(autoshorts(data_dir, "list", "--json").stdout)["runs"]
    assert [run["state"] for run in listed] == ["END", "END"]
    assert leftovers(data_dir) == []


async def test_following_a_run_asks_once_for_what_is_new(tmp_path: Path) -> None:
    with machine(tmp_path) as here:
        here.start_worker()
        here.start("sea", SPEC)
        client = await Client.connect(here.address, data_converter=pydantic_data_converter)
        session = Session(client, here.address, is_local=False, ui_url=None)
        async with open_reader(CliSettings(data_dir=here.data), session) as reader:
            seen = [snapshot async for snapshot in Follower(reader, "sea").snapshots()]
        history = [
            event async for event in client.get_workflow_handle("sea").fetch_history_events()
        ]
    assert seen[-1].outcome is Outcome.COMPLETED
    assert [event.seq for event in seen[-1].events] == list(range(len(seen[-1].events)))
    assert seen[-1].events[-1].type == "ended"
    assert reader.executions.calls["describe"] <= 3
    assert reader.executions.calls["query"] <= len(history)


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("30d", timedelta(days=30)),
        ("7", timedelta(days=7)),
        ("12h", timedelta(hours=12)),
        (" 2W", timedelta(weeks=2)),
    ],
)
def test_an_age_has_a_unit(said: str, age: timedelta) -> None:
    assert parse_age(said) == age


def test_an_age_that_is_none_is_explained() -> None:
    with pytest.raises(CliError, match="such as 30d") as caught:
        parse_age("a while")
    assert caught.value.code == 2


def test_what_nobody_needs_is_said_before_it_is_removed(data_dir: Path) -> None:
    made = autoshorts(data_dir, "make", "Rain falls.", "--cuts", "1", "--id", "rain")
    assert made.returncode == 0, made.stderr
    film = Path(made.stdout.splitlines()[-1])
    said = autoshorts(data_dir, "gc", "--older-than", "0d")
    assert said.returncode == 0, said.stderr
    assert "nothing was removed" in said.stdout
    assert film.exists()
    assert autoshorts(data_dir, "gc", "--older-than", "0d", "--unused", "--yes").returncode == 0
    assert not film.exists()
    assert json.loads(autoshorts(data_dir, "list", "--json").stdout)["runs"] == []
