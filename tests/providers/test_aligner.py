"""The aligner against a voice that says its own times: espeak's events are the truth."""

from __future__ import annotations

import statistics

import numpy as np
import pytest

from domain.assets import SpeechRequest
from domain.words import caption_units
from providers.base import Uncounted
from providers.tts.aligner import aligned
from providers.tts.espeak_voice import EspeakVoice
from providers.tts.sound import decoded

MAX_MEDIAN_ERROR_MS = 120
MAX_P90_ERROR_MS = 320
VOICES = (("neutral", 0), ("excited", 1), ("sad", 2))
TEXTS = {
    "ko": (
        "바다는 왜 이렇게 짤까요? 강물은 하나도 안 짠데 말이죠.",
        "비가 바위를 두드릴 때마다 소금이 아주 조금씩 녹아 강으로 흘러갑니다.",
        "햇볕은 물만 데려가고, 소금은 남겨 두죠. 그렇게 수억 년이 지났어요.",
    ),
    "en": (
        "Why is the sea salty, when every river that feeds it tastes sweet?",
        "Each drop of rain nibbles a little salt out of the rocks, and carries it downhill.",
        "The oldest known shipwreck was found by a fisherman who lost his net in 1982.",
    ),
    "ja": (
        "海はなぜ塩辛いのでしょうか。川の水は少しも塩辛くないのに。",
        "雨が岩をたたくたびに、塩がほんの少しずつ溶けていきます。",
    ),
    "zh": ("海水为什么是咸的？河水却一点也不咸。", "太阳只带走了水，把盐留在海里，一年又一年。"),
    "es": ("¿Por qué es salado el mar, si los ríos que lo alimentan son dulces?",),
    "de": ("Warum ist das Meer salzig, obwohl jeder Fluss darin süß schmeckt?",),
    "fr": ("Le soleil emporte l'eau, mais il laisse le sel, année après année.",),
    "ru": ("Почему море солёное, если реки, которые в него впадают, пресные?",),
    "ar": ("لماذا البحر مالح، مع أن الأنهار عذبة؟",),
    "hi": ("समुद्र खारा क्यों है, जबकि नदियाँ मीठी हैं?",),
    "th": ("ฝนกัดเกลือจากหินทีละนิด แล้วแม่น้ำก็พามันลงทะเล",),
    "id": ("Mengapa laut asin, padahal sungai yang mengalir ke sana tawar?",),
}


async def _errors(language: str) -> tuple[list[int], list[int]]:
    """How far each word begins from the truth: by the aligner, and by letters alone."""
    voice, by_sound, by_letters = EspeakVoice(), [], []
    for text in TEXTS[language]:
        units = caption_units(text, language)
        letters = np.cumsum([0, *(len(unit) for unit in units)]) / sum(map(len, units))
        for emotion, speaker in VOICES:
            request = SpeechRequest(text=text, language=language, emotion=emotion, speaker=speaker)
            media = await voice.synthesize(request, call=Uncounted())
            truth = [word.start_ms for word in media.words]
            samples, rate = decoded("espeak", media.data)
            found = aligned(samples, rate, units, language)
            assert tuple(word.text for word in found) == units
            by_sound += [abs(w.start_ms - t) for w, t in zip(found, truth, strict=True)][1:]
            even = letters[:-1] * (media.duration_ms or 0)
            by_letters += [abs(int(e) - t) for e, t in zip(even, truth, strict=True)][1:]
    return by_sound, by_letters


@pytest.mark.parametrize("language", TEXTS)
async def test_words_are_found_near_where_they_are_heard(language: str) -> None:
    by_sound, by_letters = await _errors(language)
    assert statistics.median(by_sound) <= MAX_MEDIAN_ERROR_MS
    assert np.percentile(by_sound, 90) <= MAX_P90_ERROR_MS
    # Short sentences of an even voice are where letters alone do best.
    if len(TEXTS[language]) > 2:
        assert np.mean(by_sound) < 0.6 * np.mean(by_letters)


@pytest.mark.parametrize("seconds", [0.005, 0.05, 0.4, 3.0])
@pytest.mark.parametrize("kind", ["silence", "noise", "tone"])
def test_any_sound_gives_rising_times_to_its_end(seconds: float, kind: str) -> None:
    rate = 24_000
    time = np.arange(int(seconds * rate)) / rate
    chance = np.random.default_rng(1)
    sound = {
        "silence": np.zeros(len(time)),
        "noise": chance.normal(0, 0.1, len(time)),
        "tone": np.sin(2 * np.pi * 220 * time),
    }[kind].astype(np.float32)
    units = ("하나", "🐳", "셋!", "four", "5")
    words = aligned(sound, rate, units, "ko")
    edges = [edge for word in words for edge in (word.start_ms, word.end_ms)]
    assert [word.text for word in words] == list(units)
    assert edges == sorted(edges)
    assert edges[-1] == int(1000 * len(sound) / rate)


def test_nothing_said_has_no_times() -> None:
    assert aligned(np.zeros(100, np.float32), 100, (), "en") == ()
