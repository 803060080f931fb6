"""Signs that are words: `&`, `+`, `=`, `№`, `<`."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Foreign, Found, Rule
from providers.tts.spoken.language import Language
from providers.tts.spoken.scripts import own_scripts
from providers.tts.spoken.units import measured, signs_of

_ARITHMETIC = re.compile(r"(?<=[\w)\ufffc%])\s*(?P<sign>[+×÷=<>≤≥≠±])\s*(?=[\w(\ufffc$€-])")
_BEFORE_NUMBER = re.compile(r"(?P<sign>[#№§~≈±+<>≤≥×])\s?(?=[\d\ufffc])")
_BETWEEN = re.compile(r"(?<=[\w.\ufffc])\s*(?P<sign>&)\s*(?=[\w\ufffc])")

_GREEK = re.compile(r"(?<!\w)[Α-Ωα-ω](?!\w)")


def unit_names(language: Language) -> tuple[Rule, ...]:
    """Units without a number, before their letters are taken for initials."""
    compound = [s for s in signs_of(language.tag) if re.search(r"[/²³°]", s) and len(s) > 1]
    units = "|".join(map(re.escape, sorted(compound, key=len, reverse=True)))
    return (Rule(re.compile(rf"(?<![\w\ufffc])(?P<unit>{units})(?!\w)"), _unit),)


def rules(language: Language) -> tuple[Rule, ...]:
    """After the numbers, which are claimed by now."""
    every = sorted(signs_of(language.tag), key=len, reverse=True)
    all_units = "|".join(map(re.escape, every))
    return (
        Rule(re.compile(rf"(?<=\ufffc)/(?P<unit>{all_units})(?![\w/])"), _per),
        Rule(re.compile(r"(?<=\ufffc)\s?[~〜∼–—-]\s?(?=[\d\ufffc])"), _to),
        Rule(_GREEK, _letter),
        Rule(re.compile(r"(?<![\w\ufffc])[-−](?=\ufffc)"), _minus),
        Rule(_BETWEEN, _sign),
        Rule(_ARITHMETIC, _sign),
        Rule(re.compile(r"(?<=\ufffc)(?P<sign>\+)(?![\w+])"), _sign),
        Rule(_BEFORE_NUMBER, _sign),
        Rule(re.compile(r"(?<![\w\ufffc])(?P<sign>[%@§№°])(?![\w\ufffc])"), _sign),
    )


def _letter(found: Found) -> str | Foreign | None:
    """A Greek letter by itself, as in formulas, by its name."""
    scripts_of = own_scripts(found.language.tag)
    if "GREEK" in scripts_of:
        return None
    name = unicodedata.name(found.text).split()[-1].lower()
    return name if "LATIN" in scripts_of else Foreign(name, "en")


def _unit(found: Found) -> str:
    return cldr.unit_name(signs_of(found.language.tag)[found["unit"]], found.language.tag)


def _per(found: Found) -> str | None:
    """`5 €/kg`."""
    language, unit = found.language, signs_of(found.language.tag)[found["unit"]]
    if "/" not in language.signs:
        return None
    name = measured(Decimal(1), unit, language).replace("{0}", "").strip()
    return f" {language.signs['/']} {name}"


def _to(found: Found) -> str | None:
    """Between two that are read already: `24일~25일`."""
    begin, _, rest = found.language.range_.partition("{0}")
    middle = rest.partition("{1}")[0]
    if begin or not re.match(r"[\d$€£¥₩]", found.after):
        return None
    return middle


def _minus(found: Found) -> str:
    """Before a number that a rule of the language has read."""
    word = found.language.minus_word()
    return word if found.language.joined else f"{word} "


def _sign(found: Found) -> str | None:
    word = found.language.signs.get(found["sign"])
    if word is None:
        return None
    word = word.replace("{0}", "")
    return word if found.language.joined else f" {word.strip()} "
