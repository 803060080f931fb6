"""Italian."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, next_word, previous_word
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_NO_NOUN = frozenset("e o di del della dei in a al è sono per con che si più meno su da".split())
_FEMININE = re.compile(r"(?:a|zione|sione|tà|notte|parte|chiave|stagione)\Z")
_MASCULINE = re.compile(r"(?:ma|pianeta)\Z")
_DAY = re.compile(rf"(?<![\d.,])1[º°]? (?={month_regex(cldr.months('it'))})")
_ORDINAL = re.compile(r"(?<![\d.,])(?P<n>\d{1,3})(?P<o>[ºª°])(?!\w)")
_CLOCK = re.compile(r"(?i)(?:(?<=alle )|(?<=ore ))(?P<h>[01]?\d|2[0-4])[.:](?P<m>[0-5]\d)(?!\d)")
_PARTS = {2: ("mezzo", "mezzi")}
_RULERS = frozenset(
    """Luigi Carlo Enrico Elisabetta Filippo Vittorio Emanuele Umberto Paolo Giovanni Pio Benedetto Leone
    Napoleone Caterina Federico Francesco Giorgio Guglielmo Ludovico Innocenzo Clemente Gregorio""".split()
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        ordinal=lambda n, before, after: cldr.spelled(n, "it", "spellout-ordinal-masculine"),
        masculine=lambda n: "un" if n == 1 else cldr.cardinal(n, "it"),
        feminine=lambda n: "una" if n == 1 else cldr.cardinal(n, "it"),
        year=lambda n, before, after: cldr.cardinal(n, "it"),
        decimals_as_number=2,
        fraction=_fraction,
        range_="{0} a {1}",
        feminine_units=frozenset({"duration-hour", "mass-tonne", "mass-pound", "mass-ounce"}),
        units={"mass-tonne": {"one": "{0} tonnellata", "other": "{0} tonnellate"}},
        money={
            "USD": {"one": "dollaro", "other": "dollari"},
            "EUR": "euro",
            "GBP": {"one": "sterlina", "other": "sterline"},
            "JPY": "yen",
            "INR": {"one": "rupia", "other": "rupie"},
            "KRW": "won",
            "RUB": {"one": "rublo", "other": "rubli"},
        },
        feminine_money=frozenset({"GBP", "INR"}),
        change={code: "" for code in ("USD", "EUR", "GBP")},
        money_and_change="{0} e {1}",
        magnitudes={
            **{word: word for word in "mila milione milioni miliardo miliardi".split()},
            **{f"{word} di": word for word in "milioni miliardi".split()},
            "mln": "milioni",
            "mld": "miliardi",
        },
        of_magnitude=" di",
        date=lambda year, month, day: (
            f"{_day(day)} {cldr.months('it')[month - 1]}"
            + (f" {cldr.cardinal(year, 'it')}" if year else "")
        ),
        time=_time,
        signs={
            "/": "al",
            "&": "e",
            "+": "più",
            "±": "più o meno",
            "×": "per",
            "÷": "diviso",
            "=": "uguale",
            "<": "minore di",
            ">": "maggiore di",
            "~": "circa",
            "≈": "circa",
            "#": "numero",
            "№": "numero",
            "§": "paragrafo",
            "%": "percento",
            "°": "gradi",
            "²": "al quadrato",
            "³": "al cubo",
        },
        dot="punto",
        at="chiocciola",
        before_number=frozenset("n. pag.".split()),
        closing=frozenset("ecc.".split()),
        abbreviations={
            "Dott.": "dottor",
            "Dott.ssa": "dottoressa",
            "Dr.": "dottor",
            "Sig.": "signor",
            "Sig.ra": "signora",
            "Sigg.": "signori",
            "Prof.": "professor",
            "Prof.ssa": "professoressa",
            "Ing.": "ingegner",
            "ad es.": "ad esempio",
            "es.": "esempio",
            "ecc.": "eccetera",
            "a.C.": "avanti Cristo",
            "a. C.": "avanti Cristo",
            "d.C.": "dopo Cristo",
            "n.": "numero",
            "pag.": "pagina",
            "ca.": "circa",
            "S.": "San",
            "vs.": "contro",
        },
        shouted=frozenset("NATO ONU UFO IVA AIDS UNA UN IL LA NON SÌ".split()),
        roman=_roman,
        rules=(
            Rule(_DAY, lambda found: "primo "),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"]), "")),
            Rule(
                re.compile(r"(?<=anni )['’]?(?P<n>\d0)(?!\d)"),
                lambda f: cldr.cardinal(int(f["n"]), "it"),
            ),
            Rule(_ORDINAL, lambda f: _nth(int(f["n"]), feminine=f["o"] == "ª")),
        ),
    )


def _counted(number: int, before: str, after: str) -> str:
    noun = next_word(after)
    if number != 1 or not noun or noun in _NO_NOUN or not noun.islower():
        return cldr.cardinal(number, "it")
    feminine = _FEMININE.search(noun) and not _MASCULINE.search(noun)
    return "una" if feminine and noun[0] not in "aeiou" else "un"


def _nth(number: int, *, feminine: bool) -> str:
    return cldr.spelled(number, "it", f"spellout-ordinal-{'feminine' if feminine else 'masculine'}")


def _day(day: int) -> str:
    return "primo" if day == 1 else cldr.cardinal(day, "it")


def _fraction(above: int, below: int, whole: int | None) -> str:
    nth = _nth(below, feminine=False)
    single, several = _PARTS.get(below, (nth, f"{nth[:-1]}i"))
    said = (
        f"{'un' if above == 1 else cldr.cardinal(above, 'it')} {single if above == 1 else several}"
    )
    if whole is None:
        return said
    return f"{cldr.cardinal(whole, 'it')} e {single if (above, below) == (1, 2) else said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = "una" if hour == 1 else cldr.cardinal(hour, "it")
    return f"{said} e {cldr.cardinal(minute, 'it')}" if minute else f"{said} in punto"


def _roman(value: int, found: Found) -> str | None:
    previous, noun = previous_word(found.before), next_word(found.after)
    if noun in ("secolo", "sec") or previous in _RULERS:
        return _nth(value, feminine=previous in ("Elisabetta", "Caterina"))
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    return cldr.cardinal(value, "it") if clear else None
