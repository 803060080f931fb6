"""German: ordinals with a point take their ending from the word before them."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, next_word, previous_word
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_MONTH = month_regex(cldr.months("de"))
# After these an ordinal ends in -en, in -e, or in -es; otherwise in -er.
_WEAK = frozenset(
    "am im vom zum beim dem den des bis seit ab einem einen meinem seinem ihrem zur".split()
)
_PLAIN = frozenset("der die das jeder jede dieser diese eine seine ihre meine".split())
_DETERMINERS = _WEAK | _PLAIN | frozenset("ein kein mein sein ihr unser".split())
_DATE = re.compile(
    r"(?<![\d.,])(?P<d>[0-3]?\d)\.(?P<s> ?)(?P<m>[01]?\d)\.(?P<y> ?\d{4})?(?!\d|\.\d)"
)
_DAY = re.compile(rf"(?<![\d.,])(?P<n>[0-3]?\d)\. (?={_MONTH})")
_ORDINAL = re.compile(r"(?<![\d.,\w])(?P<n>\d{1,3})\.(?= [^\W\d_])")
_RULER = re.compile(r"(?<!\w)(?P<roman>[IVX]{1,6})\.(?!\w)")
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))? Uhr(?!\w)")
_DECADE = re.compile(r"(?<![\d.,])(?P<n>\d{4}|\d0)er(?!\w)")
_FEMININE = re.compile(r"[A-ZÄÖÜ]\w+(?:e|ung|heit|keit|schaft|tion|tät|ion)\Z")
_FEMININE_NOUNS = frozenset(
    "Person Nacht Stadt Frau Hand Welt Zahl Uhr Mark Art Form Tür Wand Bank Mutter Tochter Schwester Nummer Stunde".split()
)
_NOT_FEMININE = frozenset(
    "Ende Auge Käse Name Junge Kollege Kunde Affe Hase Löwe Interesse Erbe".split()
)
_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{3,}")


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        ordinal=lambda n, before, after: _nth(n, before),
        masculine=lambda n: _gendered(n, "masculine"),
        feminine=lambda n: _gendered(n, "feminine"),
        fraction=_fraction,
        range_="{0} bis {1}",
        ratio="{0} zu {1}",
        feminine_units=frozenset(
            {"duration-hour", "duration-minute", "duration-second", "mass-tonne", "length-mile"}
        ),
        money={
            "USD": "Dollar",
            "GBP": "Pfund",
            "JPY": "Yen",
            "KRW": "Won",
            "INR": {"one": "Rupie", "other": "Rupien"},
            "RUB": "Rubel",
            "CHF": "Franken",
        },
        feminine_money=frozenset({"INR", "TRY"}),
        change={code: "" for code in ("USD", "EUR", "GBP", "CHF")},
        magnitudes={
            "Tsd.": "tausend",
            "Mio.": "Millionen",
            "Mio": "Millionen",
            "Mrd.": "Milliarden",
            "Mrd": "Milliarden",
            **{
                word: word
                for word in "tausend Million Millionen Milliarde Milliarden Billionen".split()
            },
        },
        date=lambda year, month, day: _date(year, month, day, ""),
        time=_time,
        signs={
            "/": "pro",
            "&": "und",
            "+": "plus",
            "±": "plus minus",
            "×": "mal",
            "÷": "geteilt durch",
            "=": "gleich",
            "<": "kleiner als",
            ">": "größer als",
            "~": "etwa",
            "≈": "etwa",
            "#": "Nummer",
            "№": "Nummer",
            "§": "Paragraf",
            "%": "Prozent",
            "°": "Grad",
            "²": "Quadrat",
            "³": "hoch drei",
        },
        dot="Punkt",
        at="at",
        before_number=frozenset("Nr. S. Kap. Abb.".split()),
        closing=frozenset("usw. etc.".split()),
        abbreviations={
            "Dr.": "Doktor",
            "Prof.": "Professor",
            "Hr.": "Herr",
            "Fr.": "Frau",
            "St.": "Sankt",
            "Nr.": "Nummer",
            "z. B.": "zum Beispiel",
            "z.B.": "zum Beispiel",
            "d. h.": "das heißt",
            "d.h.": "das heißt",
            "u. a.": "unter anderem",
            "u.a.": "unter anderem",
            "usw.": "und so weiter",
            "bzw.": "beziehungsweise",
            "ca.": "circa",
            "etc.": "et cetera",
            "ggf.": "gegebenenfalls",
            "evtl.": "eventuell",
            "inkl.": "inklusive",
            "v. Chr.": "vor Christus",
            "n. Chr.": "nach Christus",
            "v.Chr.": "vor Christus",
            "n.Chr.": "nach Christus",
            "S.": "Seite",
            "Str.": "Straße",
            "vgl.": "vergleiche",
            "sog.": "sogenannte",
            "Abb.": "Abbildung",
            "min.": "Minuten",
            "vs.": "versus",
            "Kap.": "Kapitel",
        },
        initials=frozenset({"USA"}),
        shouted=frozenset("NATO ICE TÜV DAS DER DIE UND NEIN JA IST ODER NUR EIN".split()),
        rules=(
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"] or 0), "uhr")),
            Rule(_DATE, _dated),
            Rule(_DAY, lambda f: f"{_nth(int(f['n']), f.before)} "),
            Rule(_ORDINAL, _ordinal),
            Rule(_RULER, _ruler),
            Rule(_DECADE, lambda f: f"{cldr.year(int(f['n']), 'de')}er"),
        ),
    )


def _gendered(number: int, gender: str) -> str:
    return cldr.spelled(number, "de", f"spellout-cardinal-{gender}")


def _counted(number: int, before: str, after: str) -> str:
    noun = next_word(after)
    if number != 1 or not noun[:1].isupper():
        return cldr.cardinal(number, "de")
    feminine = (_FEMININE.match(noun) or noun in _FEMININE_NOUNS) and noun not in _NOT_FEMININE
    return _gendered(number, "feminine" if feminine else "masculine")


def _nth(number: int, before: str) -> str:
    word = previous_word(before).lower()
    ending = "-n" if word in _WEAK else "" if word in _PLAIN else "-s" if word == "das" else "-r"
    return cldr.spelled(number, "de", f"spellout-ordinal{ending}")


def _ordinal(found: Found) -> str | None:
    """`der 2. Platz`; after no determiner a number with a point ends its sentence."""
    before = previous_word(found.before).lower()
    small = bool(re.match(r" [a-zäöü]", found.after))
    return _nth(int(found["n"]), found.before) if before in _DETERMINERS or small else None


def _date(year: int | None, month: int, day: int, before: str) -> str:
    said = f"{_nth(day, before)} {cldr.months('de')[month - 1]}"
    return f"{said} {cldr.year(year, 'de')}" if year else said


def _dated(found: Found) -> str | None:
    day, month = int(found["d"]), int(found["m"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return _date(int(found["y"]) if found["y"] else None, month, day, found.before)


def _time(hour: int, minute: int, half: str) -> str:
    said = f"{_gendered(hour, 'masculine')} Uhr"
    return f"{said} {cldr.cardinal(minute, 'de')}" if minute else said


def _ruler(found: Found) -> str | None:
    """`Friedrich II.` as `Friedrich der Zweite`."""
    from providers.tts.spoken.capitals import roman_value

    if not _NAME.fullmatch(previous_word(found.before)):
        return None
    ends = "" if found.after.strip() else "."
    return f"der {cldr.ordinal(roman_value(found['roman']), 'de').capitalize()}{ends}"


def _fraction(above: int, below: int, whole: int | None) -> str:
    if (above, below) == (1, 2):
        return "ein halb" if whole is None else f"{_gendered(whole, 'neuter')}einhalb"
    part = f"{cldr.ordinal(below, 'de').capitalize()}l" if below != 2 else "Halbe"
    said = f"{_gendered(above, 'neuter')} {part}"
    return said if whole is None else f"{cldr.cardinal(whole, 'de')} {said}"
