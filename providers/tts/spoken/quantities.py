"""Money, measures, percent, ranges, fractions and places in a row."""

from __future__ import annotations

import re
from decimal import Decimal

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
from providers.tts.spoken.ranges import between
from providers.tts.spoken.units import MONEY, measured, money_name, signs_of, unit_regex

# A letter of a script without spaces may stand right before it.
_SIGN = rf"(?P<sign>(?<![{CASED}\d_.,)%])[{MINUS}+±~≈]{GAP})?"
_RANGE = rf"(?:{GAP}(?P<dash>{DASH}){GAP}(?P<second>{NUMBER}))?"
_TWICE = rf"(?:(?:{GAP}(?:{{0}}))?{GAP}(?P<dash>{DASH}){GAP}(?P<second>{NUMBER}))?"


def rules(language: Language) -> tuple[Rule, ...]:
    """In the order in which they are tried."""
    money = "|".join(re.escape(sign) for sign in sorted(MONEY, key=len, reverse=True))
    words_ = sorted(language.magnitudes, key=len, reverse=True)
    magnitude = "|".join(map(re.escape, words_)) or "(?!)"
    short = "|".join(re.escape(w) for w in words_ if _is_short(w, language)) or "(?!)"
    large = rf"(?:{GAP}(?P<large>{magnitude})(?![\w]))?"
    unit = unit_regex(language)
    signs = sorted(signs_of(language.tag), key=len, reverse=True)
    twice_unit = _TWICE.replace("{0}", "|".join(map(re.escape, signs)))
    twice_money = _TWICE.replace("{0}", money)
    return (
        Rule(
            re.compile(
                rf"(?P<sign>(?<!\w)[{MINUS}+])?(?<![{CASED}\d])(?P<money>{money}){GAP}(?P<number>{NUMBER})"
                rf"(?:(?:{magnitude})?{GAP}{DASH}{GAP}(?:{money})?(?P<second>{NUMBER}))?{large}"
            ),
            _money,
        ),
        Rule(
            re.compile(
                rf"{BEGIN}{_SIGN}(?P<number>{NUMBER}){twice_money}{large}{GAP}(?P<money>{money})(?![{CASED}\d])"
            ),
            _money,
        ),
        Rule(
            re.compile(
                rf"(?<![A-Za-z]){BEGIN}{_SIGN}(?P<number>{NUMBER}){twice_unit}{large}{unit}"
            ),
            _measure,
        ),
        Rule(
            re.compile(
                rf"{BEGIN}{_SIGN}(?P<number>{NUMBER}){_RANGE}{GAP}(?P<large>{short})(?![{CASED}\d])"
            ),
            _magnitude,
        ),
    )


def _money(found: Found) -> str | None:
    language, code = found.language, MONEY[found["money"]]
    number = numeral(found["number"], language)
    if number is None:
        return None
    name_of = money_name
    if found["large"]:
        large = _large_range(number, found, language)
        name = name_of(code, Decimal(10**6), language)
        said = f"{large}{language.of_magnitude}{_space(language)}{name}"
    elif _has_change(number, code, found):
        said = _with_change(number, code, language)
    else:
        pattern = f"{{0}}{_space(language)}{name_of(code, _last(number, found), language)}"
        said = _filled(pattern, number, found, feminine=code in language.feminine_money)
    return _signed(said, found)


def _has_change(number: Numeral, code: str, found: Found) -> bool:
    in_cents = len(number.decimals) == 2 and not number.is_spelled and not found["second"]
    return in_cents and code in found.language.change


def _with_change(number: Numeral, code: str, language: Language) -> str:
    whole, cents = int(number.whole), int(number.decimals)
    feminine = code in language.feminine_money
    space = _space(language)
    name = money_name(code, Decimal(whole), language)
    major = f"{_agreeing(whole, language, feminine=feminine)}{space}{name}"
    if not cents:
        return major
    name = language.form(language.change[code], Decimal(cents))
    minor = (
        f"{_agreeing(cents, language, feminine=False)}{space}{name}".strip()
        if name
        else language.count(cents)
    )
    return minor if not whole else language.money_and_change.format(major, minor)


def _measure(found: Found) -> str | None:
    language = found.language
    unit = signs_of(language.tag)[found["unit"] or found["spaced"]]
    number = numeral(found["number"], language)
    if number is None:
        return None
    if found["large"]:
        pattern = measured(Decimal(10**6), unit, language)
        said = pattern.format(_large_range(number, found, language) + language.of_magnitude)
    else:
        pattern = measured(_last(number, found), unit, language)
        said = _filled(pattern, number, found, feminine=unit in language.feminine_units)
    return _signed(said, found)


def _magnitude(found: Found) -> str | None:
    """`10k`, `5 Mio.`"""
    language = found.language
    number = numeral(found["number"], language)
    second = numeral(found["second"], language) if found["second"] else None
    if number is None:
        return None
    said = _large(second or number, found["large"], language)
    if second is not None:
        said = language.ranged(words(number, language), said)
    return _signed(said, found)


def _is_short(written: str, language: Language) -> bool:
    """Whether a magnitude is an abbreviation by itself; `K`, `B` and `m` are other things too."""
    is_word = " " in written or written in ("K", "B", "m")
    return not is_word and written != language.magnitudes[written]


def _filled(pattern: str, number: Numeral, found: Found, *, feminine: bool) -> str:
    """The pattern of a unit with the number, or both numbers of a range, in it."""
    language = found.language
    second = numeral(found["second"], language) if found["second"] else None
    if second is None:
        said = _agreeing_numeral(number, language, feminine=feminine)
    else:
        said = between(number, second, language)
    begin, _, end = pattern.partition("{0}")
    return begin + (language.seam(said, end) if language.seam else said + end)


def _large_range(number: Numeral, found: Found, language: Language) -> str:
    """`$5 million`, `$1M-$2M`, `$5-10 million`."""
    second = numeral(found["second"], language) if found["second"] else None
    if second is None:
        return _large(number, found["large"], language)
    first = words(number, language)
    return language.ranged(first, _large(second, found["large"], language))


def _large(number: Numeral, written: str, language: Language) -> str:
    """`5.5 million`, `2bn`: the number and its magnitude, in full."""
    name = language.form(language.magnitudes[written], number.value)
    return f"{words(number, language, '', ' ' + name)}{_space(language)}{name}"


def _agreeing_numeral(number: Numeral, language: Language, *, feminine: bool) -> str:
    if number.decimals or number.is_spelled:
        return words(number, language)
    return _agreeing(int(number.whole), language, feminine=feminine)


def _agreeing(number: int, language: Language, *, feminine: bool) -> str:
    made = language.feminine if feminine else language.masculine
    if made is None:
        return language.count(number)
    return made(number)


def _last(number: Numeral, found: Found) -> Decimal:
    """The number that a noun after it agrees with."""
    second = numeral(found["second"], found.language) if found["second"] else None
    return (second or number).value


def _signed(said: str, found: Found) -> str:
    sign = found["sign"].strip()
    if not sign:
        return said
    language = found.language
    word = language.minus_word() if sign in MINUS else language.signs.get(sign, "")
    return f"{word}{_space(language) if word else ''}{said}"


def _space(language: Language) -> str:
    return "" if language.joined else " "
