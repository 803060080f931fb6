"""A text as what is said, line by line: labels, directions, marks and tags told from words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.reading.cues import are_bare_codes, at_codes, without_code
from domain.reading.labels import labelled, role_of, speakers_of
from domain.reading.markup import Line, is_rule
from domain.reading.said import Script
from domain.reading.screenplay import is_screenplay, read_screenplay

_TAG = r"[#＃](?!\d+\b)[^\s#＃.,!?]+"
_TAGS_ONLY = re.compile(rf"^\s*(?:{_TAG}\s*)+$")
_TAGS_AT_END = re.compile(rf"(?:(?:^|\s+){_TAG}){{1,40}}\s*$")
_BULLET = re.compile(r"^(?:[-*•‣◦▪·]\s+|\d\ufe0f?\u20e3\s*)")
_CIRCLED = re.compile(r"^[①-⑳❶-❿]\s*")
_NUMBER = re.compile(r"^[(（]?(\d{1,2})[.)、．）](?:\s+|(?=[^\d\s.])|$)")
_ENDS = re.compile(r"[.!?…。！？।؟۔][\"'”’»」』)）]*$")
_NEXT_LABEL = re.compile(r"(?<=[.!?…。！？\"”])\s+(?=[^\W\d_a-zа-я][^:：.!?\n]{0,20}[:：]\s)")


def script_of_lines(lines: Iterable[Line], characters: int) -> Script:
    """The script in a text's lines."""
    script = Script()
    kept = [part for line in _without_tags(lines, script) for part in _at_codes(line)]
    if is_screenplay(kept) and read_screenplay(kept, script):
        return script.close()
    numbered = _is_numbered([line.text for line in kept if line.kind == "words"])
    words = [_unmarked(line.text, numbered) for line in kept if line.kind == "words" and line.text]
    bare = are_bare_codes(words)
    words = [without_code(line, bare=bare)[0] for line in words]
    parts = [part for line in words for part in _labelled_parts(line)]
    script.speakers = speakers_of(parts, characters)
    reader = _Reader(script, _is_structured(parts))
    for line in kept:
        if line.kind != "words" or not line.text or is_rule(line.text):
            reader.other(line)
            continue
        text, length_ms = without_code(_unmarked(line.text, numbered), bare=bare)
        for part in _labelled_parts(text):
            reader.line(part, length_ms)
    return script.close()


class _Reader:
    """Reads one line after another; a name that stands alone speaks until the next blank line."""

    def __init__(self, script: Script, structured: bool) -> None:
        self._script = script
        self._structured = structured
        self._speaker: str | None = None

    def other(self, line: Line) -> None:
        self._speaker = None
        if line.kind == "heading":
            self._heading(line.text)
        elif line.kind == "seen" and line.text:
            self._script.direct(line.text)
        elif line.kind == "pause" or is_rule(line.text):
            self._script.rest()

    def line(self, text: str, length_ms: int | None) -> None:
        item = labelled(text)
        script = self._script
        if item and item.label in script.speakers:
            script.has_labels = True
            script.direct(*([item.aside] if item.aside else []))
            self._speaker = None if item.rest else item.label
            if item.rest:
                script.say(item.rest, item.label, length_ms)
            return
        role = role_of(item.label) if item else None
        if item is None or role is None or not self._heeds(item.label, role):
            script.say(text, self._speaker, length_ms)
            return
        script.has_labels = True
        self._speaker = None
        self._known(role, item.label, item.rest, length_ms)

    def _known(self, role: str, label: str, rest: str, length_ms: int | None) -> None:
        script = self._script
        if role == "title":
            script.title = rest or script.title
        elif role == "tags":
            script.silent.append(rest or label)
        elif role == "silent":
            script.direct(rest or label)
        elif role == "scene" and rest and not _ENDS.search(rest):
            script.rest()
            script.direct(rest)
        elif rest:
            script.say(rest, None, length_ms)

    def _heeds(self, label: str, role: str) -> bool:
        """Whether a known label is one here: `Music: the language of all` may be a sentence."""
        return role in ("narrator", "scene", "tags", "title") or self._structured

    def _heading(self, text: str) -> None:
        item = labelled(text)
        role = role_of(item.label) if item else role_of(text)
        if role == "title" and item and item.rest:
            self._script.title = item.rest
        elif role in ("scene", "part", "narrator", "silent"):
            self._script.rest()
            if item and item.rest:
                self._script.direct(item.rest)
        else:
            self._script.head(text)


def _at_codes(line: Line) -> list[Line]:
    return [Line(part) for part in at_codes(line.text)] if line.kind == "words" else [line]


def _is_structured(lines: Sequence[str]) -> bool:
    """Whether labels part the text: several of them, or one that is written as a label."""
    found = [item.label for line in lines if (item := labelled(line)) and role_of(item.label)]
    shouted = any(label.isupper() and len(label) > 2 for label in found)
    bracketed = any(line[:1] in "[【［" and labelled(line) for line in lines)
    return len(found) >= 2 or shouted or (bracketed and bool(found))


def _labelled_parts(line: str) -> list[str]:
    """A line that holds several labelled ones, parted."""
    if not labelled(line):
        return [line]
    parts: list[str] = []
    for piece in _NEXT_LABEL.split(line):
        # `Mr. Kim: …` is one label.
        if parts and ":" not in parts[-1] and "：" not in parts[-1]:
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return parts


def _without_tags(lines: Iterable[Line], script: Script) -> Iterator[Line]:
    """The lines without the hashtags that are a line, or stand at the end of the last one."""
    kept = []
    for line in lines:
        if line.kind == "words" and _TAGS_ONLY.match(line.text):
            script.silent.append(line.text)
        else:
            kept.append(line)
    last = max((n for n, x in enumerate(kept) if x.kind == "words" and x.text), default=None)
    for number, line in enumerate(kept):
        tags = _TAGS_AT_END.search(line.text[-600:]) if number == last else None
        if tags and (words := line.text[: len(line.text) - len(tags[0])].strip()):
            script.silent.append(tags[0].strip())
            yield Line(words)
        else:
            yield line


def _is_numbered(lines: Sequence[str]) -> bool:
    """Whether lines are numbered one after another, up or down; a date or a price is no number."""
    if sum(bool(_CIRCLED.match(line)) for line in lines) >= 2:
        return True
    numbers = [int(match[1]) for line in lines if (match := _NUMBER.match(line))]
    steps = {after - before for before, after in zip(numbers, numbers[1:], strict=False)}
    return len(numbers) >= 2 and steps in ({1}, {-1})


def _unmarked(line: str, numbered: bool) -> str:
    """A line without its list mark."""
    unmarked = _BULLET.sub("", line, count=1)
    if numbered:
        unmarked = _CIRCLED.sub("", _NUMBER.sub("", unmarked, count=1), count=1)
    return unmarked.strip()
