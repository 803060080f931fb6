"""English."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.english_words import ABBREVIATIONS, NUMBERED, RULERS
from providers.tts.spoken.language import Language

_MONTHS = "January February March April May June July August September October November December"
_MONTH = "|".join([*_MONTHS.split(), *"Jan. Feb. Mar. Apr. Aug. Sept. Oct. Nov. Dec.".split()])
_ORDINAL = re.compile(r"(?<![\w.,])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,9})(?:st|nd|rd|th)(?!\w)")
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|[.,]\d)(?:(?P<comma>,)? (?P<year>\d{{4}})(?!\w))?"
)
_DAY_MONTH = re.compile(rf"(?<![\w.,])(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?!\w)")
_DECADE = re.compile(r"(?<!\w)['’]?(?P<n>\d{4}|\d0)['’]?s(?!\w)")
_ERA = re.compile(r"(?<![\w.,])(?P<n>\d{1,4}) (?P<era>BCE|BC|AD|CE)(?!\w)")
_SAINT = re.compile(r"(?<!\w)St\.(?P<name>(?= [A-Z]))?")
_HYPHENED = re.compile(r"(?<![\w.,-])(?P<n>\d{1,4})-(?=[a-z]{2,})")
_FEET = re.compile(r"(?<![\w.,'’])(?P<f>\d)(?:['’′]| ft )(?P<i>1[01]|\d)(?:[\"”″]| in(?!\w))")
_HALF_DAY = re.compile(r"(?<![\w.,:])(?P<h>1[0-2]|[1-9]) ?(?P<x>[aApP])\.?[mM](?![\w])\.?")
_TIMES = re.compile(r"(?<![\w.,])(?P<n>\d{1,3})x(?!\w)")
_SPECIAL = re.compile(r"(?<![\w.,/])(?P<n>9/11|24/7|50/50|911)(?![\w/]|[.,]\d)")
_SPECIALS = {
    "9/11": "nine eleven",
    "24/7": "twenty-four seven",
    "50/50": "fifty fifty",
    "911": "nine one one",
}
_PARTS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_NOUN_AFTER = re.compile(
    r" [a-z]+s(?<!ss)(?<! is)(?<! was)(?<! has)(?<! as)(?<! its)(?!\w)| (?:people|men|women|children)(?!\w)"
)


def language(tag: str) -> Language:
    """American habits, and day before month where the tag names another country."""
    month_first = tag.lower() in ("en", "en-us", "en-ph")
    return Language(
        tag=tag,
        ordinal=lambda n, before, after: (
            ("" if not _is_name(before) else "the ") + cldr.ordinal(n, tag)
        ),
        year=_year,
        years=range(1100, 2100),
        point="point",
        fraction=_fraction,
        range_="{0} to {1}",
        money={
            "USD": {"one": "dollar", "other": "dollars"},
            "GBP": {"one": "pound", "other": "pounds"},
            "JPY": "yen",
            "CNY": "yuan",
            "KRW": "won",
            "INR": {"one": "rupee", "other": "rupees"},
            "RUB": {"one": "ruble", "other": "rubles"},
            "BRL": {"one": "real", "other": "reais"},
            "TRY": "lira",
            "IDR": "rupiah",
            "VND": "dong",
            "XBT": {"one": "bitcoin", "other": "bitcoins"},
        },
        change={
            "USD": {"one": "cent", "other": "cents"},
            "EUR": {"one": "cent", "other": "cents"},
            "GBP": {"one": "penny", "other": "pence"},
        },
        money_and_change="{0} and {1}",
        magnitudes={
            **{word: word for word in "hundred thousand million billion trillion".split()},
            **{"k": "thousand", "K": "thousand", "M": "million", "m": "million"},
            **{"mn": "million", "bn": "billion", "B": "billion", "tn": "trillion"},
        },
        date_order="MDY" if month_first else "DMY",
        date=lambda year, month, day: (
            f"{cldr.months('en')[month - 1]} {cldr.ordinal(day, 'en')}"
            + (f", {_year(year)}" if year else "")
        ),
        time=_time,
        signs={
            "/": "per",
            "&": "and",
            "+": "plus",
            "±": "plus or minus",
            "×": "times",
            "÷": "divided by",
            "=": "equals",
            "≠": "is not",
            "<": "less than",
            ">": "greater than",
            "~": "about",
            "≈": "about",
            "≤": "at most",
            "≥": "at least",
            "#": "number",
            "№": "number",
            "§": "section",
            "²": "squared",
            "³": "cubed",
            "%": "percent",
            "°": "degrees",
            "@": "at {0}",
        },
        dot="dot",
        at="at",
        abbreviations=ABBREVIATIONS,
        before_number=frozenset("No. no. Nr. Vol. vol. Ch. Fig. fig. p. pp.".split()),
        closing=frozenset({"etc.", "a.m.", "p.m.", "Inc.", "Ltd.", "Jr.", "Sr."}),
        letters={"A": "eh"},
        kept_initials="A",
        shouted=frozenset(
            """
            NOT ALL AND ANY ARE OUT ONE OUR OWN ON OR OF IN IS IF AT AS AM AN UP NO GO SO DO ME WE
            HE BE BY MY TO YOU SEE TOO TWO WHO END EAT USE FOR THE WHY HOW NOW NEW OLD YES ITS OFF
            ADD AGO ART ASK EVE EVER EVEN ONLY ALSO ABLE OH AH HA HEY WOW LOL PIN RAM SIM ZIP GIF
            """.split()
        ),
        initials=frozenset(
            "VIP FAQ GOP SUV MIT LED DIY PC TV UK US EU UN UFO CEO IQ ID AI CIA".split()
        ),
        rulers=RULERS,
        roman=_roman,
        rules=(
            Rule(
                _SPECIAL,
                lambda found: (
                    _SPECIALS[found["n"]] if found["n"] != "911" or _calls(found) else None
                ),
            ),
            Rule(_FEET, _feet),
            Rule(_HALF_DAY, _half_day),
            Rule(_TIMES, lambda f: f"{cldr.cardinal(int(f['n']), 'en')} times"),
            Rule(_MONTH_DAY, _month_day),
            Rule(_DAY_MONTH, lambda f: f"{cldr.ordinal(int(f['day']), 'en')} {_month(f['month'])}"),
            Rule(_ORDINAL, lambda found: cldr.ordinal(int(found["n"].replace(",", "")), "en")),
            Rule(_DECADE, _decade),
            Rule(re.compile(r"(?<=\d)[ ]?¢"), lambda found: " cents"),
            Rule(_SAINT, _saint),
            Rule(_ERA, _era),
            Rule(_HYPHENED, lambda found: f"{cldr.cardinal(int(found['n']), 'en')}-"),
        ),
    )


def _feet(found: Found) -> str:
    """`6'2"` as `six foot two`."""
    feet, inches = (cldr.cardinal(int(found[group]), "en") for group in ("f", "i"))
    return f"{feet} foot {inches}"


def _year(number: int, before: str = "", after: str = "") -> str:
    """`nineteen oh five` is said so; a counted thing after it makes it a number."""
    if _NOUN_AFTER.match(after):
        return cldr.cardinal(number, "en")
    return cldr.year(number, "en").replace("-oh", " oh")


def _is_name(before: str) -> bool:
    return bool(before) and before.rstrip()[-1:].isalpha() and before.rstrip().split()[-1] in RULERS


def _roman(value: int, found: Found) -> str | None:
    words = found.before.split()
    previous = words[-1] if words and found.before.endswith(" ") else ""
    if previous in RULERS:
        return f"the {cldr.ordinal(value, 'en')}"
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    if found.text == "IV" and re.match(r" (?:drip|therapy|fluid|bag|line)", found.after):
        return None
    return cldr.cardinal(value, "en") if clear or previous in NUMBERED else None


def _calls(found: Found) -> bool:
    return bool(re.search(r"(?i)(call|dial|phone)\w* $", found.before))


def _saint(found: Found) -> str:
    """A saint before a name, else a street; where it ends the line its point is kept."""
    if found.match["name"] is None:
        return "Street" if found.after.strip() else "Street."
    return "Saint"


def _half_day(found: Found) -> str:
    ends = found.text.endswith(".") and re.match(r"\s*(?:\Z|[A-Z])", found.after)
    half = "AM" if found["x"] in "aA" else "P M"
    return f"{cldr.cardinal(int(found['h']), 'en')} {half}{'.' if ends else ''}"


def _month(name: str) -> str:
    return next(full for full in _MONTHS.split() if full.startswith(name.rstrip(".")))


def _month_day(found: Found) -> str | None:
    if not 1 <= int(found["day"]) <= 31:
        return None
    said = f"{_month(found['month'])} {cldr.ordinal(int(found['day']), 'en')}"
    return f"{said}{found['comma']} {_year(int(found['year']))}" if found["year"] else said


def _era(found: Found) -> str:
    number = int(found["n"])
    said = _year(number) if number > 1000 else cldr.cardinal(number, "en")
    return f"{said} {_letters(found['era'])}"


def _letters(initials: str) -> str:
    """As `capitals` says them: an "A" by itself would be an article."""
    return initials if "A" in initials else " ".join(initials)


def _decade(found: Found) -> str:
    number = int(found["n"])
    said = cldr.year(number, "en") if number >= 100 else cldr.cardinal(number, "en")
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def _fraction(above: int, below: int, whole: int | None) -> str:
    nth = cldr.ordinal(below, "en")
    single, several = _PARTS.get(below, (nth, f"{nth}s"))
    said = f"{cldr.cardinal(above, 'en')} {single if above == 1 else several}"
    if whole is None:
        return said
    return f"{cldr.cardinal(whole, 'en')} and {re.sub('^one ', 'a ', said)}"


def _time(hour: int, minute: int, half: str) -> str:
    said = cldr.cardinal(hour, "en")
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{cldr.cardinal(minute, 'en')}"
    elif not half:
        return f"{said} o'clock" if 1 <= hour <= 12 else f"{said} hundred"
    return f"{said} {_letters(half.upper())}" if half in ("am", "pm") else said
