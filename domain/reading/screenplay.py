"""Screenplays as they are printed: places, action, and under a name in capitals what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.reading.markup import Line
from domain.reading.said import Script

_SLUG = re.compile(r"^(?:INT|EXT|INT\.?/EXT|I/E)[. ]\s*\S")
_TRANSITION = re.compile(r"^(?:[A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?|THE END\.?)$")
_CUE_NAME = re.compile(r"^([^\W\d_][^()\n.!?:]{1,28}?)\s*(?:\(([^()\n]{1,20})\))?$")


def is_screenplay(lines: Sequence[Line]) -> bool:
    """Whether a place is given as screenplays give it: `INT. LIGHTHOUSE - NIGHT`."""
    return any(_SLUG.match(line.text) for line in lines)


def read_screenplay(lines: Sequence[Line], script: Script) -> bool:
    """Read it into `script`; False where nobody speaks under a name."""
    names = [_cue_name(lines, number) for number in range(len(lines))]
    if not any(names):
        return False
    speaker: str | None = None
    for line, name in zip(lines, names, strict=True):
        if name:
            speaker = name
        elif not line.text:
            speaker = None
        elif speaker and line.kind == "words":
            script.say(line.text, speaker)
        elif line.kind == "words" and _SLUG.match(line.text):
            script.rest()
            script.direct(line.text)
        elif not _TRANSITION.match(line.text):
            script.direct(line.text)
    script.speakers = tuple(dict.fromkeys(name for name in names if name))
    script.has_labels = True
    return bool(script.said)


def _cue_name(lines: Sequence[Line], number: int) -> str | None:
    """The name in capitals over what somebody says."""
    text = lines[number].text
    follows_blank = number == 0 or not lines[number - 1].text
    is_over_words = number + 1 < len(lines) and bool(lines[number + 1].text)
    if not (text.isupper() and follows_blank and is_over_words) or _SLUG.match(text):
        return None
    match = _CUE_NAME.match(text)
    return match[1].title() if match and not _TRANSITION.match(text) else None
