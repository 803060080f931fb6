"""Korean as it is spoken: the sound changes of the Standard Pronunciation (표준 발음법).

Hangul in, Hangul out: 국민 → 궁민, 밟는 → 밤는, 꽃 한 송이 → 꼬 탄 송이. The numbers in the
comments are the standard's articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from providers.tts.phonemes.korean_words import signed

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3

_CLUSTERS = {
    **{"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"},
    **{"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"},
}
# 9 to 11: the seven codas that are spoken.
_SPOKEN = {
    **dict.fromkeys("ㄱㄲㅋㄳㄺ", "ㄱ"),
    **dict.fromkeys("ㄷㅌㅅㅆㅈㅊㅎ", "ㄷ"),
    **dict.fromkeys("ㅂㅍㅄㄿ", "ㅂ"),
    **dict.fromkeys("ㄴㄵㄶ", "ㄴ"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ"),
    **dict.fromkeys("ㅁㄻ", "ㅁ"),
    "ㅇ": "ㅇ",
    "": "",
}
_HARD = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
_ASPIRATE = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_Y_VOWELS = "ㅑㅕㅛㅠㅒㅖ"
# 5: after ㅈㅉㅊ.
_PLAIN = dict(zip(_Y_VOWELS, "ㅏㅓㅗㅜㅐㅔ", strict=True))
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
# 11: nouns in ㄺ and ㄻ, whose coda does not behave as a verb's (닭과 → 닥꽈, 맑게 → 말께).
_NOUNS = ("닭", "흙", "칡", "슭", "삵", "삶", "앎", "덟")
# Verbs in ㄻ that take the causative 기, which stays soft (24).
_CAUSATIVE = ("굶기", "옮기", "곪기")
# 10: 밟 always, 넓 in these compounds, keep the ㅂ of their ㄼ.
_KEEPS_B = re.compile("밟.$|넓[죽둥적]$")
# 20: a word of its own before these keeps its ㄴ (생산량 → 생산냥); what has grown together not.
_KEEPS_N = re.compile("[가-힣]{2}[란량력령례로론료류]$")
_GROWN_TOGETHER = re.compile(
    "(?:혼란|곤란|훈련|관련|진료|원료|언론|본론|전력|분류|연료|인류|한류|난류|진로|선로|논란|산란|만료|분량|전류"
    "|관례|순례|연령|반란|찬란|문란|완료|원론|관령|천리|전라|간략|전략|신령|근로|신라)$"
)
_OF_TWO_WORDS = ("이원론", "다원론", "일원론", "입원료")
# 27: what depends on a verb in ㄹ before it.
_DEPENDENT = re.compile(
    "(?:것|거(?:$|[야예에죠지고라니냐나든다였]|임)|게(?:$|요)|걸|건$|겁니|수(?:$|[가는도록밖])|데(?:$|[가는도에])"
    "|바(?:$|[가는를와])|적(?:$|[이은에도])|줄(?:$|[은을도로])|곳|듯|지(?:$|[도는])|도리)"
)
# 29: words that take an ㄴ after the coda of the word before.
_GAINS_N = re.compile("일(?:$|[이을은도들에만과])|이야기|이불|잎|입[다고은는을어]|잊|읽")
# After a longer word with one of these a speaker may breathe, and words do not meet.
_PARTICLES = "은는을를"
# 5: nouns in 의, which is read 이 in them, and 에 where it is the particle.
_NOUN_IN_UI = re.compile(
    "[주회정강문동합논토결호편모유상하창항제건심협성고악선명신경불임예거여]의$|^의의$"
)


@dataclass
class _Syllable:
    lead: str
    vowel: str
    coda: str
    joint: str  # to the one before: "" within a word, a sign, " " between words, "/" at a breath
    written: str  # the word up to here, as it is spelled

    def __str__(self) -> str:
        place = LEADS.index(self.lead) * len(VOWELS) + VOWELS.index(self.vowel)
        return chr(_FIRST + place * len(CODAS) + CODAS.index(self.coda))


def pronounced(words: Sequence[str]) -> list[str]:
    """Words of Hangul syllables, said in one breath, as they sound: one for each."""
    spelled = [_syllables(word) for word in words]
    line = [syllable for word in spelled for syllable in word]
    for before, after in pairwise(line):
        if after.joint == " ":
            after.joint = _joint_of_words(before, after, _word_of(after, spelled, words))
        _meet(before, after)
    if line:
        line[-1].coda = _SPOKEN[line[-1].coda]
    for syllable in line:
        if syllable.lead in "ㅈㅉㅊ":
            syllable.vowel = _PLAIN.get(syllable.vowel, syllable.vowel)
    return ["".join(map(str, word)) for word in spelled]


def apart(syllable: str) -> tuple[str, str, str]:
    """(lead, vowel, coda) of a Hangul syllable; "" where there is no coda."""
    rest, coda = divmod(ord(syllable) - _FIRST, len(CODAS))
    return LEADS[rest // len(VOWELS)], VOWELS[rest % len(VOWELS)], CODAS[coda]


def _syllables(word: str) -> list[_Syllable]:
    result: list[_Syllable] = []
    joint = " "
    for character in signed(word):
        if character in "'+|":
            joint = character
            continue
        written = (result[-1].written if result else "") + character
        lead, vowel, coda = apart(character)
        vowel = _ui(written, word) if vowel == "ㅢ" else vowel
        result.append(_Syllable(lead, vowel, coda, joint, written))
        joint = ""
    return result


def _ui(written: str, word: str) -> str:
    if not written.endswith("의"):
        return "ㅣ"
    if written == "의":
        return "ㅢ"
    return "ㅔ" if written == word and not _NOUN_IN_UI.search(word) else "ㅣ"


def _word_of(first: _Syllable, spelled: list[list[_Syllable]], words: Sequence[str]) -> str:
    return next(
        word for word, syllables in zip(words, spelled, strict=True) if first in syllables[:1]
    )


def _joint_of_words(before: _Syllable, after: _Syllable, word: str) -> str:
    if len(before.written) > 2 and before.written[-1] in _PARTICLES:
        return "/"
    if before.coda == "ㄹ" and _DEPENDENT.match(word):
        return "'"
    gains = (after.lead == "ㅇ" and after.vowel in _Y_VOWELS) or _GAINS_N.match(word)
    return "+" if gains and before.coda else " "


def _meet(before: _Syllable, after: _Syllable) -> None:
    if after.joint == "/":
        before.coda = _SPOKEN[before.coda]
        return
    if after.joint in (" ", "|") and after.lead in "ㅇㅎ":
        before.coda = _SPOKEN[before.coda]  # 15
    if after.joint == "+" and before.coda:
        after.lead = "ㄴ"
    if after.lead == "ㅇ":
        _link(before, after)
    elif not _aspirate(before, after):
        _harden(before, after)
        before.coda = _SPOKEN[before.coda]
        _assimilate(before, after)


def _link(before: _Syllable, after: _Syllable) -> None:
    """A coda moves over to a vowel: 12.4, 13, 14, 17."""
    if before.coda in ("", "ㅇ"):
        return
    stays, moves = _parts(before.coda)
    if moves == "ㅎ":
        stays, moves = "", stays or "ㅇ"
    elif moves == "ㅅ" and stays:
        moves = "ㅆ"
    elif moves in "ㄷㅌ" and _is_palatal(after):
        moves = "ㅈ" if moves == "ㄷ" else "ㅊ"
    before.coda, after.lead = stays, moves


def _aspirate(before: _Syllable, after: _Syllable) -> bool:
    """ㅎ melts with the consonant beside it: 12, 17."""
    stays, last = _parts(before.coda)
    if last == "ㅎ" and after.lead in "ㄱㄷㅈㅅ":
        before.coda, after.lead = stays, {**_ASPIRATE, "ㅅ": "ㅆ"}[after.lead]
        return True
    if after.lead != "ㅎ" or _SPOKEN[before.coda] not in _ASPIRATE and last not in _ASPIRATE:
        return False
    if last == "ㄷ" and _is_palatal(after):
        last = "ㅈ"
    if last in _ASPIRATE:
        before.coda, after.lead = stays, _ASPIRATE[last]
    else:
        before.coda, after.lead = "", _ASPIRATE[_SPOKEN[before.coda]]
    return True


def _is_palatal(after: _Syllable) -> bool:
    """이 or 히 as an ending, and what it melts into before 어 (붙여, 닫혔)."""
    joined = after.vowel == "ㅕ" and after.coda in ("", "ㅆ")
    return not after.joint and (after.vowel == "ㅣ" or joined)


def _harden(before: _Syllable, after: _Syllable) -> None:
    """A soft consonant after a stop, and after some verbs and compounds: 11, 23 to 28."""
    verb = not before.written.endswith(_NOUNS)
    if _KEEPS_B.search(after.written):
        before.coda = "ㅂ"
    hard = after.joint == "'" or _SPOKEN[before.coda] in _NASAL
    hard = hard or (verb and before.coda in ("ㄵ", "ㄼ", "ㄾ"))
    hard = hard or (verb and before.coda == "ㄻ" and not after.written.endswith(_CAUSATIVE))
    if before.coda == "ㄺ" and after.lead == "ㄱ" and verb and not after.joint:
        before.coda = "ㄹ"
    if hard:
        after.lead = _HARD.get(after.lead, after.lead)


def _assimilate(before: _Syllable, after: _Syllable) -> None:
    """Nasals and laterals: 18 to 20."""
    coda, lead = before.coda, after.lead
    if lead in "ㄴㅁㄹ":
        before.coda = _NASAL.get(coda, coda)
    if lead == "ㄹ":
        if coda == "ㄴ" and not _keeps_n(after):
            before.coda = "ㄹ"
        elif coda not in ("", "ㄹ"):
            after.lead = "ㄴ"
    elif lead == "ㄴ" and coda == "ㄹ":
        after.lead = "ㄹ"


def _keeps_n(after: _Syllable) -> bool:
    written = after.written
    return not after.joint and bool(
        written.endswith(_OF_TWO_WORDS)
        or (_KEEPS_N.search(written) and not _GROWN_TOGETHER.search(written))
    )


def _parts(coda: str) -> tuple[str, str]:
    """What stays of a coda, and its last consonant."""
    parts = _CLUSTERS.get(coda, coda)
    return parts[:-1], parts[-1:]
