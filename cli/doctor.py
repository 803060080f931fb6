"""`doctor`: every part that the main job needs, where it is, and how to get what is missing."""

from __future__ import annotations

import asyncio
import json
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from rich.console import Console

from cli.dev_server import DevServer
from cli.errors import DONE, FAILED, CliError
from cli.make import print_line
from cli.session import configured, open_session
from cli.settings import CliSettings
from cli.temporal_cli import find_temporal_cli
from domain.ledger import TYPICAL_SHORT, cost_of
from providers.errors import ProviderError
from providers.registry import Service
from storage.errors import StorageError
from storage.files import write_atomically

MIN_FREE_BYTES = 500_000_000
PACKAGES = ("temporalio", "moviepy", "av", "opencv-python-headless", "pillow", "numpy")


@dataclass(frozen=True)
class Part:
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str
    needed: bool = True


async def run_doctor(settings: CliSettings, *, as_json: bool) -> int:
    """Look at every part; exit code 1 if the main job cannot run."""
    parts = [part for look in _LOOKS for part in await asyncio.to_thread(_all, look, settings)]
    parts += await _services(settings)
    parts.append(await _server(settings))
    if as_json:
        print_line(json.dumps([asdict(part) for part in parts], ensure_ascii=False))
    else:
        _print(parts)
    return DONE if all(part.ok for part in parts if part.needed) else FAILED


def _all(look: Callable[[CliSettings], Iterator[Part]], settings: CliSettings) -> list[Part]:
    return list(look(settings))


def _python(settings: CliSettings) -> Iterator[Part]:
    ok = sys.version_info >= (3, 11)
    yield Part("Python", ok, f"{platform.python_version()} at {sys.executable}")
    for package in PACKAGES:
        try:
            yield Part(package, True, version(package))
        except PackageNotFoundError:
            yield Part(package, False, "not installed: run `make setup`")


def _temporal(settings: CliSettings) -> Iterator[Part]:
    needed = configured() is None
    try:
        cli = find_temporal_cli(settings)
    except CliError as exc:
        yield Part("Temporal CLI", False, str(exc), needed)
    else:
        found = f"{cli.version} (server {cli.server}, UI {cli.ui}) at {cli.path}"
        yield Part("Temporal CLI", True, found, needed)


def _ffmpeg(settings: CliSettings) -> Iterator[Part]:
    import av

    found = f"{av.ffmpeg_version_info} in PyAV {av.__version__}"
    if "libx264" in av.codecs_available:
        yield Part("ffmpeg", True, found)
    else:
        yield Part("ffmpeg", False, f"{found} has no libx264: run `pip install av` again")


def _voice(settings: CliSettings) -> Iterator[Part]:
    from providers.tts.embedded_voice import EmbeddedVoice
    from providers.tts.espeak_process import espeak_version

    try:
        yield Part("speech engine", True, espeak_version())
    except ProviderError as exc:
        yield Part("speech engine", False, str(exc))
    family = EmbeddedVoice()
    engines = dict.fromkeys(voice.engine for voice in family.voices)
    usable = [engine for engine in engines if engine not in family.lacking]
    number = len({voice.id for voice in family.voices if voice.engine in usable})
    yield Part("voices", True, f"{number} by {', '.join(usable)}: autoshorts voices", needed=False)
    for engine, lack in family.lacking.items():
        found = f"cannot be used here: {lack}; another voice speaks instead"
        yield Part(f"voice {engine}", False, found, needed=False)


def _providers(settings: CliSettings) -> Iterator[Part]:
    from providers.registry import ProviderRegistry

    registry = ProviderRegistry(settings.providers)
    try:
        chosen = registry.choose(settings.providers)
        used, plan = chosen.providers, chosen.planner.in_words
        usd = registry.estimate(used)
    except ProviderError as exc:
        yield Part("providers", False, str(exc))
        return
    words = f"plan {plan}, pictures {used.images}, music {used.music}, voice {used.voice}"
    cost = f"about ${usd:.3f} per short" if usd else "no key needed, $0 per short"
    yield Part("providers", True, f"{words}: {cost}")


async def _services(settings: CliSettings) -> list[Part]:
    """The cheapest authenticated call of each service that is configured."""
    from providers.registry import ProviderRegistry

    registry = ProviderRegistry(settings.providers)
    parts = [Part(role, False, remark, needed=False) for role, remark in registry.remarks()]
    try:
        for role, name, service in registry.services():
            parts.append(await _asked(f"{name} ({role})", role, service))
    finally:
        await registry.aclose()
    return parts


async def _asked(name: str, role: str, service: Service) -> Part:
    try:
        checked = await service.check()
    except ProviderError as exc:
        return Part(name, False, str(exc))
    usd = cost_of(TYPICAL_SHORT[role], service.price)
    cost = f"about ${usd:.3f} per short" if usd else "free"
    return Part(name, checked.ok, f"{checked.said}; {cost}", checked.needed)


def _data(settings: CliSettings) -> Iterator[Part]:
    try:
        write_atomically(settings.data_dir / ".doctor", b"")
        (settings.data_dir / ".doctor").unlink()
    except StorageError as exc:
        yield Part("data folder", False, str(exc))
        return
    free = shutil.disk_usage(settings.data_dir).free
    found = f"{settings.data_dir}, {free / 1e9:.1f} GB free"
    if free < MIN_FREE_BYTES:
        found += ": too little for a short; free some, or set AUTOSHORTS_DATA_DIR"
    yield Part("data folder", free >= MIN_FREE_BYTES, found)


async def _server(settings: CliSettings) -> Part:
    try:
        if configured():
            async with open_session(settings) as session:
                return Part("Temporal server", True, f"configured: {session.address}")
    except CliError as exc:
        return Part("Temporal server", False, str(exc))
    running = DevServer(settings).running()
    found = f"running at {running.address}" if running else "started when it is needed"
    return Part("Temporal server", True, found, needed=False)


_LOOKS = (_python, _temporal, _ffmpeg, _voice, _providers, _data)


def _print(parts: list[Part]) -> None:
    console = Console(highlight=False)
    width = max(len(part.name) for part in parts)
    for part in parts:
        mark = "[green]✓[/]" if part.ok else "[red]✗[/]" if part.needed else "[yellow]·[/]"
        console.print(mark, end=" ")
        console.print(f"{part.name:<{width}}  {part.found}", markup=False, soft_wrap=True)
    ready = all(part.ok for part in parts if part.needed)
    console.print("ready: autoshorts make" if ready else "not ready: see ✗ above", style="bold")
