"""Ukrainian. CLDR has no ordinals for it, so days and years are said as numbers."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import next_word
from providers.tts.spoken.language import Language

# "Two" before a feminine plural that is told by its ending; others are masculine.
_FEMININE = re.compile(r"(?:ги|ки|хи|ни|ви|ти|ди|ри|иці|ині|ції|нки)\Z")
_MASCULINE = re.compile(r"(?:ники|оки|атки|іки|яки|дні|тижні)\Z")


def language(tag: str) -> Language:
    """Numbers by CLDR, and what it does not have."""
    return Language(
        tag=tag,
        cardinal=_counted,
        feminine=lambda n: cldr.spelled(n, "uk", "spellout-cardinal-feminine"),
        range_="{0} – {1}",
        feminine_units=frozenset(
            {"duration-hour", "duration-minute", "duration-second", "mass-tonne"}
        ),
        money={
            "UAH": {"one": "гривня", "few": "гривні", "many": "гривень", "other": "гривні"},
            "USD": {"one": "долар", "few": "долари", "many": "доларів", "other": "долара"},
        },
        feminine_money=frozenset({"UAH"}),
        magnitudes={
            **cldr.magnitudes(tag),
            "млн": "мільйонів",
            "млрд": "мільярдів",
            "тис.": "тисяч",
        },
        signs={
            "&": "і",
            "+": "плюс",
            "±": "плюс мінус",
            "×": "помножити на",
            "÷": "поділити на",
            "=": "дорівнює",
            "<": "менше",
            ">": "більше",
            "~": "близько",
            "≈": "близько",
            "#": "номер",
            "№": "номер",
            "§": "параграф",
            "/": "за",
        },
        dot="крапка",
        abbreviations={
            "і т. д.": "і так далі",
            "і т.д.": "і так далі",
            "т. зв.": "так званий",
            "напр.": "наприклад",
            "ст.": "століття",
            "р.": "року",
            "грн": "гривень",
            "вул.": "вулиця",
            "ім.": "імені",
            "див.": "дивись",
        },
        closing=frozenset({"і т. д.", "і т.д."}),
    )


def _counted(number: int, before: str, after: str) -> str:
    noun, last = next_word(after), number % 10
    if last != 2 or number % 100 == 12 or not noun.islower():
        return cldr.cardinal(number, "uk")
    feminine = _FEMININE.search(noun) and not _MASCULINE.search(noun)
    return cldr.spelled(
        number, "uk", f"spellout-cardinal-{'feminine' if feminine else 'masculine'}"
    )
