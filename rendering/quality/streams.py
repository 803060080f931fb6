"""Is it the file it should be: streams, codecs, size, rate, length, index in front."""

from __future__ import annotations

from domain.layout import Layout
from rendering.audio import SAMPLE_RATE
from rendering.quality.film import FilmFacts
from rendering.quality.verdict import Verdict

DURATION_TOLERANCE_SECONDS = 0.1


def check_streams(facts: FilmFacts, layout: Layout, verdict: Verdict) -> None:
    """Every fact of the file against the layout."""
    verdict.check(
        "streams",
        facts.streams == ("video", "audio"),
        measured=", ".join(facts.streams) or "nothing",
        expected="video, audio",
    )
    seconds = layout.timeline.total_duration_ms / 1000
    if video := facts.video:
        width, height = video.size_px
        _is(verdict, "video codec", video.codec, "h264")
        _is(verdict, "profile", video.profile, "High")
        _is(verdict, "pixel format", video.pixel_format, "yuv420p")
        _is(verdict, "size", f"{width}x{height}", layout.timeline.resolution)
        _is(verdict, "frame rate", str(video.rate), str(layout.timeline.fps))
        _lasts(verdict, "video length", video.duration_seconds, seconds)
    if audio := facts.audio:
        _is(verdict, "audio codec", audio.codec, "aac")
        _is(verdict, "sample rate", str(audio.sample_rate), str(SAMPLE_RATE))
        _is(verdict, "channels", str(audio.channels), "2")
        _lasts(verdict, "audio length", audio.duration_seconds, seconds)
    _lasts(verdict, "length", facts.duration_seconds, seconds)
    verdict.check(
        "fast start",
        facts.index_first,
        measured="index in front" if facts.index_first else "index at the end",
        expected="index in front",
    )


def _is(verdict: Verdict, name: str, measured: str, expected: str) -> None:
    verdict.check(name, measured == expected, measured=measured, expected=expected)


def _lasts(verdict: Verdict, name: str, measured: float, expected: float) -> None:
    verdict.check(
        name,
        abs(measured - expected) <= DURATION_TOLERANCE_SECONDS,
        measured=f"{measured:.2f} s",
        expected=f"{expected:.2f} s ± {DURATION_TOLERANCE_SECONDS} s",
    )
