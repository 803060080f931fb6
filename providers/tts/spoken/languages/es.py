"""Spanish: numbers agree in gender with the noun after them."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, next_word, previous_word
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_NO_NOUN = frozenset("y o u de del en a al e es son por para con que se más menos hasta".split())
_MASCULINE = re.compile(r"(?:ma|mas|día|días|mapa|mapas|planeta|planetas|atletas?)\Z")
_FEMININE = re.compile(
    r"(?:as?|ción|ciones|sión|siones|dad|dades|veces|vez|noches?|partes?|mujer(?:es)?)\Z"
)
_DAY = re.compile(rf"(?<![\d.,])1(?:\.?º)? de (?={month_regex(cldr.months('es'))})")
_ORDINAL = re.compile(r"(?<![\d.,])(?P<n>\d{1,3})\.?(?P<o>[ºª]|er|ro|ra|do|da|to|ta)(?!\w)")
_HALVES = {2: ("medio", "medios"), 3: ("tercio", "tercios"), 4: ("cuarto", "cuartos")}
_RULERS = frozenset(
    """Alfonso Carlos Felipe Fernando Isabel Juan Luis Enrique Jaime Pedro Pío Benedicto León
    Francisco Napoleón Catalina Ramsés Pablo Gregorio Clemente Nicolás Alejandro Guillermo""".split()
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        masculine=lambda n: cldr.spelled(n, "es", "spellout-cardinal-masculine"),
        feminine=lambda n: cldr.spelled(n, "es", "spellout-cardinal-feminine"),
        year=lambda n, before, after: _counted(n, before, after),
        point="coma",
        decimals_as_number=2,
        fraction=_fraction,
        range_="{0} a {1}",
        feminine_units=frozenset(
            {"duration-hour", "mass-tonne", "mass-pound", "mass-ounce", "length-mile"}
        ),
        units={"mass-tonne": {"one": "{0} tonelada", "other": "{0} toneladas"}},
        money={
            "USD": {"one": "dólar", "other": "dólares"},
            "GBP": {"one": "libra", "other": "libras"},
            "JPY": {"one": "yen", "other": "yenes"},
            "INR": {"one": "rupia", "other": "rupias"},
            "KRW": {"one": "won", "other": "wones"},
            "RUB": {"one": "rublo", "other": "rublos"},
        },
        feminine_money=frozenset({"GBP", "INR", "TRY"}),
        change={code: "" for code in ("USD", "EUR", "GBP", "BRL")},
        money_and_change="{0} con {1}",
        magnitudes={
            "mil": "mil",
            "millón": "millón",
            "millones": "millones",
            "M": "millones",
            "billones": "billones",
            "mil millones": "mil millones",
        },
        of_magnitude=" de",
        date=lambda year, month, day: (
            f"{_day(day)} de {cldr.months('es')[month - 1]}"
            + (f" de {_counted(year, '', '')}" if year else "")
        ),
        time=_time,
        time_mark=":",
        signs={
            "/": "por",
            "&": "y",
            "+": "más",
            "±": "más o menos",
            "×": "por",
            "÷": "entre",
            "=": "igual a",
            "<": "menor que",
            ">": "mayor que",
            "~": "unos",
            "≈": "unos",
            "#": "número",
            "№": "número",
            "§": "sección",
            "%": "por ciento",
            "°": "grados",
            "²": "al cuadrado",
            "³": "al cubo",
        },
        dot="punto",
        at="arroba",
        before_number=frozenset("p. n° n.º n.° nº N.º núm. pág.".split()),
        closing=frozenset("etc. min.".split()),
        abbreviations={
            "Dr.": "doctor",
            "Dra.": "doctora",
            "Sr.": "señor",
            "Sra.": "señora",
            "Srta.": "señorita",
            "Prof.": "profesor",
            "Ud.": "usted",
            "Uds.": "ustedes",
            "EE. UU.": "Estados Unidos",
            "EE.UU.": "Estados Unidos",
            "etc.": "etcétera",
            "p. ej.": "por ejemplo",
            "pág.": "página",
            "n.º": "número",
            "n.°": "número",
            "nº": "número",
            "N.º": "número",
            "núm.": "número",
            "a. C.": "antes de Cristo",
            "a.C.": "antes de Cristo",
            "d. C.": "después de Cristo",
            "d.C.": "después de Cristo",
            "aprox.": "aproximadamente",
            "Av.": "avenida",
            "vs.": "versus",
            "min.": "minutos",
            "p.": "página",
            "a. m.": "A M",
            "p. m.": "P M",
            "n°": "número",
            "Sto.": "santo",
            "Sta.": "santa",
        },
        initials=frozenset({"DNI", "IVA", "AVE"}) - {"AVE", "IVA"},
        shouted=frozenset("ONU OTAN UCI OVNI SIDA IVA AVE NO SÍ YA LA EL UN MI TU SU".split()),
        roman=_roman,
        rules=(
            Rule(_DAY, lambda found: "primero de "),
            Rule(
                re.compile(r"(?<=años )['’]?(?P<n>\d0)(?!\d)"),
                lambda f: cldr.cardinal(int(f["n"]), "es"),
            ),
            Rule(_ORDINAL, _nth),
        ),
    )


def _counted(number: int, before: str, after: str) -> str:
    noun = next_word(after)
    if not noun or noun in _NO_NOUN or not noun.islower():
        return cldr.cardinal(number, "es")
    feminine = _FEMININE.search(noun) and not _MASCULINE.search(noun)
    return cldr.spelled(
        number, "es", f"spellout-cardinal-{'feminine' if feminine else 'masculine'}"
    )


def _day(day: int) -> str:
    return "primero" if day == 1 else cldr.cardinal(day, "es")


def _nth(found: Found) -> str:
    feminine = found["o"] in ("ª", "ra", "da", "ta")
    kind = "feminine" if feminine else "masculine-adjective" if found["o"] == "er" else "masculine"
    return cldr.spelled(int(found["n"]), "es", f"spellout-ordinal-{kind}")


def _fraction(above: int, below: int, whole: int | None) -> str:
    nth = (
        cldr.spelled(below, "es", "spellout-ordinal-masculine")
        if below <= 10
        else f"{cldr.cardinal(below, 'es')}avo"
    )
    single, several = _HALVES.get(below, (nth, f"{nth}s"))
    said = f"{cldr.spelled(above, 'es', 'spellout-cardinal-masculine')} {single if above == 1 else several}"
    if whole is None:
        return said
    return f"{cldr.cardinal(whole, 'es')} y {said.removeprefix('un ') if below == 2 else said}"


def _time(hour: int, minute: int, half: str) -> str:
    names = cldr.spelled(hour, "es", "spellout-cardinal-feminine")
    said = f"{names} y {cldr.cardinal(minute, 'es')}" if minute else names
    if half in ("am", "pm"):
        return f"{said} {' '.join(half.upper())}"
    return said if minute else f"{said} en punto"


def _roman(value: int, found: Found) -> str | None:
    previous = previous_word(found.before)
    if previous in ("siglo", "siglos") or previous in _RULERS:
        kind = (
            "spellout-ordinal-feminine"
            if previous in ("Isabel", "Catalina")
            else "spellout-ordinal-masculine"
        )
        return cldr.spelled(value, "es", kind) if value <= 10 else cldr.cardinal(value, "es")
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    return cldr.cardinal(value, "es") if clear else None
