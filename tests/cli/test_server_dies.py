"""The data folder's own Temporal server dies while it is used: it comes back, once."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import signal
from pathlib import Path

import psutil
import pytest

from bench.machine import leftovers, wait_until
from cli.dev_server import MAX_DEATHS, DevServer, ServerInfo
from cli.errors import CliError
from cli.session import open_session
from cli.settings import CliSettings
from tests.cli.conftest import autoshorts, up
from tests.conftest import temporal_cli
from worker.processes import BackOff


def _kill(info: ServerInfo) -> None:
    os.kill(info.pid, signal.SIGKILL)


def _info(data: Path) -> ServerInfo:
    return ServerInfo.model_validate_json((data / "temporal" / "server.json").read_bytes())


def _servers(data: Path) -> list[str]:
    folder = str(data / "temporal")
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        command = " ".join(process.info["cmdline"] or [])
        if "start-dev" in command and folder in command:
            found.append(command)
    return found


async def _comes_back(data: Path, died: ServerInfo) -> ServerInfo:
    await asyncio.to_thread(
        wait_until, lambda: _info(data).pid != died.pid, seconds=30, what="a server again"
    )
    return _info(data)


def test_a_run_under_way_is_finished_although_ups_server_was_killed(data_dir: Path) -> None:
    with up(data_dir):
        started = autoshorts(data_dir, "make", "바다", "--cuts", "1", "--detach", "--id", "sea")
        assert started.returncode == 0, started.stderr
        before = _info(data_dir)
        _kill(before)
        wait_until(lambda: _info(data_dir).pid != before.pid, seconds=30, what="a server again")
        assert _info(data_dir).port == before.port
        followed = autoshorts(data_dir, "watch", "sea", "--json")
        assert json.loads(followed.stdout)["state"] == "END", followed.stderr
    assert "ended by itself" in (data_dir / "logs" / "autoshorts.log").read_text()
    assert leftovers(data_dir) == []


async def test_its_users_bring_it_back_once_and_their_clients_reconnect(data_dir: Path) -> None:
    settings = CliSettings(data_dir=data_dir)
    said: list[str] = []
    async with (
        open_session(settings, say=said.append) as one,
        open_session(settings, say=said.append) as two,
        open_session(settings, say=said.append) as three,
    ):
        died = _info(data_dir)
        _kill(died)
        assert (await _comes_back(data_dir, died)).port == died.port
        for session in (one, two, three):
            async with asyncio.timeout(20):
                await session.client.count_workflows()
        assert len(_servers(data_dir)) == 1
    assert len(said) == 3
    assert _servers(data_dir) == []


async def test_a_new_user_finds_it_where_the_others_wait_for_it(data_dir: Path) -> None:
    settings = CliSettings(data_dir=data_dir)
    async with DevServer(settings).shared() as before:
        _kill(before)
        wait_until(lambda: not before.is_running(), seconds=10, what="it is dead")
        async with DevServer(settings).shared() as after:
            assert after.port == before.port
            assert after.pid != before.pid


async def test_a_server_that_dies_at_once_is_given_up_with_its_last_words(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.dev_server.BackOff", functools.partial(BackOff, 0.01))
    server = tmp_path / "temporal"
    server.write_text(f'#!/bin/sh\nexec {temporal_cli()} "$@"\n')
    server.chmod(0o755)
    settings = CliSettings(data_dir=data_dir, temporal_cli=server)
    said: list[str] = []

    async def use() -> None:
        async with DevServer(settings).shared(say=said.append) as info:
            broken = 'case "$1" in --version) ;; *) echo the disk is broken; exit 1;; esac'
            server.write_text(f'#!/bin/sh\n{broken}\nexec {temporal_cli()} "$@"\n')
            _kill(info)
            await asyncio.Event().wait()

    with pytest.raises(CliError, match="ended 5 times .* the disk is broken"):
        await use()
    assert len(said) == MAX_DEATHS
    assert _servers(data_dir) == []
