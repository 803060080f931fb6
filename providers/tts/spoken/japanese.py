"""Japanese in kana, by janome's dictionary."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import Any

_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々〇]")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_TOKENIZER_LOCK = threading.Lock()


def in_kana(text: str) -> str:
    """Japanese with every kanji replaced by its reading; one without a reading is left out."""
    if not _KANJI.search(text):
        return text
    return "".join(_reading(word.surface, word.phonetic) for word in dictionary_words(text))


def dictionary_words(text: str) -> list[Any]:
    """janome's tokens: `surface`, `phonetic` in katakana or "*", `part_of_speech`."""
    with _TOKENIZER_LOCK:
        return list(_tokenizer().tokenize(text))


def _reading(surface: str, phonetic: str) -> str:
    if phonetic != "*":
        return phonetic.translate(_KATAKANA_TO_HIRAGANA)
    return _KANJI.sub("", surface)


@cache
def _tokenizer() -> Any:
    from janome.tokenizer import Tokenizer

    return Tokenizer()
