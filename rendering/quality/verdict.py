"""Where the checks of one inspection are written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.qa import Check, Finding, QaReport, Redo


@dataclass
class Verdict:
    """Checks made so far, and what they found."""

    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def check(
        self, name: str, passed: bool, *, measured: str, expected: str, redo: Redo = Redo.RENDER
    ) -> bool:
        """One check of the whole video; where it failed, a finding says so."""
        self.checks.append(Check(name=name, passed=passed, measured=measured, expected=expected))
        if not passed:
            message = f"{name} is {measured}; expected {expected}"
            self.findings.append(Finding(check=name, message=message, redo=redo))
        return passed

    def check_all(
        self, name: str, findings: list[Finding], *, measured: str, expected: str
    ) -> None:
        """One check of many things, with a finding for each that is wrong."""
        self.checks.append(
            Check(name=name, passed=not findings, measured=measured, expected=expected)
        )
        self.findings += findings

    def report(self) -> QaReport:
        return QaReport(checks=tuple(self.checks), findings=tuple(self.findings))
