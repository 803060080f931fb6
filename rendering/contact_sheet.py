"""The contact sheet: one frame for each caption with its time, for people who would rather look
than watch. Frames are taken while the film is composed, or from a segment that is kept."""

from __future__ import annotations

import io
import math
import threading
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from domain.layout import Layout
from rendering.captions.fonts import vendored_fonts
from rendering.errors import RenderingError
from rendering.planar import Plane, Planes, rgb_of_planes, shrunk
from rendering.segments import Segment

QUALITY = 85
CELL_LONG_SIDE_PX = 480
SMALL_CELL_LONG_SIDE_PX = 300
MANY = 24
GAP_PX = 12
LABEL_PX = 34
TYPE_PX = 22
GROUND, INK = (18, 18, 22), (236, 236, 240)


class ContactSheet:
    """Collects its frames from many threads; a frame not yet there is left blank."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._times = _times(layout)
        self._cell = _cell_size(layout.timeline.size_px, len(self._times))
        self._found: dict[int, NDArray[np.uint8]] = {}
        self._lock = threading.Lock()

    @property
    def frames(self) -> frozenset[int]:
        """The frames of the film that are wanted."""
        return frozenset(self._times)

    def take(self, frame: int, planes: Planes) -> None:
        """Keep a small copy of a composed frame, where it is one of those wanted."""
        if frame not in self._times:
            return
        picture = rgb_of_planes(shrunk(planes, *self._cell))
        with self._lock:
            self._found[frame] = picture

    def take_from(self, path: Path, segment: Segment) -> None:
        """The same from a finished segment's file. Raises `RenderingError`."""
        wanted = [f - segment.first for f in self._times if segment.first <= f < segment.last]
        if not wanted:
            return
        try:
            with av.open(str(path)) as container:
                for index, frame in enumerate(container.decode(video=0)):
                    if index in wanted:
                        self.take(segment.first + index, _planes_of(frame))
                    if index >= max(wanted):
                        return
        except (av.FFmpegError, IndexError) as exc:
            raise RenderingError(f"{path.name} cannot be decoded: {exc}") from exc

    def jpeg(self) -> bytes:
        """The sheet, as square as the cells allow."""
        width, height = self._cell
        columns = max(1, round(math.sqrt(len(self._times) * (height + LABEL_PX) / width)))
        columns = min(columns, len(self._times))
        rows = -(-len(self._times) // columns)
        size = (columns * (width + GAP_PX) + GAP_PX, rows * (height + LABEL_PX + GAP_PX) + GAP_PX)
        sheet = Image.new("RGB", size, GROUND)
        pen = ImageDraw.Draw(sheet)
        # Pillow's other engine needs a FriBidi of the machine.
        engine = ImageFont.Layout.BASIC
        font = ImageFont.truetype(str(vendored_fonts()[0].path), TYPE_PX, layout_engine=engine)
        for place, (frame, label) in enumerate(self._times.items()):
            row, column = divmod(place, columns)
            x = GAP_PX + column * (width + GAP_PX)
            y = GAP_PX + row * (height + LABEL_PX + GAP_PX)
            if frame in self._found:
                sheet.paste(Image.fromarray(self._found[frame]), (x, y))
            pen.text((x + width / 2, y + height + LABEL_PX / 2), label, INK, font, anchor="mm")
        buffer = io.BytesIO()
        sheet.save(buffer, "JPEG", quality=QUALITY)
        return buffer.getvalue()


def _times(layout: Layout) -> dict[int, str]:
    """The middle of each caption, or of each line where there are none, and its time."""
    found: dict[int, str] = {}
    for scene, begin in zip(layout.scenes, layout.scene_starts_ms(), strict=True):
        for shown in scene.subtitles or scene.dialogue:
            middle = begin + shown.start_ms + shown.duration_ms // 2
            start = (begin + shown.start_ms) // 1000
            frame = min(layout.frame_at(middle), layout.frame_count - 1)
            found[frame] = f"{start // 60}:{start % 60:02d}"
    return found


def _cell_size(size_px: tuple[int, int], count: int) -> tuple[int, int]:
    """Even sides, for 4:2:0."""
    side = CELL_LONG_SIDE_PX if count <= MANY else SMALL_CELL_LONG_SIDE_PX
    scale = min(side / max(size_px), 1.0)
    width, height = (max(2 * round(length * scale / 2), 2) for length in size_px)
    return width, height


def _planes_of(frame: av.VideoFrame) -> Planes:
    views: list[Plane] = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
        views.append(rows[: plane.height, : plane.width])
    luma, blue, red = views
    return luma, blue, red
