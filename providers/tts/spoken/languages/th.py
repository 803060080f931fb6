"""Thai."""

from __future__ import annotations

from providers.tts.spoken import cldr
from providers.tts.spoken.language import Language


def language(tag: str) -> Language:
    """Numbers by CLDR, and what it does not have."""
    return Language(
        tag=tag,
        point="จุด",
        fraction=_fraction,
        range_="{0}ถึง{1}",
        money={"USD": "ดอลลาร์", "THB": "บาท", "EUR": "ยูโร", "JPY": "เยน", "GBP": "ปอนด์"},
        magnitudes=cldr.magnitudes(tag),
        time=_time,
        signs={
            "&": "และ",
            "+": "บวก",
            "±": "บวกลบ",
            "×": "คูณ",
            "÷": "หาร",
            "=": "เท่ากับ",
            "<": "น้อยกว่า",
            ">": "มากกว่า",
            "~": "ประมาณ",
            "≈": "ประมาณ",
            "#": "หมายเลข",
            "№": "หมายเลข",
            "/": "ต่อ",
        },
        joined=True,
    )


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = f"{cldr.cardinal(above, 'th')}ส่วน{cldr.cardinal(below, 'th')}"
    return said if whole is None else f"{cldr.cardinal(whole, 'th')}กับ{said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = f"{cldr.cardinal(hour, 'th')}นาฬิกา"
    return f"{said}{cldr.cardinal(minute, 'th')}นาที" if minute else said
