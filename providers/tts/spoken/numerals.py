"""Numbers as they are written: separators, signs and decimals, and their words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_SPACE = "\u00a0\u202f\u2009 "
# `1,250,000`, `10 000,5`, `1'000`, `3.14`; possessive, so that hostile input costs no more.
NUMBER = (
    rf"(?:\d{{1,3}}(?:[{_SPACE}]\d{{3}})++(?!\d)(?:[.,]\d++)?"
    r"|\d{1,3}(?:['’]\d{3})++(?!\d)(?:[.,]\d++)?"
    r"|\d++(?:[.,]\d++)*+)"
)
DASH = r"[-–—−~〜∼]"
GAP = r"[ \u00a0\u202f]?"
MINUS = r"\-−–"
# Letters that make words with the Latin ones beside them; Korean, Japanese and Chinese do not.
CASED = r"A-Za-z\u00aa-\u024f\u0370-\u052f\u0590-\u0dff\u1e00-\u1fff"
# Not inside a word or a longer number.
BEGIN = r"(?<![\d.,])(?<!\d[:/])"
_LONGEST = 18
_GROUPED = re.compile(r"(?:\d{1,3}(?:\D\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?!\d)\Z")


@dataclass(frozen=True)
class Numeral:
    """A number as it was written, without its separators."""

    whole: str
    decimals: str = ""
    # The whole was written in one piece, as years are.
    plain: bool = True

    @property
    def is_spelled(self) -> bool:
        """Whether it is said digit by digit: with a zero in front, or too long to count."""
        return len(self.whole) > _LONGEST or (len(self.whole) > 1 and self.whole.startswith("0"))

    @property
    def value(self) -> Decimal:
        return Decimal(f"{self.whole}.{self.decimals}" if self.decimals else self.whole)


def numeral(written: str, language: Language) -> Numeral | None:
    """Reads a number by the language's separators, or by the other ones where only they fit.

    None where it is no number but a version or an address, like `1.2.3`.
    """
    bare = re.sub(rf"[{_SPACE}'’]", "", written)
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return Numeral(bare, plain=bare == written)
    if len(set(marks)) == 2:
        return _both(bare, marks)
    if len(marks) > 1:
        whole = bare.replace(marks[0], "")
        return Numeral(whole, plain=False) if _GROUPED.match(bare) else None
    decimal, _ = cldr.separators(language.tag)
    whole, _, rest = bare.partition(marks[0])
    grouped = marks[0] != decimal and _GROUPED.match(bare) and not whole.startswith("0")
    return Numeral(whole + rest, plain=False) if grouped else Numeral(whole, rest)


def _both(bare: str, marks: list[str]) -> Numeral | None:
    last = marks[-1]
    if marks.count(last) > 1:
        return None
    whole, _, decimals = bare.rpartition(last)
    if not _GROUPED.match(whole):
        return None
    return Numeral(re.sub(r"\D", "", whole), decimals, plain=False)


def words(number: Numeral, language: Language, before: str = "", after: str = "") -> str:
    """`twelve`, `three point one four`; digit by digit with a leading zero."""
    if number.is_spelled:
        whole = language.spell(number.whole)
    elif number.decimals:
        whole = _alone(int(number.whole), language)
    else:
        return language.count(int(number.whole), before, after)
    if not number.decimals:
        return whole
    gap = language.gap(after) if language.gap is not None else ""
    return decimal_words(whole, number, language) + gap


def decimal_words(whole: str, number: Numeral, language: Language) -> str:
    """The words of a number with decimals, `whole` said already."""
    if language.decimal is not None and not number.is_spelled and len(number.decimals) <= 3:
        return language.decimal(int(number.whole), number.decimals)
    decimals = number.decimals
    if not cldr.spells(language.tag):
        return f"{whole}.{decimals}"
    as_number = len(decimals) <= language.decimals_as_number
    if as_number and not decimals.startswith("0"):
        said = _alone(int(decimals), language)
    else:
        said = language.spell(decimals)
    joint = "" if language.joined else " "
    return joint.join((whole, language.point_word(), said))


def _alone(number: int, language: Language) -> str:
    return language.count(number, "", "")


def version(written: str, language: Language) -> str:
    """`1.2.3` as numbers with points between them."""
    joint = "" if language.joined else " "
    pieces = [words(Numeral(piece), language) for piece in re.split("[.,]", written)]
    return f"{joint}{language.point_word()}{joint}".join(pieces)


def rules(language: Language) -> tuple[Rule, ...]:
    """The numbers that no other rule has claimed."""
    # A letter of a script without spaces may stand before a sign, but then only degrees are surely
    # no name such as 东风-41.
    degrees = rf"(?<![{CASED}\d_.,)%])(?=.\d++(?:[.,]\d++)?{GAP}[度°℃℉])"
    sign = rf"(?P<sign>(?:(?<![\w.,)%])|{degrees})[{MINUS}+±](?=\.?\d))?"
    glue = r"(?P<glue>(?<=[^\W\d_])-)?(?P<dot>(?<![\w.])\.)?"
    return (
        Rule(re.compile(rf"(?<!\d){sign}{glue}(?P<number>{NUMBER})"), _number),
        Rule(re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]++"), _power),
    )


def _power(found: Found) -> str:
    """`x²` as `x squared`."""
    digits = "".join(str(unicodedata.digit(character)) for character in found.text)
    known = found.language.signs.get(found.text)
    return known or words(Numeral(digits), found.language)


def _number(found: Found) -> str:
    language, before, after = found.language, found.before, found.after
    number = numeral(found["number"], language)
    if number is None:
        return version(found["number"], language)
    if found["dot"]:
        number = Numeral("0", number.whole + number.decimals)
    said = _as_year(number, found) or words(number, language, before, after)
    sign = found["sign"]
    if sign:
        word = language.minus_word() if sign in MINUS else language.signs.get(sign, "")
        said = f"{word}{'' if language.joined else ' '}{said}"
    parted = found["glue"] and (language.parted_units or not language.joined)
    return f" {said}" if parted else said


def _as_year(number: Numeral, found: Found) -> str | None:
    language = found.language
    is_year = number.plain and not number.decimals and len(number.whole) == 4
    if not is_year or found["sign"] or int(number.whole) not in language.years:
        return None
    return language.year_words(int(number.whole), found.before, found.after)
