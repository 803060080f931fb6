"""The rules of the tree, enforced."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bench.machine import script
from cli.settings import CliSettings
from domain.run import Providers
from gateway.settings import GatewaySettings
from providers.registry import ProviderRegistry

ROOT = Path(__file__).parent.parent
PACKAGES = (
    *(
        "activities",
        "bench",
        "cli",
        "comfy_workflows",
        "domain",
        "gateway",
        "providers",
        "rendering",
        "storage",
        "worker",
    ),
    "workflows",
)
COMPOSE_ONLY = {"POSTGRES_PASSWORD"}
SOURCES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [script("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_package_begins_empty() -> None:
    assert [
        p for p in ROOT.glob("*/**/__init__.py") if ".venv" not in p.parts and p.stat().st_size
    ] == []


def test_env_example_is_what_the_settings_are() -> None:
    said = set(re.findall(r"^#? ?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert said - COMPOSE_ONLY == variables(CliSettings, GatewaySettings, *service_settings())


def service_settings() -> list[type[BaseModel]]:
    """The settings of every service that a provider can be."""
    roles = ProviderRegistry(Providers()).roles.values()
    return [kind for role in roles for kind in role.settings_types()]


def variables(*kinds: type[BaseModel]) -> set[str]:
    """The names under which settings stand in the environment."""
    return {_variable(name, field) for kind in kinds for name, field in kind.model_fields.items()}


def _variable(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    return alias if isinstance(alias, str) else f"AUTOSHORTS_{name.upper()}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    if path.stat().st_size:
        assert ast.get_docstring(tree), f"{path} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}: {node.name} has no docstring"


def test_the_process_ends_in_one_place() -> None:
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "_exit"
    ]
    assert [call.split(":")[0] for call in calls] == [
        "cli/exit.py",
        "providers/tts/espeak/driver.py",
        # A child whose parent is gone ends with it, in the middle of whatever it does.
        "worker/processes.py",
        "worker/processes.py",
    ]


def test_the_environment_is_read_by_settings_only() -> None:
    """And given on to child processes."""
    reads = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"os\.(getenv|environ)", path.read_text())
    }
    assert reads <= {
        "bench/machine.py",
        "cli/dev_server.py",
        "cli/main.py",
        "cli/working.py",
    }


def test_the_wheel_has_every_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert packages == set(PACKAGES) - {"bench"}


def test_the_lock_names_no_host_and_pins_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pins = re.findall(r"^([\w.\[\]-]+)==", lock, re.M)
    assert lock.count("--hash=sha256:") > len(pins)


def test_workflows_import_nothing_heavy() -> None:
    code = (
        "import sys, workflows.client; print([m for m in ('numpy','cv2','av') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
