"""Hindi: lakh and crore, years by hundreds, quarter hours with their own words."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_NTH = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,4})(?P<s>वाँ|वां|वीं|वी|वें|वे|ला|ली|ले|रा|री|रे|था|थी|थे|ठा|ठी)(?!\w)"
)
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?: बजे)?(?![\d:]|[.,]\d)")
_WRITTEN = {"वां": "वाँ", "वी": "वीं", "वे": "वें"}
_FIRST = {1: "पहल", 2: "दूसर", 3: "तीसर", 4: "चौथ", 6: "छठ"}
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ए बी सी डी ई एफ़ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई ज़ेड".split(),
        strict=True,
    )
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        year=lambda n, before, after: _year(n),
        years=range(1100, 2000),
        fraction=_fraction,
        range_="{0} से {1}",
        unit_signs={
            "किमी": "length-kilometer",
            "किग्रा": "mass-kilogram",
            "सेमी": "length-centimeter",
            "मिमी": "length-millimeter",
            "ग्रा": "mass-gram",
            "किमी/घंटा": "speed-kilometer-per-hour",
        },
        units={"angle-degree": "{0} डिग्री"},
        money={
            "INR": {"one": "रुपया", "other": "रुपये"},
            "USD": "डॉलर",
            "EUR": "यूरो",
            "GBP": "पाउंड",
            "JPY": "येन",
            "KRW": "वॉन",
            "RUB": "रूबल",
        },
        change={"INR": "पैसे", "USD": "सेंट"},
        magnitudes={
            **{word: word for word in "हज़ार हजार लाख करोड़ अरब मिलियन बिलियन".split()},
            "million": "मिलियन",
            "crore": "करोड़",
            "lakh": "लाख",
        },
        date=lambda year, month, day: (
            f"{cldr.cardinal(day, 'hi')} {cldr.months('hi')[month - 1]}"
            + (f" {_year(year)}" if year else "")
        ),
        time=lambda hour, minute, half: _time(hour, minute),
        signs={
            "/": "प्रति",
            "&": "और",
            "+": "जमा",
            "±": "जमा या घटा",
            "×": "गुणा",
            "÷": "भाग",
            "=": "बराबर",
            "<": "से कम",
            ">": "से ज़्यादा",
            "~": "लगभग",
            "≈": "लगभग",
            "#": "नंबर",
            "№": "नंबर",
            "§": "धारा",
            "%": "प्रतिशत",
            "°": "डिग्री",
        },
        before_number=frozenset("नं.".split()),
        abbreviations={
            "डॉ.": "डॉक्टर",
            "डा.": "डॉक्टर",
            "श्री.": "श्री",
            "नं.": "नंबर",
            "प्रो.": "प्रोफ़ेसर",
            "रु.": "रुपये",
            "कि.मी.": "किलोमीटर",
            "ई.पू.": "ईसा पूर्व",
        },
        letters=_LETTERS,
        rules=(
            Rule(_NTH, _nth),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"]))),
            Rule(re.compile(r"(?<![\w.,+-])\d{5}[ -]\d{5}(?!\w)"), _mobile),
        ),
    )


def _year(number: int) -> str:
    """1999 as उन्नीस सौ निन्यानबे, 2024 as दो हज़ार चौबीस."""
    hundreds, rest = divmod(number, 100)
    if not 11 <= hundreds <= 19:
        return cldr.cardinal(number, "hi")
    return f"{cldr.cardinal(hundreds, 'hi')} सौ" + (f" {cldr.cardinal(rest, 'hi')}" if rest else "")


def _nth(found: Found) -> str:
    number, ending = int(found["n"]), _WRITTEN.get(found["s"], found["s"])
    if number in _FIRST and not ending.startswith("व"):
        return _FIRST[number] + ending[-1]
    return cldr.cardinal(number, "hi") + ending


def _time(hour: int, minute: int) -> str:
    if minute == 30:
        return {1: "डेढ़", 2: "ढाई"}.get(hour, f"साढ़े {cldr.cardinal(hour, 'hi')}") + " बजे"
    if minute == 15:
        return f"सवा {cldr.cardinal(hour, 'hi')} बजे"
    if minute == 45:
        return f"पौने {cldr.cardinal(hour + 1, 'hi')} बजे"
    said = cldr.cardinal(hour, "hi")
    return f"{said} बजकर {cldr.cardinal(minute, 'hi')} मिनट" if minute else f"{said} बजे"


def _fraction(above: int, below: int, whole: int | None) -> str:
    known = {
        (1, 2): "आधा",
        (1, 4): "एक चौथाई",
        (3, 4): "तीन चौथाई",
        (1, 3): "एक तिहाई",
        (2, 3): "दो तिहाई",
    }
    said = (
        known.get((above, below))
        or f"{cldr.cardinal(above, 'hi')} बटा {cldr.cardinal(below, 'hi')}"
    )
    if whole is not None and (above, below) == (1, 2):
        return {1: "डेढ़", 2: "ढाई"}.get(whole, f"साढ़े {cldr.cardinal(whole, 'hi')}")
    return said if whole is None else f"{cldr.cardinal(whole, 'hi')} और {said}"


def _mobile(found: Found) -> str:
    return ", ".join(found.language.spell(group) for group in re.findall(r"\d+", found.text))
