"""Dates and times in figures."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_EDGE = r"(?<![\d./-])"
_ISO = re.compile(
    _EDGE + r"(?P<y>\d{4})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-]|\.\d)"
)
_YEAR_LAST = re.compile(
    _EDGE + r"(?P<d>\d{1,2})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d/-]|\.\d)"
)
_CLOCK = (
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])(?:{mark})(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:]|[.,]\d)"
    r"(?:[ \u00a0\u202f]?(?P<half>[AaPp]\.?[Mm]\b\.?|Uhr\b|Uhr|h\b))?"
)


def rules(language: Language) -> tuple[Rule, ...]:
    """Dates, then times."""
    mark = "|".join(re.escape(sign) for sign in dict.fromkeys((":", "：", *language.time_mark)))
    return (
        Rule(_ISO, _iso_date),
        Rule(_YEAR_LAST, _date),
        Rule(re.compile(_CLOCK.replace("{mark}", mark)), _time),
        Rule(
            re.compile(r"(?<![\d:.,])(?P<a>\d{1,3})[:：](?P<b>\d{1,3})(?![\d:：]|[.,]\d)"), _ratio
        ),
    )


def _iso_date(found: Found) -> str | None:
    return _dated(found, int(found["d"]), int(found["m"]))


def _date(found: Found) -> str | None:
    first, second = int(found["d"]), int(found["m"])
    month_first = found.language.date_order == "MDY" and first <= 12
    if month_first or (first <= 12 < second):
        return _dated(found, second, first)
    return _dated(found, first, second)


def _dated(found: Found, day: int, month: int) -> str | None:
    language = found.language
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if language.date is not None:
        return language.date(int(found["y"]), month, day)
    name = cldr.months(language.tag)[month - 1]
    return f"{language.count(day)} {name} {language.year_words(int(found['y']))}"


def _time(found: Found) -> str | None:
    language = found.language
    hour, minute = int(found["h"]), int(found["m"])
    if found["s"]:
        numbers = (hour, minute, int(found["s"]))
        return " ".join(language.count(number) for number in numbers)
    half = found["half"].replace(".", "").lower()
    if language.time is None:
        said = language.count(hour) + (f" {language.count(minute)}" if minute else "")
        return f"{said} {half}".strip()
    ends = "." if found["half"].endswith(".") and not found.after.strip() else ""
    return language.time(hour, minute, half) + ends


def _ratio(found: Found) -> str:
    language = found.language
    return (language.ratio or language.range_).format(
        *(language.count(int(found[group])) for group in "ab")
    )
