"""Subtitle files and JSON plans as what is said in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.reading.cues import Cue
from domain.reading.labels import labelled, role_of, speakers_of
from domain.reading.length import weight
from domain.reading.said import Script
from domain.reading.shapes import Shape
from domain.reading.text import cleaned

_ENDS = re.compile(r"[.!?…。！？।؟۔][\"'”’»」』)）]*$")
# A cue of automatic captions has no marks; so much is said at one go.
_CUE_WEIGHT = 60


def script_of_cues(cues: Sequence[Cue], characters: int) -> Script:
    """The script of a subtitle file; a sentence over several cues is said at one go."""
    script = Script()
    lines = [line.lstrip("-–— ") for cue in cues for line in cue.text.split("\n")]
    script.speakers = speakers_of(lines, characters) or tuple(
        dict.fromkeys(item.label for line in lines if (item := labelled(line)) and item.rest)
        if sum(labelled(line) is not None for line in lines) * 2 > len(lines)
        else ()
    )
    words: list[str] = []
    speaker: str | None = None
    begin_ms = 0

    def flush(end_ms: int) -> None:
        if words:
            script.say(" ".join(words), speaker, max(end_ms - begin_ms, 1))
            words.clear()

    for cue in cues:
        for line in cue.text.split("\n"):
            item = labelled(line.lstrip("-–— "))
            if item and item.label in script.speakers:
                flush(cue.begin_ms)
                speaker, line = item.label, item.rest
            elif item and role_of(item.label) == "narrator":
                flush(cue.begin_ms)
                speaker, line = None, item.rest
            begin_ms = begin_ms if words else cue.begin_ms
            words.append(line)
        text = " ".join(words)
        if _ENDS.search(text) or weight(text) >= _CUE_WEIGHT:
            flush(cue.end_ms)
    flush(cues[-1].end_ms if cues else 0)
    script.has_labels = bool(script.speakers)
    return script.close()


def script_of_shape(shape: Shape) -> Script:
    """The script of a JSON plan."""
    names = dict.fromkeys(
        part.speaker for part in shape.parts if part.speaker and role_of(part.speaker) is None
    )
    script = Script(title=shape.title, speakers=tuple(names), has_labels=bool(names))
    for part in shape.parts:
        script.direct(*part.seen)
        speaker = part.speaker if part.speaker in names else None
        lines = cleaned(part.text).split("\n")
        for line in lines:
            script.say(line, speaker, part.length_ms if len(lines) == 1 else None)
    return script.close()
