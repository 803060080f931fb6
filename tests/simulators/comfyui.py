"""A ComfyUI server's double: its queue, history, files and WebSocket, as recorded (comfyui.md).

A graph is held to `OBJECT_INFO` as the real server holds it, with the real error bodies. Jobs run
one at a time; each takes `steps` of `step_seconds`.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.simulators.media import picture
from tests.simulators.server import Fault, Simulator

TOKEN = "comfy-canary-e19a77"
MODELS = ["flux1-dev-kontext_fp8_scaled.safetensors", "flux1-dev.safetensors"]
CHECKPOINTS = ["sd_xl_base_1.0.safetensors", "dreamshaper_8.safetensors"]
LORAS = ["style.safetensors", "sub/other.safetensors"]
SIZE = ["INT", {"min": 16, "max": 16384}]
SEED = ["INT", {"min": 0, "max": 2**64 - 1}]
FLOAT = ["FLOAT", {"min": -100.0, "max": 100.0}]
STEPS = ["INT", {"min": 1, "max": 10000}]

# Class → (required inputs, output types).
OBJECT_INFO: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "UNETLoader": (
        {"unet_name": [MODELS], "weight_dtype": [["default", "fp8_e4m3fn"]]},
        ("MODEL",),
    ),
    "DualCLIPLoader": (
        {
            "clip_name1": [["clip_l.safetensors", "t5xxl_fp8_e4m3fn_scaled.safetensors"]],
            "clip_name2": [["clip_l.safetensors", "t5xxl_fp8_e4m3fn_scaled.safetensors"]],
            "type": [["sdxl", "sd3", "flux"]],
        },
        ("CLIP",),
    ),
    "VAELoader": ({"vae_name": [["ae.safetensors", "pixel_space"]]}, ("VAE",)),
    "CheckpointLoaderSimple": ({"ckpt_name": [CHECKPOINTS, {}]}, ("MODEL", "CLIP", "VAE")),
    "LoraLoaderModelOnly": (
        {"model": ["MODEL"], "lora_name": [LORAS], "strength_model": FLOAT},
        ("MODEL",),
    ),
    "LoraLoader": (
        {
            "model": ["MODEL"],
            "clip": ["CLIP"],
            "lora_name": [LORAS],
            "strength_model": FLOAT,
            "strength_clip": FLOAT,
        },
        ("MODEL", "CLIP"),
    ),
    "CLIPTextEncode": ({"clip": ["CLIP"], "text": ["STRING", {}]}, ("CONDITIONING",)),
    "LoadImage": ({"image": ["UPLOAD"]}, ("IMAGE", "MASK")),
    "FluxKontextImageScale": ({"image": ["IMAGE"]}, ("IMAGE",)),
    "VAEEncode": ({"pixels": ["IMAGE"], "vae": ["VAE"]}, ("LATENT",)),
    "ReferenceLatent": ({"conditioning": ["CONDITIONING"]}, ("CONDITIONING",)),
    "FluxGuidance": ({"conditioning": ["CONDITIONING"], "guidance": FLOAT}, ("CONDITIONING",)),
    "BasicGuider": ({"model": ["MODEL"], "conditioning": ["CONDITIONING"]}, ("GUIDER",)),
    "RandomNoise": ({"noise_seed": SEED}, ("NOISE",)),
    "KSamplerSelect": (
        {"sampler_name": ["COMBO", {"multiselect": False, "options": ["euler", "dpmpp_2m"]}]},
        ("SAMPLER",),
    ),
    "BasicScheduler": (
        {
            "model": ["MODEL"],
            "scheduler": ["COMBO", {"options": ["simple", "karras"]}],
            "steps": STEPS,
            "denoise": FLOAT,
        },
        ("SIGMAS",),
    ),
    "EmptySD3LatentImage": ({"width": SIZE, "height": SIZE, "batch_size": STEPS}, ("LATENT",)),
    "EmptyLatentImage": ({"width": SIZE, "height": SIZE, "batch_size": STEPS}, ("LATENT",)),
    "SamplerCustomAdvanced": (
        {
            "noise": ["NOISE"],
            "guider": ["GUIDER"],
            "sampler": ["SAMPLER"],
            "sigmas": ["SIGMAS"],
            "latent_image": ["LATENT"],
        },
        ("LATENT", "LATENT"),
    ),
    "KSampler": (
        {
            "model": ["MODEL"],
            "seed": SEED,
            "steps": STEPS,
            "cfg": FLOAT,
            "sampler_name": [["euler", "dpmpp_2m"]],
            "scheduler": [["simple", "karras"]],
            "positive": ["CONDITIONING"],
            "negative": ["CONDITIONING"],
            "latent_image": ["LATENT"],
            "denoise": FLOAT,
        },
        ("LATENT",),
    ),
    "VAEDecode": ({"samples": ["LATENT"], "vae": ["VAE"]}, ("IMAGE",)),
    "ImageScale": (
        {
            "image": ["IMAGE"],
            "upscale_method": [["nearest-exact", "bilinear", "lanczos"]],
            "width": SIZE,
            "height": SIZE,
            "crop": [["disabled", "center"]],
        },
        ("IMAGE",),
    ),
    "SaveImage": ({"images": ["IMAGE"], "filename_prefix": ["STRING", {}]}, ()),
}
OUTPUT = "SaveImage"


class ComfyUISimulator(Simulator):
    """The server; `restart` forgets all jobs, as a real one does."""

    paid = r"^POST /prompt$"
    steps = 3
    step_seconds = 0.01

    def __init__(self) -> None:
        super().__init__()
        self.cancelled: list[str] = []
        # Of the next job: why it fails.
        self.execution_error: dict[str, Any] | None = None
        self.has_websocket = True
        self.restarts_after_submission = 0
        self._forget_jobs()
        self._files: dict[str, bytes] = {}
        self._uploads: set[str] = set()
        self._sockets: dict[str, WebSocket] = {}
        self._running_task: asyncio.Task[None] | None = None

    def _forget_jobs(self) -> None:
        self.pending: list[list[Any]] = []
        self.running: list[list[Any]] = []
        self.history: dict[str, dict[str, Any]] = {}
        self._number = 0

    def restart(self) -> None:
        self._forget_jobs()

    def forget(self) -> None:
        super().forget()
        self._forget_jobs()

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/system_stats", self._stats),
            Route("/object_info/{kind}", self._info),
            Route("/prompt", self._prompt, methods=["POST"]),
            Route("/queue", self._queue, methods=["GET"]),
            Route("/history/{job}", self._history),
            Route("/view", self._view),
            Route("/upload/image", self._upload, methods=["POST"]),
            Route("/api/jobs/{job}/cancel", self._cancel, methods=["POST"]),
            WebSocketRoute("/ws", self._socket),
        ]

    def refusal(self, fault: Fault) -> Response:
        if fault in (Fault.UNAUTHORIZED, Fault.FORBIDDEN):
            status = 401 if fault is Fault.UNAUTHORIZED else 403
            return PlainTextResponse(f"no entry for {TOKEN}", status)
        if fault is Fault.OVERLOADED:
            return PlainTextResponse("Service Unavailable", 503)
        words = "500 Internal Server Error\n\nServer got itself in trouble"
        return PlainTextResponse(words, 500)

    async def _stats(self, request: Request) -> Response:
        return JSONResponse({"system": {"comfyui_version": "0.33.0"}, "devices": []})

    async def _info(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in OBJECT_INFO:
            return JSONResponse({})
        required, outputs = OBJECT_INFO[kind]
        return JSONResponse({kind: {"input": {"required": required}, "output": list(outputs)}})

    async def _prompt(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        graph, job = asked["prompt"], asked.get("prompt_id")
        if refused := self._refused(graph, job, set(asked)):
            return refused
        self._number += 1
        extra = {"client_id": asked.get("client_id")}
        self.pending.append([self._number, job, graph, extra, _output_ids(graph)])
        same = json.dumps([{**n, "inputs": _decisive(n)} for n in graph.values()], sort_keys=True)
        self.charge(request, same.encode(), {"images": 1})
        if self.restarts_after_submission:
            self.restarts_after_submission -= 1
            self.restart()
        if self._running_task is None or self._running_task.done():
            self._running_task = asyncio.create_task(self._work())
        return JSONResponse({"prompt_id": job, "number": self._number, "node_errors": {}})

    def _refused(self, graph: dict[str, Any], job: object, fields: set[str]) -> Response | None:
        if "number" in fields:
            return _bad("invalid_prompt", "the simulator takes no number: it is a hazard")
        if str(uuid.UUID(str(job))) != job:
            return _bad("invalid_prompt_id", "prompt_id must be a valid UUID")
        for key, node in graph.items():
            if node["class_type"] not in OBJECT_INFO:
                title = node.get("_meta", {}).get("title")
                words = f"Node '{title}' not found. The custom node may not be installed."
                return _bad("missing_node_type", words, details=f"Node ID '#{key}'")
        if not _output_ids(graph):
            return _bad("prompt_no_outputs", "Prompt has no outputs")
        faults = {key: list(self._faults(graph, node)) for key, node in graph.items()}
        node_errors = {
            key: {
                "errors": errors,
                "dependent_outputs": _output_ids(graph),
                "class_type": graph[key]["class_type"],
            }
            for key, errors in faults.items()
            if errors
        }
        if not node_errors:
            return None
        kind, words = "prompt_outputs_failed_validation", "Prompt outputs failed validation"
        return _bad(kind, words, node_errors=node_errors)

    def _faults(self, graph: dict[str, Any], node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for name, spec in OBJECT_INFO[node["class_type"]][0].items():
            if name not in node["inputs"]:
                yield _fault("required_input_missing", "Required input is missing", name, name)
                continue
            value = node["inputs"][name]
            if isinstance(value, list):
                yield from _link_faults(graph, name, value, spec)
            elif spec[0] == "UPLOAD" and value not in self._uploads:
                words = f"image - Invalid image file: {value}"
                yield _fault("custom_validation_failed", "Custom validation failed", words, name)
            else:
                yield from _value_faults(name, value, spec)

    async def _queue(self, request: Request) -> Response:
        return JSONResponse({"queue_running": self.running, "queue_pending": self.pending})

    async def _history(self, request: Request) -> Response:
        job = request.path_params["job"]
        return JSONResponse({job: self.history[job]} if job in self.history else {})

    async def _view(self, request: Request) -> Response:
        query = request.query_params
        data = self._files.get(f"{query.get('subfolder')}/{query.get('filename')}")
        if data is None or query.get("type") != "output":
            return Response(status_code=404)
        return Response(self.media(request, data), media_type="image/png")

    async def _upload(self, request: Request) -> Response:
        async with request.form() as form:
            part = form.get("image")
            if part is None or isinstance(part, str):
                return Response(status_code=400)
            name, folder = part.filename or "", str(form.get("subfolder", ""))
        self._uploads.add(f"{folder}/{name}" if folder else name)
        return JSONResponse({"name": name, "subfolder": folder, "type": "input"})

    async def _cancel(self, request: Request) -> Response:
        job = request.path_params["job"]
        known = [item for item in (*self.pending, *self.running) if item[1] == job]
        self.cancelled.append(job)
        self.pending = [item for item in self.pending if item[1] != job]
        return JSONResponse({"cancelled": bool(known)})

    async def _socket(self, socket: WebSocket) -> None:
        if not self.has_websocket:
            await socket.close()
            return
        await socket.accept()
        name = socket.query_params.get("clientId", "")
        self._sockets[name] = socket
        status = {"status": {"exec_info": {"queue_remaining": 0}}, "sid": name}
        await socket.send_json({"type": "status", "data": status})
        try:
            while True:
                await socket.receive()
        except (WebSocketDisconnect, RuntimeError):
            self._sockets.pop(name, None)

    async def _work(self) -> None:
        """One job after another."""
        while self.pending:
            item = self.pending.pop(0)
            self.running = [item]
            await self._run(item)
            if item in self.running:
                self.running = []

    async def _run(self, item: list[Any]) -> None:
        _, job, graph, extra, outputs = item
        for step in range(1, self.steps + 1):
            await asyncio.sleep(self.step_seconds)
            if item not in self.running:
                return
            nodes = {"1": {"value": float(step), "max": float(self.steps), "state": "running"}}
            data = {"prompt_id": job, "nodes": nodes}
            await self._tell(extra["client_id"], {"type": "progress_state", "data": data})
        if job in self.cancelled:
            self.history[job] = _entry(item, "error", [["execution_interrupted", {}]])
            return
        if self.execution_error:
            self.history[job] = _entry(item, "error", [["execution_error", self.execution_error]])
            self.execution_error = None
            return
        saved = {}
        for output in outputs:
            folder, _, stem = graph[output]["inputs"]["filename_prefix"].rpartition("/")
            name = f"{stem}_00001_.png"
            self._files[f"{folder}/{name}"] = _drawn(graph)
            saved[output] = {"images": [{"filename": name, "subfolder": folder, "type": "output"}]}
        self.history[job] = _entry(item, "success", [["execution_success", {}]], saved)

    async def _tell(self, client_id: str | None, message: dict[str, Any]) -> None:
        socket = self._sockets.get(client_id or "")
        if socket is not None:
            try:
                await socket.send_json(message)
            except (WebSocketDisconnect, RuntimeError):
                self._sockets.pop(client_id or "", None)


def _entry(
    item: list[Any], status: str, messages: list[Any], outputs: dict[str, Any] | None = None
) -> dict[str, Any]:
    said = {"status_str": status, "completed": status == "success", "messages": messages}
    return {"prompt": item, "outputs": outputs or {}, "status": said, "meta": {}}


def _drawn(graph: dict[str, Any]) -> bytes:
    """Of the size of the last node that says one; told apart by the words."""
    sizes = [n["inputs"] for n in graph.values() if {"width", "height"} <= n["inputs"].keys()]
    words = json.dumps([n["inputs"].get("text") for n in graph.values()])
    return picture(words, int(sizes[-1]["width"]), int(sizes[-1]["height"]))


def _decisive(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node["inputs"].items() if name != "filename_prefix"}


def _output_ids(graph: dict[str, Any]) -> list[str]:
    return [key for key, node in graph.items() if node["class_type"] == OUTPUT]


def _link_faults(
    graph: dict[str, Any], name: str, value: list[Any], spec: list[Any]
) -> Iterator[dict[str, Any]]:
    source, slot = value
    if source not in graph:
        yield _fault("exception_during_validation", "Exception when validating", repr(source), name)
        return
    kinds = OBJECT_INFO[graph[source]["class_type"]][1]
    if kinds[slot] != spec[0]:
        words = f"{name}, received_type({kinds[slot]}) mismatch input_type({spec[0]})"
        yield _fault(
            "return_type_mismatch", "Return type mismatch between linked nodes", words, name
        )


def _value_faults(name: str, value: Any, spec: list[Any]) -> Iterator[dict[str, Any]]:
    options = spec[0] if isinstance(spec[0], list) else None
    if spec[0] == "COMBO":
        options = spec[1]["options"]
    if options is not None:
        if value not in options:
            words = f"{name}: '{value}' not in {options}"
            more = {"input_config": spec, "received_value": value}
            yield _fault("value_not_in_list", "Value not in list", words, name, **more)
    elif spec[0] in ("INT", "FLOAT"):
        if value < spec[1]["min"]:
            words = f"Value {value} smaller than min of {spec[1]['min']}"
            yield _fault("value_smaller_than_min", words, name, name)
        elif value > spec[1]["max"]:
            words = f"Value {value} bigger than max of {spec[1]['max']}"
            yield _fault("value_bigger_than_max", words, name, name)


def _fault(kind: str, message: str, details: str, name: str, **more: Any) -> dict[str, Any]:
    extra = {"input_name": name, **more}
    return {"type": kind, "message": message, "details": details, "extra_info": extra}


def _bad(
    kind: str, message: str, *, details: str = "", node_errors: dict[str, Any] | None = None
) -> Response:
    error = {"type": kind, "message": message, "details": details, "extra_info": {}}
    return JSONResponse({"error": error, "node_errors": node_errors or {}}, 400)
