"""What a number agrees with: the word after it, its gender, and other words around it."""

from __future__ import annotations

import re

_NEXT = re.compile(r"[ \u00a0\u202f-]([^\W\d_]+)")
_PREVIOUS = re.compile(r"([^\W\d_]+)[.:]?[ \u00a0]$")


def next_word(after: str) -> str:
    """The word right after a number, or ""."""
    match = _NEXT.match(after)
    return match[1] if match else ""


def previous_word(before: str) -> str:
    """The word right before a number, or ""."""
    match = _PREVIOUS.search(before)
    return match[1] if match else ""


def month_regex(months: tuple[str, ...]) -> str:
    """One of the months' names."""
    return "|".join(sorted(map(re.escape, months), key=len, reverse=True))
