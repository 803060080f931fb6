"""Whatever a line says, in whatever language: symbols of the voice, one string for each word."""

from __future__ import annotations

import json
import logging
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.words import caption_units
from providers.tts.espeak_process import ipa
from providers.tts.phonemes.english_names import NAMES
from providers.tts.phonemes.line import phonemes
from providers.tts.phonemes.symbols import SYMBOL_IDS, in_alphabet

LINES = {
    "en": "The universe, as NASA says, is expanding faster than Beyoncé's résumé — why?",
    "en-GB": "Hello there, the water in Leicester is rather cold!",
    "ko": "인공지능 AI가 오십 퍼센트 더 빨라요. 꽃잎이 떨어졌습니다!",
    "ja": "東京は、世界で一番大きい都市です。AIはすごいでしょう？",
    "zh": "宇宙的膨胀速度比任何人预期的都快。不是一个好主意，AI！",
    "es": "¿El universo se expande más rápido de lo esperado, verdad?",
    "fr": "L'univers s'étend plus vite que prévu; les amis…",
    "it": "L'universo si espande più velocemente dell'acqua.",
    "pt": "O universo está se expandindo mais rápido: coração, pães.",
    "hi": "ब्रह्मांड किसी की अपेक्षा से तेज़ी से फैल रहा है।",
    "de": "Das Universum dehnt sich schneller aus, Star Wars über Straßen.",
    "ru": "Вселенная расширяется быстрее, чем ожидали; мёд и ложка.",
    "tr": "Evren herkesin beklediğinden hızlı genişliyor, ağaç gölgesi.",
    "id": "Alam semesta mengembang lebih cepat dari yang diperkirakan.",
    "nl": "Het heelal breidt zich sneller uit dan iemand had verwacht.",
    "pl": "Wszechświat rozszerza się szybciej, niż ktokolwiek źdźbło.",
}

# What each language is written with, for lines that no one has thought of.
ALPHABETS: dict[str, str | st.SearchStrategy[str]] = {
    "en": "abcdefghijklmnopqrstuvwxyzABCDEFGHIÉéïñ'’-",
    "ko": st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    "ja": st.characters(min_codepoint=0x3041, max_codepoint=0x30FC)
    | st.sampled_from("東京世界一番大都市今日生水火人々"),
    "zh": st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF)
    | st.sampled_from("不一好我是的"),
    "es": "abcdefghijklmnopqrstuvwxyzáéíóúüñ",
    "fr": "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ'",
    "it": "abcdefghijklmnopqrstuvwxyzàèéìòù'",
    "pt": "abcdefghijklmnopqrstuvwxyzãõáâàéêíóôúç",
    "hi": st.characters(min_codepoint=0x0905, max_codepoint=0x094D),
    "de": "abcdefghijklmnopqrstuvwxyzäöüßÄÖÜ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyzİâî",
    "id": "abcdefghijklmnopqrstuvwxyz-",
    "nl": "abcdefghijklmnopqrstuvwxyzëïéèĳ",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
}


def test_the_alphabet_is_the_models_own() -> None:
    vocabulary = json.loads((files("hibari") / "assets" / "vocab.json").read_text("utf-8"))
    assert vocabulary == SYMBOL_IDS


@pytest.mark.parametrize("language", LINES)
def test_every_word_of_a_line_has_its_sound(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    words = caption_units(LINES[language], language)
    sounds = phonemes(words, language, ipa=ipa)
    assert len(sounds) == len(words)
    for word, sound in zip(words, sounds, strict=True):
        assert set(sound) <= set(SYMBOL_IDS), word
        assert bool(sound.strip(",.!?…;:— ")) == any(map(str.isalpha, word)), word
    assert caplog.text == ""


@pytest.mark.parametrize("language", ALPHABETS)
def test_no_line_is_refused_and_no_sound_lost_unsaid(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    alphabet = ALPHABETS[language]
    letters = st.text(alphabet, min_size=1, max_size=8)
    marks = st.sampled_from(["", "", ",", ".", "?", "…", "!", "。", '"'])

    @given(st.lists(st.tuples(letters, marks), max_size=6))
    @settings(max_examples=6, deadline=None, database=None, derandomize=True)
    def holds(line: list[tuple[str, str]]) -> None:
        words = [letters + mark for letters, mark in line]
        with caplog.at_level(logging.WARNING):
            caplog.clear()
            sounds = phonemes(words, language, ipa=ipa)
        assert len(sounds) == len(words)
        assert set("".join(sounds)) <= set(SYMBOL_IDS)
        for word, sound in zip(words, sounds, strict=True):
            assert sound[-1:] == "." or not word.endswith((".", "。")), (word, sound)

    holds()


@given(st.lists(st.text(max_size=12), max_size=5), st.sampled_from(["ko", "ja", "zh", "en"]))
@settings(max_examples=30, deadline=None, database=None, derandomize=True)
def test_any_text_at_all(words: list[str], language: str) -> None:
    sounds = phonemes(words, language, ipa=lambda texts, tongue: ["ˈa^ɪ" for _ in texts])
    assert len(sounds) == len(words)
    assert set("".join(sounds)) <= set(SYMBOL_IDS)


def test_names_are_said_as_people_say_them() -> None:
    said = phonemes(["Beethoven's", "friend", "Nguyen,", "in", "Kraków."], "en", ipa=ipa)
    assert said == ["bˈAtOvənz", "fɹˈɛnd", "wˈɪn,", "ɪn", "kɹˈɑkˌuf."]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_written_in_symbols(name: str) -> None:
    assert set(NAMES[name]) <= set(SYMBOL_IDS)


def test_a_sound_without_a_symbol_is_told(caplog: pytest.LogCaptureFixture) -> None:
    assert in_alphabet("kɭ\u032aõ⚡a", word="kloa") == "klo\u0303a"
    assert "'⚡' in 'kloa'" in caplog.text
