"""The gateway as an ASGI application: its routes as a list, its collaborators as arguments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from temporalio.client import Client

from gateway import pages
from gateway.artifacts import get_artifact, list_artifacts
from gateway.guard import Guard, Keys
from gateway.openapi import show_openapi
from gateway.problems import HANDLERS
from gateway.reader import RunReader
from gateway.runs import Gateway, cancel_run, create_run, list_runs, show_run
from gateway.settings import GatewaySettings
from gateway.sse import stream_events
from gateway.watcher import Hub
from storage.runs import RunFolders
from storage.store import LocalStore
from storage.uploads import Uploads


def create_app(client: Client, settings: GatewaySettings) -> Starlette:
    """Everything the gateway serves. `app.state.gateway` holds its collaborators."""
    keys = Keys(settings)
    folders = RunFolders(settings.data_dir)
    reader = RunReader(client, folders)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hub = Hub(reader)
        app.state.gateway = Gateway(
            client=client,
            settings=settings,
            reader=reader,
            hub=hub,
            folders=folders,
            store=LocalStore(settings.data_dir),
            uploads=Uploads(settings.data_dir),
        )
        yield
        await hub.aclose()

    return Starlette(
        routes=routes(keys),
        lifespan=lifespan,
        exception_handlers=HANDLERS,
        middleware=[Middleware(Guard, settings=settings, keys=keys)],
    )


class RawRoute(Route):
    """A route over the path as it was sent: an encoded slash is part of a run's id."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        raw: bytes = scope.get("raw_path") or scope.get("path", "").encode()
        path = raw.partition(b"?")[0].decode("ascii", "replace")
        return super().matches({**scope, "path": path})


def routes(keys: Keys) -> list[BaseRoute]:
    logins = pages.Logins(keys)
    return [
        Route("/", pages.show_page),
        Route("/api/runs", create_run, methods=["POST"]),
        Route("/api/runs", list_runs),
        RawRoute("/api/runs/{run_id}", show_run),
        RawRoute("/api/runs/{run_id}/events", stream_events),
        RawRoute("/api/runs/{run_id}/cancel", cancel_run, methods=["POST"]),
        RawRoute("/api/runs/{run_id}/artifacts", list_artifacts),
        RawRoute("/api/runs/{run_id}/artifacts/{name}", get_artifact),
        Route("/api/uploads", pages.upload_picture, methods=["POST"]),
        Route("/api/options", pages.show_options),
        Route("/api/session", logins.answer, methods=["POST", "DELETE"]),
        Route("/openapi.json", show_openapi),
        Route("/healthz", pages.healthz),
        Route("/metrics", pages.metrics),
        Route("/readyz", pages.readyz),
        Mount("/static", StaticFiles(directory=pages.STATIC)),
    ]
