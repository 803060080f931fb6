"""Japanese: numbers in kana with the sound changes before their counters."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.japanese import in_kana
from providers.tts.spoken.language import Language
from providers.tts.spoken.numerals import NUMBER, Numeral, decimal_words, numeral

_SOUNDS = str.maketrans(
    {
        **dict(zip("〇一二三四五六七八九", "ゼロ いち に さん よん ご ろく なな はち きゅう".split(), strict=True)),
        "十": "じゅう", "百": "ひゃく", "千": "せん", "万": "まん", "億": "おく", "兆": "ちょう", "京": "けい",
    }
)  # fmt: skip
_CHANGED = {
    "三百": "さんびゃく",
    "六百": "ろっぴゃく",
    "八百": "はっぴゃく",
    "三千": "さんぜん",
    "八千": "はっせん",
    "一兆": "いっちょう",
    "八兆": "はっちょう",
    "十兆": "じゅっちょう",
    "千兆": "せんちょう",
}
_POWERS = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_CHANGES = re.compile("|".join(_CHANGED))
# Counters and how they are read; those in the second group change as their sound asks.
_COUNTERS = (
    "円 人前 世代 世 ドル ユーロ 年間 年 人 名 時間 時 分間 分 秒 日間 日 週間 か月 ヶ月 カ月 ヵ月 か国 ヶ国 カ国 月 本 匹 杯 冊 歳 才 個 階 回 "
    "枚 台 度 番目 番 倍 頭 羽 足 軒 件 点 位 代 キロ メートル グラム リットル パーセント つ 泊 発 巻 通 歩 曲 世紀 章 話 種類 割 組 着 "
    "ページ セント ポイント トン センチ ミリ カロリー"
).split()
_READINGS = {
    "円": "えん",
    "年": "ねん",
    "年間": "ねんかん",
    "人": "にん",
    "名": "めい",
    "時": "じ",
    "時間": "じかん",
    "分": "ふん",
    "分間": "ふんかん",
    "秒": "びょう",
    "日": "にち",
    "日間": "にちかん",
    "週間": "しゅうかん",
    "月": "がつ",
    "本": "ほん",
    "匹": "ひき",
    "杯": "はい",
    "冊": "さつ",
    "歳": "さい",
    "才": "さい",
    "個": "こ",
    "階": "かい",
    "回": "かい",
    "枚": "まい",
    "台": "だい",
    "度": "ど",
    "番": "ばん",
    "番目": "ばんめ",
    "倍": "ばい",
    "頭": "とう",
    "羽": "わ",
    "足": "そく",
    "軒": "けん",
    "件": "けん",
    "点": "てん",
    "位": "い",
    "代": "だい",
    "泊": "はく",
    "発": "はつ",
    "巻": "かん",
    "通": "つう",
    "歩": "ほ",
    "曲": "きょく",
    "世紀": "せいき",
    "章": "しょう",
    "話": "わ",
    "種類": "しゅるい",
    "割": "わり",
    "次": "じ",
    "人前": "にんまえ",
    "世": "せい",
    "世代": "せだい",
    "組": "くみ",
    "着": "ちゃく",
    **dict.fromkeys("か月 ヶ月 カ月 ヵ月".split(), "かげつ"),
    **dict.fromkeys("か国 ヶ国 カ国".split(), "かこく"),
}
_COUNTER = "|".join(sorted(_COUNTERS, key=len, reverse=True))
_SCALE = r"(?:[万億兆千百]{1,2})?"
_COUNTED = re.compile(rf"(?<![\d.,])(?P<n>{NUMBER})(?P<scale>{_SCALE})(?P<c>{_COUNTER})")
_RANGE = re.compile(rf"(?<![\d.,])(?P<a>{NUMBER})\s?[~∼〜–-]\s?(?P<b>{NUMBER})(?P<c>{_COUNTER})")
_DATE = re.compile(r"(?<![\d.,])(?:(?P<y>\d{1,4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?!間)")
_DECADE = re.compile(r"(?<![\d.,])(?P<y>\d{2,4})年(?=代)")
_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<h>\d{1,2})(?:時(?!間)(?P<m>\d{1,2})分(?!間)|:(?P<m2>[0-5]\d)(?![\d:]|[.,]\d))"
)
_FRACTION = re.compile(r"(?<![\d.,])(?P<below>\d{1,4})分の(?P<above>\d{1,4})")
_NTH = re.compile(r"(?<=第)(?P<n>\d{1,9})(?P<c>次|回|章|話|位|世代)?")
_SCALED = re.compile(rf"(?<![\d.,])(?P<n>{NUMBER})(?P<scale>[千百]?[万億兆]|[千百])")
_AGAINST = re.compile(r"(?<![\d.,])(?P<a>\d{1,9})対(?P<b>\d{1,9})")
_FIRST = re.compile(r"(?<=月)1日(?!間)")
_DAYS = dict(
    zip(
        range(1, 11),
        "ついたち ふつか みっか よっか いつか むいか なのか ようか ここのか とおか".split(),
        strict=True,
    )
)
_DAYS |= {14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか"}
_THINGS = "ひとつ ふたつ みっつ よっつ いつつ むっつ ななつ やっつ ここのつ".split()
# Before these sounds the last word of a number is cut short; h becomes p, and b after n.
_HARD = frozenset("かきくけこさしすせそたちつてとカキクケコサシスセソタチツテトパピプペポ")
_VOICED = {"階": "がい", "軒": "げん", "足": "ぞく", "羽": "ば"}
_H_TO_P = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_H_TO_B = dict(zip("はひふへほ", "ばびぶべぼ", strict=True))
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム エヌ オー ピー キュー アール エス ティー ユー ブイ ダブリュー エックス ワイ ゼット".split(),
        strict=True,
    )
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=lambda n, before, after: kana(n),
        year=lambda n, before, after: kana(n),
        years=range(0),
        point="てん",
        minus="マイナス",
        digits=tuple("ゼロ いち に さん よん ご ろく なな はち きゅう".split()),
        digit_group="の",
        fraction=_fraction,
        range_="{0}から{1}",
        ratio="{0}たい{1}",
        units={
            "concentr-percent": "{0}パーセント",
            "temperature-celsius": "せっし{0}ど",
            "temperature-fahrenheit": "かし{0}ど",
            "angle-degree": "{0}ど",
            "speed-kilometer-per-hour": "じそく{0}キロメートル",
            "speed-meter-per-second": "びょうそく{0}メートル",
            "area-square-meter": "{0}へいほうメートル",
            "area-square-kilometer": "{0}へいほうキロメートル",
            "volume-cubic-meter": "{0}りっぽうメートル",
        },
        seam=lambda said, end: _joined(said, end) if end[:1] not in _H_TO_P else said + end,
        money={
            "USD": "ドル",
            "EUR": "ユーロ",
            "GBP": "ポンド",
            "JPY": "えん",
            "CNY": "げん",
            "KRW": "ウォン",
            "INR": "ルピー",
        },
        magnitudes={word: word.translate(_SOUNDS) for word in "万 億 兆 千 百万 千万".split()},
        date_order="YMD",
        date=_date,
        time=_time,
        signs={
            "&": "アンド",
            "+": "たす",
            "±": "プラスマイナス",
            "×": "かける",
            "÷": "わる",
            "=": "は",
            "<": "は小なり",
            ">": "は大なり",
            "~": "やく",
            "≈": "やく",
            "#": "ナンバー",
            "№": "ナンバー",
            "§": "セクション",
            "%": "パーセント",
            "°": "ど",
        },
        letters=_LETTERS,
        rules=(
            Rule(_DATE, lambda f: _date(int(f["y"]) if f["y"] else None, int(f["m"]), int(f["d"]))),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"] or f["m2"]), "")),
            Rule(_FRACTION, lambda f: _fraction(int(f["above"]), int(f["below"]), None)),
            Rule(_DECADE, lambda f: f"{kana(int(f['y']))}ねん"),
            Rule(_NTH, lambda f: counted(int(f["n"]), f["c"])),
            Rule(_RANGE, _range),
            Rule(_FIRST, lambda found: "ついたち"),
            Rule(_COUNTED, _counted),
            Rule(_AGAINST, lambda f: f"{kana(int(f['a']))}たい{kana(int(f['b']))}"),
            Rule(_SCALED, _scaled),
        ),
        joined=True,
    )


def kana(number: int) -> str:
    """`3600` as さんぜんろっぴゃく."""
    kanji = cldr.spelled(number, "ja", "spellout-cardinal")
    kanji = re.sub("(?<![一二三四五六七八九十百])千(?=[万億兆])", "一千", kanji)
    said = _CHANGES.sub(lambda match: _CHANGED[match[0]], kanji)
    return said.replace("一千", "いっせん").translate(_SOUNDS)


def counted(number: int, counter: str) -> str:
    """A number with its counter: さんぼん, ひとり, はたち."""
    known = _irregular(number, counter)
    if known is not None:
        return known
    said = kana(number)
    if said.endswith("さん") and counter in _VOICED:
        return said + _VOICED[counter]
    return _joined(said, _READINGS.get(counter, "") or in_kana(counter))


def _irregular(number: int, counter: str) -> str | None:
    ones = number % 10
    if counter == "つ" and 1 <= number <= 9:
        return _THINGS[number - 1]
    if counter == "人" and number in (1, 2):
        return ("ひとり", "ふたり")[number - 1]
    if counter in ("歳", "才") and number == 20:
        return "はたち"
    if counter in ("日", "日間") and number in _DAYS and (counter == "日間" or number > 1):
        return _DAYS[number] + ("かん" if counter == "日間" else "")
    if (
        counter in ("年", "年間", "人", "円", "時", "時間")
        and ones == 4
        and number % 100 != 14
        or counter in ("時", "人", "年")
        and number == 14
    ):
        return _ended(number, "よん", "よ") + _READINGS[counter]
    if counter in ("時", "時間") and ones in (7, 9) and number < 24:
        return (
            _ended(number, "なな" if ones == 7 else "きゅう", "しち" if ones == 7 else "く")
            + _READINGS[counter]
        )
    if counter in ("時", "時間") and number == 0:
        return "れい" + _READINGS[counter]
    if counter == "番" and number in (110, 119):
        return "ひゃくとおばん" if number == 110 else "ひゃくじゅうきゅうばん"
    if counter == "月":
        return {4: "し", 7: "しち", 9: "く"}.get(number, kana(number)) + "がつ"
    return None


def _ended(number: int, usual: str, special: str) -> str:
    return kana(number).removesuffix(usual) + special


def _joined(said: str, counter: str) -> str:
    """The sounds at the seam: いっぽん, さんびき, ろっかい, じゅっキロメートル."""
    first, rest = counter[:1], counter[1:]
    if first in _H_TO_P:
        if said.endswith("ん"):
            soft = said.endswith("よん") and counter != "ふん"
            hard = counter[:2] in ("ふん", "はく", "はつ")
            return said + (first if soft else _H_TO_P[first] if hard else _H_TO_B[first]) + rest
        short = _short(said, first)
        return short + (_H_TO_P[first] if short != said else first) + rest
    return _short(said, first) + counter if first in _HARD else said + counter


def _short(said: str, first: str) -> str:
    """The number cut short before a hard sound; six and hundred only before k and h."""
    for ending in (
        "いち",
        "はち",
        "じゅう",
        *(("ろく", "ゃく") if first in "かきくけこはひふへほ" else ()),
    ):
        if said.endswith(ending):
            return f"{said[:-1]}っ"
    return said


def _counted(found: Found) -> str | None:
    number, counter = numeral(found["n"], found.language), found["c"]
    if number is None:
        return None
    if number.decimals or number.is_spelled or found["scale"]:
        said = _with_scale(number, found["scale"], found.language)
        return said + (_READINGS.get(counter) or counter)
    return counted(int(number.whole), counter)


def _words(number: Numeral, language: Language) -> str:
    whole = language.spell(number.whole) if number.is_spelled else kana(int(number.whole))
    return decimal_words(whole, number, language) if number.decimals else whole


def _scaled(found: Found) -> str | None:
    number = numeral(found["n"], found.language)
    return _with_scale(number, found["scale"], found.language) if number else None


def _with_scale(number: Numeral, scale: str, language: Language) -> str:
    """`3千`, `1億`, `2.5万` in words."""
    for sign in scale if not (number.decimals or number.is_spelled) else "":
        whole = int(number.whole) * _POWERS[sign]
        number = Numeral(str(whole)) if whole < cldr.LIMIT else number
        scale = scale[1:]
    return _words(number, language) + scale.translate(_SOUNDS)


def _range(found: Found) -> str | None:
    first, second = numeral(found["a"], found.language), numeral(found["b"], found.language)
    if first is None or second is None or second.decimals or second.is_spelled:
        return None
    return f"{_words(first, found.language)}から{counted(int(second.whole), found['c'])}"


def _date(year: int | None, month: int, day: int) -> str:
    said = counted(year, "年") if year else ""
    return said + counted(month, "月") + (_DAYS.get(day) or f"{kana(day)}にち")


def _time(hour: int, minute: int, half: str) -> str:
    said = counted(hour, "時") + (counted(minute, "分") if minute else "")
    return {"am": "ごぜん", "pm": "ごご"}.get(half, "") + said


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = f"{kana(below)}ぶんの{kana(above)}"
    return said if whole is None else f"{kana(whole)}と{said}"
