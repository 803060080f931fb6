"""Camera moves over stills: eased, slow, and never the same twice in a row."""

from __future__ import annotations

from dataclasses import dataclass

from domain.layout import Layout

MAX_ZOOM = 1.14


@dataclass(frozen=True)
class CameraMove:
    """From one view to another. Zoom ≥ 1; places 0–1 in the slack that the zoom leaves."""

    name: str
    zoom: tuple[float, float]
    across: tuple[float, float]
    down: tuple[float, float]

    def view_at(self, share: float) -> tuple[float, float, float]:
        """(zoom, across, down) at `share` 0–1 of the move."""
        eased = _eased(min(max(share, 0.0), 1.0))
        zoom, across, down = (
            begin + (end - begin) * eased for begin, end in (self.zoom, self.across, self.down)
        )
        return zoom, across, down


MOVES = (
    CameraMove("push in", (1.0, MAX_ZOOM), (0.5, 0.5), (0.45, 0.45)),
    CameraMove("pan right", (1.1, 1.1), (0.0, 1.0), (0.5, 0.5)),
    CameraMove("pull out", (MAX_ZOOM, 1.0), (0.5, 0.5), (0.4, 0.5)),
    CameraMove("rise", (1.12, 1.12), (0.5, 0.5), (1.0, 0.0)),
    CameraMove("drift in", (1.02, 1.13), (0.25, 0.6), (0.55, 0.35)),
    CameraMove("pan left", (1.1, 1.1), (1.0, 0.0), (0.45, 0.45)),
    CameraMove("sink", (1.12, 1.12), (0.5, 0.5), (0.0, 1.0)),
    CameraMove("drift out", (1.13, 1.02), (0.7, 0.45), (0.35, 0.5)),
)


def camera_moves(layout: Layout) -> dict[str, CameraMove]:
    """A move for each scene, by its own seed; a neighbour's move is never repeated."""
    moves: dict[str, CameraMove] = {}
    previous: CameraMove | None = None
    for scene in layout.scenes:
        index = scene.bg_seed % len(MOVES)
        move = MOVES[index]
        if move is previous:
            move = MOVES[(index + 1) % len(MOVES)]
        moves[scene.scene_id] = previous = move
    return moves


def _eased(share: float) -> float:
    """Half linear, half smoothstep: soft at the ends and never still."""
    return 0.5 * share + 0.5 * share * share * (3 - 2 * share)
