"""Polish. CLDR has no ordinals for it, so days and years are said as numbers."""

from __future__ import annotations

from providers.tts.spoken import cldr
from providers.tts.spoken.language import Language


def language(tag: str) -> Language:
    """Numbers by CLDR, and what it does not have."""
    return Language(
        tag=tag,
        point="przecinek",
        range_="od {0} do {1}",
        range_number=lambda n, before, after: cldr.spelled(
            n, "pl", "spellout-cardinal-masculine-genitive"
        ),
        money={
            "PLN": {"one": "złoty", "few": "złote", "many": "złotych", "other": "złotego"},
            "USD": {"one": "dolar", "few": "dolary", "many": "dolarów", "other": "dolara"},
        },
        magnitudes={**cldr.magnitudes(tag), "mln": "milionów", "mld": "miliardów"},
        signs={
            "&": "i",
            "+": "plus",
            "±": "plus minus",
            "×": "razy",
            "÷": "przez",
            "=": "równa się",
            "<": "mniejsze niż",
            ">": "większe niż",
            "~": "około",
            "≈": "około",
            "#": "numer",
            "№": "numer",
            "§": "paragraf",
            "/": "za",
        },
        dot="kropka",
        at="małpa",
        abbreviations={
            "np.": "na przykład",
            "itd.": "i tak dalej",
            "itp.": "i tym podobne",
            "tzn.": "to znaczy",
            "ok.": "około",
            "nr": "numer",
            "r.": "roku",
            "dr": "doktor",
            "prof.": "profesor",
            "m.in.": "między innymi",
            "ul.": "ulica",
            "św.": "święty",
        },
        before_number=frozenset({"nr"}),
        closing=frozenset({"itd.", "itp."}),
    )
