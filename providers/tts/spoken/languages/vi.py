"""Vietnamese."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Rule
from providers.tts.spoken.language import Language

_NTH = re.compile(r"(?i)(?<=thứ )(?P<n>\d{1,4})(?!\w)")
_MONTH = re.compile(r"(?i)(?<=tháng )(?P<n>4)(?![\w.,:/])")
_DAY_MONTH = re.compile(r"(?i)(?<=ngày )(?P<d>[0-3]?\d)/(?P<m>[01]?\d)(?![\d/])")
_DATE = re.compile(r"(?i)(?<=ngày )(?P<d>[0-3]?\d)[/-](?P<m>[01]?\d)[/-](?P<y>\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])(?:h|g)(?P<m>[0-5]\d)?(?!\w)")


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        decimals_as_number=2,
        fraction=_fraction,
        range_="{0} đến {1}",
        units={
            "concentr-percent": "{0} phần trăm",
            "speed-kilometer-per-hour": "{0} kilômét trên giờ",
            "speed-meter-per-second": "{0} mét trên giây",
        },
        money={
            "USD": "đô la",
            "EUR": "euro",
            "GBP": "bảng",
            "JPY": "yên",
            "VND": "đồng",
            "KRW": "won",
            "CNY": "nhân dân tệ",
            "INR": "rupee",
        },
        magnitudes={
            **{word: word for word in "nghìn ngàn triệu tỷ tỉ".split()},
            "tr": "triệu",
            "k": "nghìn",
        },
        date=_date,
        time=_time,
        signs={
            "/": "mỗi",
            "&": "và",
            "+": "cộng",
            "±": "cộng trừ",
            "×": "nhân",
            "÷": "chia",
            "=": "bằng",
            "<": "nhỏ hơn",
            ">": "lớn hơn",
            "~": "khoảng",
            "≈": "khoảng",
            "#": "số",
            "№": "số",
            "§": "mục",
            "%": "phần trăm",
            "°": "độ",
            "²": "bình phương",
            "³": "lập phương",
        },
        dot="chấm",
        at="a còng",
        before_number=frozenset("tr. Q. P.".split()),
        closing=frozenset("v.v.".split()),
        abbreviations={
            "TP.HCM": "thành phố Hồ Chí Minh",
            "TP. HCM": "thành phố Hồ Chí Minh",
            "TP.": "thành phố",
            "Tp.": "thành phố",
            "v.v.": "vân vân",
            "v.v": "vân vân",
            "ThS.": "thạc sĩ",
            "TS.": "tiến sĩ",
            "GS.": "giáo sư",
            "BS.": "bác sĩ",
            "PGS.": "phó giáo sư",
            "Q.": "quận",
            "P.": "phường",
            "VD:": "ví dụ:",
            "tr.": "trang",
            "TCN": "trước công nguyên",
        },
        shouted=frozenset("ASEAN VÀ CỦA CON CÓ LÀ".split()),
        rules=(
            Rule(_NTH, lambda f: _nth(int(f["n"]))),
            Rule(_MONTH, lambda found: "tư"),
            Rule(
                _DATE,
                lambda f: _date(int(f["y"]), int(f["m"]), int(f["d"])).removeprefix("ngày "),
            ),
            Rule(
                _DAY_MONTH,
                lambda f: f"{cldr.cardinal(int(f['d']), 'vi')} tháng {_month(int(f['m']))}",
            ),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"] or 0), "")),
            Rule(re.compile(r"(?<=\d)[ ]?đ(?!\w)"), lambda found: " đồng"),
        ),
    )


def _nth(number: int) -> str:
    """After `thứ`: nhất, hai (a weekday) and tư are said apart."""
    return {1: "nhất", 4: "tư"}.get(number) or cldr.cardinal(number, "vi")


def _month(month: int) -> str:
    return "tư" if month == 4 else cldr.cardinal(month, "vi")


def _date(year: int | None, month: int, day: int) -> str:
    said = f"ngày {cldr.cardinal(day, 'vi')} tháng {_month(month)}"
    return f"{said} năm {cldr.cardinal(year, 'vi')}" if year else said


def _time(hour: int, minute: int, half: str) -> str:
    said = f"{cldr.cardinal(hour, 'vi')} giờ"
    return f"{said} {cldr.cardinal(minute, 'vi')}" if minute else said


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = f"{cldr.cardinal(above, 'vi')} phần {_nth(below)}"
    return said if whole is None else f"{cldr.cardinal(whole, 'vi')} và {said}"
