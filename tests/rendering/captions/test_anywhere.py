"""Captions and frames are the same where there are no fonts, no FriBidi and no ffmpeg."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# Frames with captions in every script, composed as the encoder gets them.
DRAW = """
import hashlib, sys
sys.path.insert(0, {root!r})
from rendering.captions.raster import caption_states
from rendering.clips import CaptionClip
from rendering.planar import new_planes
from tests.rendering.captions.scenes import LINES, scene_with, tag_of

digest = hashlib.sha256()
for name in LINES:
    scene = scene_with(LINES[name], tag_of(name))
    for state in caption_states(scene, size_px=(540, 960), language=tag_of(name)):
        planes = new_planes(540, 960)
        for plane in planes:
            plane.fill(90)
        CaptionClip(state, (540, 960)).paint(planes, 0.0)
        for plane in planes:
            digest.update(plane.tobytes())
print(digest.hexdigest())
"""
HIDDEN_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts")


def drawn(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [*command], capture_output=True, text=True, timeout=300, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr[-800:]
    return done.stdout.strip().splitlines()[-1]


def bare_environment(home: Path) -> dict[str, str]:
    return {"PATH": "", "HOME": str(home), "LANG": "C", "FONTCONFIG_FILE": str(home / "none")}


def test_captions_ask_nothing_of_the_environment(tmp_path: Path) -> None:
    python = [sys.executable, "-c", DRAW.format(root=str(ROOT))]
    assert drawn(python, dict(os.environ)) == drawn(python, bare_environment(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="mount namespaces are Linux's")
def test_captions_need_no_font_no_fribidi_and_no_ffmpeg(tmp_path: Path) -> None:
    hide = [
        *(f"mount -t tmpfs none {folder}" for folder in HIDDEN_FOLDERS if Path(folder).is_dir()),
        *(f"mount --bind /dev/null {path}" for path in hidden_files()),
    ]
    script = " && ".join([*hide, 'exec "$0" "$@"']) if hide else 'exec "$0" "$@"'
    python = [sys.executable, "-c", DRAW.format(root=str(ROOT))]
    unshare = shutil.which("unshare")
    inside = [unshare or "", "--mount", "--map-root-user", "--", "sh", "-c", script]
    if not unshare or subprocess.run([*inside, "true"], capture_output=True).returncode:
        pytest.skip("this machine allows no mount namespace")
    assert drawn([*inside, *python], dict(os.environ)) == drawn(python, dict(os.environ))


def hidden_files() -> list[Path]:
    """Every FriBidi, and the system's ffmpeg: MoviePy's import wants the packaged one."""
    libraries = [p for root in ("/lib", "/usr/lib") for p in Path(root).glob("*/libfribidi.so*")]
    found = shutil.which("ffmpeg")
    programs = [Path(found)] if found else []
    return sorted({path.resolve() for path in (*libraries, *programs)})
