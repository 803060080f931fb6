"""Arabic: three to ten are opposite in gender to what is counted. Cases are not said."""

from __future__ import annotations

import re
from functools import cache

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import next_word
from providers.tts.spoken.draft import Rule
from providers.tts.spoken.language import Language

# Broken plurals whose singular is feminine; sound feminine plurals end in ات.
_FEMININE = frozenset("دقائق سنين ثوان ثواني مدن قصص درجات مرات ليال ليالي نساء طرق".split())
_CENTURY = re.compile(r"(?<=القرن )(?:ال)?(?P<n>\d{1,2})(?!\d)")
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "إيه|بي|سي|دي|إي|إف|جي|إتش|آي|جيه|كيه|إل|إم|إن|أو|بي|كيو|آر|إس|تي|يو|في|دبليو|إكس|واي|زد".split(
            "|"
        ),
        strict=True,
    )
)
# CLDR writes the hundreds apart and "two" with a hamza; they are read as one word and without.
_READ = (
    (re.compile(r"(ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)(?:ي?ة|ي)? مائة"), r"\1مئة"),
    (re.compile("مائة"), "مئة"),
    (re.compile("مائت"), "مئت"),
    (re.compile("إثن"), "اثن"),
    (re.compile("إحدى عشر"), "أحد عشر"),
    (re.compile("اثنان (مليون|مليار)"), r"\1ان"),
)
_FRACTIONS = {
    2: ("نصف", "نصفان", "أنصاف"),
    3: ("ثلث", "ثلثان", "أثلاث"),
    4: ("ربع", "ربعان", "أرباع"),
    5: ("خمس", "خمسان", "أخماس"),
    6: ("سدس", "سدسان", "أسداس"),
    7: ("سبع", "سبعان", "أسباع"),
    8: ("ثمن", "ثمنان", "أثمان"),
    9: ("تسع", "تسعان", "أتساع"),
    10: ("عشر", "عشران", "أعشار"),
}


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        year=lambda n, before, after: _read(n),
        minus="سالب",
        point="فاصلة",
        decimals_as_number=2,
        digits=tuple(_read(n) for n in range(10)),
        digit_group="، ",
        fraction=_fraction,
        range_="من {0} إلى {1}",
        range_case=lambda said: re.sub(r"ون\b", "ين", said),
        ratio="{0} مقابل {1}",
        units={"concentr-percent": "{0} بالمئة", "angle-degree": "{0} درجة"},
        money={"USD": "دولار", "EUR": "يورو", "JPY": "ين", "INR": "روبية", "KRW": "وون"},
        magnitudes={word: word for word in "ألف آلاف مليون ملايين مليار مليارات".split()},
        date=lambda year, month, day: (
            f"{_read(day)} {cldr.months('ar')[month - 1]}" + (f" {_read(year)}" if year else "")
        ),
        time=_time,
        signs={
            "/": "لكل",
            "&": "و",
            "+": "زائد",
            "±": "زائد أو ناقص",
            "×": "ضرب",
            "÷": "على",
            "=": "يساوي",
            "<": "أصغر من",
            ">": "أكبر من",
            "~": "حوالي",
            "≈": "حوالي",
            "#": "رقم",
            "№": "رقم",
            "§": "فقرة",
            "%": "بالمئة",
            "°": "درجة",
        },
        abbreviations={
            "د.": "دكتور",
            "أ.": "أستاذ",
            "ق.م": "قبل الميلاد",
            "ق.م.": "قبل الميلاد",
            "هـ": "هجري",
        },
        letters=_LETTERS,
        rules=(Rule(_CENTURY, lambda f: _nth(int(f["n"]))),),
        joined_before="وبلكف",
    )


@cache
def _read(number: int, ruleset: str = "spellout-numbering") -> str:
    said = cldr.spelled(number, "ar", ruleset)
    for pattern, replacement in _READ:
        said = pattern.sub(replacement, said)
    return said


def _counted(number: int, before: str, after: str) -> str:
    """`ثلاثة كتب`, `ثلاث سنوات`."""
    noun = next_word(after)
    feminine = noun.endswith(("ات", "ة")) or noun in _FEMININE
    said = _read(number)
    if 3 <= number <= 10 and feminine:
        return {8: "ثماني", 10: "عشر"}.get(number, said.removesuffix("ة"))
    return said


def _nth(number: int) -> str:
    """As centuries and hours are numbered."""
    said = _read(number, "spellout-ordinal-masculine")
    return re.sub("^الأول عشر", "الحادي عشر", said)


def _time(hour: int, minute: int, half: str) -> str:
    hour = hour if hour <= 12 else hour - 12
    names = "الثانية عشرة|الواحدة|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة|الحادية عشرة|الثانية عشرة"
    said = names.split("|")[hour]
    part = {0: "", 15: " والربع", 20: " وعشرون دقيقة", 30: " والنصف"}.get(minute)
    return said + (part if part is not None else f" و{_read(minute)} دقيقة")


def _fraction(above: int, below: int, whole: int | None) -> str:
    names = _FRACTIONS.get(below)
    if names is None:
        said = f"{_read(above)} على {_read(below)}"
    else:
        said = names[above - 1] if above <= 2 else f"{_read(above)} {names[2]}"
    return said if whole is None else f"{_read(whole)} و{said}"
