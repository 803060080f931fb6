"""Servers on this machine: told apart, their chat models listed, nothing else believed."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest

from domain.run import Providers
from providers.errors import InvalidProviderRequest
from providers.llm import local_models, local_servers
from providers.llm.local_models import best, found
from providers.llm.local_planner import LocalModelSettings
from providers.llm.local_servers import LocalModel, billions_in
from providers.registry import ProviderRegistry
from tests.simulators.local_servers import LocalServer


def _tag(name: str, size: str = "", family: str = "llama", **more: Any) -> dict[str, Any]:
    details = {"format": "gguf", "family": family, "families": [family], "parameter_size": size}
    return {"name": name, "model": name, "size": 1, "digest": "a2af", "details": details, **more}


def _key(name: str, kind: str = "llm", size: str = "", *, loaded: bool = False) -> dict[str, Any]:
    instances = [{"id": name}] if loaded else []
    return {"type": kind, "key": name, "params_string": size, "loaded_instances": instances}


OLLAMA = LocalServer("Ollama", [_tag("qwen3:8b", "8.2B"), _tag("gemma3", "4.3B", loaded=True)])
LM_STUDIO = LocalServer(
    "LM Studio", [_key("qwen/qwen3-4b", size="4B", loaded=True), _key("nomic", "embedding")]
)
OLD_LM_STUDIO = LocalServer(
    "old LM Studio",
    [
        {"id": "qwen2-vl-7b-instruct", "type": "vlm", "state": "not-loaded"},
        {"id": "text-embedding-nomic", "type": "embeddings", "state": "loaded"},
    ],
)
LLAMA_CPP = LocalServer(
    "llama.cpp", [{"id": "/models/smol-135m.gguf", "meta": {"n_params": 134_515_008}}]
)


class Machine:
    """The ports on which the three are looked for."""

    def __init__(self, patch: pytest.MonkeyPatch, servers: ExitStack) -> None:
        self._patch = patch
        self._servers = servers
        self._ports = {kind: _closed_port() for kind in ("Ollama", "LM Studio", "llama.cpp")}
        self._apply()

    def run(self, server: LocalServer, *, at: str | None = None) -> LocalServer:
        self._servers.enter_context(server)
        self._ports[at or server.kind.removeprefix("old ")] = server.port
        self._apply()
        return server

    def _apply(self) -> None:
        ports = list(self._ports.values())
        kinds = [
            local_models._Kind(partial(int, port), kind.identified)
            for port, kind in zip(ports, local_models.PLACES, strict=True)
        ]
        self._patch.setattr(local_models, "PLACES", tuple(kinds))
        local_models.forget()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTOSHORTS_LOCAL_MODELS", "auto")
    with ExitStack() as servers:
        yield Machine(monkeypatch, servers)
    local_models.forget()


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("server", "model"),
    [
        pytest.param(OLLAMA, ("gemma3", "Ollama", 4.3, True), id="Ollama"),
        pytest.param(LM_STUDIO, ("qwen/qwen3-4b", "LM Studio", 4.0, True), id="LM Studio"),
        pytest.param(
            OLD_LM_STUDIO, ("qwen2-vl-7b-instruct", "LM Studio", 7.0, False), id="LM Studio 0.3"
        ),
        pytest.param(
            LLAMA_CPP, ("/models/smol-135m.gguf", "llama.cpp", 0.134515008, True), id="llama.cpp"
        ),
    ],
)
def test_each_server_is_known_by_its_own_answers(
    machine: Machine, server: LocalServer, model: tuple[str, str, float, bool]
) -> None:
    machine.run(server)
    (seen,) = found()
    taken = best([seen])
    assert taken is not None
    assert (taken.name, taken.server, taken.billions, taken.is_loaded) == model
    assert taken.url == f"http://127.0.0.1:{server.port}/v1"
    assert seen.at == taken.at == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (LocalServer("Ollama"), "has no chat model: pull one"),
        (LocalServer("Ollama", [_tag("nomic-embed-text:latest")]), "no chat model"),
        (LocalServer("Ollama", [_tag("all-minilm", family="bert")]), "no chat model"),
        (LocalServer("Ollama", [_tag("x", capabilities=["embedding"])]), "no chat model"),
        (LocalServer("Ollama", [_tag("gpt-oss:120b-cloud", remote_host="https://x")]), "no chat"),
        (LocalServer("LM Studio", [_key("nomic", "embedding")]), "no chat model: download"),
        (LocalServer("LM Studio", wants_key=True), "wants a key"),
        (LocalServer("llama.cpp", is_loading=True), "is still loading its model"),
        (LocalServer("llama.cpp", [{"id": "bge-m3.gguf"}]), "no chat model"),
        (LocalServer("llama.cpp", wants_key=True), "wants a key"),
        (
            LocalServer("llama.cpp", [{"id": "qwen3-4b", "meta": {"n_ctx": 1024}}]),
            "has a context of 1024 tokens only: start it with -c 8192",
        ),
    ],
    ids=lambda value: f"{value.kind} {value.models}"[:60] if isinstance(value, LocalServer) else "",
)
def test_a_server_that_is_there_may_be_of_no_use(
    machine: Machine, server: LocalServer, words: str
) -> None:
    machine.run(server)
    settings = LocalModelSettings()
    assert settings.configured_by is None
    assert words in (settings.lacks or "")
    assert words in (settings.remark or "")
    with pytest.raises(InvalidProviderRequest, match=words):
        ProviderRegistry(Providers()).resolve(Providers(planner="local"))
    assert ProviderRegistry(Providers()).resolve(Providers()).planner != "local"


@pytest.mark.parametrize("port", ["Ollama", "LM Studio", "llama.cpp"])
def test_another_program_on_the_port_is_not_believed(machine: Machine, port: str) -> None:
    machine.run(LocalServer("another"), at=port)
    assert found() == ()


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\x00" * 100, b'{"version": 4}'])
def test_nonsense_on_the_port_is_not_believed(machine: Machine, body: bytes) -> None:
    assert (
        _said(machine, b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)) == ()
    )


def test_a_program_that_says_nothing_is_hardly_waited_for(machine: Machine) -> None:
    begun = time.monotonic()
    assert _said(machine, None) == ()
    # 0.6 s by its limits; a busy machine takes its time for three threads.
    assert time.monotonic() - begun < 8


def _said(machine: Machine, answer: bytes | None) -> tuple[Any, ...]:
    """What is found while something on each port answers so, or accepts and is silent."""
    with socket.create_server(("127.0.0.1", 0), backlog=20) as listening:
        machine._ports = dict.fromkeys(machine._ports, listening.getsockname()[1])
        machine._apply()
        if answer is not None:
            _answering(listening, answer)
        return found()


def _answering(listening: socket.socket, answer: bytes) -> None:
    import threading

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                if connection.recv(4096):
                    connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()


def test_what_was_found_holds_for_a_while(machine: Machine) -> None:
    server = machine.run(LocalServer("Ollama", [_tag("gemma3", "4.3B")]))
    assert best(found()) is not None
    asked = len(server.seen)
    assert best(found()) is not None
    assert len(server.seen) == asked


def test_nothing_is_looked_for_where_it_is_off(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = machine.run(LocalServer("Ollama", [_tag("gemma3", "4.3B")]))
    monkeypatch.setenv("AUTOSHORTS_LOCAL_MODELS", "off")
    registry = ProviderRegistry(Providers())
    assert registry.resolve(Providers()).planner != "local"
    assert registry.queues() == ()
    assert server.seen == []
    with pytest.raises(InvalidProviderRequest, match="AUTOSHORTS_LOCAL_MODELS is off"):
        registry.resolve(Providers(planner="local"))


def test_auto_takes_a_model_that_was_found_and_names_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = machine.run(LocalServer("Ollama", [_tag("gemma3:4b", "4.3B")]))
    registry = ProviderRegistry(Providers())
    chosen = registry.choose(Providers()).planner
    assert chosen.name == chosen.service == "local"
    assert chosen.in_words == f"gemma3:4b (Ollama at 127.0.0.1:{server.port})"
    assert chosen.price == {}
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert ProviderRegistry(Providers()).resolve(Providers()).planner == "openai"


def test_its_queue_is_worked_on_before_it_is_there(machine: Machine) -> None:
    registry = ProviderRegistry(Providers())
    assert registry.resolve(Providers()).planner != "local"
    assert registry.queues() == ("local",)


def test_a_model_too_small_for_a_plot_is_only_taken_by_name(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.run(LocalServer("Ollama", [_tag("gemma3:270m", "268.10M", loaded=True)]))
    assert ProviderRegistry(Providers()).resolve(Providers()).planner != "local"
    assert "gemma3:270m (Ollama" in (LocalModelSettings().remark or "")
    assert ProviderRegistry(Providers()).resolve(Providers(planner="local")).planner == "local"
    monkeypatch.setenv("AUTOSHORTS_LOCAL_MODEL", "gemma3:270m")
    assert ProviderRegistry(Providers()).resolve(Providers()).planner == "local"


def test_a_model_by_name(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = [_tag("gemma3:latest", "4.3B", loaded=True), _tag("qwen3:8b", "8.2B")]
    machine.run(LocalServer("Ollama", tags))
    for name in ("qwen3:8b", "gemma3"):
        monkeypatch.setenv("AUTOSHORTS_LOCAL_MODEL", name)
        model = LocalModelSettings().model
        assert model is not None
        assert model.name.startswith(name)
    monkeypatch.setenv("AUTOSHORTS_LOCAL_MODEL", "mistral")
    assert "no 'mistral' on this machine; Ollama at" in (LocalModelSettings().lacks or "")


async def test_the_model_is_asked_after_by_doctor(machine: Machine) -> None:
    with LocalServer("Ollama", [_tag("gemma3:4b", "4.3B")]) as server:
        machine._ports["Ollama"] = server.port
        machine._apply()
        registry = ProviderRegistry(Providers())
        ((role, name, service),) = registry.services()
        checked = await service.check()
        await registry.aclose()
    assert (role, name, checked.ok) == ("planner", "local", True)
    assert checked.said.startswith(f"gemma3:4b (Ollama at 127.0.0.1:{server.port})")


@pytest.mark.parametrize(
    ("said", "port"),
    [
        ("", 11434),
        ("0.0.0.0", 11434),
        ("0.0.0.0:4000", 4000),
        (":4001", 4001),
        ("http://gpu.lan:4002", 4002),
        ("http://[::1]:4003/", 4003),
        ("a b:x", 11434),
    ],
)
def test_ollamas_port_is_its_own_setting(
    monkeypatch: pytest.MonkeyPatch, said: str, port: int
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", said)
    assert local_models._ollama_port() == port


@pytest.mark.parametrize(
    ("text", "billions"),
    [
        ("4.3B", 4.3),
        ("268.10M", 0.2681),
        ("qwen3:8b", 8.0),
        ("SmolLM2-135M-Instruct.Q4_1.gguf", 0.135),
        ("gemma-3-270m.gguf", 0.27),
        ("qwen/qwen3-30b-a3b", 30.0),
        ("llama3.2", None),
        ("Llama-3-Base", None),
        ("mixtral-8x7b", None),
    ],
)
def test_how_large_a_model_is_stands_in_its_name(text: str, billions: float | None) -> None:
    assert billions_in(text) == (pytest.approx(billions) if billions else None)


def test_one_that_is_loaded_is_rather_asked() -> None:
    small = LocalModel("a", "Ollama", "http://127.0.0.1:1/v1", 0.3, is_loaded=True)
    cold = LocalModel("b", "Ollama", "http://127.0.0.1:1/v1", 8.0)
    warm = LocalModel("c", "LM Studio", "http://127.0.0.1:2/v1", 4.0, is_loaded=True)
    servers = [
        local_servers.LocalServer("Ollama", "127.0.0.1:1", (small, cold)),
        local_servers.LocalServer("LM Studio", "127.0.0.1:2", (warm,)),
    ]
    assert best(servers) == warm
    assert best(servers[:1]) == cold
    assert json.dumps(str(warm)) == '"c (LM Studio at 127.0.0.1:2)"'
