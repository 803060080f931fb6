"""There are two doors to a service, and no third: `send`, and files by `Downloads`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from providers import errors

PROVIDERS = Path(errors.__file__).parent
# The last one knows loopback alone, and bounds what it reads and waits for.
DOORS = {"http.py", "download.py", "llm/sdk_client.py", "llm/loopback.py"}
# What is imported where, of all that can open a connection.
ALLOWED = {
    "download.py": {"socket"},
    "images/comfyui.py": {"websockets"},
    "llm/chat.py": {"openai", "httpx2"},
    "llm/sdk_client.py": {"httpx2"},
    "llm/sdk_errors.py": {"openai", "httpx2"},
    # For `urlsplit` alone.
    "llm/wikipedia/settings.py": {"urllib"},
}
OPENERS = frozenset(
    "aiohttp ftplib http httpcore httpcore2 httpx2 openai requests socket ssl urllib urllib3 "
    "websockets".split()
)
VERBS = frozenset("get post put patch delete head options request stream send urlopen".split())
MODULES = {path.relative_to(PROVIDERS).as_posix(): path for path in PROVIDERS.rglob("*.py")}


@pytest.mark.parametrize("name", sorted(set(MODULES) - DOORS))
def test_no_provider_fetches_by_a_way_of_its_own(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text())
    assert list(_requests(tree)) == []
    assert set(_imports(tree)) <= ALLOWED.get(name, set())


def test_what_is_looked_for_would_be_found() -> None:
    code = "client.get(u)\nself._client.stream('GET', u)\nhttpx.AsyncClient()\nhttpx.get(u)"
    assert len(list(_requests(ast.parse(code)))) == 4
    assert list(_requests(ast.parse("body.get('x'); names.get(1); call.sending()"))) == []
    code = "import urllib.request\nfrom socket import create_connection"
    assert list(_imports(ast.parse(code))) == ["urllib", "socket"]


def test_what_may_open_a_connection_is_still_needed() -> None:
    for name, allowed in ALLOWED.items():
        assert allowed <= set(_imports(ast.parse(MODULES[name].read_text()))), name


def _requests(tree: ast.AST) -> Iterator[str]:
    """Verbs of HTTP said to a client or to httpx, and clients that are made."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner, verb = ast.unparse(node.func.value), node.func.attr
        to_client = owner.lower().endswith("client") or owner == "httpx"
        if (to_client and verb in VERBS) or verb in ("AsyncClient", "Client"):
            yield f"{node.lineno}: {owner}.{verb}"


def _imports(tree: ast.AST) -> Iterator[str]:
    """The modules that can open a connection, of those imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots = [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            roots = [(node.module or "").partition(".")[0]]
        else:
            continue
        yield from (root for root in roots if root in OPENERS)


def test_every_error_of_a_provider_says_what_kind_of_failure_it_is() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    ours = [kind for kind in kinds if issubclass(kind, errors.ProviderError)]
    assert errors.CostLimitReached in ours
    assert errors.TooManyCalls in ours
    assert {kind.category for kind in ours} == {"provider"}
    for kind in ours:
        assert kind.__name__ in (errors.__doc__ or "")
