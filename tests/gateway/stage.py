"""A gateway whose runs do what a test tells them: real routes, files and stream, fake Temporal.

A state that a real run is in for an instant, or once in a thousand runs, is held here for as
long as a test wants to look at it.
"""

from __future__ import annotations

import asyncio
import io
import math
import struct
import uuid
import wave
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from temporalio.api.common.v1 import SearchAttributes
from temporalio.api.common.v1 import WorkflowExecution as ExecutionId
from temporalio.api.workflow.v1 import WorkflowExecutionInfo
from temporalio.client import WorkflowExecution, WorkflowExecutionStatus
from temporalio.converter import default

from domain import events
from domain.assets import ArtifactRef, AssetKind
from domain.events import EventLog, EventsQuery
from domain.offers import Offer
from domain.progress import fraction
from domain.qa import Finding, Redo
from domain.reading.described import understood
from domain.reading.of_spec import read_spec
from domain.run import (
    RUN_STATE_ATTRIBUTE,
    Outcome,
    RunError,
    RunSpec,
    RunState,
    RunStatus,
    SceneStatus,
)
from domain.voices import ANY_LANGUAGE, Voice
from gateway.app import create_app
from gateway.collaborators import Gateway
from gateway.executions import Executions, Head, LivePage, NoAnswer
from gateway.hub import Hub
from gateway.problems import RunNotFound, TemporalAway
from gateway.reader import RunReader
from gateway.serve import GatewayServer, bound_socket
from gateway.settings import GatewaySettings
from storage.storage import Storage
from storage.workers import Capabilities, Capability
from tests.records import with_tables
from workflows.client import RunIdTaken

LINES = ("고래는 바다에서 노래한다.", "그 노래는 천 킬로미터를 간다.", "누군가는 오늘도 듣고 있다.")
VOICES = tuple(
    Voice(
        id=id_, name=id_.title(), languages=languages, sex=sex, engine="espeak", licence="GPL-3.0"
    )
    for id_, languages, sex in (
        ("espeak-f1", (ANY_LANGUAGE,), "female"),
        ("espeak-f2", (ANY_LANGUAGE,), "female"),
        ("espeak-m1", (ANY_LANGUAGE,), "male"),
        ("kokoro-jf_alpha", ("ja",), "female"),
    )
)
CASTS = {"ja": ("kokoro-jf_alpha",)}
OFFERS = (
    Offer(role="planner", name="wikipedia", service="wikipedia", lacks="off", how="Wikipedia"),
    Offer(role="voice", name="openai", service="openai", lacks="set it", how="OPENAI_API_KEY"),
)
EMBEDDED = {"planner": "rules", "images": "painter", "music": "synth", "voice": "espeak"}
SKIES = ((246, 179, 107), (158, 201, 217), (217, 226, 163), (70, 76, 140), (224, 103, 63))


class StagedRun:
    """One run, told from outside; what a workflow's journal would say."""

    def __init__(
        self, storage: Storage, run_id: str, spec: RunSpec, *, created_at: datetime
    ) -> None:
        self.execution_id = str(uuid.uuid4())
        self.log = EventLog()
        self.changed = asyncio.Event()
        self.unanswered = 0
        self.word: Outcome | None = None
        self.as_sent: Callable[[dict[str, Any]], dict[str, Any]] = lambda answer: answer
        self.status = RunStatus(
            run_id=run_id,
            state=RunState.INIT,
            progress=0.0,
            detail="waiting for a worker",
            created_at=created_at,
            updated_at=created_at,
            spec=spec,
            seed=7,
        )
        self._storage = storage
        self._first = self.execution_id
        self._claim()

    @property
    def execution(self) -> WorkflowExecution:
        """As visibility lists a run that is under way."""
        state = default().payload_converter.to_payload(self.status.state)
        raw = WorkflowExecutionInfo(
            execution=ExecutionId(workflow_id=self.status.run_id, run_id=self.execution_id),
            search_attributes=SearchAttributes(indexed_fields={RUN_STATE_ATTRIBUTE: state}),
            status=int(WorkflowExecutionStatus.RUNNING),  # type: ignore[arg-type]
        )
        raw.start_time.FromDatetime(self.status.created_at)
        return WorkflowExecution._from_raw_info(raw, namespace="default", converter=default())

    def move(self, state: RunState, detail: str = "") -> None:
        previous = self.status.state
        self._reach(state, detail=detail)
        self._tell(events.StateChanged, state=state, previous=previous, detail=detail)

    def plan(self, title: str, lines: tuple[str, ...] = LINES, *, language: str = "ko") -> None:
        have = {scene.scene_id: scene for scene in self.status.scenes}
        planned = [
            SceneStatus(scene_id=f"scene_{n}", text=text, duration_ms=1200 + 90 * len(text))
            for n, text in enumerate(lines, start=1)
        ]
        scenes = tuple(have.get(scene.scene_id, scene) for scene in planned)
        self._set(title=title, language=language, scenes=scenes)
        self._tell_plan(changed=True)

    def measure(self, number: int, duration_ms: int) -> None:
        """A scene's voices are there, so its length is known."""
        self._change_scene(number, duration_ms=duration_ms)
        self._tell_plan(changed=False)

    def picture(self, number: int, *, version: int = 0, provider: str = "painter") -> None:
        image = self._file(picture_of(number + version), "image/png")
        self._change_scene(number, image=image)
        self._asset(AssetKind.IMAGE, f"scene_{number}", number, image, provider)

    def voice(self, number: int) -> None:
        voice = self._file(tone_of(number), "audio/wav")
        self._change_scene(number, voices=(voice,))
        self._asset(AssetKind.VOICE, f"scene_{number}_line_1", number, voice, "espeak")

    def lesser(self, number: int, message: str) -> None:
        self._tell(
            events.ProviderDegraded,
            kind=AssetKind.IMAGE,
            name=f"scene_{number}",
            provider="painter",
            message=message,
        )

    def understood(self, text: str) -> None:
        """The prompt was read, and the run says for what."""
        told = understood(read_spec(RunSpec(prompt=text)))
        self._tell(events.PromptUnderstood, **told.model_dump())

    def log_line(self, message: str) -> None:
        self._tell(events.LogWritten, message=message)

    def sent_back(self, number: int, message: str) -> None:
        """QA finds a picture lacking, and the run goes back as the workflow's does."""
        self.move(RunState.QA, "checking the film")
        finding = Finding(
            check="picture", message=message, redo=Redo.IMAGE, scene_id=f"scene_{number}"
        )
        attempt = self.status.qa_retries + 1
        self._set(qa_retries=attempt)
        self._tell(events.QaJudged, passed=False, attempt=attempt, findings=(finding,))
        self.move(RunState.PLOT_GENERATION, "writing the plot")

    def end(self, outcome: Outcome, error: RunError | None = None) -> None:
        state = RunState.END if outcome is Outcome.COMPLETED else RunState.FAILED
        self._set(outcome=outcome, error=error)
        self.move(state, error.message if error else "done")
        self._tell(
            events.RunEnded,
            state=state,
            outcome=outcome,
            artifacts=self.status.artifacts,
            error=error,
        )
        self.keep()
        self._storage.runs.close(self.status.run_id, self.execution_id, self.status)
        self._wake()

    def keep(self) -> None:
        """What was told goes into the records, as before the end of every execution."""
        for piece in self.log.unkept():
            self._storage.runs.append_events(self.status.run_id, self.execution_id, piece)
        self.log.kept(self.log.next_seq)

    def go_on(self) -> None:
        """In another execution, that follows this one."""
        self.keep()
        self.execution_id = str(uuid.uuid4())
        self.log = EventLog(self.log.next_seq)
        # What was planned and made before is no more in its state.
        self._set(scenes=())
        self._claim()
        self._wake()

    def reset(self) -> None:
        """In another execution, that tells everything anew."""
        told = self.log.page(EventsQuery(), self.status.state).events
        self.execution_id = str(uuid.uuid4())
        self.log = EventLog()
        for event in told[: len(told) // 2]:
            self.log.append(event)
        self._set(outcome=None, error=None, state=RunState.PLOT_GENERATION)
        self._claim()
        self._wake()

    def terminate(self) -> None:
        """Temporal ends it, and no code of the run says a word."""
        self.word = Outcome.TERMINATED
        self._wake()

    def film(self) -> None:
        """A film's files; the picture stands for all of its frames."""
        names = {
            "final_video.mp4": ("video/mp4", b"no film is needed where none is played"),
            "captions.vtt": ("text/vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nLa\n"),
            "captions.srt": ("application/x-subrip", b"1\n"),
            "thumbnail.jpg": ("image/jpeg", picture_of(len(self.status.run_id), kind="JPEG")),
        }
        files = {name: self._file(data, kind) for name, (kind, data) in names.items()}
        self._set(artifacts=files)

    def finish(self, title: str, lines: tuple[str, ...] = LINES, *, language: str = "ko") -> None:
        """From the first state to the last."""
        self.move(RunState.PLOT_GENERATION)
        self.plan(title, lines, language=language)
        self.move(RunState.ASSET_GENERATION)
        for number in range(1, len(lines) + 1):
            self.picture(number)
            self.voice(number)
        self.move(RunState.RENDERING)
        self.film()
        self.move(RunState.QA)
        self._tell(events.QaJudged, passed=True, attempt=1)
        self.end(Outcome.COMPLETED)

    # How

    def _tell_plan(self, *, changed: bool) -> None:
        status = self.status
        told = tuple(
            s.model_dump(include={"scene_id", "text", "duration_ms"}) for s in status.scenes
        )
        self._tell(
            events.PlanReady,
            title=status.title,
            language=status.language,
            source="rules",
            scenes=told,
            changed=changed,
        )

    def _asset(
        self, kind: AssetKind, name: str, number: int, ref: ArtifactRef, provider: str
    ) -> None:
        scenes = self.status.scenes
        done = sum(bool(scene.image) + bool(scene.voices) for scene in scenes)
        total = 2 * len(scenes) + 1
        self._reach(self.status.state, share=done / total)
        self._tell(
            events.AssetReady,
            kind=kind,
            name=name,
            scene_id=f"scene_{number}",
            artifact=ref,
            provider=provider,
            cached=False,
            done=done,
            total=total,
        )

    def _change_scene(self, number: int, **fields: Any) -> None:
        scenes = list(self.status.scenes)
        scenes[number - 1] = scenes[number - 1].model_copy(update=fields)
        self._set(scenes=tuple(scenes))

    def _reach(self, state: RunState, *, share: float = 0.0, detail: str = "") -> None:
        progress = max(self.status.progress, fraction(state, share))
        self._set(state=state, progress=progress, detail=detail)

    def _set(self, **fields: Any) -> None:
        self.status = self.status.model_copy(update=fields)

    def _tell(self, event: type[events.EventT], **fields: Any) -> None:
        now = max(datetime.now(UTC), self.status.created_at)
        self._set(updated_at=now)
        seq = self.log.next_seq
        self.log.append(event(seq=seq, at=now, progress=self.status.progress, **fields))
        self._storage.runs.progress(
            self.status.run_id,
            self.execution_id,
            self.status.state,
            title=self.status.title,
            duration_ms=sum(scene.duration_ms for scene in self.status.scenes) or None,
        )
        self._wake()

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    def _claim(self) -> None:
        status = self.status
        self._storage.runs.claim(
            status.run_id,
            self.execution_id,
            self._first,
            status.spec,
            created_at=status.created_at,
        )

    def _file(self, data: bytes, media_type: str) -> ArtifactRef:
        return self._storage.blobs.put(data, media_type)


class StagedExecutions(Executions):
    """Knows the staged runs where the real one asks Temporal."""

    def __init__(self, stage: Stage) -> None:
        self.calls = Counter()
        self._stage = stage

    async def head(self, run_id: str) -> Head:
        self._count("describe")
        run = self._run(run_id)
        return Head(
            execution_id=run.execution_id,
            state=run.status.state,
            outcome=run.word or run.status.outcome,
            created_at=run.status.created_at,
        )

    async def page(self, run_id: str, execution_id: str, after: int) -> LivePage:
        self._count("query")
        run = self._run(run_id)
        if run.unanswered:
            run.unanswered -= 1
            raise NoAnswer("the worker is busy")
        page = run.log.page(EventsQuery(after=after), run.status.state, run.execution_id)
        answer = page.model_copy(update={"status": run.status}).model_dump(mode="json")
        return LivePage.read(run.as_sent(answer), execution_id)

    async def changes(self, run_id: str, execution_id: str) -> AsyncIterator[None]:
        run = self._run(run_id)
        while not (run.word or run.status.outcome) and run.execution_id == execution_id:
            changed = run.changed
            yield
            await changed.wait()

    async def cancel(self, run_id: str, execution_id: str) -> None:
        run = self._run(run_id)
        error = RunError(type="Cancelled", message="cancelled", state=run.status.state)
        run.end(Outcome.CANCELLED, error)

    async def start(self, spec: RunSpec, run_id: str) -> None:
        self._count("start")
        if run_id in self._stage.runs:
            raise RunIdTaken(run_id)
        self._stage.add(run_id, spec)

    async def listed(self, query: str, *, limit: int) -> list[WorkflowExecution]:
        self._count("list")
        if '"Running"' not in query or "!=" in query:
            return []
        return [
            run.execution
            for run in self._stage.runs.values()
            if not (run.word or run.status.outcome)
        ]

    async def has_worker(self) -> bool:
        self._count("describe_task_queue")
        return self._stage.has_worker

    async def spec(self, run_id: str, execution_id: str) -> RunSpec | None:
        return self._run(run_id).status.spec

    def _count(self, name: str) -> None:
        self.calls[name] += 1
        if self._stage.is_away:
            raise TemporalAway

    def _run(self, run_id: str) -> StagedRun:
        if self._stage.is_away:
            raise TemporalAway
        if run_id not in self._stage.runs:
            raise RunNotFound(run_id)
        return self._stage.runs[run_id]


class Stage:
    """All staged runs, and the gateway in front of them."""

    def __init__(self, root: Path) -> None:
        self.settings = GatewaySettings(data_dir=with_tables(root), port=0)
        self.storage = Storage.open(self.settings)
        self.runs: dict[str, StagedRun] = {}
        self.has_worker = True
        self.is_away = False
        self.url = ""
        self._app = Starlette()
        roles = {
            role: Capability(provider=name, why="embedded", choices=("auto", name))
            for role, name in EMBEDDED.items()
        }
        self.storage.workers.report(
            "staged",
            Capabilities(
                providers=roles,
                catalogue=VOICES,
                casts=CASTS,
                languages=("en", "ja", "ko"),
                offers=OFFERS,
            ),
            ("autoshorts",),
            seconds=3600,
        )

    @property
    def gateway(self) -> Gateway:
        """What the gateway works with just now."""
        gateway: Gateway = self._app.state.gateway
        return gateway

    @property
    def streams(self) -> int:
        """How many event streams are open."""
        return len(self.gateway.hub.streams)

    def add(
        self, run_id: str, spec: RunSpec | None = None, *, age: timedelta = timedelta()
    ) -> StagedRun:
        spec = spec or RunSpec(prompt=" ".join(LINES))
        created_at = datetime.now(UTC) - age
        run = self.runs[run_id] = StagedRun(self.storage, run_id, spec, created_at=created_at)
        return run

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Stage]:
        """A gateway on the port of the last one, if there was one."""
        app = self._app = self._new_app()
        listening = bound_socket(self.settings)
        port = listening.getsockname()[1]
        self.settings = self.settings.model_copy(update={"port": port})
        self.url = f"http://127.0.0.1:{port}"
        config = uvicorn.Config(app, access_log=False, log_config=None, timeout_graceful_shutdown=1)
        server = GatewayServer(config, app)
        serving = asyncio.create_task(server._serve(sockets=[listening]))
        try:
            yield self
        finally:
            server.should_exit = True
            await serving

    def _new_app(self) -> Starlette:
        # No client: whoever asked Temporal itself would fail.
        app = create_app(None, self.settings)  # type: ignore[arg-type]
        real = app.router.lifespan_context

        @asynccontextmanager
        async def lifespan(app: Starlette) -> AsyncIterator[None]:
            async with real(app):
                gateway: Gateway = app.state.gateway
                executions = StagedExecutions(self)
                reader = RunReader(executions, gateway.storage)
                hub = Hub(reader, max_watchers=self.settings.max_watchers)
                app.state.gateway = replace(gateway, executions=executions, reader=reader, hub=hub)
                yield
                await hub.aclose()

        app.router.lifespan_context = lifespan
        return app


def picture_of(number: int, *, kind: str = "PNG") -> bytes:
    """A sky, a sun and a hill."""
    top = SKIES[number % len(SKIES)]
    picture = Image.new("RGB", (270, 480), top)
    draw = ImageDraw.Draw(picture)
    for y in range(480):
        shade = 1 - 0.7 * y / 480
        draw.line((0, y, 270, y), tuple(int(c * shade) for c in top))
    draw.ellipse((60 + 30 * (number % 4), 110, 140 + 30 * (number % 4), 190), (255, 241, 201))
    draw.polygon(((0, 400), (90, 320), (190, 390), (270, 330), (270, 480), (0, 480)), (40, 26, 44))
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def tone_of(number: int, *, seconds: float = 1.6) -> bytes:
    """Syllables of a voice, as a WAV."""
    rate = 8000
    samples = [
        int(
            12000
            * math.sin(2 * math.pi * (170 + 20 * number) * t / rate)
            * abs(math.sin(math.pi * (2.5 + number % 3) * t / rate))
        )
        for t in range(int(rate * seconds))
    ]
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return buffer.getvalue()
