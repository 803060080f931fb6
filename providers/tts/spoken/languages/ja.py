"""Japanese: numbers in kana with the sound changes before their counters."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.japanese_counting import (
    DAYS,
    H_TO_P,
    READINGS,
    SOUNDS,
    counted,
    joined,
    kana,
)
from providers.tts.spoken.language import Language
from providers.tts.spoken.numerals import NUMBER, Numeral, decimal_words, numeral

_POWERS = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
# Counters and how they are read; those in the second group change as their sound asks.
_COUNTERS = (
    "円 人前 世代 世 ドル ユーロ 年間 年 人 名 時間 時 分間 分 秒 日間 日 週間 か月 ヶ月 カ月 ヵ月 か国 ヶ国 カ国 月 本 匹 杯 冊 歳 才 個 階 回 "
    "枚 台 度 番目 番 倍 頭 羽 足 軒 件 点 位 代 キロ メートル グラム リットル パーセント つ 泊 発 巻 通 歩 曲 世紀 章 話 種類 割 組 着 "
    "ページ セント ポイント トン センチ ミリ カロリー"
).split()
_COUNTER = "|".join(sorted(_COUNTERS, key=len, reverse=True))
_SCALE = r"(?:[万億兆千百]{1,2})?"
_COUNTED = re.compile(rf"(?<![\d.,])(?P<n>{NUMBER})(?P<scale>{_SCALE})(?P<c>{_COUNTER})")
# A sign before degrees, whatever stands before it; before other things it may be a name's dash.
_BELOW = re.compile(rf"(?<![A-Za-z\d_.,)%])[-−–](?=(?:{NUMBER})度)")
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
_LONG = re.compile("(?<=[ョュトホツヨ])ウ")
# Kana after kana would be taken for particles and endings: にち + は.
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
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
        seam=lambda said, end: joined(said, end) if end[:1] not in H_TO_P else said + end,
        money={
            "USD": "ドル",
            "EUR": "ユーロ",
            "GBP": "ポンド",
            "JPY": "えん",
            "CNY": "げん",
            "KRW": "ウォン",
            "INR": "ルピー",
        },
        magnitudes={word: word.translate(SOUNDS) for word in "万 億 兆 千 百万 千万".split()},
        date_order="YMD",
        date=_date,
        time=_time,
        signs={
            "&": "アンド",
            "+": "たす",
            "±": "プラスマイナス",
            "×": "かける",
            "÷": "わる",
            "=": "イコール",
            "<": "ショウナリ",
            ">": "ダイナリ",
            "~": "やく",
            "≈": "やく",
            "#": "ナンバー",
            "№": "ナンバー",
            "§": "セクション",
            "%": "パーセント",
            "°": "ど",
        },
        letters=_LETTERS,
        written=_katakana,
        rules=(
            Rule(_DATE, lambda f: _date(int(f["y"]) if f["y"] else None, int(f["m"]), int(f["d"]))),
            Rule(_CLOCK, lambda f: _time(int(f["h"]), int(f["m"] or f["m2"]), "")),
            Rule(_FRACTION, lambda f: _fraction(int(f["above"]), int(f["below"]), None)),
            Rule(_DECADE, lambda f: f"{kana(int(f['y']))}ねん"),
            Rule(_NTH, lambda f: counted(int(f["n"]), f["c"])),
            Rule(_RANGE, _range),
            Rule(_FIRST, lambda found: "ついたち"),
            Rule(_BELOW, lambda found: "マイナス"),
            Rule(_COUNTED, _counted),
            Rule(_AGAINST, lambda f: f"{kana(int(f['a']))}たい{kana(int(f['b']))}"),
            Rule(_SCALED, _scaled),
        ),
        joined=True,
    )


def _katakana(said: str) -> str:
    """`じゅうにん` as ジューニン."""
    return _LONG.sub("ー", said.translate(_TO_KATAKANA))


def _counted(found: Found) -> str | None:
    number, counter = numeral(found["n"], found.language), found["c"]
    if number is None:
        return None
    if number.decimals or number.is_spelled or found["scale"]:
        said = _with_scale(number, found["scale"], found.language)
        return said + (READINGS.get(counter) or counter)
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
    return _words(number, language) + scale.translate(SOUNDS)


def _range(found: Found) -> str | None:
    first, second = numeral(found["a"], found.language), numeral(found["b"], found.language)
    if first is None or second is None or second.decimals or second.is_spelled:
        return None
    return f"{_words(first, found.language)}から{counted(int(second.whole), found['c'])}"


def _date(year: int | None, month: int, day: int) -> str:
    said = counted(year, "年") if year else ""
    return said + counted(month, "月") + (DAYS.get(day) or f"{kana(day)}にち")


def _time(hour: int, minute: int, half: str) -> str:
    said = counted(hour, "時") + (counted(minute, "分") if minute else "")
    return {"am": "ごぜん", "pm": "ごご"}.get(half, "") + said


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = f"{kana(below)}ぶんの{kana(above)}"
    return said if whole is None else f"{kana(whole)}と{said}"
