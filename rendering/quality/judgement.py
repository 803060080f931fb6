"""What a check is: a function of the evidence, with a name, a threshold and a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.layout import Layout
from domain.qa import Redo
from rendering.quality.film import FilmFacts
from rendering.quality.fingerprints import Fingerprint
from rendering.quality.listening import Heard
from rendering.quality.looking import Seen


@dataclass(frozen=True)
class Evidence:
    """The opened film, and what it was to be. Sound and pictures are None where it has none."""

    layout: Layout
    facts: FilmFacts
    fingerprints: tuple[tuple[str, Fingerprint], ...]
    seen: Seen | None
    heard: Heard | None
    # What the script may say: its sources' texts and the prompt; empty where it has no source.
    told_by: tuple[str, ...] = ()

    def scene_at(self, seconds: float) -> str:
        """The scene that is seen then."""
        starts = self.layout.scene_starts_ms()
        begun = [
            s for s, ms in zip(self.layout.scenes, starts, strict=True) if ms <= 1000 * seconds
        ]
        return (begun or self.layout.scenes)[-1 if begun else 0].scene_id


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `redo` where it is not what the check says."""

    message: str
    scene_id: str | None = None
    line_id: str | None = None
    redo: Redo | None = None


@dataclass(frozen=True)
class Judgement:
    """What was measured, and what is wrong with it. `expected` where it hangs on the layout."""

    measured: str
    faults: tuple[Fault, ...] = ()
    expected: str | None = None


# None: the check does not apply to this film.
Judge = Callable[[Evidence], Judgement | None]


@dataclass(frozen=True)
class Rule:
    """One check."""

    name: str
    judge: Judge
    expected: str
    reason: str
    redo: Redo = Redo.RENDER


def whole(passed: bool, measured: str, *, expected: str | None = None) -> Judgement:
    """A judgement on the whole film; the finding says what was measured and expected."""
    return Judgement(measured, () if passed else (Fault(""),), expected)


def each(faults: Iterable[Fault], measured: str) -> Judgement:
    """A judgement on many things, with a finding for each that is wrong."""
    return Judgement(measured, tuple(faults))
