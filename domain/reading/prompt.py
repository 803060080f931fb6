"""A prompt, read: what it is, in which language, what is said in it and what it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from domain.reading.cues import subtitle_cues
from domain.reading.language import detect_language
from domain.reading.length import weight
from domain.reading.markup import lines_of
from domain.reading.model import Asks, Kind, Reading, Thought, Unreadable
from domain.reading.parting import joined, parted
from domain.reading.said import Said, Script, is_something
from domain.reading.script import script_of_lines
from domain.reading.sentences import sentences
from domain.reading.shapes import json_shape
from domain.reading.text import cleaned_lines
from domain.reading.title import title_of
from domain.reading.transcripts import script_of_cues, script_of_shape
from domain.reading.wishes import Wish, introduces_script, is_instruction, wish_of
from domain.run import MAX_CUTS, Mode

MAX_TOPIC = 160
_UNSPACED_SCRIPT = 60
_QUESTION = ("?", "？", "؟")
_ENDS = (*".!?…。！？।؟۔", *_QUESTION)
_CLOSING = "\"'”’»」』)）"
NOTHING = "has nothing in it that could be said: write a topic or paste a script"


def read_prompt(
    text: str, *, mode: Mode, characters: int, language: str | None, locale: str | None
) -> Reading:
    """What a prompt is. `language` is what the user chose, `locale` the user's own, a prior only.

    Raises `Unreadable` with one sentence where no film can be made of it.
    """
    plain = "\n".join(cleaned_lines(text)).strip("\n")
    kind, script = _script(plain, characters)
    words = "\n".join(said.text for said in script.said)
    tongue = language or detect_language(words or plain, prior=locale)
    if kind == "script":
        return _told(script, tongue, mode)
    return _as_script(kind, script, tongue)


def _script(plain: str, characters: int) -> tuple[Kind, Script]:
    if shape := json_shape(plain):
        return "plan", _saying_something(script_of_shape(shape))
    if cues := subtitle_cues(plain):
        return "subtitles", _saying_something(script_of_cues(cues, characters))
    script = script_of_lines(lines_of(plain), characters)
    if not _says_something(script):
        script = _of_what_is_left(script)
    return ("screenplay" if script.has_labels else "script"), _saying_something(script)


def _of_what_is_left(script: Script) -> Script:
    """Where only headings, brackets or tags are there, they are the words."""
    left = script.headings or [part.replace("#", " ").strip() for part in script.silent]
    return Script(said=[Said(" ".join(part.split())) for part in left if part.strip()])


def _says_something(script: Script) -> bool:
    return any(is_something(said.text) for said in script.said)


def _saying_something(script: Script) -> Script:
    if not _says_something(script):
        raise Unreadable(NOTHING)
    return script


def _told(script: Script, language: str, mode: Mode) -> Reading:
    """A topic, or a script without labels."""
    lines = [sentences(said.text, language) or [said.text] for said in script.said]
    told = [sentence for line in lines for sentence in line]
    wish = wish_of(told[0], language)
    if len(script.said) > 1 and introduces_script(script.said[0].text, language):
        return _as_script("script", Script(script.said[1:], script.title, script.silent), language)
    if wish.commanded and not _is_talk(told, wish, language):
        return _topic(wish, told[1:], script, language, mode)
    if script.title or _is_script(told, len(lines), language):
        return _as_script("script", script, language)
    return _topic(wish, told[1:], script, language, mode)


def _is_script(told: Sequence[str], lines: int, language: str) -> bool:
    """Whether a text is to be kept: sentences that tell something, or lines, or a long text."""
    length = sum(weight(sentence) for sentence in told)
    if length > MAX_TOPIC or lines >= 2:
        return True
    if language.split("-")[0].lower() in ("th", "lo", "km"):
        return len(told) >= 3 and length > _UNSPACED_SCRIPT
    if len(told) >= 3:
        return True
    whole = [s for s in told if s.rstrip(_CLOSING).endswith(_ENDS) and len(s.split()) > 1]
    unspaced = [s for s in told if s.rstrip(_CLOSING).endswith(_ENDS) and weight(s) >= 8]
    states = any(not s.rstrip(_CLOSING).endswith(_QUESTION) for s in told[1:])
    asked = any(is_instruction(s, language) for s in told)
    return len(told) == 2 and 2 in (len(whole), len(unspaced)) and states and not asked


def _is_talk(told: Sequence[str], wish: Wish, language: str) -> bool:
    """Whether what begins like a command is somebody speaking: `Explain it to me. He left. …`"""
    told_only = wish.asks not in ("story", "ad") and wish.length_s is None and wish.cuts is None
    statements = [s for s in told[1:] if not is_instruction(s, language)]
    is_short = weight(wish.subject) <= 12
    return told_only and is_short and len(statements) >= 2


def _topic(wish: Wish, rest: Sequence[str], script: Script, language: str, mode: Mode) -> Reading:
    own = [s for s in rest if not is_instruction(s, language)]
    cuts = min(wish.cuts, MAX_CUTS) if wish.cuts else None
    return Reading(
        kind="topic",
        language=language,
        thoughts=tuple(Thought(text=sentence) for sentence in own),
        subject=wish.subject,
        asks=_asks(wish.asks, mode),
        title=title_of([script.title or "", wish.phrase]),
        cuts=cuts,
        length_s=wish.length_s,
        points=wish.points,
        silent=tuple(script.silent),
    )


def _asks(asked: Asks, mode: Mode) -> Asks:
    return {Mode.AD: "ad", Mode.STORY: "story"}.get(mode, asked)  # type: ignore[return-value]


def _as_script(kind: Kind, script: Script, language: str) -> Reading:
    thoughts = [thought for said in script.said for thought in _thoughts(said, language)]
    if not thoughts:
        raise Unreadable(NOTHING)
    title = title_of([script.title or "", *(thought.text for thought in thoughts)])
    return Reading(
        kind=kind,
        language=language,
        thoughts=tuple(thoughts),
        subject=title or thoughts[0].text,
        title=title,
        speakers=script.speakers,
        silent=tuple(script.silent),
    )


def _thoughts(said: Said, language: str) -> list[Thought]:
    """One per sentence; short ones are joined to the next, long ones parted at a breath."""
    whole = joined(sentences(said.text, language) or [said.text])
    pieces = [piece for sentence in whole for piece in parted(sentence, language)]
    total = sum(weight(piece) for piece in pieces) or 1
    return [
        Thought(
            text=piece,
            speaker=said.speaker,
            directions=said.directions if number == 0 else (),
            wished_ms=max(said.wished_ms * weight(piece) // total, 1) if said.wished_ms else None,
        )
        for number, piece in enumerate(pieces)
    ]
