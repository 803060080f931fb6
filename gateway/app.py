"""The gateway as an ASGI application: its routes as a list, its collaborators as arguments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from temporalio.client import Client

from gateway import health
from gateway.artifacts import get_artifact, list_artifacts
from gateway.collaborators import Gateway
from gateway.executions import Executions
from gateway.guard import Guard
from gateway.hub import Hub
from gateway.listing import list_runs
from gateway.logouts import Logouts
from gateway.openapi import show_openapi
from gateway.options import STATIC, show_options, show_page
from gateway.problems import HANDLERS
from gateway.reader import RunReader
from gateway.reading import show_reading
from gateway.runs import cancel_run, show_run
from gateway.samples import Sampler, Samples
from gateway.sessions import Keys, Logins, Patience
from gateway.settings import GatewaySettings
from gateway.sse import stream_events
from gateway.starting import create_run
from gateway.uploads import show_upload, upload_picture
from gateway.voices import show_sample
from storage.storage import Storage


def create_app(
    client: Client, settings: GatewaySettings, *, sampler: Sampler | None = None
) -> Starlette:
    """Everything the gateway serves. `app.state.gateway` holds its collaborators.

    Raises `StorageError` where the records or the blobs cannot be opened.
    """
    storage = Storage.open(settings)
    keys, patience = Keys(settings, Logouts(storage)), Patience()
    executions = Executions(client)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        reader = RunReader(executions, storage)
        hub = Hub(reader, max_watchers=settings.max_watchers)
        samples = Samples(settings.data_dir, sampler)
        app.state.gateway = Gateway(
            client=client,
            settings=settings,
            storage=storage,
            executions=executions,
            reader=reader,
            hub=hub,
            samples=samples,
        )
        yield
        await samples.aclose()
        await hub.aclose()
        storage.close()

    app = Starlette(
        routes=routes(Logins(keys, patience)),
        lifespan=lifespan,
        exception_handlers=HANDLERS,
        middleware=[Middleware(Guard, settings=settings, keys=keys, patience=patience)],
    )
    # One address for one thing; and a redirect would name the scheme that a proxy ended.
    app.router.redirect_slashes = False
    return app


class RawRoute(Route):
    """A route over the path as it was sent: an encoded slash is part of a run's id."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        raw: bytes = scope.get("raw_path") or scope.get("path", "").encode()
        path = raw.partition(b"?")[0].decode("ascii", "replace")
        return super().matches({**scope, "path": path})


async def runs(request: Request) -> Response:
    """Both methods of one path, so that `Allow` names both."""
    return await (create_run if request.method == "POST" else list_runs)(request)


def routes(logins: Logins) -> list[BaseRoute]:
    return [
        Route("/", show_page),
        Route("/api/runs", runs, methods=["GET", "POST"]),
        RawRoute("/api/runs/{run_id}", show_run),
        RawRoute("/api/runs/{run_id}/events", stream_events),
        RawRoute("/api/runs/{run_id}/cancel", cancel_run, methods=["POST"]),
        RawRoute("/api/runs/{run_id}/artifacts", list_artifacts),
        RawRoute("/api/runs/{run_id}/artifacts/{name}", get_artifact),
        Route("/api/reading", show_reading, methods=["POST"]),
        Route("/api/uploads", upload_picture, methods=["POST"]),
        Route("/api/uploads/{name}", show_upload),
        Route("/api/options", show_options),
        Route("/api/voices/{voice_id}/sample", show_sample),
        Route("/api/session", logins.answer, methods=["POST", "DELETE"]),
        Route("/openapi.json", show_openapi),
        Route("/healthz", health.healthz),
        Route("/metrics", health.metrics),
        Route("/readyz", health.Readiness().answer),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
