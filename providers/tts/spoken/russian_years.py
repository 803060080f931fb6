"""Russian years, centuries and days, in the case that the words around them ask for."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, previous_word
from providers.tts.spoken.capitals import roman_value
from providers.tts.spoken.draft import Found, Rule

_MONTH = month_regex(cldr.months("ru"))
_YEAR = r"(?P<y>[12]\d{3})(?P<gap>[ \u00a0\u202f]?)(?P<noun>г\.г\.|гг\.|г\.|год[а-я]*)"
_YEAR_WORD = re.compile(rf"(?<![\d.,–-]){_YEAR}(?!\w)")
_DAY = re.compile(
    rf"(?<![\d.,])(?P<d>[0-3]?\d) (?P<m>{_MONTH})(?!\w)"
    r"(?: (?P<y>[12]\d{3})(?:[ \u00a0]?(?P<noun>г\.|года))?(?!\w))?"
)
_DECADE = re.compile(r"(?<![\d.,])(?P<n>\d{4}|\d0)-(?P<s>е|х|ые|ых|м)(?!\w)")
_CENTURIES = {
    "век": "",
    "века": "-genitive",
    "веке": "-locative",
    "веку": "-dative",
    "веком": "-instrumental",
}
_CASES = {
    "год": "",
    "года": "-genitive",
    "году": "-locative",
    "годом": "-instrumental",
    "годов": "-genitive",
}
_NOT_YEARS = re.compile(
    r"\s?(?:раз|метр|км|м|кг|руб|долл|евро|челов|тонн|т|лет|штук|%|[$€₽])(?![а-яё])|\s[а-яё]+(?:ов|ей)(?!\w)"
)
_YEARS = re.compile(
    r"(?<![\d.,])(?P<a>[12]\d{3})\s?[-–—]\s?(?P<b>[12]\d{3})(?:\s?(?P<noun>гг\.|г\.г\.|год[а-я]+))?(?!\w)"
)
_FROM_TO = re.compile(
    r"(?<!\w)(?P<p>[Сс]) (?P<a>[12]\d{3}) по (?P<b>[12]\d{3}) (?P<noun>год|г\.)(?!\w)"
)
_IN_YEAR = re.compile(r"(?<=[Вв] )(?P<y>1[1-9]\d{2}|20\d{2})(?![\d.,]\d|[\w-])")
_CENTURY = re.compile(r"(?<![\d.,–-])(?P<n>[IVX]{1,6}|[12]?\d)\s?(?P<noun>в\.|век[а-я]*)(?!\w)")


def spelled(number: int, ruleset: str) -> str:
    """By one of CLDR's rulesets for Russian: "cardinal-feminine"."""
    said = cldr.spelled(number, "ru", f"spellout-{ruleset}")
    return re.sub(r"(четв|тр|четыр)е(?=рт|х\b)", r"\1ё", said)


def ordinal(number: int, form: str) -> str:
    """As years are said: without "одна" before the thousand."""
    return re.sub("^одна тысяч", "тысяч", spelled(number, f"ordinal-{form}"))


def _day(found: Found) -> str | None:
    day = int(found["d"])
    if not 1 <= day <= 31:
        return None
    said = f"{ordinal(day, 'neuter-genitive')} {found['m']}"
    if not found["y"]:
        return said
    year = f"{said} {ordinal(int(found['y']), 'masculine-genitive')}"
    return f"{year} года" if found["noun"] else year


def _year(found: Found) -> str | None:
    noun = found["noun"]
    if noun.endswith("."):
        inside = previous_word(found.before).lower() in ("в", "во", "на", "о")
        noun = "году" if inside else "года" if previous_word(found.before) else "год"
    if noun not in _CASES:
        return None
    return f"{ordinal(int(found['y']), f'masculine{_CASES[noun]}')} {noun}"


def _from_to(found: Found) -> str:
    first = ordinal(int(found["a"]), "masculine-genitive")
    return f"{found['p']} {first} по {ordinal(int(found['b']), 'masculine')} год"


def _years(found: Found) -> str:
    """`1941–1945 гг.`; by itself the years from one to the other."""
    pair = [int(found["a"]), int(found["b"])]
    if not found["noun"]:
        said = [ordinal(year, "masculine-genitive") for year in pair]
        return f"от {said[0]} до {said[1]}"
    inside = previous_word(found.before).lower() in ("в", "во")
    said = [ordinal(year, "masculine-locative" if inside else "masculine") for year in pair]
    return f"{said[0]} – {said[1]} {'годах' if inside else 'годы'}"


def _in_year(found: Found) -> str | None:
    if _NOT_YEARS.match(found.after):
        return None
    return ordinal(int(found["y"]), "masculine-locative")


def _century(found: Found) -> str | None:
    """`XX век`, `в 21 в.`; a few centuries (`2 века`) are counted."""
    number = int(found["n"]) if found["n"].isdigit() else roman_value(found["n"])
    inside = previous_word(found.before).lower() in ("в", "во")
    noun = ("веке" if inside else "век") if found["noun"] == "в." else found["noun"]
    if noun not in _CENTURIES or not number or (noun == "века" and number in (2, 3, 4)):
        return None
    return f"{ordinal(number, f'masculine{_CENTURIES[noun]}')} {noun}"


def _decade(found: Found) -> str:
    form = (
        "plural"
        if found["s"] in ("е", "ые")
        else "plural-genitive"
        if found["s"] in ("х", "ых")
        else "plural-dative"
    )
    return ordinal(int(found["n"]), form)


YEAR_RULES = (
    Rule(_DAY, _day),
    Rule(_FROM_TO, _from_to),
    Rule(_YEARS, _years),
    Rule(_CENTURY, _century),
    Rule(_YEAR_WORD, _year),
    Rule(_DECADE, _decade),
    Rule(_IN_YEAR, _in_year),
)
