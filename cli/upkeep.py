"""What keeps a deployment small and up to date: `gc` and `upgrade`."""

from __future__ import annotations

import re
from datetime import timedelta

from rich.console import Console

from cli.errors import BAD_USAGE, DONE, CliError
from cli.logs import log_to_file
from cli.records import open_storage
from cli.session import open_session
from cli.settings import CliSettings
from cli.working import upgrade_runs
from storage.gc import Report, collect

_AGE = re.compile(r"(\d{1,5})\s*([hdw]?)")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "": timedelta(days=1)}


def parse_age(text: str) -> timedelta:
    """`30d`, `12h`, `4w` or a number of days. Raises `CliError`."""
    match = _AGE.fullmatch(text.strip().lower())
    if not match:
        raise CliError(f"--older-than {text}: write an age such as 30d, 12h or 4w", BAD_USAGE)
    number, unit = int(match[1]), match[2]
    return number * (timedelta(weeks=1) if unit == "w" else _UNITS[unit])


async def run_gc(
    settings: CliSettings, *, older_than: timedelta | None, unused: bool, yes: bool
) -> int:
    """Say what can go, and with `yes` remove it."""
    console = Console(highlight=False)
    async with open_storage(settings) as storage:
        report = await storage.call(
            collect, storage, runs_older_than=older_than, unused=unused, dry_run=not yes
        )
    _print(console, report, removed=yes)
    return DONE


async def run_upgrade(settings: CliSettings) -> int:
    """Bring what an earlier version has left to this one: the data folder, and runs under way."""
    console = Console(highlight=False)

    def say(line: str) -> None:
        console.print(line, markup=False, soft_wrap=True)

    log_to_file(settings.data_dir)
    async with open_storage(settings):
        say(f"{settings.data_dir}: blobs and records are this version's")
    async with open_session(settings) as session:
        again = await upgrade_runs(session, say)
    runs = "1 run was" if len(again) == 1 else f"{len(again)} runs were"
    say(f"{runs} begun again" if again else "no run of an earlier version is under way")
    return DONE


def _print(console: Console, report: Report, *, removed: bool) -> None:
    for line in report.lines():
        console.print(line, markup=False, soft_wrap=True)
    if not removed and any((report.runs, report.assets, report.blobs, report.files, report.rows)):
        console.print("nothing was removed; `autoshorts gc --yes` does it", style="dim")
