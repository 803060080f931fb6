"""The `autoshorts` command."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from cli.errors import BAD_USAGE, DONE, FAILED, INTERRUPTED, CliError
from cli.exit import exit_now
from cli.loop import event_loop
from cli.settings import CliSettings, load_gateway_settings, load_settings
from domain.run import AspectRatio, Mode
from storage.errors import StorageError
from worker.processes import end_with_parent
from worker.queues import Queue, parse_queues

app = typer.Typer(
    help="One prompt in, one finished vertical short out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RunId = Annotated[str, typer.Argument(metavar="RUN_ID", help="as `autoshorts list` shows it")]
Offline = Annotated[
    bool, typer.Option("--offline", help="ask no open source on the net (Wikipedia) for a topic")
]
ONLINE = "AUTOSHORTS_ONLINE"
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object on stdout, nothing else")]


@app.command()
def make(
    prompt: Annotated[
        str | None, typer.Argument(help="a topic, or a whole script; - reads stdin")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", help="read the prompt or script from a file")
    ] = None,
    mode: Annotated[Mode | None, typer.Option(help="the kind of short")] = None,
    cuts: Annotated[int | None, typer.Option(help="scenes, 1-10; else the planner decides")] = None,
    characters: Annotated[int | None, typer.Option(help="who speaks: 1 or 2")] = None,
    language: Annotated[str | None, typer.Option(help="such as ko or pt-BR; else detected")] = None,
    style: Annotated[str | None, typer.Option(help="manner of the pictures, any words")] = None,
    music: Annotated[str | None, typer.Option(help="kind of music, any words")] = None,
    aspect: Annotated[AspectRatio | None, typer.Option(help="shape of the video")] = None,
    captions: Annotated[
        str | None, typer.Option(help="karaoke, plain, pop or off", metavar="TEXT")
    ] = None,
    title: Annotated[str | None, typer.Option(help="name of the short; else planned")] = None,
    title_card: Annotated[bool, typer.Option("--title-card", help="begin with the title")] = False,
    end_card: Annotated[
        str | None, typer.Option(help="words to end with, such as a channel's name")
    ] = None,
    voice: Annotated[str | None, typer.Option(help="one voice for every character")] = None,
    seed: Annotated[int | None, typer.Option(help="repeats a video")] = None,
    use: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="ROLE=NAME",
            help="provider of planner, images, music or voice; may be repeated",
        ),
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option(metavar="USD", help="what services may cost at most")
    ] = None,
    on_failure: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="a service fails for good: fail, or degrade (embedded)"),
    ] = None,
    run_id: Annotated[str | None, typer.Option("--id", help="name the run yourself")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="copy the film to this file")
    ] = None,
    offline: Offline = False,
    as_json: AsJson = False,
    detach: Annotated[bool, typer.Option(help="start it and leave; a worker must be up")] = False,
) -> None:
    """Make a short, and show how it goes."""
    from cli.make import Output, make_short, planned_here
    from cli.prompt import build_spec, chosen_providers, own_language, read_prompt

    _decide_online(offline=offline)
    spec = build_spec(
        read_prompt(prompt, file),
        mode=mode,
        num_cuts=cuts,
        num_characters=characters,
        language=language,
        locale=own_language(os.environ),
        art_style=style,
        music_genre=music,
        aspect_ratio=aspect,
        captions=captions,
        title=title,
        title_card=title_card,
        end_card=end_card,
        voice_id=voice,
        seed=seed,
        providers=chosen_providers(use or []),
        max_cost_usd=max_cost,
        on_failure=on_failure,
    )
    chosen = Output.choose(as_json=as_json, copy_to=output)

    async def make_it(settings: CliSettings) -> int:
        asked = planned_here(settings, spec) if offline else spec
        return await make_short(settings, asked, chosen, run_id=run_id, detach=detach)

    _run(make_it)


@app.command()
def up(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="of the Temporal server; else 7233")
    ] = None,
    gateway_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="of the page and the API; else 8000")
    ] = None,
    offline: Offline = False,
) -> None:
    """Everything on this machine: the page, Temporal with its Web UI, and a worker."""
    from cli.services import run_up

    _decide_online(offline=offline)
    _run(
        lambda s: run_up(s, load_gateway_settings(port=gateway_port), port=port),
        loop_factory=event_loop,
    )


@app.command()
def gateway(
    host: Annotated[str | None, typer.Option(help="address to listen on; else 127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option("--port", "--gateway-port", min=0, max=65535, help="else 8000")
    ] = None,
) -> None:
    """The page and the HTTP API, for the server that TEMPORAL_ADDRESS names or this folder's."""
    from cli.services import run_gateway

    _run(
        lambda s: run_gateway(s, load_gateway_settings(host=host, port=port)),
        loop_factory=event_loop,
    )


@app.command()
def worker(
    queues: Annotated[
        str, typer.Option(help="what it works on: workflows, assets, render; with commas")
    ] = ",".join(Queue),
    child_of: Annotated[int | None, typer.Option(hidden=True)] = None,
    log_to_file: Annotated[bool, typer.Option("--log-to-file", hidden=True)] = False,
) -> None:
    """A worker for the server that TEMPORAL_ADDRESS or temporal.toml names."""
    if child_of is not None:
        # Before anything that takes long: its parent may be gone already.
        end_with_parent(child_of)
    from cli.services import run_worker

    try:
        chosen = parse_queues(queues)
    except ValueError as exc:
        raise CliError(f"--queues: {exc}", BAD_USAGE) from exc
    _run(lambda s: run_worker(s, chosen, to_file=log_to_file), loop_factory=event_loop)


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="how many, newest first")] = 30,
    as_json: AsJson = False,
) -> None:
    """The runs that there are."""
    from cli.runs import list_runs

    _run(lambda s: list_runs(s, limit=limit, as_json_object=as_json))


@app.command()
def show(run_id: RunId, as_json: AsJson = False) -> None:
    """Everything about one run."""
    from cli.runs import show_run

    _run(lambda s: show_run(s, run_id, as_json_object=as_json))


@app.command()
def watch(run_id: RunId, as_json: AsJson = False) -> None:
    """Follow a run to its end. Ctrl-C leaves it going on."""
    from cli.make import Output, watch_run

    _decide_online()
    _run(lambda s: watch_run(s, run_id, Output.choose(as_json=as_json)))


@app.command()
def cancel(run_id: RunId) -> None:
    """End a run; what was finished is kept."""
    from cli.runs import cancel_run

    _run(lambda s: cancel_run(s, run_id))


@app.command()
def retry(run_id: RunId, as_json: AsJson = False) -> None:
    """Make a failed run again as a new one; finished parts come from the store."""
    from cli.make import Output, make_short
    from cli.runs import spec_of

    _decide_online()

    async def again(settings: CliSettings) -> int:
        spec = await spec_of(settings, run_id)
        output = Output.choose(as_json=as_json)
        return await make_short(settings, spec, output, retry_of=run_id)

    _run(again)


@app.command()
def gc(
    older_than: Annotated[
        str | None, typer.Option(metavar="AGE", help="closed runs too: 30d, 12h, 4w")
    ] = None,
    unused: Annotated[
        bool,
        typer.Option("--unused", help="assets too that no run names, though they may be again"),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="remove; else it is only said")] = False,
) -> None:
    """What nobody needs any more: says what it would remove, and removes it with --yes."""
    from cli.upkeep import parse_age, run_gc

    age = parse_age(older_than) if older_than else None
    _run(lambda s: run_gc(s, older_than=age, unused=unused, yes=yes))


@app.command()
def upgrade() -> None:
    """After a new version: takes over the data folder, begins older runs again."""
    from cli.upkeep import run_upgrade

    _run(run_upgrade)


@app.command()
def voices(
    language: Annotated[str | None, typer.Option(help="such as ko or en-GB")] = None,
    sample: Annotated[
        tuple[str, Path] | None,
        typer.Option(metavar="VOICE FILE", help="write how a voice sounds to a WAV file"),
    ] = None,
    play: Annotated[str | None, typer.Option(metavar="VOICE", help="hear a voice")] = None,
    as_json: AsJson = False,
) -> None:
    """The embedded voices: language, sex, engine, licence; and how each sounds."""
    from cli.voices import list_voices, play_sample, save_sample

    if sample:
        _run(lambda _: save_sample(*sample, language=language))
    elif play:
        _run(lambda _: play_sample(play, language=language))
    else:
        _run(lambda _: list_voices(language=language, as_json_object=as_json))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Every part that is needed: where it is, which version, what is missing."""
    from cli.doctor import run_doctor

    _decide_online()
    _run(lambda s: run_doctor(s, as_json=as_json))


def main() -> NoReturn:
    """The entry point: every way out goes through `exit_now`."""
    exit_now(_main())


def _main() -> int:
    try:
        app()
    except SystemExit as exc:
        return exc.code if isinstance(exc.code, int) else DONE
    except CliError as exc:
        _say(str(exc))
        return exc.code
    except StorageError as exc:
        _say(str(exc))
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as exc:
        logging.getLogger(__name__).exception("unexpected")
        if os.environ.get("AUTOSHORTS_DEBUG"):
            raise
        _say(f"unexpected {type(exc).__name__}: {exc}; AUTOSHORTS_DEBUG=1 shows where")
        return FAILED
    return DONE


def _say(message: str) -> None:
    console = Console(stderr=True, highlight=False)
    console.print(f"autoshorts: {message}", markup=False, soft_wrap=True)


def _decide_online(*, offline: bool = False) -> None:
    """Whether open sources on the net may be asked: as it is set; else only if a person looks on.

    It is decided for this process and those that it starts.
    """
    from providers.llm.wikipedia.settings import is_set

    if offline:
        os.environ[ONLINE] = "0"
    elif not is_set() and any(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        os.environ[ONLINE] = "1"


def _run(
    command: Callable[[CliSettings], Coroutine[Any, Any, int]],
    *,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> None:
    """Run a command's coroutine; SIGTERM interrupts it as Ctrl-C does."""

    async def interruptible() -> int:
        task = asyncio.current_task()
        assert task is not None
        if sys.platform != "win32":
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        return await command(load_settings())

    try:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            code = runner.run(interruptible())
    except (KeyboardInterrupt, asyncio.CancelledError):
        # Typer would swallow an interrupt without a word.
        raise CliError(
            "interrupted; nothing is lost: the next `autoshorts make` or `up` goes on with it",
            INTERRUPTED,
        ) from None
    raise typer.Exit(code)
