"""Times in a text: subtitle files, and time codes before a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_STAMP = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"^\s*({_STAMP})\s*--?>\s*({_STAMP})[^\n]*$", re.MULTILINE)
_TAG = re.compile(r"<(?!v[ .])[^<>\n]{0,80}>|\{\\[^{}\n]{0,80}\}")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^<>\n]{1,40})>")
_NOTE_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)\b[^\n]*(?:\n(?!\s*\n)[^\n]+)*", re.MULTILINE)
_DASH = r"\s*(?:-|–|—|~|〜|～|to|bis|до|→)\s*"
_CODE = rf"(?:{_STAMP}|\d{{1,3}})\s*(?:s|sec|secs|seconds?|초|秒|сек)?"
_SPAN = rf"({_CODE})(?:{_DASH}({_CODE}))?"
_BRACKETED = re.compile(rf"^[\[(（【]\s*{_SPAN}\s*[\])）】]\s*[:：|–—-]?\s*", re.IGNORECASE)
_INNER = re.compile(rf"(?<=\S)\s+(?=[\[(（【]\s*{_STAMP}(?:{_DASH}{_STAMP})?\s*[\])）】])")
_BARE_SPAN = re.compile(
    rf"^({_STAMP}){_DASH}({_STAMP})\s*(?:[:：|–—-]\s*|\s+|$)"
    r"|^(\d{1,3})\s?[-–]\s?(\d{1,3})\s?(?:s|sec|secs|seconds|초|秒|сек)\b\.?\s*[:：|–—-]?\s*",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^({_STAMP})(?:\s*[:：|–—-]\s*|\s+|$)")


@dataclass(frozen=True)
class Cue:
    """What a subtitle file says between two times."""

    text: str
    begin_ms: int
    end_ms: int


def subtitle_cues(text: str) -> list[Cue]:
    """The cues of an .srt or .vtt file in order; none where the text is no such file.

    A line that the next cue only repeats, as automatic captions do, is there once.
    """
    if text.lstrip().startswith("WEBVTT"):
        text = _NOTE_BLOCK.sub("", text)
    timings = list(_TIMING.finditer(text))
    if not timings or _words_before(text, timings[0]):
        return []
    cues: list[Cue] = []
    before: list[str] = []
    for timing, following in zip(timings, [*timings[1:], None], strict=True):
        body = text[timing.end() : following.start() if following else len(text)]
        lines = _cue_lines(body, is_last=following is None)
        new = [line for line in lines if line not in before]
        before = lines or before
        if new:
            begin, end = _ms(timing[1]), _ms(timing[2])
            cues.append(Cue("\n".join(new), begin, max(end, begin)))
    return cues


def without_code(line: str, *, bare: bool) -> tuple[str, int | None]:
    """A line without the time code before it, and the length that it names, in ms.

    `bare` where a single time without brackets is one too (`are_bare_codes`).
    """
    for pattern in (_BRACKETED, _BARE_SPAN, *((_BARE,) if bare else ())):
        match = pattern.match(line)
        if match and _is_time(match[0]):
            times = [_ms(group) for group in match.groups() if group]
            length = times[1] - times[0] if len(times) == 2 else 0
            return line[match.end() :].strip(), length if length > 0 else None
    return line, None


def at_codes(line: str) -> list[str]:
    """A line that holds several bracketed time codes, each piece with its own."""
    return _INNER.split(line)


def are_bare_codes(lines: Sequence[str]) -> bool:
    """Whether several lines begin with a time, each later than the one before."""
    times = [_ms(match[1]) for line in lines if (match := _BARE.match(line))]
    return len(times) >= 2 and times == sorted(set(times)) and 2 * len(times) >= len(lines)


def _is_time(code: str) -> bool:
    """A year, a page or a footnote in brackets is none."""
    return ":" in code or bool(re.search(r"\d\s*(?:s|초|秒|сек)", code, re.IGNORECASE))


def _words_before(text: str, timing: re.Match[str]) -> bool:
    before = text[: timing.start()].removeprefix("\ufeff").strip()
    return bool(before) and not before.startswith("WEBVTT") and not before.isdecimal()


def _cue_lines(body: str, *, is_last: bool) -> list[str]:
    lines = [line.strip() for line in body.strip().split("\n")]
    # The next cue's own number, or name, stands before its times.
    if not is_last and len(lines) > 1 and (lines[-1].isdecimal() or not lines[-2]):
        lines = lines[:-1]
    elif not is_last and lines[-1].isdecimal():
        lines = []
    return list(_spoken(line for line in lines if line))


def _spoken(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        named = _VOICE.sub(lambda match: f"{match[1].strip()}: ", line)
        if words := " ".join(_TAG.sub("", named).replace("♪", " ").replace("♫", " ").split()):
            yield words


def _ms(stamp: str) -> int:
    """`1:02:03,450`, `0:05` or `7 s` in ms."""
    numbers = re.findall(r"\d+", stamp)
    fraction = 0
    if re.search(r"[.,]\d", stamp):
        fraction = int(numbers.pop().ljust(3, "0")[:3])
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + int(number)
    return seconds * 1000 + fraction
