"""Where captions may stand: inside what the platforms' own buttons and texts leave free.

What the platforms publish for 9:16, in px of 1080 × 1920 (left, top, right, bottom), as seen
in November 2026 in the stored pages named:

| platform | keep free | published by |
|---|---|---|
| YouTube Shorts | 48, 288, 192, 672 | Google's safe zone for vertical video ads, as quoted by |
|  |  | shotstack.io/learn/vertical-video-safe-zones |
| Instagram Reels | 65, 269, 65, 672 | Meta's 6 %, 14 %, 6 %, 35 % for Reels ads, ibid. |
| TikTok | 120, –, –, – | no numbers of its own: template files for in-feed ads |
|  |  | (ads.tiktok.com/help/article/tiktok-auction-in-feed-ads, July 2025), |
|  |  | from which the same page reads a left margin of up to 120 |

Captions keep the largest of each, and the right one on both sides so that they stand in the
middle of the picture. These are the zones of advertisements, which are covered most. Videos of
other shapes are not covered by buttons: 16:9 keeps EBU R 95's 5 % and, below, the 10 % on
which YouTube's controls appear; 1:1 and 4:5 keep 6 %, and 8 % below for the feed's own icons.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.plot import SubtitlePosition
from rendering.captions.draw import BLEED_EM, LINE_PITCH

# Shares of the picture: (each side, top, bottom).
PORTRAIT_MARGINS = (192 / 1080, 288 / 1920, 672 / 1920)
FEED_MARGINS = (0.06, 0.06, 0.08)
LANDSCAPE_MARGINS = (0.05, 0.05, 0.10)
EM_OF_WIDTH = 0.068
EM_OF_HEIGHT = 0.064
# About 42 Latin letters, beyond which the eye loses the line.
MAX_LINE_EM = 20.0
# A line's letters with their marks above and below, as far as any script needs.
LINE_HEIGHT = 1.5


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
    """The part of a (width, height) picture that no platform covers; its edges are even."""
    width, height = size_px
    side, top, bottom = _margins(width / height)
    return Box(
        2 * round(width * side / 2),
        2 * round(height * top / 2),
        2 * round(width * (1 - side) / 2),
        2 * round(height * (1 - bottom) / 2),
    )


def _margins(ratio: float) -> tuple[float, float, float]:
    if ratio < 0.66:
        return PORTRAIT_MARGINS
    return FEED_MARGINS if ratio < 1.2 else LANDSCAPE_MARGINS


def em_px(size_px: tuple[int, int]) -> float:
    """The type size: 73 px on 1080 × 1920."""
    width, height = size_px
    return min(width * EM_OF_WIDTH, height * EM_OF_HEIGHT)


def max_width_em(size_px: tuple[int, int], *, scale: float = 1.0) -> float:
    """How wide a line may be, so that its outline and shadow stay in the safe area too.

    In ems of type that is `scale` times the usual size.
    """
    widest = caption_safe_area(size_px).width / (em_px(size_px) * scale) - 2 * BLEED_EM
    return min(widest, MAX_LINE_EM)


def band_of(position: SubtitlePosition, lines: int, size_px: tuple[int, int], em: float) -> Box:
    """The box of a caption of so many lines of a type size, full safe width, even edges."""
    area = caption_safe_area(size_px)
    height = 2 * round(((lines - 1) * LINE_PITCH + LINE_HEIGHT) * em / 2)
    height = min(height, area.height)
    middle = (area.top + area.bottom) // 2 if size_px[0] < size_px[1] else size_px[1] // 2
    match position:
        case SubtitlePosition.TOP:
            top = area.top
        case SubtitlePosition.CENTER:
            top = middle - height // 2
        case SubtitlePosition.BOTTOM:
            top = area.bottom - height
    top = 2 * (top // 2)
    return Box(area.left, top, area.right, top + height)
