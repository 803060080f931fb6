"""The reference short: scenes of 5 s with photo-like pictures, real voices and ducked music.

Latin and CJK captions word by word, 0.5 s crossfades, 1080 × 1920, 30 fps. Everything by fixed
seeds, so that every run of the benchmark renders the same frames.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.arrangement import build_layout
from domain.assets import ArtifactRef
from domain.layout import Layout
from domain.plot import Plot, PlotRow
from domain.run import RunSpec
from domain.staging import Transition
from rendering.workers import worker_count
from tests.shorts import Short, filled, keep

SCENES = 6
SCENE_MS = 5000
CROSSFADE_MS = 500
SPEC = RunSpec(prompt="The sea")
SCRIPT = (
    ("en", "Deep under the ocean a quiet light begins to move slowly upward."),
    ("en", "Nobody believed the first sailors who came home with this story."),
    ("zh", "深海之中，一道微光升起。"),
    ("en", "Every single night the same pattern returned to the black water."),
    ("ko", "과학자들은 바다 밑으로 카메라를 내렸습니다."),
    ("ja", "その街は今も勇者を待っている。"),
)
_SHAPES = 2600


def reference_short(folder: Path, *, scenes: int = SCENES, pictures: str = "photo") -> Short:
    """`pictures`: photo (as an image model's, hard to encode) or painter (as embedded ones)."""
    folder.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_made(folder, scenes, pictures))


def another_picture(short: Short, scene_id: str) -> Layout:
    """The layout with a new photo in one scene."""
    size_px = short.layout.timeline.size_px
    return short.with_picture(scene_id, photo(*size_px, seed=99))


def photo(width: int, height: int, *, seed: int) -> bytes:
    """PNG of things before things, of sizes by a power law, with texture of a 1/f spectrum: the
    statistics of photographs, so that the encoder works as hard as on one."""
    chance = np.random.default_rng(seed)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = chance.integers(40, 160, 3)
    sizes = np.sort(np.clip(6 / np.sqrt(chance.random(_SHAPES) + 1e-4), 5, 420))[::-1]
    for size in sizes:
        at = (int(chance.uniform(0, width)), int(chance.uniform(0, height)))
        axes = (int(size), int(size * chance.uniform(0.4, 1)))
        tone = np.clip(105 * chance.uniform(0.35, 1.65) + 26 * chance.standard_normal(3), 0, 255)
        color = tuple(float(value) for value in tone)
        cv2.ellipse(picture, at, axes, chance.uniform(0, 180), 0, 360, color, -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 0.8).astype(np.uint8)
    texture = _pink(height, width, chance, 1.0) * (3 + 5 * (_pink(height, width, chance, 1.8) > 0))
    shade = 1 + 0.12 * _pink(height, width, chance, 2.0)
    noise = chance.normal(0, 1.2, picture.shape)
    lit = (picture + texture[..., None]) * shade[..., None] + noise
    _, png = cv2.imencode(".png", lit.clip(0, 255).astype(np.uint8))
    return bytes(png)


def _pink(
    height: int, width: int, chance: np.random.Generator, slope: float
) -> NDArray[np.float64]:
    down, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :]
    frequency = np.hypot(down, across)
    frequency[0, 0] = 1 / max(height, width)
    phases = chance.standard_normal(frequency.shape) + 1j * chance.standard_normal(frequency.shape)
    field = np.fft.irfft2(phases / frequency**slope, s=(height, width))
    return np.asarray((field - field.mean()) / field.std())


async def _made(folder: Path, scenes: int, pictures: str) -> Short:
    lines = [SCRIPT[index % len(SCRIPT)] for index in range(scenes)]
    ids = [f"scene_{number}" for number in range(1, scenes + 1)]
    plot = Plot(
        title="The light",
        language="en",
        source="script",
        rows=tuple(
            PlotRow(scene_id=scene_id, char_id="char_1", char_name="A", text=text)
            for scene_id, (_, text) in zip(ids, lines, strict=True)
        ),
        visuals=dict(zip(ids, (text for _, text in lines), strict=True)),
    )
    layout = build_layout("reference", SPEC, plot, seed=7, revisions={})
    photos = _photos(folder, layout) if pictures == "photo" else {}
    languages = {scene_id: language for scene_id, (language, _) in zip(ids, lines, strict=True)}
    return Short(folder, _timed(await filled(folder, layout, pictures=photos, languages=languages)))


def _photos(folder: Path, layout: Layout) -> dict[str, ArtifactRef]:
    """One for each scene: QA would find one that is shown twice."""
    width, height = layout.timeline.size_px
    with ThreadPoolExecutor(worker_count()) as pool:
        seeds = [1000 + scene.sequence for scene in layout.scenes]
        made = pool.map(lambda seed: photo(width, height, seed=seed), seeds)
        return {
            scene.scene_id: keep(folder, data, "image/png")
            for scene, data in zip(layout.scenes, made, strict=True)
        }


def _timed(layout: Layout) -> Layout:
    """Every scene exactly `SCENE_MS` long. Raises ValueError where a voice is longer."""
    last = len(layout.scenes)
    scenes = []
    for scene in layout.scenes:
        transition_ms = 0 if scene.sequence == last else CROSSFADE_MS
        length = SCENE_MS - transition_ms - scene.dialogue[0].start_ms
        captions = tuple(s.model_copy(update={"duration_ms": length}) for s in scene.subtitles)
        changed = {
            "duration_ms": SCENE_MS,
            "transition": Transition.FADE if transition_ms else Transition.CUT,
            "transition_ms": transition_ms,
            "subtitles": captions,
        }
        scenes.append(scene.model_copy(update=changed))
    timeline = layout.timeline.model_copy(update={"total_duration_ms": SCENE_MS * last})
    whole = layout.model_copy(update={"scenes": tuple(scenes), "timeline": timeline})
    return Layout.model_validate(whole.model_dump())
