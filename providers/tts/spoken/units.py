"""Signs of units and of money, and the words that go with a number before them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from providers.tts.spoken import cldr
from providers.tts.spoken.language import Language, language_of
from providers.tts.spoken.numerals import CASED

# Signs that are written in every language; CLDR's short forms come on top.
_INTERNATIONAL = {
    "km/h": "speed-kilometer-per-hour",
    "kmh": "speed-kilometer-per-hour",
    "kph": "speed-kilometer-per-hour",
    "mph": "speed-mile-per-hour",
    "m/s": "speed-meter-per-second",
    "km²": "area-square-kilometer",
    "km2": "area-square-kilometer",
    "m²": "area-square-meter",
    "m2": "area-square-meter",
    "cm²": "area-square-centimeter",
    "m³": "volume-cubic-meter",
    "m3": "volume-cubic-meter",
    "cm³": "volume-cubic-centimeter",
    "km³": "volume-cubic-kilometer",
    "ha": "area-hectare",
    "km": "length-kilometer",
    "m": "length-meter",
    "cm": "length-centimeter",
    "mm": "length-millimeter",
    "µm": "length-micrometer",
    "μm": "length-micrometer",
    "nm": "length-nanometer",
    "ft": "length-foot",
    "mi": "length-mile",
    "kg": "mass-kilogram",
    "g": "mass-gram",
    "mg": "mass-milligram",
    "µg": "mass-microgram",
    "t": "mass-tonne",
    "lb": "mass-pound",
    "lbs": "mass-pound",
    "oz": "mass-ounce",
    "l": "volume-liter",
    "L": "volume-liter",
    "dl": "volume-deciliter",
    "cl": "volume-centiliter",
    "ml": "volume-milliliter",
    "mL": "volume-milliliter",
    "°C": "temperature-celsius",
    "°F": "temperature-fahrenheit",
    "°": "angle-degree",
    "%": "concentr-percent",
    "٪": "concentr-percent",
    "‰": "concentr-permille",
    "TB": "digital-terabyte",
    "GB": "digital-gigabyte",
    "MB": "digital-megabyte",
    "KB": "digital-kilobyte",
    "kB": "digital-kilobyte",
    "GHz": "frequency-gigahertz",
    "MHz": "frequency-megahertz",
    "kHz": "frequency-kilohertz",
    "Hz": "frequency-hertz",
    "kWh": "energy-kilowatt-hour",
    "kcal": "energy-kilocalorie",
    "kJ": "energy-kilojoule",
    "GW": "power-gigawatt",
    "MW": "power-megawatt",
    "kW": "power-kilowatt",
    "W": "power-watt",
    "V": "electric-volt",
    "hPa": "pressure-hectopascal",
    "h": "duration-hour",
    "min": "duration-minute",
    "s": "duration-second",
    "sec": "duration-second",
    "ms": "duration-millisecond",
    "px": "graphics-pixel",
}
# After a space these are more often words or initials.
_TIGHT = frozenset("W V s".split())
MONEY = {
    "US$": "USD",
    "R$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₫": "VND",
    "₴": "UAH",
    "₪": "ILS",
    "฿": "THB",
    "₱": "PHP",
    "₿": "XBT",
    "Rp": "IDR",
    "Rs.": "INR",
    "zł": "PLN",
    "USD": "USD",
    "EUR": "EUR",
    "GBP": "GBP",
    "JPY": "JPY",
    "KRW": "KRW",
    "CNY": "CNY",
    "INR": "INR",
    "CHF": "CHF",
    "BRL": "BRL",
}


@cache
def signs_of(tag: str) -> dict[str, str]:
    """Every sign of a unit that the language has, with its CLDR unit.

    A short form that is the word itself is none: numbers agree with words.
    """
    signs: dict[str, str] = {}
    spaceless = cldr.script_of(tag) in ("Kore", "Jpan", "Hans", "Hant")
    for unit in dict.fromkeys(_INTERNATIONAL.values()):
        symbol = cldr.unit_symbol(unit, tag)
        is_word = symbol in cldr.unit_pattern(Decimal(5), unit, tag).replace("{0}", " ").split()
        is_word = is_word or (spaceless and not symbol.isascii())
        if symbol and not is_word and "{" not in symbol and not symbol.isdigit():
            signs[symbol] = unit
    return {**signs, **_INTERNATIONAL, **language_of(tag).unit_signs}


def unit_regex(language: Language) -> str:
    """One sign of a unit after a number, with the space between, as group `unit`."""
    signs = sorted(signs_of(language.tag), key=len, reverse=True)
    close = "|".join(map(re.escape, signs))
    spaced = "|".join(re.escape(sign) for sign in signs if sign not in _TIGHT)
    ends = rf"(?![\d{CASED}²³°]|-[^\W\d]|/(?=\d))"
    return rf"(?:(?P<unit>{close})|[ \u00a0\u202f](?P<spaced>{spaced})){ends}"


def measured(number: Decimal, unit: str, language: Language) -> str:
    """The pattern of a unit with a number: `{0} kilometers per hour`."""
    forms = language.units.get(unit)
    if forms is not None:
        return language.form(forms, number)
    pattern = cldr.unit_pattern(abs(number), unit, language.tag)
    if "{0}" not in pattern:
        pattern = f"{{0}} {pattern}"
    if language.parted_units:
        return pattern.replace("{0}", "{0} ")
    return pattern.replace(" ", "") if language.joined else pattern


def money_name(code: str, number: Decimal, language: Language) -> str:
    """`dollars`, without the country where the language says it so."""
    forms = language.money.get(code)
    if forms is not None:
        return language.form(forms, number)
    return cldr.currency_name(code, abs(number), language.tag)
