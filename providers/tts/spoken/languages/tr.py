"""Turkish: suffixes after an apostrophe join the number's last word, ordinals have a point."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import next_word, previous_word
from providers.tts.spoken.capitals import roman_value
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language
from providers.tts.spoken.numerals import NUMBER, numeral, words

_ORDINAL_SUFFIX = re.compile(r"(?<![\d.,])(?P<n>\d{1,9})['’]?(?:[iıuü]?nc[iıuü])(?!\w)")
_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])[.:](?P<m>[0-5]\d)(?:['’](?P<s>[a-zçğıöşü]{1,6}))(?!\w)"
)
_SAAT = re.compile(r"(?i)(?<=saat )(?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)(?!\d)")
_SUFFIXED = re.compile(rf"(?<![\d.,:])(?P<n>{NUMBER})['’](?P<s>[a-zçğıöşü]{{1,8}})(?!\w)")
_ORDINAL = re.compile(r"(?<![\d.,])(?P<n>\d{1,3})\.(?= [^\W\d_])")
_ROMAN = re.compile(r"(?<!\w)(?P<roman>[IVX]{1,6})\.(?= [^\W\d_])")
_PERCENT = re.compile(
    rf"%[ ]?(?P<n>{NUMBER})(?:[-–](?P<b>{NUMBER}))?(?:['’](?P<s>[a-zçğıöşü]{{1,8}}))?"
)
_LOCATIVE = {
    2: "ikide",
    3: "üçte",
    4: "dörtte",
    5: "beşte",
    6: "altıda",
    7: "yedide",
    8: "sekizde",
    9: "dokuzda",
    10: "onda",
    100: "yüzde",
    1000: "binde",
}


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        point="virgül",
        decimals_as_number=2,
        fraction=_fraction,
        range_="{0} ila {1}",
        units={
            "speed-kilometer-per-hour": "saatte {0} kilometre",
            "speed-meter-per-second": "saniyede {0} metre",
            "concentr-percent": "yüzde {0}",
        },
        money={
            "USD": "dolar",
            "EUR": "avro",
            "GBP": "sterlin",
            "JPY": "yen",
            "TRY": "lira",
            "RUB": "ruble",
            "INR": "rupi",
            "KRW": "won",
        },
        change={"TRY": "kuruş", "USD": "sent", "EUR": "sent"},
        magnitudes={
            **{word: word for word in "bin milyon milyar trilyon".split()},
            "mn": "milyon",
            "mr": "milyar",
        },
        date=lambda year, month, day: (
            f"{cldr.cardinal(day, 'tr')} {cldr.months('tr')[month - 1]}"
            + (f" {cldr.cardinal(year, 'tr')}" if year else "")
        ),
        time=_time,
        signs={
            "&": "ve",
            "+": "artı",
            "±": "artı eksi",
            "×": "çarpı",
            "÷": "bölü",
            "=": "eşittir",
            "<": "küçüktür",
            ">": "büyüktür",
            "~": "yaklaşık",
            "≈": "yaklaşık",
            "#": "numara",
            "№": "numara",
            "§": "madde",
            "%": "yüzde",
            "°": "derece",
            "²": "kare",
            "³": "küp",
        },
        dot="nokta",
        at="et",
        before_number=frozenset("No. no. No: sn. dk.".split()),
        closing=frozenset("vb. vs.".split()),
        abbreviations={
            "Dr.": "doktor",
            "Prof.": "profesör",
            "Doç.": "doçent",
            "Av.": "avukat",
            "vb.": "ve benzeri",
            "vs.": "vesaire",
            "No.": "numara",
            "no.": "numara",
            "No:": "numara",
            "örn.": "örneğin",
            "MÖ": "milattan önce",
            "M.Ö.": "milattan önce",
            "MS": "milattan sonra",
            "M.S.": "milattan sonra",
            "TL": "lira",
            "sn.": "saniye",
            "dk.": "dakika",
            "Cad.": "cadde",
        },
        initials=frozenset({"ABD", "TBMM"}),
        shouted=frozenset("NATO VE BİR BU NE VAR YOK".split()),
        rules=(
            Rule(_PERCENT, _percent),
            Rule(_ORDINAL_SUFFIX, lambda f: cldr.ordinal(int(f["n"]), "tr")),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"]), "") + f["s"]),
            Rule(_SAAT, lambda f: _time(int(f["h"]), int(f["m"]), "")),
            Rule(_SUFFIXED, _suffixed),
            Rule(_ORDINAL, _ordinal),
            Rule(_ROMAN, lambda f: cldr.ordinal(roman_value(f["roman"]), "tr")),
        ),
    )


def _percent(found: Found) -> str | None:
    language = found.language
    number = numeral(found["n"], language)
    second = numeral(found["b"], language) if found["b"] else None
    if number is None:
        return None
    said = words(number, language)
    if second is not None:
        said = language.ranged(said, words(second, language))
    return f"yüzde {said}{found['s']}"


def _suffixed(found: Found) -> str | None:
    number = numeral(found["n"], found.language)
    return f"{words(number, found.language)}{found['s']}" if number else None


def _ordinal(found: Found) -> str | None:
    """`2. Dünya Savaşı`; a number that ends a sentence stands after a word that counts nothing."""
    begins = not previous_word(found.before) or next_word(found.after).islower()
    return cldr.ordinal(int(found["n"]), "tr") if begins else None


def _fraction(above: int, below: int, whole: int | None) -> str:
    if (above, below) == (1, 2):
        return "yarım" if whole is None else f"{cldr.cardinal(whole, 'tr')} buçuk"
    place = _LOCATIVE.get(below)
    said = (
        f"{place} {cldr.cardinal(above, 'tr')}"
        if place
        else f"{cldr.cardinal(above, 'tr')} bölü {cldr.cardinal(below, 'tr')}"
    )
    return said if whole is None else f"{cldr.cardinal(whole, 'tr')} tam {said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = cldr.cardinal(hour, "tr")
    if not minute:
        return said
    return f"{said} {'sıfır ' if minute < 10 else ''}{cldr.cardinal(minute, 'tr')}"
