"""A ComfyUI server: its routes, its errors, and what becomes of a job (reference: comfyui.md).

The server forgets its queue and its history when it restarts, so "in neither" means lost. A job's
id is chosen by us; before a job is sent it is looked for, since the server runs the same id twice.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

from providers.errors import (
    InvalidProviderRequest,
    ProviderError,
    ProviderUnavailable,
    RetryableProviderError,
)
from providers.http import MAX_ANSWER_BYTES, json_of, said, send
from providers.images.comfyui_graph import Graph, title_of

NAME = "comfyui"
FOLDER = "autoshorts"
SHOWN_CHOICES = 8
# Between the two looks after which a job counts as lost.
CONFIRM_SECONDS = 1.0


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


@dataclass(frozen=True)
class Job:
    """A job as the server knows it; `place` in the queue from 1, `entry` of the history."""

    state: JobState
    place: int = 0
    entry: Mapping[str, Any] | None = None


class NotThere(InvalidProviderRequest):
    """404 or 405: no such file, or no such route in this server."""


class ComfyServer:
    """The HTTP side. Every method raises from `providers.errors`."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def version(self) -> str:
        stats = json_of(NAME, await self._get("/system_stats"))
        return str((stats.get("system") or {}).get("comfyui_version", "of unknown version"))

    async def lacks(self, graph: Graph) -> str | None:
        """What the server has not that a graph asks for, in a sentence."""
        for node in graph.values():
            kind = str(node["class_type"])
            known = json_of(NAME, await self._get(f"/object_info/{kind}"))
            if kind not in known:
                return f"the server has no node {kind} ({title_of(node)!r}): install what has it"
            for name, choices in choices_of(known[kind]).items():
                value = node["inputs"].get(name)
                is_file = isinstance(value, str) and name != "image"
                if is_file and choices and value not in choices:
                    return _no_such(name, value, choices)
                if is_file and not choices and name.endswith("_name"):
                    return f"the server has no {_what(name)} at all; {value!r} is wanted"
        return None

    async def upload(self, name: str, data: bytes, kind: str) -> str:
        """The name by which a graph takes a picture; the same bytes get the same name."""
        files = {"image": (name, data, kind)}
        form = {"subfolder": FOLDER, "type": "input", "overwrite": "true"}
        response = await send(self._client, NAME, "POST", "/upload/image", files=files, data=form)
        answer = json_of(NAME, response)
        folder = str(answer.get("subfolder") or "")
        return f"{folder}/{answer['name']}" if folder else str(answer["name"])

    async def submit(self, job: str, graph: Graph, *, client_id: str) -> None:
        """Begin a job, unless the server has it already."""
        if (await self.look(job)).state is not JobState.LOST:
            return
        body = {"prompt": graph, "prompt_id": job, "client_id": client_id}
        try:
            response = await send(
                self._client, NAME, "POST", "/prompt", explain=explain, paid=True, json=body
            )
            answer = json_of(NAME, response, paid=True)
        except RetryableProviderError as exc:
            # The answer is gone; the job may be there.
            if await self._may_have(job, exc):
                return
            raise
        if answer.get("node_errors"):
            with suppress(ProviderError):
                await self.cancel(job)
            raise InvalidProviderRequest(f"comfyui: {_node_errors(answer['node_errors'])}")

    async def _may_have(self, job: str, error: ProviderError) -> bool:
        """Whether a job is there whose answer is gone. Raises `error` where nobody can say."""
        try:
            return (await self.look(job)).state is not JobState.LOST
        except ProviderError:
            raise error from None

    async def look(self, job: str) -> Job:
        """The queue first and the history after it: a job on its way between is not missed."""
        found = await self._once(job)
        if found.state is JobState.LOST:
            await asyncio.sleep(CONFIRM_SECONDS)
            found = await self._once(job)
        return found

    async def picture(self, entry: Mapping[str, Any]) -> bytes | None:
        """The first file that a finished job saved; None where it is there no more."""
        outputs = (entry.get("outputs") or {}).values()
        saved = [
            image
            for output in outputs
            for image in (output.get("images") or ())
            if image.get("type") == "output"
        ]
        if not saved:
            raise InvalidProviderRequest("comfyui made no picture: the graph needs a SaveImage")
        where = {key: saved[0].get(key, "") for key in ("filename", "subfolder", "type")}
        try:
            response = await send(
                self._client,
                NAME,
                "GET",
                "/view",
                explain=_not_there,
                paid=True,
                at_most=MAX_ANSWER_BYTES,
                params=where,
            )
        except NotThere:
            return None
        return response.content

    async def cancel(self, job: str) -> None:
        """Take our job from the queue, or stop it; nobody else's. Old servers know two ways."""
        try:
            await self._post(f"/api/jobs/{job}/cancel")
        except NotThere:
            await self._post("/queue", json={"delete": [job]})
            await self._post("/interrupt", json={"prompt_id": job})

    async def _once(self, job: str) -> Job:
        queue = json_of(NAME, await self._get("/queue"), paid=True)
        if any(item[1] == job for item in queue.get("queue_running") or ()):
            return Job(JobState.RUNNING)
        waiting = [item[1] for item in queue.get("queue_pending") or ()]
        if job in waiting:
            return Job(JobState.QUEUED, place=waiting.index(job) + 1)
        entry = json_of(NAME, await self._get(f"/history/{job}"), paid=True).get(job)
        if not entry:
            return Job(JobState.LOST)
        good = (entry.get("status") or {}).get("status_str") == "success"
        return Job(JobState.DONE if good else JobState.FAILED, entry=entry)

    async def _post(self, path: str, **options: Any) -> httpx.Response:
        return await send(self._client, NAME, "POST", path, explain=_not_there, **options)

    async def _get(self, path: str) -> httpx.Response:
        return await send(self._client, NAME, "GET", path, paid=True)


def choices_of(info: Mapping[str, Any]) -> dict[str, list[str]]:
    """A node class's inputs that are one of a list, in any of the shapes that servers send."""
    found: dict[str, list[str]] = {}
    inputs = info.get("input") or {}
    for group in ("required", "optional"):
        for name, spec in (inputs.get(group) or {}).items():
            if spec and isinstance(spec[0], list):
                found[name] = [str(choice) for choice in spec[0]]
            elif spec and spec[0] == "COMBO" and len(spec) > 1:
                found[name] = [str(choice) for choice in spec[1].get("options") or ()]
    return found


def explain(response: httpx.Response) -> ProviderError | None:
    """The server's refusal of a graph, in a sentence; None leaves it to the status."""
    if response.status_code == 500 and "json" not in response.headers.get("content-type", ""):
        return InvalidProviderRequest(f"comfyui could not read the graph: {said(response)}")
    if response.status_code != 400:
        return None
    try:
        body = response.json()
    except ValueError:
        return None
    error = (body.get("error") if isinstance(body, dict) else None) or {}
    if node_errors := body.get("node_errors"):
        return InvalidProviderRequest(f"comfyui: {_node_errors(node_errors)}")
    words = " ".join(f"{error.get('message', '')} {error.get('details', '')}".split())
    return InvalidProviderRequest(f"comfyui refuses the graph: {words or 'no reason was given'}")


def _not_there(response: httpx.Response) -> ProviderError | None:
    missing = response.status_code in (404, 405)
    return NotThere(f"comfyui has no {response.request.url.path}") if missing else None


def failure_of(entry: Mapping[str, Any]) -> ProviderError:
    """Why a job failed: without the server's paths and tensors."""
    messages = (entry.get("status") or {}).get("messages") or ()
    for kind, data in reversed(messages):
        if kind == "execution_interrupted":
            return ProviderUnavailable("comfyui: somebody stopped the job at the server")
        if kind == "execution_error":
            words = " ".join(str(data.get("exception_message", "")).split())[:200]
            node = data.get("node_type")
            if "OutOfMemory" in str(data.get("exception_type")):
                return InvalidProviderRequest(
                    f"comfyui ran out of memory in {node}: choose a smaller model, or free some"
                )
            return InvalidProviderRequest(f"comfyui failed in {node}: {words}")
    return InvalidProviderRequest("comfyui failed and did not say why")


def _node_errors(node_errors: Mapping[str, Any]) -> str:
    """The first fault of each node."""
    sentences = []
    for node in node_errors.values():
        for error in node.get("errors") or ():
            sentences.append(_sentence(str(node.get("class_type")), error))
            break
    return "; ".join(dict.fromkeys(sentences)) or "the server refuses the graph without a reason"


def _sentence(kind: str, error: Mapping[str, Any]) -> str:
    details = str(error.get("details", ""))
    if error.get("type") == "value_not_in_list":
        more = error.get("extra_info") or {}
        name, config = str(more.get("input_name", "")), more.get("input_config")
        if config:
            choices = choices_of({"input": {"required": {name: config}}}).get(name, [])
            return _no_such(name, more.get("received_value"), choices)
        match = re.match(r"(\w+): '(.*?)' not in", details)
        return f"the server has no {_what(match[1])} {match[2]!r}" if match else details
    return f"{kind}: {error.get('message', '')} ({details})"


def _no_such(name: str, value: object, choices: list[str]) -> str:
    has = ", ".join(choices[:SHOWN_CHOICES]) or "none"
    more = f" and {len(choices) - SHOWN_CHOICES} more" if len(choices) > SHOWN_CHOICES else ""
    return f"the server has no {_what(name)} {value!r}; it has {has}{more}"


def _what(name: str) -> str:
    """An input's name in words."""
    words = {"ckpt_name": "checkpoint", "unet_name": "model", "lora_name": "LoRA"}
    return words.get(name, name.removesuffix("_name").replace("_", " "))
