"""What CLDR knows of a language: numbers in words, names of units, money and months."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names
from babel.numbers import get_currency_name
from babel.units import format_unit, get_unit_name
from unicode_rbnf import RbnfEngine
from unicode_rbnf.engine import RbnfError

# RBNF has no rules beyond; such a number is said digit by digit.
LIMIT = 10**18
_SPACES = re.compile(r"\s+")
# CLDR keeps the rules of these under the language they belong to.
_MACRO = {"nb": "no", "tl": "fil"}
_HIDDEN = str.maketrans("", "", "\u00ad\u200b\u200e\u200f")
_DIGITS = re.compile(r"[\u200e\u200f]?-?\d[\d.,\s\u00a0\u202f]*\d|\d")
_NUMBERING = ("spellout-numbering", "spellout-cardinal", "spellout-cardinal-sinokorean")
_ORDINAL = ("spellout-ordinal", "spellout-ordinal-masculine", "spellout-ordinal-common")


@cache
def locale_of(language: str) -> Locale:
    """Babel's locale of a BCP 47 tag; the plain language, or English, where it has none."""
    for name in (language.replace("-", "_"), language.split("-")[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


@cache
def script_of(language: str) -> str:
    """The script a language is written in, as ISO 15924: "Latn", "Kore", "Jpan"."""
    from babel.core import get_global

    locale = locale_of(language)
    likely = str(get_global("likely_subtags").get(locale.language, ""))
    return str(locale.script or next(iter(likely.split("_")[1:2]), "Latn"))


def spells(language: str) -> bool:
    """Whether there are rules for numbers in words."""
    return _engine(language) is not None


@lru_cache(maxsize=8192)
def spelled(number: int, language: str, ruleset: str) -> str:
    """A number below 10**18 by a named RBNF ruleset: (21, "fr", "spellout-ordinal-feminine")."""
    engine = _engine(language)
    assert engine is not None, language
    text = engine.format_number(number, ruleset_names=[ruleset]).text
    return _SPACES.sub(" ", text.translate(_HIDDEN)).strip()


def cardinal(number: int, language: str) -> str:
    """A number in words as one counts."""
    return spelled(number, language, _first_ruleset(language, _NUMBERING))


def ordinal(number: int, language: str) -> str:
    """`twenty-first`; the cardinal where CLDR has no ordinals."""
    return spelled(number, language, _first_ruleset(language, (*_ORDINAL, *_NUMBERING)))


def year(number: int, language: str) -> str:
    """A year as it is said: `nineteen ninety-nine`, `neunzehnhundertneunundneunzig`."""
    return spelled(number, language, _first_ruleset(language, ("spellout-numbering-year",)))


@cache
def point(language: str) -> str:
    """The word between the whole and the decimals, from CLDR's own reading of 1.1."""
    engine = _engine(language)
    assert engine is not None, language
    for ruleset in (name for name in engine.rulesets if name.startswith("spellout-")):
        try:
            text = engine.format_number(Decimal("1.1"), ruleset_names=[ruleset]).text
            one = spelled(1, language, ruleset)
        except RbnfError:
            continue
        between = text.translate(_HIDDEN).removeprefix(one).removesuffix(one).split()
        if between and between[0][0].isalpha():
            return between[0]
    return ","


@cache
def minus(language: str) -> str:
    """The word before a negative number."""
    ruleset = _first_ruleset(
        language, ("spellout-cardinal-masculine", *_NUMBERING[1:], _NUMBERING[0])
    )
    return spelled(-1, language, ruleset).removesuffix(spelled(1, language, ruleset)).strip()


@lru_cache(maxsize=4096)
def unit_pattern(number: Decimal, unit: str, language: str) -> str:
    """`{0} kilograms`: the form of a CLDR unit that goes with a number."""
    shown = number if number < LIMIT else Decimal(LIMIT)
    text = format_unit(shown, unit, "long", locale=locale_of(language), numbering_system="latn")
    return _DIGITS.sub("{0}", text.replace("{", "("), count=1).replace("\u00a0", " ")


@cache
def unit_symbol(unit: str, language: str) -> str:
    """The short form of a unit in a language: `кг`."""
    text = format_unit(5, unit, "short", locale=locale_of(language), numbering_system="latn")
    return _DIGITS.sub("", text, count=1).translate(_HIDDEN).strip()


@cache
def unit_name(unit: str, language: str) -> str:
    """`kilometers per hour`."""
    return str(get_unit_name(unit, "long", locale=locale_of(language)) or "")


@lru_cache(maxsize=1024)
def currency_name(code: str, number: Decimal, language: str) -> str:
    """`euros`, `US dollars`: the form that goes with a number."""
    return get_currency_name(code, number, locale=locale_of(language))


def plural(number: Decimal, language: str) -> str:
    """CLDR's plural category: "one", "few", "many", "other" …"""
    return str(locale_of(language).plural_form(number))


@cache
def months(language: str) -> tuple[str, ...]:
    """The twelve names as they stand in a date."""
    names = get_month_names("wide", locale=locale_of(language))
    return tuple(names[number] for number in range(1, 13))


@cache
def conjunction(language: str) -> str:
    """The word for "and" between two things."""
    pattern = str(locale_of(language).list_patterns["standard"]["2"])
    return pattern.replace("{0}", "").replace("{1}", "").strip()


@cache
def magnitudes(language: str) -> dict[str, str]:
    """The words for thousand, million … in all their forms, each by itself."""
    long = locale_of(language).compact_decimal_formats["long"]
    words = {}
    for forms in long.values():
        for zeros in ("1000", "1000000", "1000000000", "1000000000000"):
            word = str(forms[zeros].pattern).strip("0 \u200e\u200f\u00a0") if zeros in forms else ""
            if word and "0" not in word:
                words[word] = word
    return words


@cache
def separators(language: str) -> tuple[str, str]:
    """The decimal and the thousands separator."""
    symbols = locale_of(language).number_symbols
    latin = symbols.get("latn", symbols)
    return str(latin["decimal"]), str(latin["group"])


@cache
def _first_ruleset(language: str, names: tuple[str, ...]) -> str:
    engine = _engine(language)
    assert engine is not None, language
    known = list(engine.rulesets)
    spellout = [name for name in known if name.startswith("spellout-cardinal")]
    return next(name for name in (*names, *_NUMBERING, *spellout) if name in known)


@cache
def _engine(language: str) -> RbnfEngine | None:
    locale = locale_of(language)
    plain = _MACRO.get(locale.language, locale.language)
    names = [str(locale), f"{locale.language}_{locale.script}", plain]
    asked = language.split("-")[0].lower()
    for name in names if _MACRO.get(asked, asked) == plain else ():
        try:
            engine = RbnfEngine.for_language(name)
        except ValueError:
            continue
        if any(ruleset.startswith("spellout-cardinal") for ruleset in engine.rulesets):
            return engine
    return None
