"""Sound effect tags of a line: by its emotion and by the things its words name.

Whole words only ("강아지" has no "강" in it), in a stable order, at most three per line.
"""

from __future__ import annotations

import re

from domain.plot import Emotion

MAX_TAGS = 3

EMOTION_TAGS: dict[Emotion, tuple[str, ...]] = {
    Emotion.NEUTRAL: ("subtle_whoosh",),
    Emotion.HAPPY: ("upbeat_chime", "sparkle"),
    Emotion.SAD: ("soft_piano", "rain"),
    Emotion.EXCITED: ("energetic_swoosh", "pop"),
    Emotion.ANGRY: ("tense_drone",),
    Emotion.SURPRISED: ("impact", "rise"),
    Emotion.CALM: ("gentle_bell", "ambient_pad"),
}

# Korean nouns match with or without a particle; stems match any ending that follows them.
_KOREAN_NOUNS: dict[str, tuple[str, ...]] = {
    "door": ("문", "대문", "현관문", "방문", "창문"),
    "footsteps": ("발소리", "발걸음", "걸음"),
    "wind": ("바람", "공기", "폭풍"),
    "water": ("물", "바다", "강", "바닷가", "파도", "호수", "강물", "바닷물"),
    "rain": ("비", "빗소리", "소나기", "장마"),
    "thunder": ("천둥", "번개"),
    "heartbeat": ("심장", "심장박동", "가슴"),
    "typing": ("키보드", "타자", "코딩"),
}
_KOREAN_STEMS: dict[str, tuple[str, ...]] = {
    "door": ("열었", "열고", "열어", "열리", "열렸", "닫았", "닫고", "닫아", "닫히", "닫혔"),
    "footsteps": (
        "걸었",
        "걸어",
        "걷는",
        "걷고",
        "걷다",
        "뛰었",
        "뛰어",
        "뛰는",
        "뛰고",
        "뛰다",
        "달렸",
        "달려",
    ),
    "typing": ("타이핑",),
}
_PARTICLES = frozenset("은는이가을를의에와과도만로속위옆앞밖") | {
    "에서",
    "에게",
    "으로",
    "까지",
    "부터",
    "처럼",
    "보다",
    "이란",
    "이다",
    "입니다",
    "이에요",
    "예요",
    "속에",
    "위에",
    "앞에",
    "밖에",
    "소리",
    "소리가",
    "소리를",
}

_WORDS: dict[str, tuple[str, ...]] = {
    "door": ("door", "doors", "gate", "knock", "puerta", "porte", "tür"),
    "footsteps": (
        "footstep",
        "footsteps",
        "walk",
        "walks",
        "walked",
        "walking",
        "run",
        "runs",
        "ran",
        "running",
    ),
    "wind": ("wind", "winds", "windy", "storm", "breeze", "air", "viento", "vent"),
    "water": (
        "water",
        "sea",
        "ocean",
        "river",
        "wave",
        "waves",
        "lake",
        "beach",
        "mar",
        "agua",
        "mer",
        "meer",
    ),
    "rain": ("rain", "rains", "rainy", "raining", "lluvia", "pluie", "regen"),
    "thunder": ("thunder", "lightning", "trueno", "tonnerre", "donner"),
    "heartbeat": ("heart", "hearts", "heartbeat", "corazón", "cœur", "herz"),
    "typing": ("keyboard", "typing", "type", "code", "coding", "teclado"),
}

_WORD = re.compile(r"\w+", re.UNICODE)


def sfx_tags(text: str, emotion: Emotion) -> tuple[str, ...]:
    """The tags of one line: first what it names, in the order it is named, then its emotion."""
    named = [tag for word in _WORD.findall(text.lower()) for tag in _tags_of(word)]
    return tuple(dict.fromkeys([*named, *EMOTION_TAGS[emotion]]))[:MAX_TAGS]


def _tags_of(word: str) -> list[str]:
    return [
        *(tag for tag, words in _WORDS.items() if word in words),
        *(tag for tag, nouns in _KOREAN_NOUNS.items() if _is_noun(word, nouns)),
        *(tag for tag, stems in _KOREAN_STEMS.items() if word.startswith(stems)),
    ]


def _is_noun(word: str, nouns: tuple[str, ...]) -> bool:
    return any(
        word == noun or (word.startswith(noun) and word[len(noun) :] in _PARTICLES)
        for noun in nouns
    )
