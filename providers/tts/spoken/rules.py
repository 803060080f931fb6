"""All rules of a language, the ones that know most first."""

from __future__ import annotations

from functools import cache

from providers.tts.spoken import addresses, calendar, capitals, numerals, quantities, ranges, signs
from providers.tts.spoken.draft import Rule
from providers.tts.spoken.language import Language, language_of


def rules_of(language: Language) -> tuple[Rule, ...]:
    """The rules in the order in which they are applied."""
    return _rules(language.tag)


@cache
def _rules(tag: str) -> tuple[Rule, ...]:
    language = language_of(tag)
    return (
        *addresses.rules(language),
        *language.rules,
        *capitals.abbreviations(language),
        *calendar.rules(language),
        *ranges.rows(language),
        *quantities.rules(language),
        *ranges.rules(language),
        *numerals.rules(language),
        *signs.unit_names(language),
        *capitals.rules(language),
        *signs.rules(language),
    )
