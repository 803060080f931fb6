"""Progress never moves backwards, and meets the seed's anchors."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.progress import Progress
from domain.run import RunState


def test_the_anchors() -> None:
    progress = Progress()
    assert progress.reach(RunState.PLOT_GENERATION, 1.0) == 0.20
    assert progress.reach(RunState.ASSET_GENERATION, 1.0) == 0.65
    assert progress.reach(RunState.RENDERING, 1.0) == 0.80
    assert progress.reach(RunState.QA, 1.0) == 0.98
    assert progress.reach(RunState.END) == 1.0


@given(st.lists(st.tuples(st.sampled_from(list(RunState)), st.floats(0, 1))))
def test_it_never_moves_backwards(steps: list[tuple[RunState, float]]) -> None:
    progress = Progress()
    values = [progress.reach(state, share) for state, share in steps]
    assert values == sorted(values)
    assert all(0 <= value <= 1 for value in values)
