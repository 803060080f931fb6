"""QA's eyes and ears: opens the real film and holds it against its layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.layout import Layout
from domain.qa import Finding, QaReport, Redo
from rendering.errors import RenderingError
from rendering.ffmpeg import never_cancelled
from rendering.quality.film import probe
from rendering.quality.pictures import check_pictures
from rendering.quality.sound import check_sound
from rendering.quality.streams import check_streams
from rendering.quality.verdict import Verdict
from rendering.segments import Files

PICTURES_SHARE = 0.8


def _no_report(fraction: float, message: str) -> None:
    """For callers that do not care."""


def inspect_short(
    video: Path,
    layout: Layout,
    *,
    files: Files,
    report: Callable[[float, str], None] = _no_report,
    cancelled: Callable[[], bool] = never_cancelled,
) -> QaReport:
    """Every check of a finished video. A video that cannot be read is a finding, not an error.

    Raises `RenderingCancelled`; and whatever `files` raises where an asset is gone.
    """
    verdict = Verdict()
    try:
        report(0.0, "opening the film")
        facts = probe(video)
        check_streams(facts, layout, verdict)
        check_pictures(
            video,
            layout,
            files,
            verdict,
            report=lambda share: report(PICTURES_SHARE * share, "looking at every frame"),
            cancelled=cancelled,
        )
        report(PICTURES_SHARE, "listening")
        if facts.audio:
            check_sound(video, layout, files, verdict, cancelled=cancelled)
    except RenderingError as exc:
        verdict.findings.append(Finding(check="readable", message=str(exc), redo=Redo.RENDER))
    return verdict.report()
