"""Korean: native numerals before some counters, Sino-Korean ones before the others."""

from __future__ import annotations

import re

from providers.tts.spoken import cldr
from providers.tts.spoken.draft import Found, Rule
from providers.tts.spoken.language import Language
from providers.tts.spoken.numerals import NUMBER, numeral, words

# Counters that take native numerals up to 99.
_NATIVE = (
    "개월의 가지 명 사람 살 시간 시 마리 권 번째 잔 병 장 송이 켤레 벌 그루 달 군데 배 분의 자루 채 척 통 줄 쌍 "
    "걸음 끼 모금 바퀴 방울 봉지 상자 그릇 접시 컵 판 마디 군데 곳 갈래 차례 마을 나라 개 대"
).split()
# Counters that take Sino-Korean ones, and those that begin like a native one.
_SINO = (
    "개월 개국 개년 시리즈 분 초 년대 년 월 일 주일 주 원 달러 유로 엔 위안 퍼센트 프로 층 위 등 점 도 회 호선 "
    "호 번 차 세기 세대 세 대째 인분 인 평 미터 킬로 그램 리터 톤 쪽 페이지 장째 학년 반 조 급 배속 단계 단 "
    "박 만 억 조"
).split()
_COUNTER = "|".join(sorted({*_NATIVE, *_SINO} - {"개월의"}, key=len, reverse=True))
_AFTER = re.compile(rf"\s?(?P<counter>{_COUNTER})")
_GLUED = frozenset("세기 박 일 차 호선 만 억 조".split())
_TENS_OF_AGE = re.compile(
    r"대(?= ?(?:와|과|를|을|은|도|만|남|여|들|초|중|후|의|에|가|는|부|로|이|인|청|,|\.|$))"
)
_MONTH_DAY = re.compile(r"(?<![\d.,])(?:(?P<month>\d{1,2})월)(?: ?(?P<day>\d{1,2})일(?!\d))?")
_FRACTION = re.compile(r"(?<![\d.,])(?P<below>\d{1,4})분의 ?(?P<above>\d{1,4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.,:])(?P<h>\d{1,2})시(?!간)(?: ?(?P<m>\d{1,2})분)?")
_RANGE = re.compile(
    rf"(?<![\d.,-])(?P<a>{NUMBER})\s?[~∼〜–-]\s?(?P<b>{NUMBER})\s?(?P<counter>{_COUNTER})"
)
# 3·1 운동, 8.15 광복: days that are names.
_HISTORIC = re.compile(
    r"(?<![\d.,])\d{1,2}(?:·\d{1,2}|\.\d{1,2}(?= ?(?:절|운동|광복|민주|혁명|사태|항쟁)))(?!\d)"
)
_EMERGENCY = re.compile(r"(?<!\d)11[0-9](?=(?:에|로|번)?(?: |에 )?(?:신고|전화|구급|긴급))")
_TH = re.compile(r"(?<![\d.,])(?P<n>\d{1,2}) ?(?P<th>번째|째)")
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "에이 비 시 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 아르 에스 티 유 브이 더블유 엑스 와이 제트".split(),
        strict=True,
    )
)


def language(tag: str) -> Language:
    return Language(
        tag=tag,
        cardinal=_counted,
        year=lambda n, before, after: _counted(n, before, after),
        point=" 점 ",
        minus="마이너스 ",
        digits=tuple("공일이삼사오육칠팔구"),
        digit_group=" ",
        fraction=_fraction,
        range_="{0}에서 {1}",
        ratio="{0} 대 {1}",
        gap=lambda after: " " if _AFTER.match(after) and not after[:1].isspace() else "",
        units={
            "concentr-percent": "{0} 퍼센트",
            "temperature-celsius": "섭씨 {0} 도",
            "temperature-fahrenheit": "화씨 {0} 도",
            "angle-degree": "{0} 도",
            "length-kilometer": "{0} 킬로미터",
        },
        money={
            "USD": " 달러",
            "EUR": " 유로",
            "GBP": " 파운드",
            "JPY": " 엔",
            "CNY": " 위안",
            "KRW": " 원",
            "INR": " 루피",
            "RUB": " 루블",
            "VND": " 동",
            "BRL": " 헤알",
            "TRY": " 리라",
            "IDR": " 루피아",
            "THB": " 밧",
            "XBT": " 비트코인",
        },
        magnitudes={
            "만": "만",
            "억": "억",
            "조": "조",
            "천": "천",
            "백만": "백만",
            "천만": "천만",
            "million": " 밀리언",
            "billion": " 빌리언",
            "K": "천",
            "M": "백만",
        },
        date_order="YMD",
        date=_date,
        time=_time,
        signs={
            "&": " 앤드 ",
            "+": " 플러스 ",
            "±": "플러스마이너스 ",
            "×": " 곱하기 ",
            "÷": " 나누기 ",
            "=": "는 ",
            "<": " 작다 ",
            ">": " 크다 ",
            "~": "약 ",
            "≈": "약 ",
            "#": "넘버 ",
            "№": "넘버 ",
            "§": "섹션 ",
            "%": "퍼센트",
            "°": "도",
        },
        abbreviations={"No.": "넘버 ", "vs": " 대 ", "vs.": " 대 "},
        before_number=frozenset({"No."}),
        letters=_LETTERS,
        rules=(
            Rule(_HISTORIC, lambda f: "".join(sino(int(d)) for d in re.findall(r"\d", f.text))),
            Rule(_EMERGENCY, lambda f: f.language.spell(f.text)),
            Rule(_FRACTION, lambda f: _fraction(int(f["above"]), int(f["below"]), None)),
            Rule(_CLOCK, _clock),
            Rule(_MONTH_DAY, _month_day),
            Rule(_RANGE, _range),
            Rule(_TH, _th),
            Rule(
                re.compile(r"(?<![\d.,])(?P<a>\d{1,12}) (?P<sign>\+) (?P<b>\d{1,12})(?![\d.,])"),
                _plus,
            ),
        ),
        joined=True,
        parted_units=True,
    )


def sino(number: int) -> str:
    """2024 as 이천이십사; 12000 as 만 이천."""
    return cldr.spelled(number, "ko", "spellout-cardinal-sinokorean")


def native(number: int) -> str:
    """Before a counter: 3 as 세, 20 as 스무, up to 99."""
    text = cldr.spelled(number, "ko", "spellout-cardinal-native-attributive")
    return "스무" if number == 20 else text


def _counted(number: int, before: str, after: str) -> str:
    """The numeral that the counter after it asks for, and a space where the counter is a word."""
    match = _AFTER.match(after)
    if match is None or before.endswith("제"):
        return sino(number)
    counter = match["counter"]
    if counter == "대" and (number % 10 == 0 and 10 <= number <= 90) and _TENS_OF_AGE.match(after):
        return sino(number)
    is_native = counter in _NATIVE and 0 < number < 100
    said = native(number) if is_native else sino(number)
    return said if after[:1].isspace() or counter in _GLUED else f"{said} "


def _fraction(above: int, below: int, whole: int | None) -> str:
    said = f"{sino(below)}분의 {sino(above)}"
    return said if whole is None else f"{sino(whole)}와 {said}"


def _month_name(month: int) -> str:
    return {6: "유월", 10: "시월"}.get(month, f"{sino(month)}월")


def _month_day(found: Found) -> str | None:
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    return _month_name(month) + (f" {sino(int(found['day']))}일" if found["day"] else "")


def _date(year: int | None, month: int, day: int) -> str:
    said = f"{_month_name(month)} {sino(day)}일"
    return f"{sino(year)} 년 {said}" if year else said


def _time(hour: int, minute: int, half: str) -> str:
    said = f"{native(hour) if 0 < hour <= 12 else sino(hour)} 시"
    if minute:
        said += f" {sino(minute)} 분"
    return {"am": "오전 ", "pm": "오후 "}.get(half, "") + said


def _clock(found: Found) -> str:
    return _time(int(found["h"]), int(found["m"] or 0), "")


def _range(found: Found) -> str | None:
    """`3~5명` as 세 명에서 다섯 명; Sino-Korean numerals have the counter once."""
    counter, language = found["counter"], found.language
    first, second = numeral(found["a"], language), numeral(found["b"], language)
    if first is None or second is None:
        return None
    said = [words(number, language, "", counter).strip() for number in (first, second)]
    if counter in _NATIVE and len(second.whole) < 3:
        return f"{said[0]} {counter}에서 {said[1]} {counter}"
    return f"{said[0]}에서 {said[1]} {counter}"


def _th(found: Found) -> str:
    number = int(found["n"])
    first = "첫" if number == 1 else native(number)
    return f"{first} {found['th']}" if found["th"] == "번째" else first + found["th"]


def _plus(found: Found) -> str:
    return f"{sino(int(found['a']))} 더하기 {sino(int(found['b']))}"
