"""The film's sound: in place, at one loudness, whatever its parts are like."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from domain.layout import Layout
from rendering.audio import AAC_FRAME, SAMPLE_RATE, Stereo, read_stereo
from rendering.errors import RenderingCancelled, RenderingError, never_cancelled
from rendering.mix import mix_short, mixed, sample_at
from tests.shorts import Short, keep
from tests.sounds import ebur128, silence, sounding, speech, tone, wav

VOICE_HZ, MUSIC_HZ, EFFECT_HZ = 500, 3000, 7000


def _level(sound: Stereo, hertz: float, *, step: int = 480) -> NDArray[np.floating]:
    """How strong one tone is in each hundredth of a second, in dB."""
    times = np.arange(sound.shape[1]) / SAMPLE_RATE
    turned = sound.mean(axis=0) * np.exp(-2j * np.pi * hertz * times)
    whole = len(turned) - len(turned) % step
    strength = np.abs(turned[:whole].reshape(-1, step).mean(axis=1))
    return np.asarray(20 * np.log10(strength + 1e-7), np.float64)


def _spans(layout: Layout) -> list[tuple[float, float]]:
    """When each line is spoken, seconds."""
    starts = zip(layout.scenes, layout.scene_starts_ms(), strict=True)
    return [
        ((begin + line.start_ms) / 1000, (begin + line.start_ms + line.duration_ms) / 1000)
        for scene, begin in starts
        for line in scene.dialogue
    ]


def _written(short: Short, tmp_path: Path) -> Path:
    out = tmp_path / "sound.m4a"
    mix_short(short.layout, short.files, out, never_cancelled)
    return out


def _noisy(seconds: float, level: float) -> Stereo:
    noise = np.random.default_rng(1).normal(0, level, (2, int(seconds * SAMPLE_RATE)))
    noise[:, ::3000] = 1.0
    return noise.clip(-1, 1).astype(np.float32)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"voices": [speech(2), speech(3, seed=1)], "music": tone(220, 6)}, id="all"),
        pytest.param({"voices": [speech(2)]}, id="voice only"),
        pytest.param({"voices": [silence(3)], "music": tone(220, 5)}, id="music only"),
        pytest.param({"voices": [silence(2)], "effect": speech(1, seed=7)}, id="effects only"),
        pytest.param({"voices": [speech(0.4)], "music": tone(220, 4)}, id="one word"),
        pytest.param({"voices": [speech(2, level=0.01)], "music": tone(220, 4)}, id="whispered"),
        pytest.param({"voices": [_noisy(2, 0.3)], "music": _noisy(4, 0.5)}, id="harsh"),
        pytest.param(
            {"voices": [speech(0.7, seed=n) for n in range(60)], "music": tone(220, 9)},
            id="60 lines",
        ),
    ],
)
def test_every_film_has_the_loudness_and_no_peak_too_high(
    tmp_path: Path, parts: dict[str, object]
) -> None:
    voices = parts.pop("voices")
    assert isinstance(voices, list)
    short = sounding(tmp_path, *voices, **parts)  # type: ignore[arg-type]
    out = _written(short, tmp_path)
    loudness, peak = ebur128(out)
    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak <= -1.5
    assert np.abs(read_stereo(out)).max() < 0.9


def test_a_film_with_nothing_to_hear_is_silent(tmp_path: Path) -> None:
    out = _written(sounding(tmp_path, silence(2)), tmp_path)
    assert not read_stereo(out).any()


def test_the_sound_is_as_long_as_the_film_to_the_sample(tmp_path: Path) -> None:
    short = sounding(tmp_path, speech(1.234), music=tone(220, 4))
    with av.open(str(_written(short, tmp_path))) as container:
        stream = container.streams.audio[0]
        assert stream.sample_rate == SAMPLE_RATE
        assert stream.channels == 2
        packets = [packet for packet in container.demux(stream) if packet.size]
    assert packets[0].pts == -AAC_FRAME
    last = packets[-1]
    assert last.pts is not None
    assert last.duration is not None
    wanted = short.layout.frame_count * SAMPLE_RATE // short.layout.timeline.fps
    assert last.pts + last.duration == wanted


def test_each_voice_begins_with_its_frame_to_the_sample(tmp_path: Path) -> None:
    voices = [speech(0.913, seed=n) for n in range(5)]
    short = sounding(tmp_path, *voices, music=tone(220, 5), lines_per_scene=2)
    heard = read_stereo(_written(short, tmp_path))[0]
    frame = SAMPLE_RATE // short.layout.timeline.fps
    for voice, (begin, _) in zip(voices, _spans(short.layout), strict=True):
        place = sample_at(short.layout, round(1000 * begin))
        assert place % frame == 0
        assert abs(place / SAMPLE_RATE - begin) <= 0.5 / short.layout.timeline.fps + 1e-9
        around = heard[place - 2000 : place + voice.shape[1] + 2000]
        assert int(np.correlate(around, voice[0], "valid").argmax()) - 2000 == 0


def test_music_is_down_under_speech_and_rises_between(tmp_path: Path) -> None:
    voices = [tone(VOICE_HZ, 1.5) for _ in range(3)]
    short = sounding(tmp_path, *voices, music=tone(MUSIC_HZ, 8, level=0.1))
    music = _level(mixed(short.layout, short.files), MUSIC_HZ)
    spans = [(round(begin * 100), round(end * 100)) for begin, end in _spans(short.layout)]
    under = [music[begin + 2 : end - 2] for begin, end in spans[1:-1]]
    assert all(np.ptp(part) < 0.5 for part in under)
    for (_, end), (begin, _) in pairwise(spans[:-1]):
        assert music[end:begin].max() > np.median(under[0]) + 4
    steps = np.abs(np.diff(music[100:-150]))
    assert steps.max() < 1.5


def test_music_begins_and_ends_in_silence(tmp_path: Path) -> None:
    short = sounding(tmp_path, silence(3), music=tone(MUSIC_HZ, 4))
    sound = read_stereo(_written(short, tmp_path))
    end = short.layout.frame_count * SAMPLE_RATE // short.layout.timeline.fps
    assert np.abs(sound[:, :480]).max() < 0.02
    assert np.abs(sound[:, end - 480 : end]).max() < 0.02
    level = _level(sound[:, :end], MUSIC_HZ, step=4800)
    assert (np.diff(level[:5]) > 0).all()
    assert (np.diff(level[-8:]) < 0).all()


def test_music_that_is_too_short_goes_on_without_a_seam(tmp_path: Path) -> None:
    short = sounding(tmp_path, silence(9), music=tone(MUSIC_HZ, 4))
    level = _level(mixed(short.layout, short.files), MUSIC_HZ)
    assert np.ptp(level[100:-150]) < 0.1


def test_an_effect_is_heard_above_the_music_and_on_time(tmp_path: Path) -> None:
    short = sounding(
        tmp_path,
        *(speech(1.5, seed=n) for n in range(2)),
        music=tone(MUSIC_HZ, 6),
        effect=tone(EFFECT_HZ, 0.4, level=0.02),
    )
    sound = mixed(short.layout, short.files)
    begin = short.layout.scene_starts_ms()[1] // 10
    effect, music = _level(sound, EFFECT_HZ), _level(sound, MUSIC_HZ)
    assert effect[begin + 1 : begin + 38].min() > music[begin : begin + 38].max() + 1
    assert effect[begin - 4 : begin].max() < effect[begin + 1] - 20


def test_loud_and_quiet_assets_sound_alike(tmp_path: Path) -> None:
    voices = [tone(VOICE_HZ, 1.5, level=level) for level in (0.6, 0.1)]
    short = sounding(tmp_path, *voices, music=tone(MUSIC_HZ, 8, level=0.9))
    sound = mixed(short.layout, short.files)
    (a, b), (c, d) = ((int(b * 100) + 20, int(e * 100) - 20) for b, e in _spans(short.layout))
    voice, music = _level(sound, VOICE_HZ), _level(sound, MUSIC_HZ)
    assert np.median(voice[a:b]) == pytest.approx(np.median(voice[c:d]), abs=0.5)
    assert np.median(voice[a:b]) > np.median(music[a:b]) + 10


def test_an_effect_longer_than_the_film_fades_instead_of_breaking_off(tmp_path: Path) -> None:
    short = sounding(tmp_path, silence(0.5), effect=tone(EFFECT_HZ, 9))
    sound = mixed(short.layout, short.files)
    assert np.abs(sound[:, -48:]).max() < 0.01 * np.abs(sound).max() + 1e-3


@pytest.mark.parametrize("data", [b"", b"RIFF", wav(silence(0))], ids=["empty", "cut", "no sound"])
def test_a_voice_that_cannot_be_read_is_named(tmp_path: Path, data: bytes) -> None:
    short = sounding(tmp_path, speech(1))
    scene = short.layout.scenes[0]
    line = scene.dialogue[0].model_copy(update={"audio": keep(tmp_path, data, "audio/wav")})
    scenes = (scene.model_copy(update={"dialogue": (line,)}),)
    layout = short.layout.model_copy(update={"scenes": scenes})
    with pytest.raises(RenderingError, match=keep(tmp_path, data, "audio/wav").sha256):
        mixed(layout, short.files)


def test_mixing_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    short = sounding(tmp_path, speech(1))
    with pytest.raises(RenderingCancelled):
        mix_short(short.layout, short.files, tmp_path / "sound.m4a", lambda: True)
