"""How a prompt was understood, in one sentence."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from domain.reading.model import Reading
from domain.understood import Understood

_KINDS = {
    "script": "a script",
    "subtitles": "a subtitle file",
    "plan": "a JSON plan",
    "screenplay": "a screenplay",
}
_NUMBERS = "no one two three four five six seven eight nine ten".split()
_ASKS = {"story": "a story", "ad": "an advertisement", "facts": "facts"}
MAX_SUBJECT = 60


def described(reading: Reading) -> str:
    """`a script of 7 sentences, English, two speakers; 3 directions are not spoken`"""
    parts = _topic(reading) if reading.kind == "topic" else _script(reading)
    silent = len(reading.silent)
    if not silent:
        return ", ".join(parts)
    verb = "direction is" if silent == 1 else "directions are"
    return f"{', '.join(parts)}; {silent} {verb} not spoken"


def understood(reading: Reading) -> Understood:
    """How it was understood, as a run tells it."""
    is_topic = reading.kind == "topic"
    return Understood(
        kind=reading.kind,
        language=reading.language,
        message=described(reading),
        sentences=0 if is_topic else len(reading.thoughts),
        speakers=reading.speakers,
        silent=len(reading.silent),
        subject=_short(reading.subject) if is_topic else None,
    )


def language_name(tag: str, in_language: str = "en") -> str:
    """`English` for `en`; the tag itself where CLDR has no name for it."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(in_language)
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


def _script(reading: Reading) -> list[str]:
    count = len(reading.thoughts)
    parts = [f"{_KINDS[reading.kind]} of {count} sentence{'s' if count != 1 else ''}"]
    parts.append(language_name(reading.language))
    if speakers := len(reading.speakers):
        said = _NUMBERS[speakers] if speakers < len(_NUMBERS) else str(speakers)
        parts.append(f"{said} speaker{'s' if speakers != 1 else ''}")
    return parts


def _short(subject: str) -> str:
    if len(subject) <= MAX_SUBJECT:
        return subject
    return f"{subject[: MAX_SUBJECT - 1].rstrip()}…"


def _topic(reading: Reading) -> list[str]:
    parts = [f"a topic, “{_short(reading.subject)}”", language_name(reading.language)]
    if reading.asks in _ASKS:
        told = f"{reading.points} {_ASKS['facts']}" if reading.points else _ASKS[reading.asks]
        parts.append(told)
    elif reading.points:
        parts.append(f"{reading.points} points")
    if reading.cuts:
        parts.append(f"{reading.cuts} scenes")
    if reading.length_s:
        parts.append(f"about {reading.length_s} seconds")
    return parts
