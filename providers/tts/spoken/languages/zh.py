"""Chinese: 两 before measure words, years digit by digit, 幺 in telephone numbers."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language
from providers.tts.spoken.numerals import NUMBER, numeral, words

_DIGITS = "零一二三四五六七八九"
# A measure word; before the others, and where none follows, 2 is 二.
_MEASURE = re.compile(r"\s?(?![月日号路楼班十百年])[\u4e00-\u9fff]")
_YEARS = re.compile(r"(?<![\d.,])(?P<a>\d{4})\s?[-–~～至到]\s?(?P<b>\d{4})(?=\s?年)")
_YEAR = re.compile(r"(?<![\d.,])(?P<y>\d{4})(?=\s?年(?![前后後来來间間的]))")
_DECADE = re.compile(r"(?<![\d.,])(?P<n>\d0)(?=年代)")
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])[:：](?P<m>[0-5]\d)(?![\d:]|[.,]\d)")
_MOBILE = re.compile(
    r"(?<![\d.,])1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<![\d.,])0\d{2,3}-\d{7,8}(?!\d)"
)
_TH = re.compile(r"(?<=第)(?P<n>\d{1,9})")


def language(tag: str) -> Language:
    traditional = cldr.script_of(tag) == "Hant"
    return Language(
        tag=tag,
        cardinal=lambda n, before, after: _counted(n, tag, after),
        year=lambda n, before, after: _counted(n, tag, after),
        years=range(0),
        minus="負" if traditional else "负",
        point="點" if traditional else "点",
        digits=tuple(_DIGITS),
        digit_group="，",
        telephone=lambda digits: _digits(digits).replace("一", "幺"),
        fraction=lambda above, below, whole: _fraction(above, below, whole, tag),
        range_="{0}到{1}",
        ratio="{0}比{1}",
        units={
            "concentr-percent": "百分之{0}",
            "concentr-permille": "千分之{0}",
            "speed-kilometer-per-hour": "每小时{0}公里",
            "angle-degree": "{0}度",
        },
        money={
            "USD": "美元",
            "JPY": "元",
            "CNY": "元",
            "EUR": "欧元",
            "GBP": "英镑",
            "KRW": "韩元",
            "INR": "卢比",
        },
        change={},
        magnitudes={word: word for word in "万 亿 千万 百万 万亿 萬 億".split()},
        date_order="YMD",
        date=lambda year, month, day: (
            (_digits(str(year)) + "年" if year else "")
            + f"{_plain(month, tag)}月{_plain(day, tag)}日"
        ),
        time=lambda hour, minute, half: _time(hour, minute, tag),
        signs={
            "&": "和",
            "+": "加",
            "±": "正负",
            "×": "乘",
            "÷": "除以",
            "=": "等于",
            "<": "小于",
            ">": "大于",
            "~": "约",
            "≈": "约",
            "#": "号",
            "№": "第",
            "§": "第",
            "%": "百分之",
            "°": "度",
            "²": "平方",
            "³": "立方",
        },
        rules=(
            Rule(_MOBILE, _phone),
            Rule(_YEARS, lambda f: f"{_digits(f['a'])}到{_digits(f['b'])}"),
            Rule(_YEAR, lambda f: _digits(f["y"])),
            Rule(_DECADE, lambda f: _plain(int(f["n"]), tag)),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"]), tag)),
            Rule(_TH, lambda f: _plain(int(f["n"]), tag)),
            Rule(
                re.compile(
                    rf"(?<![\d.,])(?P<a>{NUMBER})\s?[~～–-]\s?(?P<b>{NUMBER})(?=[\u4e00-\u9fff])"
                ),
                _range,
            ),
        ),
        joined=True,
    )


def _digits(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _plain(number: int, tag: str) -> str:
    return cldr.spelled(number, tag, "spellout-cardinal")


def _counted(number: int, tag: str, after: str) -> str:
    """两 for two of something and before 百, 千, 万, 亿; 二 elsewhere."""
    if number >= 10**12:
        large, rest = divmod(number, 10**8)
        zero = "零" if 0 < rest < 10**7 else ""
        return _counted(large, tag, "") + "亿" + (zero + _plain(rest, tag) if rest else "")
    if number < 200 and not _MEASURE.match(after):
        return _plain(number, tag)
    return cldr.spelled(number, tag, "spellout-cardinal-alternate2")


def _fraction(above: int, below: int, whole: int | None, tag: str) -> str:
    said = f"{_plain(below, tag)}分之{_plain(above, tag)}"
    return said if whole is None else f"{_plain(whole, tag)}又{said}"


def _time(hour: int, minute: int, tag: str) -> str:
    said = f"{'两' if hour == 2 else _plain(hour, tag)}点"
    if not minute:
        return said
    return f"{said}{'零' if minute < 10 else ''}{_plain(minute, tag)}分"


def _phone(found: Found) -> str:
    groups = re.findall(r"\d+", found.text)
    return "，".join(_digits(group).replace("一", "幺") for group in groups)


def _range(found: Found) -> str | None:
    language = found.language
    first, second = numeral(found["a"], language), numeral(found["b"], language)
    if first is None or second is None:
        return None
    return f"{words(first, language, '', found.after)}到{words(second, language, '', found.after)}"
