"""The gateway as an ASGI application: its routes as a list, its collaborators as arguments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
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


def routes(keys: Keys) -> list[BaseRoute]:
    """Run ids and names are `path` parameters, since they are read from the raw path."""
    return [
        Route("/", pages.show_page),
        Route("/api/runs", create_run, methods=["POST"]),
        Route("/api/runs", list_runs),
        Route("/api/runs/{run_id:path}/events", stream_events, methods=["GET"]),
        Route("/api/runs/{run_id:path}/cancel", cancel_run, methods=["POST"]),
        Route("/api/runs/{run_id:path}/artifacts", list_artifacts),
        Route("/api/runs/{run_id:path}/artifacts/{name}", get_artifact),
        Route("/api/runs/{run_id:path}", show_run),
        Route("/api/uploads", pages.upload_picture, methods=["POST"]),
        Route("/api/options", pages.show_options),
        Route("/api/session", pages.Logins(keys), methods=["POST", "DELETE"]),
        Route("/openapi.json", show_openapi),
        Route("/healthz", pages.healthz),
        Route("/readyz", pages.readyz),
        Mount("/static", StaticFiles(directory=pages.STATIC)),
    ]
