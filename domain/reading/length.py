"""How long a text takes to say, roughly, in any script."""

from __future__ import annotations

import re

# Measured against speech: about twelve seconds in any script (embedded.md, section 1.3).
MAX_THOUGHT = 150
MIN_THOUGHT = 9
# Weighted characters per second of speech, roughly the same in every script.
WEIGHT_PER_SECOND = 13.0
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


def weight(text: str) -> int:
    """How long a text takes to read or say: a wide letter counts double."""
    return len(text) + len(_WIDE.findall(text))


def spoken_ms(text: str) -> int:
    """About how long a line takes to say."""
    return min(max(round(1000 * weight(text) / WEIGHT_PER_SECOND), 1000), 600_000)
