"""Russian: gender from the noun after a number, case from the word it belongs to.

Nominative is the default. A year takes the case of the form of `год` after it, a day before a
month's name the genitive, a range both genitives ("от пяти до десяти").
"""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import next_word, previous_word
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language
from providers.tts.spoken.russian_years import YEAR_RULES, ordinal, spelled

_SUFFIX = re.compile(r"(?<![\d.,])(?P<n>\d{1,4})-(?P<s>[а-яё]{1,3})(?!\w)")
_ENDINGS = (
    ("masculine-genitive", ("го", "ого", "его")),
    ("masculine-dative", ("му", "ому", "ему")),
    ("masculine-locative", ("м", "ом", "ем")),
    ("feminine-genitive", ("ой", "ей")),
    ("feminine-accusative", ("ю", "ую")),
    ("feminine", ("я", "ая")),
    ("neuter", ("е", "ое", "ье")),
    ("plural-genitive", ("х", "ых", "их")),
    ("masculine", ("й", "ый", "ий")),
)
_FEMININE_RULERS = frozenset("Екатерина Елизавета Изабелла Мария Анна".split())
_RULERS = _FEMININE_RULERS | frozenset(
    """Пётр Петр Александр Николай Павел Иван Людовик Генрих Карл Фридрих Вильгельм Георг Эдуард Филипп Наполеон
    Иоанн Пий Бенедикт Рамзес Густав Яков Ричард Франциск Лев""".split()
)
_NO_NOUN = frozenset(
    "и а но по до на за то это они мы вы для или как из от об не же ли при про".split()
)
_FEW = re.compile(r"(?<![\d.,-])(?P<a>\d{1,4})\s?[-–—]\s?(?P<b>\d{1,4})(?= [а-яё]+[аяыи](?!\w))")
_TOWN = re.compile(r"(?<!\w)г\.(?= ?[А-ЯЁ])")
_INITIALS = re.compile(
    r"(?<!\w)(?:США|ООН|ФБР|ЕС|ИИ|АЭС|ЮАР|ОАЭ|[БВГДЖЗКЛМНПРСТФХЦЧШЩ]{2,5})(?!\w)"
)
_NAMES = dict(
    zip(
        "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
        "а бэ вэ гэ дэ е жэ зэ и ка эль эм эн о пэ эр эс тэ у эф ха цэ че ша ща э ю я".split(),
        strict=True,
    )
)
_FRACTIONS = {1: "десят", 2: "сот", 3: "тысячн"}
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "эй би си ди и эф джи эйч ай джей кей эл эм эн оу пи кью ар эс ти ю ви дабл-ю экс уай зет".split(),
        strict=True,
    )
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        masculine=lambda n: spelled(n, "cardinal-masculine"),
        feminine=lambda n: spelled(n, "cardinal-feminine"),
        years=range(0),
        decimal=_decimal,
        fraction=_fraction,
        range_="от {0} до {1}",
        range_number=lambda n, before, after: spelled(n, "cardinal-masculine-genitive"),
        feminine_units=frozenset(
            {"duration-minute", "duration-second", "mass-tonne", "length-mile"}
        ),
        units={
            "mass-kilogram": {
                "one": "{0} килограмм",
                "few": "{0} килограмма",
                "many": "{0} килограммов",
                "other": "{0} килограмма",
            },
            "mass-gram": {
                "one": "{0} грамм",
                "few": "{0} грамма",
                "many": "{0} граммов",
                "other": "{0} грамма",
            },
            "mass-tonne": {
                "one": "{0} тонна",
                "few": "{0} тонны",
                "many": "{0} тонн",
                "other": "{0} тонны",
            },
        },
        money={
            "USD": {"one": "доллар", "few": "доллара", "many": "долларов", "other": "доллара"},
            "RUB": {"one": "рубль", "few": "рубля", "many": "рублей", "other": "рубля"},
            "GBP": {"one": "фунт", "few": "фунта", "many": "фунтов", "other": "фунта"},
            "JPY": {"one": "иена", "few": "иены", "many": "иен", "other": "иены"},
            "UAH": {"one": "гривна", "few": "гривны", "many": "гривен", "other": "гривны"},
        },
        feminine_money=frozenset({"JPY", "UAH", "INR", "TRY"}),
        change={
            "RUB": {"one": "копейка", "few": "копейки", "many": "копеек", "other": "копейки"},
            "USD": {"one": "цент", "few": "цента", "many": "центов", "other": "цента"},
            "EUR": {"one": "цент", "few": "цента", "many": "центов", "other": "цента"},
        },
        magnitudes={
            "тыс.": {"one": "тысяча", "few": "тысячи", "many": "тысяч", "other": "тысячи"},
            "млн": {"one": "миллион", "few": "миллиона", "many": "миллионов", "other": "миллиона"},
            "млрд": {
                "one": "миллиард",
                "few": "миллиарда",
                "many": "миллиардов",
                "other": "миллиарда",
            },
            **{
                word: word
                for word in "тысяч тысячи миллион миллиона миллионов миллиард миллиарда миллиардов".split()
            },
        },
        date=lambda year, month, day: _date(year, month, day, "neuter"),
        time=_time,
        signs={
            "/": "за",
            "&": "и",
            "+": "плюс",
            "±": "плюс минус",
            "×": "умножить на",
            "÷": "разделить на",
            "=": "равно",
            "<": "меньше",
            ">": "больше",
            "~": "около",
            "≈": "около",
            "#": "номер",
            "№": "номер",
            "§": "параграф",
            "%": "процентов",
            "°": "градусов",
            "²": "в квадрате",
            "³": "в кубе",
        },
        dot="точка",
        before_number=frozenset("стр.".split()),
        closing=frozenset({"и т. д.", "и т.д.", "и т. п.", "и т.п."}),
        abbreviations={
            "и т. д.": "и так далее",
            "и т.д.": "и так далее",
            "и т. п.": "и тому подобное",
            "и т.п.": "и тому подобное",
            "т. е.": "то есть",
            "т.е.": "то есть",
            "т. к.": "так как",
            "т.к.": "так как",
            "др.": "другие",
            "ок.": "около",
            "до н. э.": "до нашей эры",
            "н. э.": "нашей эры",
            "напр.": "например",
            "см.": "смотри",
            "ул.": "улица",
            "руб.": "рублей",
            "стр.": "страница",
            "им.": "имени",
            "проф.": "профессор",
        },
        letters=_LETTERS,
        roman=_roman,
        rules=(
            *YEAR_RULES,
            Rule(_FEW, _few),
            Rule(_TOWN, lambda found: "город"),
            Rule(_INITIALS, _initials),
            Rule(_SUFFIX, _suffixed),
        ),
    )


def _counted(number: int, before: str, after: str) -> str:
    """By the noun's ending: две книги, два стола, одна минута, одно окно."""
    noun, last = next_word(after), number % 10
    noun = "" if noun in _NO_NOUN else noun
    if number % 100 in (11, 12) or last not in (1, 2) or not noun.islower():
        return cldr.cardinal(number, "ru")
    gender = "masculine"
    if last == 2 and re.search(r"[ыи]\Z", noun):
        gender = "feminine"
    elif last == 1 and re.search(r"[оеё]\Z", noun):
        gender = "neuter"
    elif last == 1 and re.search(r"[ая]\Z", noun) and not re.search(r"(?:мя)\Z", noun):
        gender = "feminine"
    return spelled(number, f"cardinal-{gender}")


def _decimal(whole: int, decimals: str) -> str:
    """`3,5` as три целых пять десятых."""
    part = int(decimals)
    ends = "ая" if whole % 10 == 1 and whole % 100 != 11 else "ых"
    first = f"{spelled(whole, 'cardinal-feminine')} цел{ends}"
    one = part % 10 == 1 and part % 100 != 11
    return f"{first} {spelled(part, 'cardinal-feminine')} {_FRACTIONS[len(decimals)]}{'ая' if one else 'ых'}"


def _fraction(above: int, below: int, whole: int | None) -> str:
    form = "feminine" if above % 10 == 1 and above != 11 else "plural-genitive"
    said = f"{spelled(above, 'cardinal-feminine')} {ordinal(below, form)}"
    return said if whole is None else f"{cldr.cardinal(whole, 'ru')} и {said}"


def _date(year: int | None, month: int, day: int, form: str) -> str:
    said = f"{ordinal(day, form)} {cldr.months('ru')[month - 1]}"
    return f"{said} {ordinal(year, 'masculine-genitive')} года" if year else said


def _initials(found: Found) -> str:
    """Letters by their names; the first of США is said short."""
    if found.text == "США":
        return "сэ шэ а"
    return " ".join(_NAMES[letter] for letter in found.text)


def _few(found: Found) -> str:
    """`2-3 дня`: a noun in the form after the second number."""
    after = found.after
    return "-".join(_counted(int(found[group]), "", after) for group in ("a", "b"))


def _suffixed(found: Found) -> str | None:
    """`2-я` as вторая: the form whose ending is written."""
    for form, endings in _ENDINGS:
        if found["s"] in endings:
            return ordinal(int(found["n"]), form)
    return None


def _time(hour: int, minute: int, half: str) -> str:
    minutes = f"{'ноль ' if minute < 10 else ''}{cldr.cardinal(minute, 'ru')}"
    return f"{cldr.cardinal(hour, 'ru')} {minutes}"


def _roman(value: int, found: Found) -> str | None:
    previous = previous_word(found.before)
    if previous in _RULERS:
        return ordinal(value, "feminine" if previous in _FEMININE_RULERS else "masculine")
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    return cldr.cardinal(value, "ru") if clear else None
