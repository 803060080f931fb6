"""Our meter and ffmpeg's say the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendering.audio import SAMPLE_RATE, Stereo
from rendering.loudness import integrated_lufs, momentary_lufs, peaks, step_powers, true_peak_dbtp
from tests.sounds import ebur128, silence, speech, tone

# ffmpeg prints one digit.
ROUNDING = 0.05


def _noise(seconds: float, level: float = 0.1) -> Stereo:
    shape = (2, round(seconds * SAMPLE_RATE))
    return (level * np.random.default_rng(3).standard_normal(shape)).astype(np.float32)


def _faded(sound: Stereo) -> Stereo:
    """What begins at once has a peak that only an endless filter would find."""
    return (sound * np.hanning(sound.shape[1])).astype(np.float32)


def _sides(sound: Stereo) -> Stereo:
    return sound * np.array([[1.0], [0.2]], np.float32)


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(tone(997, 4), id="997 Hz"),
        pytest.param(tone(40, 4), id="40 Hz"),
        pytest.param(_faded(tone(11_000, 4)), id="11 kHz"),
        pytest.param(_noise(4), id="noise"),
        pytest.param(_sides(_noise(3)), id="one side"),
        pytest.param(_noise(0.5), id="half a second"),
        pytest.param(speech(31.37), id="an odd length"),
        pytest.param(np.concatenate([_noise(2), silence(3), _noise(2)], axis=1), id="gate at -70"),
        pytest.param(np.concatenate([_noise(3), _noise(3, 0.003)], axis=1), id="gate at -10"),
    ],
)
def test_loudness_and_peak_agree_with_ffmpeg(sound: Stereo) -> None:
    loudness, peak = ebur128(sound)
    assert integrated_lufs(step_powers(sound)) == pytest.approx(loudness, abs=0.1 + ROUNDING)
    assert true_peak_dbtp(sound) == pytest.approx(peak, abs=0.3 + ROUNDING)


def test_a_sine_of_minus_23_is_minus_23() -> None:
    """EBU Tech 3341, test signal 1."""
    sound = tone(1000, 20, level=10 ** (-23 / 20))
    assert integrated_lufs(step_powers(sound)) == pytest.approx(-23.0, abs=0.1)


def test_silence_has_no_loudness_and_no_peak() -> None:
    assert integrated_lufs(step_powers(silence(3))) == -np.inf
    assert true_peak_dbtp(silence(1)) == -np.inf
    assert integrated_lufs(step_powers(silence(0))) == -np.inf
    assert len(momentary_lufs(step_powers(tone(440, 0.3)))) == 0


def test_a_peak_between_samples_is_found() -> None:
    """A quarter of the sampling rate, a half step beside its crests: 3 dB are missed."""
    times = np.arange(SAMPLE_RATE)
    sound = np.tile(np.sin(np.pi / 2 * times + np.pi / 4), (2, 1)).astype(np.float32)
    inside = slice(2000, -2000)
    assert np.abs(sound[:, inside]).max() < 0.72
    assert peaks(sound, hop=100)[30:-30].max() == pytest.approx(1.0, abs=0.01)


@settings(max_examples=25, deadline=None)
@given(length=st.integers(1, 250_000), hop=st.sampled_from([16, 480, 4800]))
def test_the_parts_of_any_length_add_up(length: int, hop: int) -> None:
    """Read in pieces or at once, nothing is lost where they meet."""
    sound = (0.1 * np.random.default_rng(length).standard_normal((2, length))).astype(np.float32)
    assert len(peaks(sound, hop=hop)) == -(-length // hop)
    assert peaks(sound, hop=hop).max() >= np.abs(sound).max()
    powers = step_powers(sound, step=hop)
    assert len(powers) == length // hop
    fine = step_powers(sound, step=16)
    whole = len(fine) // (hop // 16) * (hop // 16)
    regrouped = fine[:whole].reshape(-1, hop // 16).mean(axis=1)
    np.testing.assert_allclose(powers, regrouped[: len(powers)], rtol=1e-6)
