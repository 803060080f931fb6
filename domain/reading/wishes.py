"""What a topic asks for, beside its subject: a kind of film, its length, its scenes, a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.reading.model import Asks
from domain.reading.patterns import Patterns, numbers, patterns_of
from domain.reading.vocabulary import VOCABULARY

MAX_LISTED = 20
MAX_LENGTH_S = 600
_TOP = re.compile(
    r"(?P<number>(?:(?:the|los|las|les|die|i|le|os|as|de) )?"
    r"(?:top|топ|トップ|탑)[ -]?(?P<n>\d{1,2}))(?!\d)\s*",
    re.IGNORECASE,
)
_ROUND = " .。,，、:：;!！-–—।"
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』"), ("‘", "’"), ('"', '"'))
# `Topic: bees` is about bees, in any language.
_TOPIC_LABEL = re.compile(
    r"^(?:topic|prompt|subject|theme|idea|주제|소재|テーマ|お題|主题|主題|题材|tema|asunto|sujet|thème"
    r"|thema|argomento|тема|konu|topik|temat|onderwerp|chủ đề|विषय|الموضوع|موضوع|หัวข้อ)"
    r"\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
_IS_THE = re.compile(r"(?:(?:^|\s)(?:the|la|die|het)\s|l['’]|\sa\s(?=história))\S+$", re.IGNORECASE)
# How the film is to sound or look, behind what it is about.
_MANNER = re.compile(
    r"[,，、]\s*[^,，、]{0,30}(?:music|voice-?over|tone|style|vertical|subtitles|음악|톤으로|스타일|자막"
    r"|音楽|雰囲気|字幕|音乐|风格|música|tono|estilo|musique|style|musik|stil|музык|стил|musica|müzik"
    r"|muzyk|muziek|nhạc|संगीत|शैली|موسيقى|أسلوب|เพลง|สไตล์)[^,，、]{0,15}$",
    re.IGNORECASE,
)
# A topic, and the command round it, is not longer.
_MAX_ASKED = 300


@dataclass(frozen=True)
class Wish:
    """A sentence that asks for a film, taken apart."""

    phrase: str
    """Without command and length, its count still there: what a title may say."""
    subject: str
    asks: Asks = "none"
    commanded: bool = False
    cuts: int | None = None
    length_s: int | None = None
    points: int = 0


def wish_of(sentence: str, language: str) -> Wish:
    """What one sentence of a prompt asks for, in a BCP 47 `language` or in English."""
    text = _TOPIC_LABEL.sub("", " ".join(sentence.split()), count=1)
    if len(text) > _MAX_ASKED:
        return Wish(phrase=text, subject=text)
    primary = language.split("-")[0].lower()
    for tag in dict.fromkeys(t for t in (primary, "en") if t in VOCABULARY):
        wish = _in_language(text, tag)
        if wish.commanded or wish.points or wish.asks != "none" or tag == "en":
            return wish
    return Wish(phrase=_plain(text) or text, subject=_plain(text) or text)


def is_instruction(sentence: str, language: str) -> bool:
    """Whether a sentence beside a command only says how the film is to be."""
    primary = language.split("-")[0].lower()
    tags = (tag for tag in (primary, "en") if tag in VOCABULARY)
    patterns = (pattern for tag in tags if (pattern := patterns_of(tag).instruction))
    return any(pattern.match(sentence) for pattern in patterns)


def introduces_script(sentence: str, language: str) -> bool:
    """`Make a video of this script:`, and the like: what follows is to be kept."""
    if len(sentence) > _MAX_ASKED or not sentence.rstrip().endswith((":", "：")):
        return False
    primary = language.split("-")[0].lower()
    tags = (tag for tag in (primary, "en") if tag in VOCABULARY)
    return any(patterns_of(tag).introduction.search(sentence) for tag in tags)


def _in_language(text: str, tag: str) -> Wish:
    patterns = patterns_of(tag)
    shorter, length_s = _length(text, patterns)
    shorter, cuts = _cuts(shorter, patterns, tag)
    command = _commanded(shorter, patterns)
    is_wish = command is not None or length_s is not None
    phrase, asked = command or (shorter if is_wish else text, None)
    if is_wish:
        phrase = _MANNER.sub("", phrase)
    if command and length_s is None:
        phrase, length_s = _taken_length(phrase, patterns.last_length, patterns)
    phrase = _plain(phrase) or _plain(text) or text
    subject, points = _count(phrase, patterns, tag)
    subject, named = _without_genre(subject, patterns)
    return Wish(
        phrase=phrase,
        subject=subject,
        asks=asked or named or _asks(subject, points, patterns),
        commanded=is_wish,
        cuts=cuts if is_wish else None,
        length_s=length_s,
        points=points,
    )


def _length(text: str, patterns: Patterns) -> tuple[str, int | None]:
    """A length is the film's only beside a word for it."""
    for pattern in patterns.lengths:
        shorter, length_s = _taken_length(text, pattern, patterns)
        if length_s:
            return shorter, length_s
    return text, None


def _taken_length(
    text: str, pattern: re.Pattern[str], patterns: Patterns
) -> tuple[str, int | None]:
    match = pattern.search(text)
    if match is None:
        return text, None
    number = int(match["n"]) * (60 if patterns.minute.fullmatch(match["unit"]) else 1)
    if not 3 <= number <= MAX_LENGTH_S:
        return text, None
    return " ".join(f"{text[: match.start('len')]} {text[match.end('len') :]}".split()), number


def _commanded(text: str, patterns: Patterns) -> tuple[str, Asks | None] | None:
    """What is left of a command, and the kind of film that it names."""
    for pattern in patterns.commands:
        match = pattern.match(text)
        if match and any(c.isalnum() for c in match["x"]):
            named = match.groupdict().get("object") or ""
            is_story = bool(named and patterns.story.search(named))
            if is_story and _IS_THE.search(text[: match.end("object")]):
                # `The history of Rome` is a topic, not a tale that is asked for.
                continue
            is_ad = bool(named and patterns.ad.search(named))
            return match["x"], "story" if is_story else "ad" if is_ad else None
    return None


def _cuts(phrase: str, patterns: Patterns, tag: str) -> tuple[str, int | None]:
    match = patterns.cuts.search(phrase)
    number = _number(match["n"], tag) if match else None
    if not match or not number:
        return phrase, None
    return " ".join(f"{phrase[: match.start()]} {phrase[match.end() :]}".split()), number


def _count(phrase: str, patterns: Patterns, tag: str) -> tuple[str, int]:
    match = _TOP.match(phrase) or patterns.count.search(phrase)
    number = _number(match["n"], tag) if match else None
    if not match or not number or not 2 <= number <= MAX_LISTED:
        return phrase, 0
    begin, end = match.span("number")
    left = _plain(
        f"{phrase[:begin]} {phrase[end:]}" if _is_spaced(tag) else phrase[:begin] + phrase[end:]
    )
    for pattern in patterns.about_plain:
        if (found := pattern.match(left)) and any(c.isalnum() for c in found["x"]):
            return _plain(found["x"]), number
    return left or phrase, number


def _without_genre(subject: str, patterns: Patterns) -> tuple[str, Asks | None]:
    """`여우 이야기` is a story, and what it is about is the fox."""
    for kind, pattern in patterns.genres:
        if match := pattern.match(subject):
            return match["x"].strip(), kind
    return subject, None


def _asks(subject: str, points: int, patterns: Patterns) -> Asks:
    for kind, pattern in patterns.asks:
        if pattern.search(subject):
            return kind
    if points:
        return "facts"
    if patterns.story.search(subject) and patterns.story.search(subject[-12:]):
        return "story"
    if patterns.ad.search(subject[-12:]):
        return "ad"
    return "what" if subject.endswith(("?", "？", "؟")) else "none"


def _plain(text: str) -> str:
    """Without the marks that stand round a phrase; a question keeps its own."""
    text = " ".join(text.split()).strip(_ROUND)
    for opening, closing in _QUOTES:
        if text.startswith(opening) and text.endswith(closing) and len(text) > 2:
            inner = text[1:-1]
            if opening not in inner and closing not in inner:
                return inner.strip(" .。,，")
    return text


def _number(text: str, tag: str) -> int | None:
    if text.isdecimal():
        return int(text)
    return numbers(tag).get(text.lower())


def _is_spaced(tag: str) -> bool:
    return tag in ("ko",) or VOCABULARY[tag].spaced
