"""A text as what is said, line by line: labels, directions, marks and tags told from words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from domain.reading.cues import Cue, are_bare_codes, without_code
from domain.reading.directions import without_directions
from domain.reading.labels import labelled, role_of, speakers_of
from domain.reading.length import weight
from domain.reading.markup import Line, is_rule
from domain.reading.shapes import Shape
from domain.reading.text import cleaned

PAUSE = "pause"
_TAG = r"[#＃](?!\d+\b)[^\s#＃.,!?]+"
_TAGS_ONLY = re.compile(rf"^\s*(?:{_TAG}\s*)+$")
_TAGS_AT_END = re.compile(rf"(?:(?:^|\s+){_TAG}){{1,40}}\s*$")
_BULLET = re.compile(r"^(?:[-*•‣◦▪·]\s+|[①-⑳]\s*|\d\ufe0f?\u20e3\s*)")
_NUMBER = re.compile(r"^[(（]?(\d{1,2})[.)、．）](?:\s+|(?=[^\d\s.])|$)")
_ENDS = re.compile(r"[.!?…。！？।؟۔][\"'”’»」』)）]*$")
_NEXT_LABEL = re.compile(r"(?<=[.!?…。！？\"”])\s+(?=[^\W\d_a-zа-я][^:：.!?\n]{0,20}[:：]\s)")
_SLUG = re.compile(r"^(?:INT|EXT|INT\.?/EXT|I/E)[. ]\s*\S")
_TRANSITION = re.compile(r"^(?:[A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?|THE END\.?)$")
_CUE_NAME = re.compile(r"^([^\W\d_][^()\n.!?:]{1,28}?)\s*(?:\(([^()\n]{1,20})\))?$")
_CUE_WEIGHT = 60
# Arrows, emoji and letters beyond: what can be shown, if not said. Quotation marks are before.
_FIRST_SYMBOL = 0x2190


@dataclass(frozen=True)
class Said:
    """Something said at one go, with what stands beside it."""

    text: str
    speaker: str | None = None
    directions: tuple[str, ...] = ()
    wished_ms: int | None = None


@dataclass
class Script:
    """What is said in a text, and what is not."""

    said: list[Said] = field(default_factory=list)
    title: str | None = None
    silent: list[str] = field(default_factory=list)
    speakers: tuple[str, ...] = ()
    has_labels: bool = False
    headings: list[str] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)

    def say(self, text: str, speaker: str | None = None, wished_ms: int | None = None) -> None:
        said, directions = without_directions(text)
        self.direct(*directions)
        if any(c.isalnum() or ord(c) > _FIRST_SYMBOL for c in said):
            waiting, self._waiting = tuple(self._waiting), []
            self.said.append(Said(said, speaker, waiting, wished_ms))

    def direct(self, *directions: str) -> None:
        """It goes with what is said next."""
        for text in directions:
            self._waiting.append(text)
            if text != PAUSE:
                self.silent.append(text)

    def rest(self) -> None:
        if self.said and PAUSE not in self._waiting:
            self._waiting.append(PAUSE)

    def head(self, text: str) -> None:
        """A heading: the title where nothing was said yet, else a rest with something to see."""
        self.headings.append(text)
        if not self.said and self.title is None:
            self.title = text
            return
        self.rest()
        self.direct(text)

    def close(self) -> Script:
        if self._waiting and self.said:
            last = self.said[-1]
            self.said[-1] = replace(last, directions=(*last.directions, *self._waiting))
        self._waiting = []
        return self


def script_of_lines(lines: Iterable[Line], characters: int) -> Script:
    """The script in a text's lines."""
    script = Script()
    kept = list(_without_tags(lines, script))
    if any(_SLUG.match(line.text) for line in kept) and _screenplay(kept, script):
        return script.close()
    numbered = _is_numbered([line.text for line in kept if line.kind == "words"])
    words = [_unmarked(line.text, numbered) for line in kept if line.kind == "words" and line.text]
    bare = are_bare_codes(words)
    words = [without_code(line, bare=bare)[0] for line in words]
    script.speakers = speakers_of([part for line in words for part in _labelled_parts(line)], characters)
    reader = _Reader(script, _is_structured(words))
    for line in kept:
        if line.kind != "words" or not line.text or is_rule(line.text):
            reader.other(line)
            continue
        text, length_ms = without_code(_unmarked(line.text, numbered), bare=bare)
        for part in _labelled_parts(text):
            reader.line(part, length_ms)
    return script.close()


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


def _is_structured(lines: Sequence[str]) -> bool:
    """Whether labels part the text: several of them, or one that is written as a label."""
    found = [item.label for line in lines if (item := labelled(line)) and role_of(item.label)]
    shouted = any(label.isupper() and len(label) > 2 for label in found)
    bracketed = any(line[:1] in "[【［" and labelled(line) for line in lines)
    return len(found) >= 2 or shouted or (bracketed and bool(found))


def _labelled_parts(line: str) -> list[str]:
    """A line that holds several labelled ones, parted."""
    return _NEXT_LABEL.split(line) if labelled(line) else [line]


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
    numbers = [int(match[1]) for line in lines if (match := _NUMBER.match(line))]
    steps = {after - before for before, after in zip(numbers, numbers[1:], strict=False)}
    return len(numbers) >= 2 and (steps == {1} or steps == {-1} or set(numbers) == {1})


def _unmarked(line: str, numbered: bool) -> str:
    """A line without its list mark."""
    unmarked = _BULLET.sub("", line, count=1)
    if numbered:
        unmarked = _NUMBER.sub("", unmarked, count=1)
    return unmarked.strip()


def _screenplay(lines: Sequence[Line], script: Script) -> bool:
    """A screenplay as it is printed: places and action are seen, under a name somebody speaks."""
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
