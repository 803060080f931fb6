"""Mandarin → Kokoro's symbols: words by jieba, readings by pypinyin, tones as they are spoken.

A syllable is an initial, a final and the arrow of its tone after the vowel, as Kokoro learnt it.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from providers.tts.phonemes.words import Piece

NATIVE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff]")

_log = logging.getLogger(__name__)
_LOCK = threading.Lock()
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    **{"b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l"},
    **{"g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "r": "ɻ"},
    **{"zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": ""},
}
# (before the tone, after it)
_FINALS = {
    **{"a": ("a", ""), "ai": ("ai", ""), "an": ("a", "n"), "ang": ("a", "ŋ"), "ao": ("au", "")},
    **{"e": ("ɤ", ""), "ei": ("ei", ""), "en": ("ə", "n"), "eng": ("ə", "ŋ"), "er": ("ɚ", "")},
    **{"i": ("i", ""), "ia": ("ja", ""), "ian": ("jɛ", "n"), "iang": ("ja", "ŋ")},
    **{"iao": ("jau", ""), "ie": ("je", ""), "in": ("i", "n"), "ing": ("i", "ŋ")},
    **{"io": ("jɔ", ""), "iong": ("jʊ", "ŋ"), "iou": ("jou", ""), "iu": ("jou", "")},
    **{"o": ("wo", ""), "ong": ("ʊ", "ŋ"), "ou": ("ou", ""), "u": ("u", ""), "ua": ("wa", "")},
    **{"uai": ("wai", ""), "uan": ("wa", "n"), "uang": ("wa", "ŋ"), "uei": ("wei", "")},
    **{"ui": ("wei", ""), "uen": ("wə", "n"), "un": ("wə", "n"), "ueng": ("wə", "ŋ")},
    **{"uo": ("wo", ""), "v": ("y", ""), "ve": ("ɥe", ""), "van": ("ɥɛ", "n"), "vn": ("y", "n")},
    **{"ê": ("ɛ", ""), "m": ("m", ""), "n": ("n", ""), "ng": ("ŋ", "")},
}
_each: Any = list
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([a-zêü]+)([1-5])")
# What y and w write: yi, ya, you; wu, wa, wei; yu, yue.
_GLIDES = {"y": "i", "w": "u"}


def read(pieces: Sequence[Piece]) -> list[str]:
    """The symbols of each piece, words apart; "" for one in other letters."""
    sounds = [""] * len(pieces)
    for clause in _clauses(pieces):
        line = "".join(pieces[place].text for place in clause)
        begins = iter(_characters(line))
        for place in clause:
            text = pieces[place].text
            sounds[place] = "".join(next(begins) for _ in text).strip()
    return sounds


def _clauses(pieces: Sequence[Piece]) -> list[list[int]]:
    clauses: list[list[int]] = [[]]
    for place, piece in enumerate(pieces):
        if piece.native:
            clauses[-1].append(place)
        if piece.closing or not piece.native:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _characters(line: str) -> Iterator[str]:
    """The symbols of each character of a line, with a space before one that begins a word."""
    words = _words(line)
    readings = _readings(words)
    tones = _spoken_tones(words, [reading[-1:] for reading in readings])
    begins = {0}
    for word in words:
        begins.add(max(begins) + len(word))
    for place, (character, reading, tone) in enumerate(zip(line, readings, tones, strict=True)):
        yield (" " if place in begins else "") + _syllable(character, reading[:-1] + tone)


def _words(line: str) -> list[str]:
    with _LOCK:
        words: list[str] = _segmenter().lcut(line)
    return words


@cache
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own: escapes, pkg_resources
        import jieba
    segmenter = jieba.Tokenizer()
    # Its dictionary from the package, and not from a cache that anyone may write.
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    return segmenter


def _readings(words: list[str]) -> list[str]:
    """Pinyin with its tone for each character; a character that has none stands for itself."""
    from pypinyin import Style, lazy_pinyin

    return [
        reading
        for word in words
        for reading in lazy_pinyin(
            word, style=Style.TONE3, neutral_tone_with_five=True, errors=_each
        )
    ]


def _spoken_tones(words: list[str], tones: list[str]) -> list[str]:
    """Tones as they change one another: 不 and 一 by what follows, a third before a third."""
    spoken = list(tones)
    whole = "".join(words)
    ends = list(accumulate(map(len, words)))
    for place, (tone, after) in enumerate(pairwise(tones)):
        if whole[place] == "不" and tone == "4" and after == "4":
            spoken[place] = "2"
        elif whole[place] == "一":
            stays = place + 1 in ends and place not in ends[:-1] and place > 0
            plain = _is_numeral(whole, place) or stays
            spoken[place] = "1" if plain else {"4": "2", "5": "2"}.get(after, "4")
    for begin, end in _third_runs(words, spoken):
        spoken[begin : end - 1] = ["2"] * (end - 1 - begin)
    return spoken


def _is_numeral(whole: str, place: int) -> bool:
    """一 counted in a row of digits, as the end of a number, as an ordinal or in a date."""
    before, after = whole[max(place - 1, 0) : place], whole[place + 1 : place + 2]
    digits = "零〇一二三四五六七八九"
    return before in (*digits, *"第十点初周月") or after in (*digits, *"月号日")


def _third_runs(words: list[str], tones: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of third tones that are said as one: within a word, and a word with the next."""
    place = 0
    run = None
    edges = set()
    for word in words:
        place += len(word)
        edges.add(place)
    for index, tone in enumerate([*tones, ""]):
        if tone == "3" and run is None:
            run = index
        elif run is not None and (tone != "3" or (index in edges and index - run >= 2)):
            yield run, index
            run = index if tone == "3" else None


def _syllable(character: str, reading: str) -> str:
    parts = _SYLLABLE.fullmatch(reading)
    if parts is None:
        if NATIVE.match(character):
            _log.warning("there is no reading for %r, so it is left out", character)
        return ""
    initial, final, tone = parts.groups()
    initial, final = _written_out(initial, final.replace("ü", "v"))
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        before, after = "ɨ", ""
    else:
        before, after = _FINALS[final]
    return _INITIALS[initial] + before + _TONES[tone] + after


def _written_out(initial: str, final: str) -> tuple[str, str]:
    """Initial and final where pinyin shortens them: yi → i, wo → uo, ju → jü."""
    if initial in _GLIDES:
        glide = _GLIDES[initial]
        if initial == "y" and final.startswith("u"):
            return "", "v" + final[1:]
        if final.startswith(glide):
            return "", final
        return "", {"iou": "iou", "uei": "uei", "uen": "uen"}.get(glide + final, glide + final)
    if initial in ("j", "q", "x") and final.startswith("u"):
        return initial, "v" + final[1:]
    return initial, final
