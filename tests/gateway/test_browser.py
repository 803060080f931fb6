"""The browser for the page's tests: found in this order, got, or its absence is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gateway import browser


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser and without apt; the folder is its PATH."""
    monkeypatch.setattr(browser, "CHOSEN", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def _program(path: Path) -> str:
    path.touch(mode=0o755)
    return str(path)


def test_it_is_the_one_named_else_on_path_else_playwrights_own(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = bare / "chrome-of-playwright"
    assert browser.find_chromium(str(own)) is None
    assert browser.find_chromium(_program(own)) == str(own)
    on_path = _program(bare / "google-chrome")
    assert browser.find_chromium(str(own)) == on_path
    monkeypatch.setattr(browser, "CHOSEN", "/opt/mine")
    assert browser.find_chromium(str(own)) == "/opt/mine"


def test_apt_gets_it_for_root_alone(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = bare / "apt-get"
    apt.write_text(f'#!/bin/sh\n[ "$3" = install ] && : > {bare}/chromium && {_CHMOD}\nexit 0\n')
    apt.chmod(0o755)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    browser.get_chromium()
    assert browser.find_chromium("/nowhere") is None
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert browser.chromium_or_skip("/nowhere") == str(bare / "chromium")


_CHMOD = "/bin/chmod 755 ${0%/*}/chromium"


@pytest.mark.parametrize(
    ("environment", "raised"),
    [({"CI": "true"}, pytest.fail.Exception), ({"CI": ""}, pytest.skip.Exception)],
)
def test_its_absence_is_a_failure_in_ci_and_a_skip_elsewhere(
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    raised: type[BaseException],
) -> None:
    monkeypatch.setenv("CI", environment["CI"])
    with pytest.raises(raised, match="apt install chromium"):
        browser.chromium_or_skip(str(bare / "nothing"))
