"""Scripts written as JSON: the shapes in which plans and transcripts are usually handed on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.reading.model import Unreadable

_SPOKEN = (
    *("text", "narration", "voiceover", "voice_over", "narrator", "dialogue", "dialog", "script"),
    *("line", "lines", "speech", "content", "sentence", "say", "said", "spoken", "caption"),
    *("subtitle", "audio", "message", "utterance", "transcript"),
)
_SPEAKER = ("speaker", "character", "char_name", "name", "role", "who", "voice", "actor")
_SEEN = (
    *("visual", "visuals", "image", "image_prompt", "imageprompt", "picture", "visual_prompt"),
    *("visual_description", "image_description", "video_prompt", "prompt", "description", "action"),
    *("camera", "shot", "background", "sfx", "sound", "sound_effect", "sound_effects", "music"),
)
_PARTS = (
    *("scenes", "segments", "shots", "lines", "dialogue", "dialog", "script", "cues", "slides"),
    *("items", "plan", "story", "video", "parts", "panels", "frames", "timeline", "beats"),
)
_TITLE = ("title", "video_title", "headline", "name", "topic")
_SECONDS = ("duration", "duration_s", "duration_seconds", "duration_sec", "seconds", "length")
_MS = ("duration_ms", "length_ms", "durationms")
_FENCE = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n\s*```\s*$", re.DOTALL | re.IGNORECASE)
_LOOKS_LIKE_JSON = re.compile(r'^\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
MAX_DEPTH = 12


@dataclass(frozen=True)
class Part:
    """One thing that is said, with what is seen, by whom and for how long."""

    text: str
    speaker: str | None = None
    seen: tuple[str, ...] = ()
    length_ms: int | None = None


@dataclass(frozen=True)
class Shape:
    """A JSON script as it was found."""

    parts: list[Part]
    title: str | None = None


def json_shape(text: str) -> Shape | None:
    """The script in a JSON text; None where the text is no JSON.

    Raises `Unreadable` where it is JSON, or plainly meant to be, and nothing in it is said.
    """
    fenced = _FENCE.match(text)
    source = (fenced[1] if fenced else text).strip()
    if not _LOOKS_LIKE_JSON.match(source):
        return None
    try:
        value = json.loads(source)
    except RecursionError as exc:
        raise Unreadable("is JSON nested too deeply to be a script") from exc
    except ValueError as exc:
        if '":' not in source:
            return None
        raise Unreadable(f"looks like JSON and is none: {exc}") from exc
    parts = list(_parts(value, 0))
    title = _first(value, _TITLE) if isinstance(value, dict) else None
    if not parts:
        raise Unreadable(
            'is JSON in which nothing is said: give "scenes" with a "text" each, or plain text'
        )
    return Shape(parts, title)


def _parts(value: Any, depth: int) -> Iterator[Part]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, str) and item.strip():
                yield Part(item)
            else:
                yield from _parts(item, depth + 1)
    elif isinstance(value, dict):
        yield from _of_object(value, depth)


def _of_object(value: dict[str, Any], depth: int) -> Iterator[Part]:
    """A container of parts, or a part that says something itself."""
    keys = {key.lower(): key for key in value if isinstance(key, str)}
    for name in (*_PARTS, *_SPOKEN):
        inner = value.get(keys.get(name, ""))
        if isinstance(inner, (list, dict)):
            seen, length = tuple(_seen(value)), _length_ms(value)
            found = list(_parts(inner, depth + 1))
            for number, part in enumerate(found):
                first = number == 0
                yield Part(
                    part.text,
                    part.speaker or _first(value, _SPEAKER[:3]),
                    (*seen, *part.seen) if first else part.seen,
                    part.length_ms or (length if len(found) == 1 else None),
                )
            if found:
                return
    if said := _first(value, _SPOKEN):
        yield Part(said, _first(value, _SPEAKER), tuple(_seen(value)), _length_ms(value))
        return
    # `{"scene_1": {…}, "scene_2": {…}}`, or one more wrapper.
    for inner in value.values():
        if isinstance(inner, (list, dict)):
            yield from _parts(inner, depth + 1)


def _first(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    lower = {key.lower(): item for key, item in value.items() if isinstance(key, str)}
    found = (lower.get(name) for name in names)
    return next((item.strip() for item in found if isinstance(item, str) and item.strip()), None)


def _seen(value: dict[str, Any]) -> Iterator[str]:
    lower = {key.lower(): item for key, item in value.items() if isinstance(key, str)}
    for name in _SEEN:
        if isinstance(item := lower.get(name), str) and item.strip():
            yield " ".join(item.split())


def _length_ms(value: dict[str, Any]) -> int | None:
    lower = {key.lower(): item for key, item in value.items() if isinstance(key, str)}
    for names, factor in ((_MS, 1), (_SECONDS, 1000)):
        for name in names:
            if (number := _number(lower.get(name))) and number > 0:
                return round(number * factor)
    begin, end = _number(lower.get("start")), _number(lower.get("end"))
    return (
        round((end - begin) * 1000)
        if begin is not None and end is not None and end > begin
        else None
    )


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e7 else None
    found = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,4})?)\s*(?:s|sec|seconds?)?\s*", str(value or ""))
    return float(found[1]) if found else None
