"""docker-compose.yml and Dockerfile: parsed, linted, and without a secret."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.machine import script

ROOT = Path(__file__).parent.parent
SECRETS = {"POSTGRES_PASSWORD": "x" * 20, "AUTOSHORTS_API_KEY": "y" * 20}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return parsed


def test_images_are_pinned(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert re.search(r":\d+\.\d+", service["image"]), name


def test_what_stays_up_is_restarted_and_watched(compose: dict[str, Any]) -> None:
    for name in ("postgres", "temporal", "gateway"):
        assert compose["services"][name]["healthcheck"]["test"], name
    for name, service in compose["services"].items():
        assert service["restart"] in ("unless-stopped", "on-failure"), name


def test_ports_are_open_to_this_host_only(compose: dict[str, Any]) -> None:
    ports = [p for service in compose["services"].values() for p in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_is_in_the_file(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|PWD|KEY", name):
                assert value.startswith("${"), name


def test_server_and_tools_are_of_one_version(compose: dict[str, Any]) -> None:
    services = compose["services"]
    tags = {
        services[name]["image"].rpartition(":")[2] for name in ("temporal", "schema", "namespace")
    }
    assert len(tags) == 1


def test_docker_compose_reads_it() -> None:
    program = shutil.which("docker-compose")
    if not program:
        pytest.skip("docker-compose is not installed: apt install docker-compose")
    command = [program, "-f", str(ROOT / "docker-compose.yml"), "config"]
    good = subprocess.run(command, env=os.environ | SECRETS, capture_output=True, text=True)
    assert good.returncode == 0, good.stderr
    bare = {k: v for k, v in os.environ.items() if k not in SECRETS}
    without = subprocess.run(command, env=bare, capture_output=True, text=True, cwd="/")
    assert without.returncode != 0
    assert "set POSTGRES_PASSWORD in .env" in without.stderr


def test_the_dockerfile_has_no_fault() -> None:
    done = subprocess.run([script("hadolint"), ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_image_has_every_package() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.M))
    wheel = re.search(
        r"\[tool.hatch.build.targets.wheel\]\npackages = \[(.*?)\]",
        (ROOT / "pyproject.toml").read_text(),
        re.S,
    )
    assert wheel
    assert copied == set(re.findall(r'"(\w+)"', wheel[1]))
    assert "USER 10001" in text
