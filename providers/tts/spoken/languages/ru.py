"""Russian: gender from the noun after a number, case from the word it belongs to.

Nominative is the default. A year takes the case of the form of `год` after it, a day before a
month's name the genitive, a range both genitives ("от пяти до десяти").
"""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.agreement import month_regex, next_word, previous_word
from providers.tts.spoken.capitals import roman_value
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language

_MONTH = month_regex(cldr.months("ru"))
_YEAR = r"(?P<y>[12]\d{3})(?P<gap>[ \u00a0\u202f]?)(?P<noun>г\.г\.|гг\.|г\.|год[а-я]*)"
_YEAR_WORD = re.compile(rf"(?<![\d.,–-]){_YEAR}(?!\w)")
_DAY = re.compile(
    rf"(?<![\d.,])(?P<d>[0-3]?\d) (?P<m>{_MONTH})(?!\w)(?: (?P<y>[12]\d{{3}})(?:[ \u00a0]?(?P<noun>г\.|года))?(?!\w))?"
)
_SUFFIX = re.compile(r"(?<![\d.,])(?P<n>\d{1,4})-(?P<s>[а-яё]{1,3})(?!\w)")
_DECADE = re.compile(r"(?<![\d.,])(?P<n>\d{4}|\d0)-(?P<s>е|х|ые|ых|м)(?!\w)")
_CENTURIES = {
    "век": "",
    "века": "-genitive",
    "веке": "-locative",
    "веку": "-dative",
    "веком": "-instrumental",
}
_CASES = {
    "год": "",
    "года": "-genitive",
    "году": "-locative",
    "годом": "-instrumental",
    "годов": "-genitive",
}
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
_NOT_YEARS = re.compile(
    r"\s?(?:раз|метр|км|м|кг|руб|долл|евро|челов|тонн|т|лет|штук|%|[$€₽])(?![а-яё])|\s[а-яё]+(?:ов|ей)(?!\w)"
)
_YEARS = re.compile(
    r"(?<![\d.,])(?P<a>[12]\d{3})\s?[-–—]\s?(?P<b>[12]\d{3})(?:\s?(?P<noun>гг\.|г\.г\.|год[а-я]+))?(?!\w)"
)
_FROM_TO = re.compile(
    r"(?<!\w)(?P<p>[Сс]) (?P<a>[12]\d{3}) по (?P<b>[12]\d{3}) (?P<noun>год|г\.)(?!\w)"
)
_IN_YEAR = re.compile(r"(?<=[Вв] )(?P<y>1[1-9]\d{2}|20\d{2})(?![\d.,]\d|[\w-])")
_CENTURY = re.compile(r"(?<![\d.,–-])(?P<n>[IVX]{1,6}|[12]?\d)\s?(?P<noun>в\.|век[а-я]*)(?!\w)")
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
        masculine=lambda n: _spelled(n, "cardinal-masculine"),
        feminine=lambda n: _spelled(n, "cardinal-feminine"),
        years=range(0),
        decimal=_decimal,
        fraction=_fraction,
        range_="от {0} до {1}",
        range_number=lambda n, before, after: _spelled(n, "cardinal-masculine-genitive"),
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
            Rule(_DAY, _day),
            Rule(_FROM_TO, _from_to),
            Rule(_YEARS, _years),
            Rule(_CENTURY, _century),
            Rule(_FEW, _few),
            Rule(_TOWN, lambda found: "город"),
            Rule(_INITIALS, _initials),
            Rule(_YEAR_WORD, _year),
            Rule(_DECADE, _decade),
            Rule(_SUFFIX, _suffixed),
            Rule(_IN_YEAR, _in_year),
        ),
    )


def _spelled(number: int, ruleset: str) -> str:
    said = cldr.spelled(number, "ru", f"spellout-{ruleset}")
    return re.sub(r"(четв|тр|четыр)е(?=рт|х\b)", r"\1ё", said)


def _ordinal(number: int, form: str) -> str:
    """As years are said: without "одна" before the thousand."""
    return re.sub("^одна тысяч", "тысяч", _spelled(number, f"ordinal-{form}"))


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
    return _spelled(number, f"cardinal-{gender}")


def _decimal(whole: int, decimals: str) -> str:
    """`3,5` as три целых пять десятых."""
    part = int(decimals)
    ends = "ая" if whole % 10 == 1 and whole % 100 != 11 else "ых"
    first = f"{_spelled(whole, 'cardinal-feminine')} цел{ends}"
    one = part % 10 == 1 and part % 100 != 11
    return f"{first} {_spelled(part, 'cardinal-feminine')} {_FRACTIONS[len(decimals)]}{'ая' if one else 'ых'}"


def _fraction(above: int, below: int, whole: int | None) -> str:
    form = "feminine" if above % 10 == 1 and above != 11 else "plural-genitive"
    said = f"{_spelled(above, 'cardinal-feminine')} {_ordinal(below, form)}"
    return said if whole is None else f"{cldr.cardinal(whole, 'ru')} и {said}"


def _date(year: int | None, month: int, day: int, form: str) -> str:
    said = f"{_ordinal(day, form)} {cldr.months('ru')[month - 1]}"
    return f"{said} {_ordinal(year, 'masculine-genitive')} года" if year else said


def _day(found: Found) -> str | None:
    day = int(found["d"])
    if not 1 <= day <= 31:
        return None
    said = f"{_ordinal(day, 'neuter-genitive')} {found['m']}"
    if not found["y"]:
        return said
    year = f"{said} {_ordinal(int(found['y']), 'masculine-genitive')}"
    return f"{year} года" if found["noun"] else year


def _year(found: Found) -> str | None:
    noun = found["noun"]
    if noun.endswith("."):
        inside = previous_word(found.before).lower() in ("в", "во", "на", "о")
        noun = "году" if inside else "года" if previous_word(found.before) else "год"
    if noun not in _CASES:
        return None
    return f"{_ordinal(int(found['y']), f'masculine{_CASES[noun]}')} {noun}"


def _initials(found: Found) -> str:
    """Letters by their names; the first of США is said short."""
    if found.text == "США":
        return "сэ шэ а"
    return " ".join(_NAMES[letter] for letter in found.text)


def _from_to(found: Found) -> str:
    first = _ordinal(int(found["a"]), "masculine-genitive")
    return f"{found['p']} {first} по {_ordinal(int(found['b']), 'masculine')} год"


def _years(found: Found) -> str:
    """`1941–1945 гг.`; by itself the years from one to the other."""
    pair = [int(found["a"]), int(found["b"])]
    if not found["noun"]:
        said = [_ordinal(year, "masculine-genitive") for year in pair]
        return f"от {said[0]} до {said[1]}"
    inside = previous_word(found.before).lower() in ("в", "во")
    said = [_ordinal(year, "masculine-locative" if inside else "masculine") for year in pair]
    return f"{said[0]} – {said[1]} {'годах' if inside else 'годы'}"


def _in_year(found: Found) -> str | None:
    if _NOT_YEARS.match(found.after):
        return None
    return _ordinal(int(found["y"]), "masculine-locative")


def _century(found: Found) -> str | None:
    """`XX век`, `в 21 в.`; a few centuries (`2 века`) are counted."""
    number = int(found["n"]) if found["n"].isdigit() else roman_value(found["n"])
    inside = previous_word(found.before).lower() in ("в", "во")
    noun = ("веке" if inside else "век") if found["noun"] == "в." else found["noun"]
    if noun not in _CENTURIES or not number or (noun == "века" and number in (2, 3, 4)):
        return None
    return f"{_ordinal(number, f'masculine{_CENTURIES[noun]}')} {noun}"


def _few(found: Found) -> str:
    """`2-3 дня`: a noun in the form after the second number."""
    after = found.after
    return "-".join(_counted(int(found[group]), "", after) for group in ("a", "b"))


def _decade(found: Found) -> str:
    form = (
        "plural"
        if found["s"] in ("е", "ые")
        else "plural-genitive"
        if found["s"] in ("х", "ых")
        else "plural-dative"
    )
    return _ordinal(int(found["n"]), form)


def _suffixed(found: Found) -> str | None:
    """`2-я` as вторая: the form whose ending is written."""
    for form, endings in _ENDINGS:
        if found["s"] in endings:
            return _ordinal(int(found["n"]), form)
    return None


def _time(hour: int, minute: int, half: str) -> str:
    minutes = f"{'ноль ' if minute < 10 else ''}{cldr.cardinal(minute, 'ru')}"
    return f"{cldr.cardinal(hour, 'ru')} {minutes}"


def _roman(value: int, found: Found) -> str | None:
    previous = previous_word(found.before)
    if previous in _RULERS:
        return _ordinal(value, "feminine" if previous in _FEMININE_RULERS else "masculine")
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    return cldr.cardinal(value, "ru") if clear else None
