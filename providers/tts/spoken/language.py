"""What a language says for numbers and signs: CLDR's words, and what each language adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule

# The forms of a word by CLDR's plural category; one that is not named is "other".
Forms = str | Mapping[str, str]
# A number's reading between what stands before and after it in the line.
Counting = Callable[[int, str, str], str]


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language. Patterns have `{0}` where the number's words stand."""

    tag: str
    cardinal: Counting | None = None
    ordinal: Counting | None = None
    # A year by itself; which numbers are taken for one is `years`.
    year: Counting | None = None
    years: range = range(1100, 2100)
    point: str | None = None
    minus: str | None = None
    # Decimals are read as a number up to so many digits, else digit by digit.
    decimals_as_number: int = 0
    decimal: Callable[[int, str], str] | None = None
    digits: tuple[str, ...] = ()
    digit_group: str = ", "
    # The digits of a telephone number, where they have names of their own.
    telephone: Callable[[str], str] | None = None
    # (above, below, whole before it or None)
    fraction: Callable[[int, int, int | None], str] | None = None
    range_: str = "{0} – {1}"
    # The case of both numbers of a range, and what stands between those of a score.
    range_case: Callable[[str], str] | None = None
    ratio: str | None = None
    # What parts a number with decimals from the word after it.
    gap: Callable[[str], str] | None = None
    unit_signs: Mapping[str, str] = field(default_factory=dict)
    range_number: Counting | None = None
    units: Mapping[str, Forms] = field(default_factory=dict)
    # CLDR units whose noun is feminine, where the number's words ask for it.
    feminine_units: frozenset[str] = frozenset()
    feminine: Callable[[int], str] | None = None
    masculine: Callable[[int], str] | None = None
    money: Mapping[str, Forms] = field(default_factory=dict)
    feminine_money: frozenset[str] = frozenset()
    change: Mapping[str, Forms] = field(default_factory=dict)
    money_and_change: str = "{0} {1}"
    magnitudes: Mapping[str, Forms] = field(default_factory=dict)
    # Between "five million" and the noun: `millones de dólares`.
    of_magnitude: str = ""
    date_order: str = "DMY"
    date: Callable[[int | None, int, int], str] | None = None
    time: Callable[[int, int, str], str] | None = None
    time_mark: str = ":"
    signs: Mapping[str, str] = field(default_factory=dict)
    dot: str = "."
    at: str = "at"
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    # Those that are one only before a number ("no. 5"), and those that may end a sentence.
    before_number: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    letters: Mapping[str, str] | None = None
    # Initials with one of these are one word in capitals: an English "A" alone is an article.
    kept_initials: str = ""
    # Words in capitals that are no initials, and initials that look like words.
    shouted: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    # Names before which a Roman numeral is an ordinal, and its reading.
    rulers: frozenset[str] = frozenset()
    roman: Callable[[int, Found], str | None] | None = None
    roman_ordinal: Callable[[int, Found], str] | None = None
    rules: tuple[Rule, ...] = ()
    # How what is read by rules is written, so that no front end takes it for other words.
    written: Callable[[str], str] | None = None
    # Whether a number's words touch the letters beside them, as in Japanese.
    joined: bool = False
    joined_before: str = ""
    # A number and the unit after it, where sounds change between them.
    seam: Callable[[str, str], str] | None = None
    # Whether a unit is a word by itself where CLDR writes it together with the number.
    parted_units: bool = False

    def point_word(self) -> str:
        """What parts the whole from the decimals."""
        if not cldr.spells(self.tag):
            return "."
        return self.point if self.point is not None else cldr.point(self.tag)

    def minus_word(self) -> str:
        """What is said before a negative number."""
        if not cldr.spells(self.tag):
            return "-"
        return self.minus if self.minus is not None else cldr.minus(self.tag)

    def count(self, number: int, before: str = "", after: str = "") -> str:
        """A whole number in words, agreeing with what follows where the language does.

        Where CLDR cannot spell the language it stays in digits, which its voice reads.
        """
        if not cldr.spells(self.tag):
            return str(number)
        if number >= cldr.LIMIT:
            return self.spell(str(number))
        if self.cardinal is not None:
            return self.cardinal(number, before, after)
        return cldr.cardinal(number, self.tag)

    def nth(self, number: int, before: str = "", after: str = "") -> str:
        """A place in a row."""
        if not cldr.spells(self.tag):
            return str(number)
        if self.ordinal is not None:
            return self.ordinal(number, before, after)
        return cldr.ordinal(number, self.tag)

    def year_words(self, number: int, before: str = "", after: str = "") -> str:
        """A year in words."""
        if not cldr.spells(self.tag):
            return str(number)
        if self.year is not None:
            return self.year(number, before, after)
        return cldr.year(number, self.tag)

    def spell(self, digits: str) -> str:
        """Digits one by one."""
        if not cldr.spells(self.tag):
            return digits
        names = self.digits or tuple(cldr.cardinal(n, self.tag) for n in range(10))
        return ("" if self.joined else " ").join(names[int(digit)] for digit in digits)

    def ranged(self, first: str, second: str) -> str:
        """`three to five`, of numbers in words."""
        if self.range_case is not None:
            first, second = self.range_case(first), self.range_case(second)
        return self.range_.format(first, second)

    def form(self, forms: Forms, number: Decimal) -> str:
        """The form of a word that goes with a number."""
        if isinstance(forms, str):
            return forms
        category = cldr.plural(abs(number), self.tag)
        return forms.get(category) or forms["other"]


@cache
def language_of(tag: str) -> Language:
    """The language of a BCP 47 tag; one without a module of its own has CLDR's words."""
    name = tag.replace("_", "-").lower().split("-")[0]
    if (Path(__file__).parent / "languages" / f"{name}.py").is_file():
        made = import_module(f"providers.tts.spoken.languages.{name}").language(tag)
        assert isinstance(made, Language)
        return made
    return Language(
        tag=tag,
        magnitudes=cldr.magnitudes(tag),
        signs={"&": cldr.conjunction(tag)},
        joined=cldr.script_of(tag) in ("Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant"),
    )
