"""French: "une" before feminine nouns, ordinals with -e, clock times with "heures"."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, next_word, previous_word
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_FEMININE = re.compile(
    r"(?:(?:heure|minute|seconde|année|semaine|journée|nuit|fois|personne|tonne|livre|page|ville|femme|fille|"
    r"étoile|planète|tasse|cuillère|goutte|histoire|chose|idée|couleur|lettre|étape|partie|raison|voiture|pièce)s?"
    r"|\w+(?:tions?|tés?|ettes?|ures?|ances?|ences?))\Z"
)
_DAY = re.compile(rf"(?<![\d.,])1er? (?={month_regex(cldr.months('fr'))})")
_ORDINAL = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,4})(?P<o>ers?|res?|ères?|nde?|èmes?|mes?|es?|ᵉ|ᵉʳ)(?!\w)"
)
_CENTURY = re.compile(r"(?<!\w)(?P<roman>[IVX]{1,6})(?P<o>er|re|e|ème|ᵉ|ᵉʳ)(?!\w)")
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4]) ?h ?(?P<m>[0-5]\d)?(?!\w)")
_PARTS = {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        ordinal=lambda n, before, after: cldr.spelled(n, "fr", "spellout-ordinal-masculine"),
        feminine=lambda n: cldr.spelled(n, "fr", "spellout-cardinal-feminine"),
        year=lambda n, before, after: _counted(n, before, after),
        decimals_as_number=2,
        fraction=_fraction,
        range_="{0} à {1}",
        feminine_units=frozenset(
            {
                "duration-hour",
                "duration-minute",
                "duration-second",
                "mass-tonne",
                "mass-pound",
                "mass-ounce",
            }
        ),
        units={"duration-hour": {"one": "{0} heure", "other": "{0} heures"}},
        money={
            "USD": {"one": "dollar", "other": "dollars"},
            "GBP": {"one": "livre", "other": "livres"},
            "JPY": {"one": "yen", "other": "yens"},
            "INR": {"one": "roupie", "other": "roupies"},
            "KRW": {"one": "won", "other": "wons"},
            "RUB": {"one": "rouble", "other": "roubles"},
        },
        feminine_money=frozenset({"GBP", "INR"}),
        change={code: "" for code in ("USD", "EUR", "GBP")},
        magnitudes={
            **{word: word for word in "mille million millions milliard milliards".split()},
            "M": "millions",
            "Md": "milliards",
            "Mds": "milliards",
        },
        of_magnitude=" de",
        date=lambda year, month, day: (
            f"{_day(day)} {cldr.months('fr')[month - 1]}"
            + (f" {cldr.cardinal(year, 'fr')}" if year else "")
        ),
        time=_time,
        signs={
            "/": "par",
            "&": "et",
            "+": "plus",
            "±": "plus ou moins",
            "×": "fois",
            "÷": "divisé par",
            "=": "égale",
            "<": "inférieur à",
            ">": "supérieur à",
            "~": "environ",
            "≈": "environ",
            "#": "numéro",
            "№": "numéro",
            "§": "paragraphe",
            "%": "pour cent",
            "°": "degrés",
            "²": "au carré",
            "³": "au cube",
        },
        dot="point",
        at="arobase",
        before_number=frozenset("n° n°s N° nº p.".split()),
        closing=frozenset("etc.".split()),
        abbreviations={
            "Dr": "docteur",
            "Dr.": "docteur",
            "M.": "monsieur",
            "MM.": "messieurs",
            "Mme": "madame",
            "Mmes": "mesdames",
            "Mlle": "mademoiselle",
            "Pr": "professeur",
            "St": "saint",
            "Ste": "sainte",
            "p. ex.": "par exemple",
            "etc.": "et cetera",
            "av. J.-C.": "avant Jésus-Christ",
            "apr. J.-C.": "après Jésus-Christ",
            "n°": "numéro",
            "n°s": "numéros",
            "N°": "numéro",
            "nº": "numéro",
            "env.": "environ",
            "c.-à-d.": "c'est-à-dire",
            "vs": "versus",
            "vs.": "versus",
            "p.": "page",
        },
        shouted=frozenset("ONU OTAN OVNI SIDA UN UNE LE LA ET OU NON OUI PAS".split()),
        roman=_roman,
        rules=(
            Rule(_DAY, lambda found: "premier "),
            Rule(_CLOCK, _clock),
            Rule(
                re.compile(r"(?<=années )['’]?(?P<n>\d0)(?!\d)"),
                lambda f: cldr.cardinal(int(f["n"]), "fr"),
            ),
            Rule(_CENTURY, _century),
            Rule(_ORDINAL, lambda f: _nth(int(f["n"]), f["o"])),
        ),
    )


def _counted(number: int, before: str, after: str) -> str:
    feminine = number % 10 == 1 and _FEMININE.match(next_word(after))
    return cldr.spelled(
        number, "fr", f"spellout-cardinal-{'feminine' if feminine else 'masculine'}"
    )


def _day(day: int) -> str:
    return "premier" if day == 1 else cldr.cardinal(day, "fr")


def _nth(number: int, ending: str) -> str:
    if number == 2 and ending.startswith("nd"):
        return "seconde" if ending == "nde" else "second"
    kind = "feminine" if ending in ("re", "res", "ère", "ères") else "masculine"
    said = cldr.spelled(number, "fr", f"spellout-ordinal-{kind}")
    return f"{said}s" if ending.endswith("s") else said


def _century(found: Found) -> str | None:
    from providers.tts.spoken.capitals import roman_value

    return _nth(roman_value(found["roman"]), found["o"])


def _fraction(above: int, below: int, whole: int | None) -> str:
    nth = cldr.spelled(below, "fr", "spellout-ordinal-masculine")
    single, several = _PARTS.get(below, (nth, f"{nth}s"))
    said = f"{cldr.cardinal(above, 'fr')} {single if above == 1 else several}"
    return said if whole is None else f"{cldr.cardinal(whole, 'fr')} et {said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = (
        f"{cldr.spelled(hour, 'fr', 'spellout-cardinal-feminine')} heure{'s' if hour > 1 else ''}"
    )
    return f"{said} {cldr.cardinal(minute, 'fr')}" if minute else said


def _clock(found: Found) -> str:
    return _time(int(found["h"]), int(found["m"] or 0), "")


def _roman(value: int, found: Found) -> str | None:
    previous = previous_word(found.before)
    if value == 1:
        return None
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    named = previous[:1].isupper() and len(previous) > 3
    return (
        cldr.cardinal(value, "fr") if clear or (named and set(found.text) <= set("IVX")) else None
    )
