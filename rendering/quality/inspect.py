"""QA: opens the real film, gathers the evidence, and puts every check to it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from domain.layout import Layout
from domain.qa import Check, Finding, QaReport, Redo
from rendering.errors import RenderingError, never_cancelled
from rendering.quality.checks import RULES
from rendering.quality.film import probe
from rendering.quality.fingerprints import fingerprints
from rendering.quality.judgement import Evidence, Judgement, Rule
from rendering.quality.listening import listen
from rendering.quality.looking import look
from rendering.segments import Files


def _no_report(fraction: float, message: str) -> None:
    """For callers that do not care."""


def inspect_short(
    video: Path,
    layout: Layout,
    *,
    files: Files,
    told_by: tuple[str, ...] = (),
    report: Callable[[float, str], None] = _no_report,
    cancelled: Callable[[], bool] = never_cancelled,
) -> QaReport:
    """Every check of a finished video. A video that cannot be read is a finding, not an error.

    `told_by` are the texts that its script was taken from, where it was.

    Raises `RenderingCancelled`; and whatever `files` raises where an asset is gone.
    """
    report(0.0, "opening the film")
    try:
        gathered = gather(video, layout, files=files, report=report, cancelled=cancelled)
        evidence = replace(gathered, told_by=told_by)
        judged = [(rule, rule.judge(evidence)) for rule in RULES]
    except RenderingError as exc:
        finding = Finding(check="readable", message=str(exc), redo=Redo.RENDER)
        return QaReport(checks=(), findings=(finding,))
    made = [(rule, judgement) for rule, judgement in judged if judgement]
    return QaReport(
        checks=tuple(_check(rule, judgement) for rule, judgement in made),
        findings=tuple(f for rule, judgement in made for f in _findings(rule, judgement)),
    )


def gather(
    video: Path,
    layout: Layout,
    *,
    files: Files,
    report: Callable[[float, str], None] = _no_report,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Evidence:
    """Look and listen side by side. Raises `RenderingError` and `RenderingCancelled`."""
    facts = probe(video)
    with ThreadPoolExecutor(2, thread_name_prefix="qa") as pool:
        prints = pool.submit(fingerprints, layout, files)
        heard = facts.audio and pool.submit(listen, video, layout, files, cancelled=cancelled)
        seen = facts.video and look(
            video,
            layout,
            files,
            facts.video.packets,
            beside=pool,
            report=lambda share: report(0.9 * share, "looking and listening"),
            cancelled=cancelled,
        )
        return Evidence(
            layout=layout,
            facts=facts,
            fingerprints=prints.result(),
            seen=seen or None,
            heard=heard.result() if heard else None,
        )


def _check(rule: Rule, judgement: Judgement) -> Check:
    return Check(
        name=rule.name,
        passed=not judgement.faults,
        measured=judgement.measured,
        expected=judgement.expected or rule.expected,
    )


def _findings(rule: Rule, judgement: Judgement) -> list[Finding]:
    expected = judgement.expected or rule.expected
    return [
        Finding(
            check=rule.name,
            message=fault.message or f"{rule.name}: {judgement.measured}; expected {expected}",
            redo=fault.redo or rule.redo,
            scene_id=fault.scene_id,
            line_id=fault.line_id,
        )
        for fault in judgement.faults
    ]
