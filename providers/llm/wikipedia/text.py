"""An article's plain-text extract as sentences: only prose, without what cannot be spoken.

`prop=extracts` with `explaintext` and `exsectionformat=wiki` leaves headings (`== Uses ==`), list
items without marks, formulas as TeX, empty brackets where a template stood, and whatever somebody
wrote a minute ago.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from domain.reading.sentences import sentences
from providers.llm.wikipedia.cues.prose import CITATION, NO_PROSE, VANDALISED

# Of an article so much is read: more only says more of the same.
READ_CHARACTERS = 40_000
_HEADING = re.compile(r"^(={2,6})\s*(.+?)\s*\1\s*$")
_MATH = re.compile(r"\{\\[a-z]*style|\\(?:frac|text|mathrm|left|begin)\b")
_SPACE = re.compile(r"[ \t\u00a0\u202f\u2009]+")
_UNSPOKEN = re.compile(r"[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e]")
_ENDS = re.compile(r"[.!?。！？؟।][\"'”’»」』)）]*$")
_CASED = re.compile(r"^[\"'“‘«(]?[a-zà-öø-ÿа-яё]")


@dataclass(frozen=True)
class Sentence:
    """One sentence of an article as it stands there, and where.

    `place` counts in the article, `number` in its section.
    """

    text: str
    section: str
    paragraph: int
    place: int
    number: int
    opens: bool

    @property
    def is_lead(self) -> bool:
        return not self.section


def read_part(extract: str) -> str:
    """What is read of an extract: its beginning, up to the end of a line."""
    if len(extract) <= READ_CHARACTERS:
        return extract
    return extract[:READ_CHARACTERS].rpartition("\n")[0] or extract[:READ_CHARACTERS]


def sentences_of(extract: str, language: str) -> list[Sentence]:
    """The prose of an extract, in order."""
    found: list[Sentence] = []
    in_section: Counter[str] = Counter()
    place = 0
    for paragraph, (section, line) in enumerate(_paragraphs(read_part(extract))):
        for begun, text in enumerate(sentences(line, language)):
            # What is left out has its place too: nothing leans on what came before it.
            place += 1
            if is_prose(text):
                number = in_section[section]
                in_section[section] += 1
                found.append(Sentence(text, section, paragraph, place, number, opens=begun == 0))
    return found


def plain(line: str) -> str:
    """A paragraph without citations, with one kind of space, signs composed."""
    text = unicodedata.normalize("NFC", _UNSPOKEN.sub("", line))
    return _SPACE.sub(" ", CITATION.sub("", text)).strip()


def is_prose(sentence: str) -> bool:
    """Whether a sentence is one of an article's own: whole, calm, without signs of a machine."""
    if not _ENDS.search(sentence) or _CASED.match(sentence) or sentence[0] in ",.;:)]":
        return False
    if VANDALISED.search(sentence) or _MATH.search(sentence) or sentence.endswith(("...", "…")):
        return False
    if re.search(r"[=<>|~^_\\#@*•→]|\s[–—-]\s?$", sentence) or "!" in sentence or "！" in sentence:
        return False
    letters = [c for c in sentence if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(letters) >= 6 and capitals <= 0.4 * len(letters) and _is_pronounceable(sentence)


def _is_pronounceable(sentence: str) -> bool:
    """Latin words of five small letters have a vowel."""
    words = re.findall(r"\b[a-z]{5,}\b", sentence)
    return all(re.search(r"[aeiouy]", word) for word in words)


def _paragraphs(extract: str) -> Iterator[tuple[str, str]]:
    """(heading, line) of every line of prose; the lead's heading is blank."""
    section, is_apart, apart_level = "", False, 9
    for line in extract.split("\n"):
        line = plain(line)
        if heading := _HEADING.match(line):
            level = len(heading[1])
            if is_apart and level > apart_level:
                continue
            section = heading[2]
            is_apart, apart_level = bool(NO_PROSE.match(section)), level
        elif line and not is_apart and _ENDS.search(line):
            yield section, line
