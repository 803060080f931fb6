"""Dutch."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Rule
from providers.tts.spoken.language import Language

_ORDINAL = re.compile(r"(?<![\d.,])(?P<n>\d{1,4})(?:e|de|ste)(?!\w)")
_PARTS = {(1, 2): "een half", (1, 4): "een kwart", (3, 4): "drie kwart"}


def language(tag: str) -> Language:
    """Numbers by CLDR, and what it does not have."""
    return Language(
        tag=tag,
        fraction=_fraction,
        range_="{0} tot {1}",
        money={"USD": "dollar", "EUR": "euro", "GBP": "pond", "JPY": "yen"},
        change={"EUR": "", "USD": ""},
        magnitudes={**cldr.magnitudes(tag), "mln": "miljoen", "mld": "miljard"},
        time=_time,
        signs={
            "&": "en",
            "+": "plus",
            "±": "plus of min",
            "×": "keer",
            "÷": "gedeeld door",
            "=": "is",
            "<": "kleiner dan",
            ">": "groter dan",
            "~": "ongeveer",
            "≈": "ongeveer",
            "#": "nummer",
            "№": "nummer",
            "§": "paragraaf",
            "/": "per",
            "²": "kwadraat",
        },
        dot="punt",
        at="apenstaartje",
        abbreviations={
            "dhr.": "de heer",
            "mevr.": "mevrouw",
            "dr.": "dokter",
            "prof.": "professor",
            "bijv.": "bijvoorbeeld",
            "enz.": "enzovoort",
            "nr.": "nummer",
            "ca.": "circa",
            "o.a.": "onder andere",
            "d.w.z.": "dat wil zeggen",
        },
        before_number=frozenset({"nr."}),
        closing=frozenset({"enz."}),
        rules=(Rule(_ORDINAL, lambda f: cldr.ordinal(int(f["n"]), "nl")),),
    )


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = _PARTS.get((above, below)) or f"{cldr.cardinal(above, 'nl')} {cldr.ordinal(below, 'nl')}"
    return said if whole is None else f"{cldr.cardinal(whole, 'nl')} en {said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = f"{cldr.cardinal(hour, 'nl')} uur"
    return f"{said} {cldr.cardinal(minute, 'nl')}" if minute else said
