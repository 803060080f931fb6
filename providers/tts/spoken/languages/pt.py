"""Portuguese: one, two and the hundreds agree in gender with the noun after them."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, next_word, previous_word
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_NO_NOUN = frozenset("e ou de do da em a ao é são por para com que se mais menos até na no".split())
_MASCULINE = re.compile(r"(?:mas?|dias?|mapas?|planetas?|atletas?)\Z")
_FEMININE = re.compile(
    r"(?:as?|ção|ções|são|sões|dade|dades|vezes|vez|noites?|partes?|mulher(?:es)?|gem|gens)\Z"
)
_ORDINAL = re.compile(r"(?<![\d.,])(?P<n>\d{1,3})\.?(?P<o>[ºª°])(?!\w)")
_DAY = re.compile(rf"(?<![\d.,])1(?:\.?[º°])? de (?={month_regex(cldr.months('pt'))})")
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4]) ?h(?: ?(?P<m>[0-5]\d))?(?!\w)")
_PARTS = {2: ("meio", "meios"), 3: ("terço", "terços")}
_RULERS = frozenset(
    "Pedro João Luís Afonso Filipe Carlos Isabel Manuel Henrique Bento Pio Paulo Napoleão Catarina Dinis".split()
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        ordinal=lambda n, before, after: _nth(n, feminine=False),
        masculine=lambda n: _gendered(n, "masculine"),
        feminine=lambda n: _gendered(n, "feminine"),
        year=lambda n, before, after: _counted(n, before, after),
        point="vírgula",
        decimals_as_number=2,
        fraction=_fraction,
        range_="{0} a {1}",
        feminine_units=frozenset(
            {"duration-hour", "mass-tonne", "mass-pound", "mass-ounce", "length-mile"}
        ),
        units={"mass-tonne": {"one": "{0} tonelada", "other": "{0} toneladas"}},
        money={
            "USD": {"one": "dólar", "other": "dólares"},
            "BRL": {"one": "real", "other": "reais"},
            "EUR": {"one": "euro", "other": "euros"},
            "GBP": {"one": "libra", "other": "libras"},
            "JPY": {"one": "iene", "other": "ienes"},
            "INR": {"one": "rúpia", "other": "rúpias"},
            "KRW": {"one": "won", "other": "wons"},
            "RUB": {"one": "rublo", "other": "rublos"},
        },
        feminine_money=frozenset({"GBP", "INR"}),
        change={
            **{code: {"one": "centavo", "other": "centavos"} for code in ("BRL", "USD")},
            "EUR": {"one": "cêntimo", "other": "cêntimos"},
        },
        money_and_change="{0} e {1}",
        magnitudes={
            **{word: word for word in "mil milhão milhões bilhão bilhões trilhões".split()},
            "mi": "milhões",
            "bi": "bilhões",
        },
        of_magnitude=" de",
        date=lambda year, month, day: (
            f"{_day(day)} de {cldr.months('pt')[month - 1]}"
            + (f" de {cldr.cardinal(year, 'pt')}" if year else "")
        ),
        time=_time,
        signs={
            "/": "por",
            "&": "e",
            "+": "mais",
            "±": "mais ou menos",
            "×": "vezes",
            "÷": "dividido por",
            "=": "igual a",
            "<": "menor que",
            ">": "maior que",
            "~": "cerca de",
            "≈": "cerca de",
            "#": "número",
            "№": "número",
            "§": "parágrafo",
            "%": "por cento",
            "°": "graus",
            "²": "ao quadrado",
            "³": "ao cubo",
        },
        dot="ponto",
        at="arroba",
        before_number=frozenset("p. nº n.º n° Nº pág.".split()),
        closing=frozenset("etc.".split()),
        abbreviations={
            "Dr.": "doutor",
            "Dra.": "doutora",
            "Sr.": "senhor",
            "Sra.": "senhora",
            "Prof.": "professor",
            "Profa.": "professora",
            "p. ex.": "por exemplo",
            "etc.": "etcétera",
            "a.C.": "antes de Cristo",
            "a. C.": "antes de Cristo",
            "d.C.": "depois de Cristo",
            "nº": "número",
            "n.º": "número",
            "n°": "número",
            "Nº": "número",
            "pág.": "página",
            "p.": "página",
            "D.": "Dom",
            "aprox.": "aproximadamente",
            "Av.": "avenida",
            "vs.": "versus",
        },
        shouted=frozenset("ONU OTAN OVNI AIDS UTI UPA NÃO SIM UM UMA EU".split()),
        roman=_roman,
        rules=(
            Rule(_DAY, lambda found: "primeiro de "),
            Rule(_CLOCK, _clock),
            Rule(
                re.compile(r"(?<=anos )['’]?(?P<n>\d0)(?!\d)"),
                lambda f: cldr.cardinal(int(f["n"]), "pt"),
            ),
            Rule(_ORDINAL, lambda f: _nth(int(f["n"]), feminine=f["o"] == "ª")),
        ),
    )


def _gendered(number: int, gender: str) -> str:
    return cldr.spelled(number, "pt", f"spellout-cardinal-{gender}")


def _counted(number: int, before: str, after: str) -> str:
    noun = next_word(after)
    feminine = (
        noun.islower()
        and noun not in _NO_NOUN
        and _FEMININE.search(noun)
        and not _MASCULINE.search(noun)
    )
    return _gendered(number, "feminine" if feminine else "masculine")


def _nth(number: int, *, feminine: bool) -> str:
    return cldr.spelled(number, "pt", f"spellout-ordinal-{'feminine' if feminine else 'masculine'}")


def _day(day: int) -> str:
    return "primeiro" if day == 1 else cldr.cardinal(day, "pt")


def _fraction(above: int, below: int, whole: int | None) -> str:
    nth = _nth(below, feminine=False) if below <= 10 else f"{cldr.cardinal(below, 'pt')} avos"
    several = nth if nth.endswith("s") else f"{nth}s"
    single, several = _PARTS.get(below, (nth, several))
    said = f"{_gendered(above, 'masculine')} {single if above == 1 else several}"
    if whole is None:
        return said
    return f"{cldr.cardinal(whole, 'pt')} e {single if (above, below) == (1, 2) else said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = _gendered(hour, "feminine")
    if not minute:
        return f"{said} hora{'s' if hour > 1 else ''}"
    return f"{said} e {cldr.cardinal(minute, 'pt')}"


def _clock(found: Found) -> str:
    return _time(int(found["h"]), int(found["m"] or 0), "")


def _roman(value: int, found: Found) -> str | None:
    previous = previous_word(found.before)
    if previous in ("século", "séculos") or previous in _RULERS:
        feminine = previous in ("Isabel", "Catarina")
        return _nth(value, feminine=feminine) if value <= 10 else cldr.cardinal(value, "pt")
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    return cldr.cardinal(value, "pt") if clear else None
