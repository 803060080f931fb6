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

from providers.llm.wikipedia.sentences import sentences

# Of an article so much is read: more only says more of the same.
READ_CHARACTERS = 40_000
_HEADING = re.compile(r"^(={2,6})\s*(.+?)\s*\1\s*$")
_APART = re.compile(
    r"^(?:see also|references|external links|notes?|sources|bibliography|further reading|citations|"
    r"footnotes|gallery|works cited|filmography|discography|in popular culture|etymology|"
    r"terminology|taxonomy|같이 보기|참고 ?문헌|각주|외부 링크|주석|어원|갤러리|목록|関連項目|脚注|参考文献|外部リンク|"
    r"注釈|出典|語源|関連文献|véase también|referencias|enlaces externos|notas|bibliografía|etimología|"
    r"galería|انظر أيضا|انظر أيضًا|مراجع|المراجع|وصلات خارجية|هوامش|مصادر|معرض صور|أصل الكلمة|"
    r"siehe auch|literatur|weblinks|einzelnachweise|etymologie|voir aussi|références|liens externes|"
    r"notes et références|bibliographie|étymologie|ver também|referências|ligações externas|etimologia|"
    r"note|collegamenti esterni|voci correlate|bibliografia|см\. также|примечания|литература|ссылки|"
    r"этимология|lihat pula|lihat juga|referensi|pranala luar|catatan kaki|参考资料|參考資料|外部链接|外部連結|"
    r"参见|參見|参考文献|注释|註釋|词源)$",
    re.IGNORECASE,
)
_CITATION = re.compile(
    r"\s?\[(?:\d{1,3}|[a-z]|nota \d+|note \d+|注 ?\d+|citation needed|clarification needed|who\?|when\?|"
    r"출처 필요|要出典|cita requerida|بحاجة لمصدر)\]",
    re.IGNORECASE,
)
_MATH = re.compile(r"\{\\[a-z]*style|\\(?:frac|text|mathrm|left|begin)\b")
_SPACE = re.compile(r"[ \t\u00a0\u202f\u2009]+")
_UNSPOKEN = re.compile(r"[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e]")
# What no article's prose has: markup, addresses, shouting, laughing, hands laid on the keys.
_VANDALISED = re.compile(
    r"<\/?\w+[^>]*>|\{\{|\}\}|\[\[|\]\]|https?://|www\.|!!|\?\?|(.)\1{3,}|"
    r"\b(?:lol|lmao|haha\w*|jaja\w*|asdf\w*|qwerty\w*|wtf|poop\w*|sucks|xd|ur mom|hi mom|subscribe|follow me)\b|"
    r"ㅋㅋ|ㅎㅎ|ㅠㅠ|ｗｗ|ww\b|ههه|555",
    re.IGNORECASE,
)
_IPA = re.compile(r"[ɐ-ʯˈˌːθðŋæø]{1}[^)]*[/\]]|/[^/\s]*[ɐ-ʯˈˌː][^/]*/")
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
    for paragraph, (section, line) in enumerate(_paragraphs(read_part(extract))):
        for place, text in enumerate(sentences(line, language)):
            if is_prose(text):
                number = in_section[section]
                in_section[section] += 1
                found.append(
                    Sentence(text, section, paragraph, len(found), number, opens=place == 0)
                )
    return found


def plain(line: str) -> str:
    """A paragraph without citations, with one kind of space, signs composed."""
    text = unicodedata.normalize("NFC", _UNSPOKEN.sub("", line))
    return _SPACE.sub(" ", _CITATION.sub("", text)).strip()


def is_prose(sentence: str) -> bool:
    """Whether a sentence is one of an article's own: whole, calm, without signs of a machine."""
    if not _ENDS.search(sentence) or _CASED.match(sentence) or sentence[0] in ",.;:)]":
        return False
    if _VANDALISED.search(sentence) or _MATH.search(sentence) or sentence.endswith(("...", "…")):
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
            is_apart, apart_level = bool(_APART.match(section)), level
        elif line and not is_apart and _ENDS.search(line):
            yield section, line
