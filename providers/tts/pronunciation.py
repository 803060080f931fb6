"""What is given to the speech engine for each unit of a line: words it can say."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from typing import Any

from providers.tts.korean import spoken_korean

_URL = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:[/?#]\S*)?", re.IGNORECASE)
_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
_SPEAKABLE = re.compile(r"\w", re.UNICODE)
_SPACES = re.compile(r"\s+")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_TOKENIZER_LOCK = threading.Lock()


def spoken_form(unit: str, language: str) -> str:
    """The words of one caption unit as the engine should say them; may be empty."""
    text = _URL.sub(lambda match: match[1].replace(".", " . "), unit)
    text = "".join(character for character in text if _can_be_said(character))
    if language.startswith("ko"):
        text = spoken_korean(text)
    if language.startswith("ja"):
        text = _kana(text)
    return _SPACES.sub(" ", text).strip()


def is_speakable(text: str) -> bool:
    """Whether there is a letter or digit in it."""
    return bool(_SPEAKABLE.search(text))


def _can_be_said(character: str) -> bool:
    """Not emoji, controls, private use and joiners; marks and punctuation shape the speech."""
    category = unicodedata.category(character)
    return category not in ("So", "Sk", "Cc", "Cf", "Co", "Cn", "Cs") or character == "\u200c"


def _kana(text: str) -> str:
    """Japanese with every kanji replaced by its reading, so that the engine can say it."""
    if not _KANJI.search(text):
        return text
    with _TOKENIZER_LOCK:
        tokens = list(_tokenizer().tokenize(text))
    return "".join(_reading(token.surface, token.phonetic) for token in tokens)


def _reading(surface: str, phonetic: str) -> str:
    if phonetic != "*":
        return phonetic.translate(_KATAKANA_TO_HIRAGANA)
    return _KANJI.sub("", surface)


@cache
def _tokenizer() -> Any:
    from janome.tokenizer import Tokenizer

    return Tokenizer()
