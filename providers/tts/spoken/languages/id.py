"""Indonesian."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Rule
from providers.tts.spoken.language import Language

_NTH = re.compile(r"(?<!\w)ke-?(?P<n>\d{1,4})(?!\w)")
_ABOUT = re.compile(r"(?<![\d.,])(?P<n>\d{2,4})-an(?!\w)")
_CLOCK = re.compile(r"(?i)(?:(?<=kul )|(?<=jam ))(?P<h>[01]?\d|2[0-4])[.:](?P<m>[0-5]\d)(?!\d)")
_ZONED = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])[.:](?P<m>[0-5]\d)(?= WI(?:B|TA|T)\b)")
_TWICE = re.compile(r"(?<!\w)(?P<word>[a-z]{3,})2(?!\w)")
_PARTS = {(1, 2): "setengah", (1, 4): "seperempat", (1, 3): "sepertiga"}


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        minus="minus",
        ordinal=lambda n, before, after: cldr.ordinal(n, "id"),
        fraction=_fraction,
        range_="{0} sampai {1}",
        money={
            "USD": "dolar",
            "EUR": "euro",
            "GBP": "pound",
            "JPY": "yen",
            "IDR": "rupiah",
            "INR": "rupee",
            "KRW": "won",
            "CNY": "yuan",
        },
        change={"USD": "sen"},
        magnitudes={
            **{word: word for word in "ribu juta miliar triliun".split()},
            "rb": "ribu",
            "jt": "juta",
        },
        date=lambda year, month, day: (
            f"{cldr.cardinal(day, 'id')} {cldr.months('id')[month - 1]}"
            + (f" {cldr.cardinal(year, 'id')}" if year else "")
        ),
        time=_time,
        signs={
            "/": "per",
            "&": "dan",
            "+": "tambah",
            "±": "kurang lebih",
            "×": "kali",
            "÷": "bagi",
            "=": "sama dengan",
            "<": "kurang dari",
            ">": "lebih dari",
            "~": "sekitar",
            "≈": "sekitar",
            "#": "nomor",
            "№": "nomor",
            "§": "pasal",
            "%": "persen",
            "°": "derajat",
            "²": "kuadrat",
            "³": "kubik",
        },
        dot="titik",
        at="et",
        before_number=frozenset("No. no. No: hlm.".split()),
        closing=frozenset("dll. dsb. dkk.".split()),
        abbreviations={
            "Dr.": "dokter",
            "dr.": "dokter",
            "Prof.": "profesor",
            "Tn.": "tuan",
            "Ny.": "nyonya",
            "Sdr.": "saudara",
            "dll.": "dan lain-lain",
            "dsb.": "dan sebagainya",
            "dkk.": "dan kawan-kawan",
            "yg": "yang",
            "No.": "nomor",
            "No:": "nomor",
            "no.": "nomor",
            "hlm.": "halaman",
            "Jl.": "jalan",
            "PT.": "P T",
            "SM": "sebelum masehi",
            "a.l.": "antara lain",
        },
        shouted=frozenset("NASA DAN INI ITU ADA YANG TAK".split()),
        rules=(
            Rule(_NTH, lambda f: cldr.ordinal(int(f["n"]), "id")),
            Rule(_ABOUT, lambda f: f"{cldr.cardinal(int(f['n']), 'id')}an"),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"]), "")),
            Rule(_ZONED, lambda f: _time(int(f["h"]), int(f["m"]), "")),
            Rule(re.compile(r"(?<=\d)[ ]?km/jam(?!\w)"), lambda found: " kilometer per jam"),
            Rule(_TWICE, lambda f: f"{f['word']}-{f['word']}"),
        ),
    )


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = (
        _PARTS.get((above, below))
        or f"{cldr.cardinal(above, 'id')} per{cldr.cardinal(below, 'id')}"
    )
    return said if whole is None else f"{cldr.cardinal(whole, 'id')} {said}"


def _time(hour: int, minute: int, half: str) -> str:
    said = cldr.cardinal(hour, "id")
    if not minute:
        return said
    return f"{said} {'lewat ' if minute < 10 else ''}{cldr.cardinal(minute, 'id')}"
