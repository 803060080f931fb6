"""Where captions may stand: inside what the platforms' own buttons and texts leave free."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plot import SubtitlePosition

# Shares of the picture that the apps cover on a 9:16 video, the largest of YouTube Shorts,
# TikTok and Reels: header 12 %, description and controls 22 %, buttons at the right 12 %;
# the left margin is the right one's mirror so that centred lines stay centred.
PORTRAIT_MARGINS = (0.12, 0.12, 0.22)
OTHER_MARGINS = (0.06, 0.07, 0.08)
EM_OF_WIDTH = 0.078
EM_OF_HEIGHT = 0.068
LINE_PITCH = 1.3
# Room for marks above and below the letters, and for the outline.
PADDING = 0.5
MAX_LINES_SHOWN = 2


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def contains(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def caption_safe_area(size_px: tuple[int, int]) -> Box:
    """The part of a (width, height) picture that no platform covers."""
    width, height = size_px
    side, top, bottom = PORTRAIT_MARGINS if height > 1.5 * width else OTHER_MARGINS
    return Box(
        round(width * side),
        round(height * top),
        round(width * (1 - side)),
        round(height * (1 - bottom)),
    )


def em_px(size_px: tuple[int, int]) -> float:
    """The type size: 84 px on 1080 × 1920."""
    width, height = size_px
    return min(width * EM_OF_WIDTH, height * EM_OF_HEIGHT)


def band_of(position: SubtitlePosition, lines: int, size_px: tuple[int, int]) -> Box:
    """The box of a caption of so many lines, even-sided, full safe width."""
    area = caption_safe_area(size_px)
    height = round((lines * LINE_PITCH + PADDING) * em_px(size_px)) + 1 & ~1
    match position:
        case SubtitlePosition.TOP:
            top = area.top
        case SubtitlePosition.CENTER:
            top = (size_px[1] - height) // 2
        case SubtitlePosition.BOTTOM:
            top = area.bottom - height
    top &= ~1
    return Box(area.left & ~1, top, area.right + 1 & ~1, top + height)
