"""Emoji as pictures: which characters are one emoji, and what it looks like.

A sequence that has no picture of its own (a skin tone, a family, a flag nobody has) is shown
by the nearest that has: without its tones, in its parts, or as letters.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray
from PIL import Image

FILE = Path(__file__).parent.parent / "fonts" / "emoji.zip"
TEXT_STYLE, EMOJI_STYLE, JOINER, KEYCAP = "\ufe0e", "\ufe0f", "\u200d", "\u20e3"

_TONE = regex.compile("[\U0001f3fb-\U0001f3ff]")
_TAG = regex.compile("[\U000e0020-\U000e007f]")
_BY_ITSELF = regex.compile(r"\p{Emoji_Presentation}")
_FLAG_LETTER = 0x1F1E6
_lock = threading.Lock()


def emoji_keys(cluster: str) -> tuple[str, ...]:
    """The names of the pictures that show a grapheme cluster; none where it is text."""
    if cluster.isascii() or TEXT_STYLE in cluster:
        return ()
    wanted = EMOJI_STYLE in cluster or len(cluster) > 1 or _BY_ITSELF.match(cluster)
    return _keys(cluster) if wanted else ()


def picture_of(character: str) -> tuple[str, ...]:
    """The picture of a character that is text by default, for where no font has it."""
    return _keys(character)


@lru_cache(maxsize=256)
def emoji_picture(key: str) -> NDArray[np.uint8]:
    """(height, width, 4) RGBA, not premultiplied."""
    with _lock:
        data = _archive().read(key)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


@lru_cache(maxsize=1024)
def _keys(cluster: str) -> tuple[str, ...]:
    for candidate in _nearest(cluster):
        key = "-".join(f"{ord(c):x}" for c in candidate if c != EMOJI_STYLE)
        if key in _names():
            return (key,)
    parts = [part for part in cluster.split(JOINER) if part.strip(EMOJI_STYLE)]
    if len(parts) > 1:
        return tuple(key for part in parts for key in _keys(part))
    return ()


def _nearest(cluster: str) -> Iterator[str]:
    yield cluster
    yield _TONE.sub("", cluster)
    yield _TAG.sub("", cluster)


def flag_letters(cluster: str) -> str:
    """The letters of a flag's code, for a flag that has no picture; else the cluster itself."""
    return "".join(
        chr(ord(c) - _FLAG_LETTER + ord("A")) if 0 <= ord(c) - _FLAG_LETTER < 26 else c
        for c in cluster
    )


@cache
def _archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(FILE)


@cache
def _names() -> frozenset[str]:
    return frozenset(_archive().namelist())
