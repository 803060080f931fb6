"""What a prompt asks for: a finished script, or a topic with a few wishes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from domain.run import MAX_CUTS, Mode
from providers.llm.rules.script import sentences_of, weight

MAX_TOPIC = 160
SECONDS_PER_CUT = 4.0
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_FORMATTING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\ufffc]")

_NUMBER = r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_WORDS = "one two three four five six seven eight nine ten".split()
_DURATION = re.compile(
    r"(?:\b(?:in|for|a|an|of)\s+)?(\d{1,3})\s*[- ]?\s*"
    r"(seconds?|secs?|s|minutes?|mins?|초|분|秒|分钟|分|segundos?|minutos?|secondes?|sekunden?)"
    r"(?:짜리|間|的|의|\s*long)?(?![\w가-힣])",
    re.IGNORECASE,
)
_CUTS = re.compile(
    rf"(?:\b(?:in|with)\s+)?{_NUMBER}\s*[- ]?\s*"
    r"(?:scenes?|cuts?|장면|컷|シーン|个场景|escenas?|scènes?|szenen?)"
    r"(?:으로|로)?(?![\w가-힣])",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"^{_NUMBER}\s+\w+|(\d{{1,2}})\s*(?:가지|개|つ|選|个|種類)",
    re.IGNORECASE,
)
_VIDEO = r"(?:videos?|shorts?|reels?|clips?|films?|movies?|tiktoks?)"
_COMMANDS = (
    re.compile(
        r"^(?:please\s+|can you\s+|could you\s+)?(?:make|create|generate|produce|write|give)\s+"
        rf"(?:me\s+|us\s+)?(?:(?:a|an|the|some)\s+)?(?:[\w-]+\s+){{0,4}}?{_VIDEO}\s*"
        r"(?:(?:about|on|of|for|explaining|showing|that explains)\s+)?",
        re.IGNORECASE,
    ),
    re.compile(rf"^(?:(?:a|an)\s+)?(?:[\w-]+\s+)?{_VIDEO}\s+(?:about|on)\s+", re.IGNORECASE),
    re.compile(r"^(?:tell me|explain|talk|teach me)\s+(?:about\s+|to me\s+)?", re.IGNORECASE),
    re.compile(
        r"^(?:haz(?:me)?|crea|faz|faça|crie|fais|fais-moi|crée|mach|erstelle|buat(?:kan)?)\s+"
        r"(?:\w+\s+){0,3}?(?:v[ií]deo|short|clip|film|video)s?\s+"
        r"(?:corto\s+|curto\s+)?(?:sobre|de|sur|über|tentang|acerca de|à propos de)\s+",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:에\s*대(?:한|해|해서|하여)|에\s*관(?:한|해|해서)|의|을|를)?\s*(?:짧은\s*|쇼츠\s*|숏폼\s*)*"
        r"(?:영상|동영상|비디오|쇼츠|숏츠|숏폼)\s*(?:하나\s*)?(?:을|를)?\s*(?:좀\s*)?"
        r"(?:만들어|제작해|생성해)\s*(?:줘|주세요|줄래|봐)?(?:요)?[.!]?$"
    ),
    re.compile(
        r"(?:에\s*대(?:해|해서|하여)|에\s*관(?:해|해서))\s*(?:설명|이야기|얘기)?\s*(?:해|알려)\s*(?:줘|주세요)[.!]?$"
    ),
    re.compile(
        r"(?:についての?|の|を)?(?:短い)?(?:動画|ショート|ビデオ)を?(?:作って|作成して)(?:ください)?[。！]?$"
    ),
    re.compile(r"について(?:教えて|説明して)(?:ください)?[。！]?$"),
    re.compile(
        r"^(?:请|帮我|给我)*(?:制作|做|生成|创建)(?:一个|一段|个)?(?:关于|介绍)?(?:的)?(?=.)(?!.*(?:视频|短片)的)"
    ),
    re.compile(r"的?(?:短)?(?:视频|短片)[。！]?$"),
)
_INSTRUCTION = re.compile(
    r"^(?:please\s+)?(?:use|keep|add|include|make it|make sure|no\s+\w+\s+please|avoid)\b",
    re.IGNORECASE,
)
_QUESTION_WORDS = re.compile(
    r"^(?:why|how|what|who|when|where|which|is|are|can|do|does|should|warum|wie|was|wer|wann|wo|"
    r"pourquoi|comment|qu['’]|que|quel|por\s?qu[eê]|cómo|como|qué|quién|почему|как|что|क्यों|कैसे|"
    r"لماذا|كيف|ما\b|هل|mengapa|kenapa|bagaimana|apa)",
    re.IGNORECASE,
)
_ASKS_INSIDE = re.compile(
    r"(?:^|\s)(?:왜|어떻게|무엇|뭐|언제|어디|누가|누구)|なぜ|どう|何が|为什么|怎么|什么|如何|क्यों|कैसे"
)
_KOREAN_STORY = re.compile(r"이야기$|동화$")
_STORY = re.compile(
    r"^(?:a |the )?(?:\w+ )?(?:story|tale|fairy tale)(?: (?:about|of))? ", re.IGNORECASE
)


class Kind(Enum):
    """How a topic is told."""

    TOPIC = "topic"
    QUESTION = "question"
    STORY = "story"
    AD = "ad"


@dataclass(frozen=True)
class Wish:
    """A prompt, understood. `script` is set for a text that is to be kept as it stands."""

    subject: str
    script: str | None = None
    kind: Kind = Kind.TOPIC
    cuts: int | None = None
    points: int = 0
    own_words: tuple[str, ...] = field(default=())


def cleaned(prompt: str) -> str:
    """The prompt without what can be neither read nor said; lines stay lines."""
    text = unicodedata.normalize("NFC", prompt.replace("\r\n", "\n").replace("\r", "\n"))
    text = _FORMATTING.sub(
        "", _ESCAPE_SEQUENCE.sub("", text).replace("\t", " ").replace("\u2028", "\n")
    )
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def understand(text: str, mode: Mode) -> Wish:
    """What a cleaned prompt asks for."""
    sentences = [s for line in text.split("\n") for s in sentences_of(line)]
    cuts, plain = _wished_cuts(sentences[0]) if sentences else (None, text)
    commanded, first = _without_command(plain)
    if not commanded:
        cuts, first = None, sentences[0] if sentences else text
        if _is_script(text, sentences):
            return Wish(subject=_title(first), script=text)
    rest = tuple(s for s in sentences[1:] if not (commanded and _INSTRUCTION.match(s)))
    subject = first.strip(" .。!！,，、\"'“”") or text.replace("\n", " ")
    kind = _kind(subject, mode)
    if kind is Kind.STORY:
        subject = _KOREAN_STORY.sub("", _STORY.sub("", subject)).strip() or subject
    return Wish(
        subject=subject,
        kind=kind,
        cuts=cuts,
        points=_points(subject),
        own_words=rest,
    )


def _is_script(text: str, sentences: list[str]) -> bool:
    lines = text.count("\n") + 1
    return len(sentences) >= 3 or lines >= 2 or weight(text) > MAX_TOPIC


def _without_command(sentence: str) -> tuple[bool, str]:
    result = sentence
    for command in _COMMANDS:
        result = command.sub("", result, count=1).strip()
    changed = result != sentence
    if not any(c.isalnum() for c in result):
        return False, sentence
    return changed, result


def _wished_cuts(text: str) -> tuple[int | None, str]:
    """How many scenes the prompt itself asks for, and the prompt without the wish."""
    cuts = None
    if match := _DURATION.search(text):
        number, unit = int(match[1]), match[2].lower()
        is_minutes = unit[0] in "m분" or unit in ("分", "分钟")
        cuts = round(number * (60 if is_minutes else 1) / SECONDS_PER_CUT)
        text = text[: match.start()] + text[match.end() :]
    if match := _CUTS.search(text):
        cuts = _number(match[1])
        text = text[: match.start()] + text[match.end() :]
    return (min(max(cuts, 1), MAX_CUTS) if cuts else None), " ".join(text.split())


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS.index(text.lower()) + 1


def _points(subject: str) -> int:
    """How many things a list promises, as in "5 facts about bees"; 0 where it is none."""
    match = _LIST.search(subject)
    return min(_number(match[1] or match[2]), MAX_CUTS - 2) if match else 0


def _kind(subject: str, mode: Mode) -> Kind:
    if mode is Mode.AD:
        return Kind.AD
    if mode is Mode.STORY or _STORY.match(subject) or _KOREAN_STORY.search(subject):
        return Kind.STORY
    asks = subject.endswith(("?", "？", "؟")) or _QUESTION_WORDS.match(subject)
    return Kind.QUESTION if asks or _ASKS_INSIDE.search(subject) else Kind.TOPIC


def _title(sentence: str) -> str:
    return sentence.strip(" .。\"'“”")
