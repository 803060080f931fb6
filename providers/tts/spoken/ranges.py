"""Ranges, rows of numbers, products and fractions."""

from __future__ import annotations

import re

from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language
from providers.tts.spoken.numerals import (
    BEGIN,
    CASED,
    DASH,
    GAP,
    MINUS,
    NUMBER,
    Numeral,
    numeral,
    words,
)

# Around the clock, and shapes of pictures.
_PAIRS = frozenset({(24, 7), (16, 9), (16, 10), (21, 9)})
_ROW = re.compile(r"(?<![\w.,:/-])\d{1,2}(?:[-–]\d{1,2}){2,5}(?![\w/-])")


def rows(language: Language) -> tuple[Rule, ...]:
    """Three numbers or more side by side, before any two of them are taken for a range."""
    return (Rule(_ROW, _row),)


def rules(language: Language) -> tuple[Rule, ...]:
    """In the order in which they are tried, after units have been."""
    return (
        Rule(
            re.compile(
                rf"{BEGIN}(?:(?P<whole>\d{{1,4}}) )?"
                r"(?P<above>\d{1,4})/(?P<below>\d{1,4})(?![\d/.:])"
            ),
            _fraction,
        ),
        Rule(
            re.compile(
                rf"{BEGIN}(?<![^\W\d_]-)(?P<number>{NUMBER})(?:{GAP}(?P<dash>{DASH}){GAP}(?P<second>{NUMBER}))(?![\d{MINUS}])"
            ),
            _range,
        ),
        Rule(
            re.compile(
                rf"{BEGIN}(?P<number>{NUMBER}){GAP}[×x]{GAP}(?P<second>{NUMBER})(?![{CASED}\d])"
            ),
            _times,
        ),
    )


def _row(found: Found) -> str:
    """`4-4-2`: numbers side by side."""
    numbers = [found.language.count(int(digits)) for digits in re.findall(r"\d+", found.text)]
    return ("、" if found.language.joined else " ").join(numbers)


def between(first: Numeral, second: Numeral, language: Language) -> str:
    """`three to five`."""
    counted = not any(number.decimals or number.is_spelled for number in (first, second))
    if language.range_number is not None and counted:
        said = [language.range_number(int(number.whole), "", "") for number in (first, second)]
    else:
        said = [words(number, language) for number in (first, second)]
    return language.ranged(*said)


def _range(found: Found) -> str | None:
    language = found.language
    first, second = numeral(found["number"], language), numeral(found["second"], language)
    if first is None or second is None:
        return None
    years = {len(first.whole), len(second.whole)} <= {4, 2} and int(first.whole) in language.years
    if years and first.plain and second.plain and len(first.whole) == 4:
        pair = [
            language.year_words(int(n.whole), found.before, found.after) for n in (first, second)
        ]
        return language.ranged(*pair)
    if language.range_number is None:
        said = [words(first, language, found.before, ""), words(second, language, "", found.after)]
        return language.ranged(*said)
    return between(first, second, language)


def _times(found: Found) -> str | None:
    language = found.language
    first, second = numeral(found["number"], language), numeral(found["second"], language)
    if first is None or second is None:
        return None
    sign = language.signs.get("×", "×")
    return (sign if language.joined else f" {sign} ").join(
        words(number, language) for number in (first, second)
    )


def _fraction(found: Found) -> str:
    language = found.language
    above, below = int(found["above"]), int(found["below"])
    whole = int(found["whole"]) if found["whole"] else None
    if whole is None and _is_day(above, below, language) and language.date is not None:
        return language.date(None, below, above)
    if 0 < above < below <= 1000 and language.fraction is not None:
        return language.fraction(above, below, whole)
    numbers = [above, below] if whole is None else [whole, above, below]
    return ("、" if language.joined else " ").join(map(language.count, numbers))


def _is_day(above: int, below: int, language: Language) -> bool:
    """`25/12`, where days come first: no fraction, and no other pair of numbers."""
    is_date = 12 < above <= 31 and 1 <= below <= 12
    return is_date and language.date_order == "DMY" and (above, below) not in _PAIRS
