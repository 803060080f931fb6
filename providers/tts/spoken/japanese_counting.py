"""Japanese numbers in kana, and the sound changes before their counters."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.japanese import in_kana

_DIGITS = "ゼロ いち に さん よん ご ろく なな はち きゅう".split()
_PLACES = "じゅう ひゃく せん まん おく ちょう けい".split()
SOUNDS = str.maketrans(
    dict(zip("〇一二三四五六七八九十百千万億兆京", [*_DIGITS, *_PLACES], strict=True))
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
_CHANGES = re.compile("|".join(_CHANGED))
READINGS = {
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
DAYS = dict(
    zip(
        range(1, 11),
        "ついたち ふつか みっか よっか いつか むいか なのか ようか ここのか とおか".split(),
        strict=True,
    )
)
DAYS |= {14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか"}
_THINGS = "ひとつ ふたつ みっつ よっつ いつつ むっつ ななつ やっつ ここのつ".split()
# Before these sounds the last word of a number is cut short; h becomes p, and b after n.
_HARD = frozenset("かきくけこさしすせそたちつてとカキクケコサシスセソタチツテトパピプペポ")
_VOICED = {"階": "がい", "軒": "げん", "足": "ぞく", "羽": "ば"}
H_TO_P = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_H_TO_B = dict(zip("はひふへほ", "ばびぶべぼ", strict=True))


def kana(number: int) -> str:
    """`3600` as さんぜんろっぴゃく."""
    kanji = cldr.spelled(number, "ja", "spellout-cardinal")
    kanji = re.sub("(?<![一二三四五六七八九十百])千(?=[万億兆])", "一千", kanji)
    said = _CHANGES.sub(lambda match: _CHANGED[match[0]], kanji)
    return said.replace("一千", "いっせん").translate(SOUNDS)


def counted(number: int, counter: str) -> str:
    """A number with its counter: さんぼん, ひとり, はたち."""
    known = _irregular(number, counter)
    if known is not None:
        return known
    said = kana(number)
    if said.endswith("さん") and counter in _VOICED:
        return said + _VOICED[counter]
    return joined(said, READINGS.get(counter, "") or in_kana(counter))


def _irregular(number: int, counter: str) -> str | None:
    ones = number % 10
    if counter == "つ" and 1 <= number <= 9:
        return _THINGS[number - 1]
    if counter == "人" and number in (1, 2):
        return ("ひとり", "ふたり")[number - 1]
    if counter in ("歳", "才") and number == 20:
        return "はたち"
    if counter in ("日", "日間") and number in DAYS and (counter == "日間" or number > 1):
        return DAYS[number] + ("かん" if counter == "日間" else "")
    if (
        counter in ("年", "年間", "人", "円", "時", "時間")
        and ones == 4
        and number % 100 != 14
        or counter in ("時", "人", "年")
        and number == 14
    ):
        return _ended(number, "よん", "よ") + READINGS[counter]
    if counter in ("時", "時間") and ones in (7, 9) and number < 24:
        return (
            _ended(number, "なな" if ones == 7 else "きゅう", "しち" if ones == 7 else "く")
            + READINGS[counter]
        )
    if counter in ("時", "時間") and number == 0:
        return "れい" + READINGS[counter]
    if counter == "番" and number in (110, 119):
        return "ひゃくとおばん" if number == 110 else "ひゃくじゅうきゅうばん"
    if counter == "月":
        return {4: "し", 7: "しち", 9: "く"}.get(number, kana(number)) + "がつ"
    return None


def _ended(number: int, usual: str, special: str) -> str:
    return kana(number).removesuffix(usual) + special


def joined(said: str, counter: str) -> str:
    """The sounds at the seam: いっぽん, さんびき, ろっかい, じゅっキロメートル."""
    first, rest = counter[:1], counter[1:]
    if first in H_TO_P:
        if said.endswith("ん"):
            soft = said.endswith("よん") and counter != "ふん"
            hard = counter[:2] in ("ふん", "はく", "はつ")
            return said + (first if soft else H_TO_P[first] if hard else _H_TO_B[first]) + rest
        short = _short(said, first)
        return short + (H_TO_P[first] if short != said else first) + rest
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
