"""Pictures by a ComfyUI server of one's own, with a graph of `comfy_workflows/`."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import json
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import Field, SecretStr
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from domain.assets import ImageRequest
from domain.ledger import Price
from providers.base import Call, Media
from providers.errors import (
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
)
from providers.http import new_client
from providers.images.comfyui_graph import Filling, Graph, classes_of, filled, load_graph
from providers.images.comfyui_server import NAME, ComfyServer, JobState, failure_of
from providers.images.openai_images import prompt_of
from providers.media import picture_type
from providers.service import Address, Checked, ServiceSettings, Tools

LICENCE = "by the model's licence"
NEGATIVE = "text, letters, watermark, logo, frame, deformed"
POLL_SECONDS = 1.0
CANCEL_SECONDS = 5.0
MAX_FRAME_BYTES = 16 * 1024 * 1024
# A server that restarts loses its jobs; so often one is sent again in one attempt.
MAX_SUBMISSIONS = 3


class ComfyUISettings(ServiceSettings):
    """Where the server is, and which graph and models it is asked for."""

    comfyui_url: Address | None = None
    comfyui_graph: str = "flux_omni_lora"
    comfyui_model: str | None = None
    comfyui_lora: str | None = None
    # For a server behind a proxy that asks for one: `Authorization: Bearer …`.
    comfyui_token: SecretStr | None = None
    comfyui_seconds: float = Field(default=1800, ge=10)
    comfyui_concurrency: int = Field(default=2, ge=1, le=64)

    @property
    def service(self) -> str:
        return NAME

    @property
    def places(self) -> int:
        return self.comfyui_concurrency

    @property
    def how(self) -> str:
        return "a ComfyUI server (AUTOSHORTS_COMFYUI_URL)"

    @property
    def configured_by(self) -> str | None:
        return "AUTOSHORTS_COMFYUI_URL is set" if self.comfyui_url else None

    @property
    def lacks(self) -> str | None:
        return None if self.comfyui_url else "set AUTOSHORTS_COMFYUI_URL to a server's address"


class ComfyUI:
    """Pictures from `POST /prompt`, by jobs whose ids are ours."""

    name = NAME
    settings_type: ClassVar[type[ServiceSettings]] = ComfyUISettings

    def __init__(self, settings: ComfyUISettings, *, tools: Tools) -> None:
        self._settings = settings
        self.price: Price = settings.price
        self.service, self.places = settings.service, settings.places
        self._graph = load_graph(settings.comfyui_graph)
        self.model = settings.comfyui_model or settings.comfyui_graph
        self.fingerprint = _fingerprint(self._graph, settings)
        self._tools = tools
        token = settings.comfyui_token
        self._headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}
        self._url = (settings.comfyui_url or "").rstrip("/")
        self._client = new_client(self._url, self._headers)
        self._server = ComfyServer(self._client)
        self._is_checked = False

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        """A PNG of the size asked for. A job that an earlier attempt began is waited for."""
        try:
            data = await self._picture(request, call)
        except asyncio.CancelledError:
            await self._cancelled(call)
            raise
        return Media(
            data=data, media_type=picture_type(NAME, data), model=self.model, licence=LICENCE
        )

    async def check(self) -> Checked:
        version = await self._server.version()
        if lacks := await self._server.lacks(self._filled(_SAMPLE, (), "check")):
            return Checked(ok=False, said=lacks)
        kinds = len(classes_of(self._graph))
        graph = self._settings.comfyui_graph
        return Checked(ok=True, said=f"ComfyUI {version} has all {kinds} nodes of {graph}")

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _picture(self, request: ImageRequest, call: Call) -> bytes:
        client_id = uuid.uuid4().hex
        async with self._progress(client_id, call):
            for _ in range(MAX_SUBMISSIONS):
                job = call.job or await self._begin(request, client_id, call)
                entry = await self._finished(job, call)
                data = await self._saved(entry, call) if entry is not None else None
                if data is not None:
                    picture_type(NAME, data)
                    await call.charged({"images": 1})
                    return data
                call.report(0.0, "comfyui has lost the job; it is sent again")
                await call.keep_job(None)
        raise ProviderUnavailable(f"comfyui lost the job {MAX_SUBMISSIONS} times")

    async def _saved(self, entry: Mapping[str, Any], call: Call) -> bytes | None:
        try:
            return await self._server.picture(entry)
        except InvalidProviderRequest:
            # The graph saves nothing: looking at the same job again would not help.
            await call.charged({"images": 1})
            await call.keep_job(None)
            raise

    async def _cancelled(self, call: Call) -> None:
        """A worker that only stops leaves its job to the next attempt."""
        if not call.job or not call.is_abandoned:
            return
        try:
            async with asyncio.timeout(CANCEL_SECONDS):
                await self._server.cancel(call.job)
        except (ProviderError, TimeoutError):
            return
        await call.taken_back("the run was cancelled, and its job taken from the server")

    async def _begin(self, request: ImageRequest, client_id: str, call: Call) -> str:
        """The id of a job that the server has; it is kept before the job is sent."""
        references = [await self._uploaded(name) for name in request.reference_images]
        job, number = await self._new_id(call)
        graph = self._filled(request, references, f"autoshorts/{call.key[:16]}-{number}")
        if not self._is_checked:
            if lacks := await self._server.lacks(graph):
                raise InvalidProviderRequest(f"comfyui: {lacks}")
            self._is_checked = True
        await call.sending()
        await call.keep_job(job)
        try:
            await self._server.submit(job, graph, client_id=client_id)
        except ProviderError as exc:
            if not exc.may_have_charged:
                await _given_up(call, exc)
            raise
        return job

    async def _new_id(self, call: Call) -> tuple[str, int]:
        """A job's id, the same for every worker that asks for this asset, and its number; not
        that of a job that failed, in this run or in another."""
        for number in itertools.count(call.number + 1):
            job = str(uuid.uuid5(uuid.NAMESPACE_URL, f"autoshorts:{call.key}:{number}"))
            if (await self._server.look(job)).state is not JobState.FAILED:
                return job, number
        raise AssertionError("unreachable")

    async def _finished(self, job: str, call: Call) -> Mapping[str, Any] | None:
        """The history's entry of a job; None where the server has lost it."""
        try:
            async with asyncio.timeout(self._settings.comfyui_seconds):
                return await self._polled(job, call)
        except TimeoutError:
            raise ProviderTimeout(
                f"comfyui has not finished in {self._settings.comfyui_seconds:.0f} s "
                "(AUTOSHORTS_COMFYUI_SECONDS)",
                may_have_charged=True,
            ) from None

    async def _polled(self, job: str, call: Call) -> Mapping[str, Any] | None:
        while True:
            found = await self._server.look(job)
            match found.state:
                case JobState.LOST:
                    return None
                case JobState.DONE:
                    return found.entry
                case JobState.FAILED:
                    error = failure_of(found.entry or {})
                    await _given_up(call, error)
                    raise error
                case JobState.QUEUED:
                    call.report(0.0, f"place {found.place} in ComfyUI's queue")
            await asyncio.sleep(POLL_SECONDS)

    @contextlib.asynccontextmanager
    async def _progress(self, client_id: str, call: Call) -> AsyncIterator[None]:
        """Step fractions while the block runs; where there is no WebSocket, polling is enough."""
        listening = asyncio.create_task(self._listen(client_id, call))
        try:
            yield
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, client_id: str, call: Call) -> None:
        address = f"ws{self._url.removeprefix('http')}/ws?clientId={client_id}"
        with contextlib.suppress(OSError, InvalidHandshake, WebSocketException, TimeoutError):
            async with _Connect(
                address, additional_headers=self._headers, max_size=MAX_FRAME_BYTES, proxy=None
            ) as socket:
                async for message in socket:
                    if isinstance(message, str) and (share := self._share(message, call.job)):
                        call.report(0.95 * share, "comfyui is drawing")

    def _share(self, message: str, job: str | None) -> float:
        """How much of our job is done, by a `progress_state` frame; 0 for any other."""
        try:
            frame = json.loads(message)
            data = frame["data"]
            if frame["type"] != "progress_state" or data["prompt_id"] != job:
                return 0.0
            done = sum(node["value"] / max(node["max"], 1) for node in data["nodes"].values())
        except (ValueError, KeyError, TypeError, AttributeError):
            return 0.0
        return min(float(done) / len(self._graph), 1.0)

    async def _uploaded(self, name: str) -> str:
        """By its contents, so that the server keeps one copy."""
        data = await asyncio.to_thread(self._tools.read_upload(name).read_bytes)
        try:
            kind = picture_type(name, data)
        except ProviderError as exc:
            raise InvalidProviderRequest(f"reference_images: {exc}") from exc
        digest = hashlib.sha256(data).hexdigest()[:32]
        return await self._server.upload(f"{digest}.{kind.partition('/')[2]}", data, kind)

    def _filled(self, request: ImageRequest, references: Sequence[str], prefix: str) -> Graph:
        return filled(
            self._graph,
            Filling(
                prompt=prompt_of(request),
                negative=NEGATIVE,
                seed=request.seed,
                size_px=(request.width, request.height),
                prefix=prefix,
                model=self._settings.comfyui_model,
                lora=self._settings.comfyui_lora,
                lora_strength=request.lora_strength,
                references=tuple(references),
            ),
        )


class _Connect(connect):
    """A WebSocket of the configured server, and of none that it names."""

    def process_redirect(self, exc: Exception) -> Exception:
        return exc


_SAMPLE = ImageRequest(
    prompt="a lighthouse", style="", width=1080, height=1920, seed=1, look=1, sequence=1
)


async def _given_up(call: Call, error: ProviderError) -> None:
    """The server will not, or could not: the next attempt begins a job of its own."""
    await call.refused(str(error))
    await call.keep_job(None)


def _fingerprint(graph: Graph, settings: ComfyUISettings) -> str:
    """What decides a picture beside the request: the graph as it is, and what is put into it."""
    decides = [graph, settings.comfyui_model, settings.comfyui_lora]
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:16]
