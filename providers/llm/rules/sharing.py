"""Thoughts shared out over scenes, neighbours kept together."""

from __future__ import annotations

from domain.reading.length import weight
from domain.reading.model import Thought


def grouped(thoughts: list[Thought], count: int) -> list[list[Thought]]:
    """At most `count` neighbouring groups of about equal length, each of at least one."""
    count = min(count, len(thoughts))
    groups: list[list[Thought]] = []
    rest, left = list(thoughts), sum(weight(thought.text) for thought in thoughts)
    for still in range(count, 0, -1):
        group: list[Thought] = []
        aim, got = left / still, 0.0
        while rest and len(rest) >= still:
            length = weight(rest[0].text)
            if group and got + length / 2 > aim and still > 1:
                break
            group.append(rest.pop(0))
            got += length
        left -= int(got)
        groups.append(group)
    return groups
