"""A supplied text as thoughts: the user's words, none lost and none changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Measured against speech: about twelve seconds in any script (embedded.md, section 1.3).
MAX_THOUGHT = 150
MIN_THOUGHT = 9
# Weighted characters per second of speech, roughly the same in every script.
WEIGHT_PER_SECOND = 13.0
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|No|Nr|Sra?|M|Mme|bzw|z\.B|d\.h|approx)"
    r"|\b[A-Z]|^\s*\d{1,3})\.$"
)
_SENTENCE_END = re.compile(r"(?:[.!?…]+|[。！？｡।॥؟۔]+)[\"'”’»」』)\]】]*")
_CLOSING_QUOTES = "\"'”’»」』"
# A quotation and the Korean or Japanese words that report it are one thought.
_REPORTS = re.compile(r"^\s*(?:라고|라며|라는|하고|이라고|고\s|と|という)")
_BULLET = re.compile(r"^\s*(?:[-*•‣◦▪·]\s+|(?:\d{1,2}|[①-⑳])[.)、:]\s*|[①-⑳]\s*)")
_SPEAKER = re.compile(r"^\s*([^\s:：\d][^:：\n]{0,19}?)\s*[:：]\s*(?=\S)(?!//)")
_BREAK = re.compile(
    r"[,;:，、；：،؛—–]\s*|\s(?=(?:and|but|because|which|while|so|or|y|pero|porque|et|mais|und|aber|weil)\s)"
    r"|(?<=[고며만데면서])\s",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Thought:
    """One thing that is said, and by whom where the text names somebody."""

    text: str
    speaker: str | None = None


def weight(text: str) -> int:
    """How long a text takes to read or say: a wide letter counts double."""
    return len(text) + len(_WIDE.findall(text))


def spoken_ms(text: str) -> int:
    """About how long a line takes to say."""
    return min(max(round(1000 * weight(text) / WEIGHT_PER_SECOND), 1000), 600_000)


def sentences_of(text: str) -> list[str]:
    """Sentences of one paragraph, each with its own closing marks."""
    found, begin = [], 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if not _ends_a_sentence(text, begin, match):
            continue
        found.append(text[begin:end].strip())
        begin = end
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]


def thoughts_of(text: str, characters: int) -> list[Thought]:
    """One per thought; short ones join the next, long ones part at a clause.

    Labels such as `Anna:` name speakers where they recur, or where two `characters` are asked
    for; elsewhere they are words like any other.
    """
    paragraphs = [line for line in text.split("\n") if line.strip()]
    speakers = _speakers(paragraphs, characters)
    thoughts: list[Thought] = []
    for paragraph in paragraphs:
        match = _SPEAKER.match(paragraph)
        speaker = match[1] if match and match[1] in speakers else None
        words = paragraph[match.end() :] if match and speaker else _BULLET.sub("", paragraph)
        pieces = [piece for sentence in _joined(sentences_of(words)) for piece in _parted(sentence)]
        thoughts += [Thought(piece, speaker) for piece in pieces]
    return thoughts


def grouped(thoughts: list[Thought], count: int) -> list[list[Thought]]:
    """At most `count` neighbouring groups of about equal length, each of at least one."""
    count = min(count, len(thoughts))
    groups: list[list[Thought]] = []
    rest, left = list(thoughts), sum(weight(thought.text) for thought in thoughts)
    for still in range(count, 0, -1):
        group: list[Thought] = []
        aim, got = left / still, 0.0
        while rest and len(rest) >= still:
            length = weight(rest[0].text)
            if group and got + length / 2 > aim and still > 1:
                break
            group.append(rest.pop(0))
            got += length
        left -= int(got)
        groups.append(group)
    return groups


def _ends_a_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    before, after = text[begin : match.end()], text[match.end() :]
    is_reported = match[0][-1] in _CLOSING_QUOTES and after.lstrip()[:1].islower()
    if is_reported or _REPORTS.match(after):
        return False
    if match[0].startswith("."):
        glued = bool(after) and not after[0].isspace()
        return not glued and not (match[0] == "." and _ABBREVIATION.search(before))
    return True


def _speakers(paragraphs: list[str], characters: int) -> set[str]:
    """The names that label lines, where it is a dialogue of one or two."""
    labels = [match[1] for line in paragraphs if (match := _SPEAKER.match(line))]
    names = set(labels)
    recurring = len(labels) > len(names) or characters == 2
    is_dialogue = len(labels) >= 2 and len(names) <= 2 and 2 * len(labels) > len(paragraphs)
    return names if is_dialogue and recurring else set()


def _joined(sentences: list[str]) -> list[str]:
    result: list[str] = []
    carried = ""
    for sentence in sentences:
        carried = f"{carried} {sentence}".strip()
        if weight(carried) >= MIN_THOUGHT:
            result.append(carried)
            carried = ""
    if carried and result:
        result[-1] = f"{result[-1]} {carried}"
    elif carried:
        result.append(carried)
    return result


def _parted(sentence: str) -> list[str]:
    """A sentence in pieces that can be said in one breath, at the clause nearest the middle."""
    if weight(sentence) <= MAX_THOUGHT:
        return [sentence]
    places = [match.end() for match in _BREAK.finditer(sentence)]
    places = places or [match.end() for match in re.finditer(r"\s+", sentence)]
    middle = len(sentence) // 2
    inner = [place for place in places if 0.15 < place / len(sentence) < 0.85] or [middle]
    place = min(inner, key=lambda at: abs(at - middle))
    halves = (sentence[:place].strip(), sentence[place:].strip())
    return [piece for half in halves if half for piece in _parted(half)]
