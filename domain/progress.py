"""How far a run is: a fraction that never moves backwards, with the seed's anchors."""

from __future__ import annotations

from domain.run import RunState

PLAN_STARTED = 0.10
PLAN_DONE = 0.20
ASSETS_DONE = 0.65
RENDER_DONE = 0.80
QA_DONE = 0.98
END = 1.0

_FLOORS = {
    RunState.INIT: 0.0,
    RunState.PLOT_GENERATION: PLAN_STARTED,
    RunState.ASSET_GENERATION: PLAN_DONE,
    RunState.RENDERING: ASSETS_DONE,
    RunState.QA: RENDER_DONE,
    RunState.END: END,
    RunState.FAILED: 0.0,
}
_CEILINGS = {
    RunState.INIT: PLAN_STARTED,
    RunState.PLOT_GENERATION: PLAN_DONE,
    RunState.ASSET_GENERATION: ASSETS_DONE,
    RunState.RENDERING: RENDER_DONE,
    RunState.QA: QA_DONE,
    RunState.END: END,
    RunState.FAILED: 0.0,
}


class Progress:
    """The maximum of all that was reached: it holds still while a QA retry goes back."""

    def __init__(self, reached: float = 0.0) -> None:
        self._value = reached

    @property
    def value(self) -> float:
        return self._value

    def reach(self, state: RunState, share: float = 0.0) -> float:
        """Note that `share` (0–1) of `state`'s work is done; returns the new value."""
        self._value = max(self._value, fraction(state, share))
        return self._value


def fraction(state: RunState, share: float) -> float:
    """The place of `share` (0–1) of a state's work on the whole run's scale."""
    low, high = _FLOORS[state], _CEILINGS[state]
    return round(low + (high - low) * min(max(share, 0.0), 1.0), 4)
