"""What a server of models on this machine says of itself: which it is, and what chats there.

What answers must first say what it is: port 8080 is many a program's. A server that is there may
still have no model that chats. Ollama also lists models that run elsewhere; those are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from providers.llm.loopback import Asking
from providers.llm.manner import GOOD_CONTEXT
from providers.llm.progress import called

# A smaller one writes no plot by itself: it is only taken by name.
MIN_BILLIONS = 1.0
# What is asked and what is answered have to fit in.
MIN_CONTEXT = 2048
_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*([bm])(?![a-z])", re.IGNORECASE)
_EMBEDS = re.compile(
    r"embed|(?<![a-z])(?:bge|e5|gte|minilm|bert|rerank\w*)(?![a-z])", re.IGNORECASE
)


@dataclass(frozen=True)
class LocalModel:
    """A chat model, and the base URL under which it speaks OpenAI's API."""

    name: str
    server: str
    url: str
    billions: float | None = None
    is_loaded: bool = False

    @property
    def at(self) -> str:
        """Where, as people write it: `127.0.0.1:11434`."""
        return httpx.URL(self.url).netloc.decode()

    @property
    def names(self) -> tuple[str, ...]:
        """By which it may be asked for: Ollama's tag need not be said, nor a file's folder."""
        return self.name, self.name.removesuffix(":latest"), called(self.name)

    @property
    def is_too_small(self) -> bool:
        return self.billions is not None and self.billions < MIN_BILLIONS

    def __str__(self) -> str:
        return f"{called(self.name)} ({self.server} at {self.at})"


@dataclass(frozen=True)
class LocalServer:
    """A server that says what it is, its chat models, and why it has none."""

    name: str
    at: str
    models: tuple[LocalModel, ...] = ()
    lacks: str | None = None

    def __str__(self) -> str:
        what = self.lacks or f"has {', '.join(called(model.name) for model in self.models)}"
        return f"{self.name} at {self.at} {what}"


def ollama(ask: Asking) -> LocalServer | None:
    version = ask.get("/api/version")
    if version is None or not isinstance(version.body.get("version"), str):
        return None
    listed = ask.get("/api/tags", patiently=True)
    loaded = ask.get("/api/ps", patiently=True)
    if listed is None or loaded is None:
        return None
    running = {str(item.get("name")) for item in loaded.items("models")}
    models = [
        _model(
            "Ollama", ask, str(item["name"]), size=_size_in(item), loaded=item["name"] in running
        )
        for item in listed.items("models")
        if item.get("name") and _is_ollamas_chat(item)
    ]
    return _server("Ollama", ask, models, hint="pull one that chats: ollama pull qwen3:4b")


def _is_ollamas_chat(item: Mapping[str, Any]) -> bool:
    if item.get("remote_host") or item.get("remote_model"):
        return False
    able = item.get("capabilities")
    if isinstance(able, list) and able:
        return "completion" in able
    family = str(_part(item, "details").get("family", ""))
    return not _EMBEDS.search(family) and not _EMBEDS.search(str(item["name"]))


def lm_studio(ask: Asking) -> LocalServer | None:
    new = ask.get("/api/v1/models")
    if new is None:
        return None
    if new.status == 401:
        return LocalServer(
            "LM Studio", ask.at, lacks="wants a key: set OPENAI_BASE_URL and its key"
        )
    if new.has("models"):
        models = [
            _model(
                "LM Studio",
                ask,
                str(item["key"]),
                size=billions_in(str(item.get("params_string") or item["key"])),
                loaded=bool(item.get("loaded_instances")),
            )
            for item in new.items("models")
            if item.get("type") == "llm" and item.get("key")
        ]
        return _server("LM Studio", ask, models, hint="download one that chats")
    old = ask.get("/api/v0/models", patiently=True)
    if old is None or not old.has("data"):
        return None
    models = [
        _model("LM Studio", ask, str(item["id"]), loaded=item.get("state") == "loaded")
        for item in old.items("data")
        if item.get("type") in ("llm", "vlm") and item.get("id")
    ]
    return _server("LM Studio", ask, models, hint="download one that chats")


def llama_cpp(ask: Asking) -> LocalServer | None:
    health = ask.get("/health")
    if health is None:
        return None
    error = health.body.get("error")
    if health.status == 503 and isinstance(error, dict):
        if error.get("type") != "unavailable_error":
            return None
        return LocalServer("llama.cpp", ask.at, lacks="is still loading its model")
    if health.body != {"status": "ok"}:
        return None
    listed = ask.get("/v1/models", patiently=True)
    if listed is None:
        return None
    if listed.status == 401:
        return LocalServer(
            "llama.cpp", ask.at, lacks="wants a key: set OPENAI_BASE_URL and its key"
        )
    items = [item for item in listed.items("data") if item.get("owned_by") == "llamacpp"]
    if not items:
        return None
    context = min((_part(item, "meta").get("n_ctx") or MIN_CONTEXT for item in items), default=0)
    if context < MIN_CONTEXT:
        lacks = f"has a context of {context} tokens only: start it with -c {GOOD_CONTEXT}"
        return LocalServer("llama.cpp", ask.at, lacks=lacks)
    models = [
        _model("llama.cpp", ask, str(item["id"]), size=_parameters(item), loaded=True)
        for item in items
        if not _EMBEDS.search(str(item["id"]))
    ]
    return _server("llama.cpp", ask, models, hint="start it with one that chats")


def _server(name: str, ask: Asking, models: list[LocalModel], *, hint: str) -> LocalServer:
    lacks = None if models else f"has no chat model: {hint}"
    return LocalServer(name, ask.at, tuple(models), lacks)


def _model(
    server: str, ask: Asking, name: str, *, size: float | None = None, loaded: bool
) -> LocalModel:
    return LocalModel(name, server, f"{ask.url}/v1", size or billions_in(name), loaded)


def _size_in(item: Mapping[str, Any]) -> float | None:
    return billions_in(str(_part(item, "details").get("parameter_size", "")))


def _part(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = item.get(name)
    return part if isinstance(part, dict) else {}


def _parameters(item: Mapping[str, Any]) -> float | None:
    count = _part(item, "meta").get("n_params")
    return count / 1e9 if isinstance(count, int) else None


def billions_in(text: str) -> float | None:
    """Of `4.3B`, `270M`, `qwen3:8b`, `SmolLM2-135M-Instruct`."""
    found = _SIZE.search(text.replace("_", "-").replace(":", "-").replace("-", " "))
    return float(found[1]) * (1.0 if found[2] in "bB" else 1e-3) if found else None
