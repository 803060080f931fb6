"""Korean as it is spoken: numbers with their counters, and the sound changes that espeak-ng
misses.

Sound changes: Standard Pronunciation of Korean (표준 발음법), articles 18 to 20.
"""

from __future__ import annotations

import re

_FIRST, _LAST = 0xAC00, 0xD7A3
_LEADS, _CODAS = 19, 28
_LEAD_N, _LEAD_R, _LEAD_M = 2, 5, 6
_CODA_N, _CODA_L, _CODA_M, _CODA_NG = 4, 8, 16, 21

# Codas by the nasal they become before ㄴ and ㅁ.
_NASALS = {
    **dict.fromkeys((1, 2, 3, 9, 24), _CODA_NG),
    **dict.fromkeys((5, 6, 7, 19, 20, 22, 23, 25, 27), _CODA_N),
    **dict.fromkeys((11, 14, 17, 18, 26), _CODA_M),
}
_LATERALS = frozenset({8, 13, 15})

_DIGITS = "영일이삼사오육칠팔구"
_SMALL_UNITS = ("", "십", "백", "천")
_LARGE_UNITS = ("", "만", "억", "조", "경")
_NATIVE_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_NATIVE_COUNTERS = (
    *("개", "가지", "명", "사람", "살", "시간", "시", "마리", "권", "번째", "잔", "병", "대"),
    *("장", "송이", "켤레", "벌", "그루", "달", "군데", "배"),
)
_UNITS = {
    "%": "퍼센트",
    "％": "퍼센트",
    "km/h": "킬로미터",
    "km": "킬로미터",
    "cm": "센티미터",
    "mm": "밀리미터",
    "kg": "킬로그램",
    "mg": "밀리그램",
    "ml": "밀리리터",
    "℃": "도",
    "°C": "도",
    "m": "미터",
    "g": "그램",
    "L": "리터",
    "$": "달러",
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(?P<decimals>\d+))?(?P<unit>{_UNIT})?"
)


def spoken_korean(text: str) -> str:
    """The text with its numbers and units in words and its sounds as they are spoken."""
    return assimilated(expanded_numbers(text))


def expanded_numbers(text: str) -> str:
    """`3개` → `세개`, `2024년` → `이천이십사년`, `50%` → `오십퍼센트`."""
    return _NUMBER.sub(lambda match: _spoken_number(match, text[match.end() :]), text)


def assimilated(text: str) -> str:
    """Nasal and lateral assimilation between syllables; the length stays the same.

    합니다 → 함니다, 신라 → 실라, 독립 → 동닙.
    """
    syllables = list(text)
    for index in range(len(syllables) - 1):
        pair = _assimilated_pair(syllables[index], syllables[index + 1])
        syllables[index], syllables[index + 1] = pair
    return "".join(syllables)


def sino_number(number: int) -> str:
    """A number in Sino-Korean: 2024 → 이천이십사. Up to 10**20."""
    if number == 0:
        return _DIGITS[0]
    groups = []
    for unit in _LARGE_UNITS:
        number, group = divmod(number, 10_000)
        if group:
            word = _sino_group(group)
            groups.append(("" if word == "일" and unit == "만" else word) + unit)
    return "".join(reversed(groups))


def native_number(number: int) -> str:
    """A number from 1 to 99 in native Korean before a counter: 3 → 세, 20 → 스무."""
    tens, ones = divmod(number, 10)
    return "스무" if number == 20 else _NATIVE_TENS[tens] + _NATIVE_ONES[ones]


def _sino_group(group: int) -> str:
    word = ""
    for power, unit in reversed(list(enumerate(_SMALL_UNITS))):
        digit = group // 10**power % 10
        if digit:
            word += ("" if digit == 1 and power else _DIGITS[digit]) + unit
    return word


def _spoken_number(match: re.Match[str], rest: str) -> str:
    digits = match["number"].replace(",", "")
    unit = _UNITS.get(match["unit"] or "", "")
    if len(digits) > 20 or (len(digits) > 1 and digits[0] == "0"):
        return "".join(_DIGITS[int(digit)] for digit in digits) + unit
    if match["decimals"]:
        decimals = "".join(_DIGITS[int(digit)] for digit in match["decimals"])
        return f"{sino_number(int(digits))}점{decimals}{unit}"
    number = int(digits)
    counted = not unit and 0 < number < 100 and rest.lstrip().startswith(_NATIVE_COUNTERS)
    return native_number(number) if counted else sino_number(number) + unit


def _assimilated_pair(first: str, second: str) -> tuple[str, str]:
    if not (_is_syllable(first) and _is_syllable(second)):
        return first, second
    coda, lead = _coda(first), _lead(second)
    if lead == _LEAD_R:
        if coda in (_CODA_N, *_LATERALS):
            return _with_coda(first, _CODA_L), second
        if coda in (_CODA_M, _CODA_NG) or coda in _NASALS:
            return _with_coda(first, _NASALS.get(coda, coda)), _with_lead(second, _LEAD_N)
    if lead == _LEAD_N and coda in _LATERALS:
        return _with_coda(first, _CODA_L), _with_lead(second, _LEAD_R)
    if lead in (_LEAD_N, _LEAD_M) and coda in _NASALS:
        return _with_coda(first, _NASALS[coda]), second
    return first, second


def _is_syllable(character: str) -> bool:
    return _FIRST <= ord(character) <= _LAST


def _coda(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % _CODAS


def _lead(syllable: str) -> int:
    return (ord(syllable) - _FIRST) // (21 * _CODAS)


def _with_coda(syllable: str, coda: int) -> str:
    return chr(ord(syllable) - _coda(syllable) + coda)


def _with_lead(syllable: str, lead: int) -> str:
    return chr(ord(syllable) + (lead - _lead(syllable)) * 21 * _CODAS)
