"""docker-compose.yml and the image: parsed, linted, without a secret, and true to the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from temporalio.testing import WorkflowEnvironment

from bench.machine import script
from gateway.settings import GatewaySettings
from tests.conftest import temporal_cli
from tests.test_architecture import service_settings, variables
from worker.settings import WorkerSettings

ROOT = Path(__file__).parent.parent
COMPOSE = ROOT / "docker-compose.yml"
SECRETS = {"POSTGRES_PASSWORD": "x" * 20, "AUTOSHORTS_API_KEY": "y" * 20}
ONE_SHOTS = {"schema", "namespace"}
APP = ("worker", "gateway")
Services = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def services() -> Services:
    found: Services = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_images_are_pinned(services: Services, project: dict[str, Any]) -> None:
    for name, service in services.items():
        assert re.search(r":\d+(\.\d+)+(-bookworm)?$", service["image"]), name
    version = project["project"]["version"]
    assert {services[name]["image"] for name in APP} == {f"autoshorts:{version}"}


def test_the_cluster_is_what_the_dev_server_is(services: Services) -> None:
    said = subprocess.run([temporal_cli(), "--version"], capture_output=True, text=True).stdout
    found = re.search(r"version ([\d.]+) \(Server ([\d.]+), UI ([\d.]+)\)", said)
    assert found, said
    cli, server, ui = found.groups()
    tags = {name: service["image"].rpartition(":")[2] for name, service in services.items()}
    assert tags["dev"] == cli
    assert tags["temporal"] == tags["schema"] == tags["namespace"] == server
    assert tags["ui"] == ui


def test_what_stays_up_is_restarted_and_watched(services: Services) -> None:
    for name in ("postgres", "temporal", "ui", "gateway", "dev"):
        assert services[name]["healthcheck"]["test"], name
    for name, service in services.items():
        wanted = "on-failure" if name in ONE_SHOTS else "unless-stopped"
        assert service["restart"] == wanted, name


def test_logs_are_bounded(services: Services) -> None:
    for name, service in services.items():
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name


def test_each_waits_for_what_it_needs(services: Services) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            if needed in ONE_SHOTS:
                assert how == {"condition": "service_completed_successfully"}, name
            else:
                assert how == {"condition": "service_healthy"}, name
                assert "healthcheck" in services[needed], name
    assert all(services[name]["depends_on"].keys() == {"namespace"} for name in APP)


def test_the_app_may_do_nothing_that_it_need_not(services: Services) -> None:
    for name in APP:
        service = services[name]
        assert service["read_only"] is True
        assert service["init"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["volumes"] == ["data:/data"]


def test_ports_are_open_to_this_host_only(services: Services) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_is_in_the_file(services: Services) -> None:
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|PWD|KEY|SECRET|TOKEN", name) and value is not None:
                assert re.fullmatch(r"\$\{\w+:\?set \w+ in \.env\}", value), name


def test_every_variable_of_it_is_explained() -> None:
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    told = set(re.findall(r"^#? ?(\w+)=", (ROOT / ".env.example").read_text(), re.M))
    assert asked
    assert asked <= told


def test_every_setting_reaches_its_process(services: Services) -> None:
    no_settings = {"TEMPORAL_ADDRESS", "FORWARDED_ALLOW_IPS"}
    given = {name: set(services[name]["environment"]) - no_settings for name in APP}
    assert given["worker"] == variables(WorkerSettings, *service_settings())
    assert given["gateway"] == variables(GatewaySettings)


def test_mounted_files_are_there(services: Services) -> None:
    mounted = [v for service in services.values() for v in service.get("volumes", [])]
    files = [volume.split(":")[0] for volume in mounted if volume.startswith(".")]
    assert files
    assert all((ROOT / name).is_file() for name in files)


def docker_compose(*arguments: str, env: dict[str, str], at: Path) -> Any:
    program = shutil.which("docker-compose")
    if not program:
        pytest.skip("docker-compose is not installed: apt install docker-compose")
    bare = {k: v for k, v in os.environ.items() if k not in SECRETS}
    return subprocess.run(
        [program, "-f", COMPOSE, "--project-directory", at, *arguments],
        env=bare | env,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("profile", ["", "dev"])
def test_docker_compose_reads_it(profile: str, tmp_path: Path) -> None:
    chosen = ["--profile", profile] if profile else []
    done = docker_compose(*chosen, "config", "--services", env=SECRETS, at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) >= {*APP, *ONE_SHOTS, "postgres", "temporal", "ui"} | {
        *chosen[1:]
    }


def test_it_says_which_secret_is_missing(tmp_path: Path) -> None:
    done = docker_compose("config", env={}, at=tmp_path)
    assert done.returncode != 0
    assert "in .env" in done.stderr


def test_dot_env_reaches_the_app(tmp_path: Path) -> None:
    told = [f"{name}={value}\n" for name, value in SECRETS.items()]
    told += ["AUTOSHORTS_MAX_STREAMS=7\n", "AUTOSHORTS_PORT=8123\n"]
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text() + "".join(told))
    done = docker_compose("config", env={}, at=tmp_path)
    assert done.returncode == 0, done.stderr
    gateway = yaml.safe_load(done.stdout)["services"]["gateway"]
    assert gateway["environment"]["AUTOSHORTS_MAX_STREAMS"] == "7"
    assert gateway["environment"]["AUTOSHORTS_API_KEY"] == SECRETS["AUTOSHORTS_API_KEY"]
    assert gateway["ports"] == ["127.0.0.1:8123:8000/tcp"]


def test_the_namespace_may_be_set_up_twice(services: Services, server: WorkflowEnvironment) -> None:
    service = services["namespace"]
    env = {
        "PATH": f"{Path(temporal_cli()).parent}:{os.environ['PATH']}",
        "TEMPORAL_ADDRESS": server.client.service_client.config.target_host,
    }
    for _ in range(2):
        command = [*service["entrypoint"], *service["command"]]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    assert "Search attributes have been added" in done.stdout + done.stderr


def test_the_dev_server_knows_every_option(services: Services) -> None:
    command = services["dev"]["command"]
    said = subprocess.run(
        [temporal_cli(), *command[:2], "--help"], capture_output=True, text=True
    ).stdout
    for option in command[2:]:
        assert f"{option.split('=')[0]} " in said, option


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_gateways_health_check_sees_its_health(
    services: Services, status: int, code: int
) -> None:
    kind, program, *rest = services["gateway"]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    with answering(status) as port:
        rest[-1] = rest[-1].replace("8000", str(port))
        assert subprocess.run([sys.executable, *rest], timeout=30).returncode == code


@contextmanager
def answering(status: int) -> Iterator[int]:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing on the test's output."""

    with HTTPServer(("127.0.0.1", 0), Health) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        try:
            yield http.server_port
        finally:
            http.shutdown()
            thread.join()


def test_the_dockerfile_has_no_fault() -> None:
    config = ROOT / "deploy" / "hadolint.yaml"
    assert "ignored" not in yaml.safe_load(config.read_text())
    command = [script("hadolint"), "--config", str(config), str(ROOT / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_image_has_every_package_and_no_root(project: dict[str, Any]) -> None:
    text = (ROOT / "Dockerfile").read_text()
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert set(re.findall(r"^COPY (\w+) \1$", text, re.M)) == packages
    assert re.findall(r"^USER (.*)$", text, re.M) == ["10001"]
    assert len(set(re.findall(r"^FROM (\S+)", text, re.M))) == 1


def test_the_builder_sees_what_is_copied_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    kept = {line[1:] for line in lines if line.startswith("!")}
    copies = re.findall(r"^COPY ([^-].*) \S+$", (ROOT / "Dockerfile").read_text(), re.M)
    copied = {name for names in copies for name in names.split()}
    assert "*" in lines
    assert kept == copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_wheel_has_every_file(project: dict[str, Any], tmp_path: Path) -> None:
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        built = {name for name in wheel.namelist() if ".dist-info/" not in name}
    files = (path for name in packages for path in (ROOT / name).rglob("*") if path.is_file())
    assert built == {
        path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts
    }


def test_the_image_installs_what_was_tested() -> None:
    def pins(path: Path) -> set[str]:
        return set(re.findall(r"^([\w.-]+==\S+)", path.read_text(), re.M))

    image = pins(ROOT / "deploy" / "requirements.lock")
    assert image
    assert image <= pins(ROOT / "requirements.lock")
