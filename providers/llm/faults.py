"""What is wrong with a model's scenes, in sentences that it can act on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from domain.reading.language import detect_language
from domain.reading.length import MAX_THOUGHT, WEIGHT_PER_SECOND, weight
from providers.llm.cast import Cast, spoken_text
from providers.llm.draft import Character, Line
from providers.llm.rules.planner import MAX_ROWS_PER_SCENE

MAX_SCENE_WEIGHT = 230
MAX_PICTURE = 700
MIN_PICTURE_WORDS = 3
# A place or a dish may have its own name.
MIN_LATIN = 0.7
_NOT_SPOKEN = re.compile(r"[\[\]{}<>*#_|\\]|https?://")
_UNFINISHED = (",", ";", ":", "-", "–", "—", "(", "、", "，", "；", "：", "،")
# Links, file names, markup, placeholders, escapes.
_NOT_DRAWN = re.compile(
    r"\w+://\S*|\bwww\.\S+|\bdata:\w+/\S*"
    r"|\b[\w-]+\.(?:png|jpe?g|gif|webp|svg|bmp|avif|tiff?|mp4|webm|html?|php|com|org|net|io)\b"
    r"|[\[\]{}<>*#_|\\`~^=]",
    re.IGNORECASE,
)
# Within one script a detector of short lines is wrong too often.
_SCRIPTS = {
    "Latin": "en es fr de pt it nl pl tr vi id sv da no fi cs ro hu",
    "Hangul": "ko",
    "kana": "ja",
    "Han": "zh yue",
    "Arabic": "ar fa ur",
    "Cyrillic": "ru uk bg be kk mk",
    "Devanagari": "hi mr ne",
    **{tag: tag for tag in "th he el bn ta te ka hy lo my am".split()},
}
SCRIPT_OF = {tag: script for script, tags in _SCRIPTS.items() for tag in tags.split()}


def scene_faults(scenes: dict[int, tuple[str, list[Line]]], cast: Cast) -> Iterator[str]:
    """What is wrong with each scene, for the model."""
    for number, (picture, lines) in scenes.items():
        said = [line.text for line in lines]
        yield from picture_faults(f"scene {number}", picture, said, cast.seen)
        if not 1 <= len(lines) <= MAX_ROWS_PER_SCENE:
            yield f"scene {number} has {len(lines)} lines; it needs 1 to {MAX_ROWS_PER_SCENE}"
        if (total := sum(weight(line.text) for line in lines)) > MAX_SCENE_WEIGHT:
            yield f"scene {number} takes {total / WEIGHT_PER_SECOND:.0f} s to say; shorten it"
        for position, line in enumerate(lines, start=1):
            yield from _line_faults(f"scene {number}, line {position}", line, cast)


def language_faults(text: str, language: str) -> Iterator[str]:
    """Lines in another language than they are to be in, where the script tells."""
    wanted, found = language.split("-")[0].lower(), detect_language(text)
    if wanted in SCRIPT_OF and SCRIPT_OF[wanted] != SCRIPT_OF.get(found):
        yield f"the lines are written in {found!r}; write them in {language!r}"


def picture_faults(
    where: str, picture: str, said: Collection[str] = (), names: Collection[str] = ()
) -> Iterator[str]:
    """What is wrong with the words of a picture; `said` is spoken in it, `names` are of people."""
    if not any(c.isalpha() for c in picture):
        yield f"{where} has no picture"
    else:
        yield from _drawn_faults(f"{where}: the picture", picture, names)
        if _letters(picture) in map(_letters, said):
            yield f"{where}: the picture repeats what is said: describe what is to be seen"


def cast_faults(characters: Sequence[Character]) -> Iterator[str]:
    """What is wrong with how people look; who is never seen has no looks."""
    names = {character.name for character in characters}
    for character in characters:
        if character.looks.strip():
            yield from _drawn_faults(f"the looks of {character.name!r}", character.looks, names)


def _drawn_faults(where: str, text: str, names: Collection[str]) -> Iterator[str]:
    """Of whatever an image model is to be given."""
    if len(text) > MAX_PICTURE:
        yield f"{where} takes {len(text)} letters; at most {MAX_PICTURE}"
    if found := _NOT_DRAWN.search(text):
        yield f"{where} has {found[0]!r} in it: describe it in plain words"
    # The names of people are in their own script.
    own = text
    for name in names:
        own = own.replace(name, " ")
    if sum(any(c.isalpha() for c in word) for word in text.split()) < MIN_PICTURE_WORDS:
        yield f"{where} is {text.strip()!r}: say in a few English words what is to be seen"
    elif not _is_mostly_latin(own):
        yield f"{where} is not in English: describe it in English"


def _is_mostly_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return not letters or latin >= MIN_LATIN * len(letters)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _line_faults(where: str, line: Line, cast: Cast) -> Iterator[str]:
    text = spoken_text(line)
    if not any(c.isalnum() for c in text):
        yield f"{where} says nothing"
    if found := _NOT_SPOKEN.search(text):
        yield f"{where}: {found[0]!r} cannot be said aloud: write spoken words only"
    if text.endswith(_UNFINISHED):
        yield f"{where} breaks off: end it as a sentence"
    if weight(text) > MAX_THOUGHT:
        letters = MAX_THOUGHT * len(text) // weight(text)
        yield f"{where} has {len(text)} letters; at most {letters}"
    if cast.speaker(line.speaker) is None:
        known = ", ".join(cast.ids) or "nobody"
        yield f"{where}: nobody is called {line.speaker!r}; the speakers are {known}"
