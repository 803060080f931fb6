"""A leading pronoun given its subject, where there is only one that it can be.

That is so in the sentence after a definition: "The octopus is an animal. It has three hearts."
Elsewhere a pronoun may stand for anything in the sentence before it, and is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from providers.llm.wikipedia.cues.cues import Cues, pattern
from providers.llm.wikipedia.matching import Words, stem
from providers.llm.wikipedia.text import Sentence

MAX_SUBJECT_WORDS = 4
_ARTICLES = ("the", "a", "an")
_FIRST = re.compile(r"^(\w+)\s+")


def named(sentences: Sequence[Sentence], title: str, cues: Cues) -> list[Sentence]:
    """The sentences, the second with its subject where the first defines it."""
    result = list(sentences)
    if cues.is_a is None or len(result) < 2 or not result[1].is_lead:
        return result
    first, second = result[0], result[1]
    subject = _defined(first.text, title, cues)
    match = _FIRST.match(second.text)
    verbs = cues.pronouns.get(match[1].lower()) if match else None
    if subject and match and verbs and first.paragraph == second.paragraph:
        phrase, verb = subject
        if re.fullmatch(verbs, verb) and not _another(second.text):
            result[1] = replace(second, text=f"{phrase} {second.text[match.end() :]}")
    return result


def _defined(text: str, title: str, cues: Cues) -> tuple[str, str] | None:
    """(subject, verb) of a definition that begins with the article's own subject."""
    bare = re.sub(r"\s?\([^()]*\)", "", text)
    match = pattern(cues.is_a or "(?!)").search(bare)
    if not match:
        return None
    phrase, verb = bare[: match.start()].strip(), match[0].strip()
    words = re.findall(r"[\w'’-]+", phrase)
    stems = [stem(word) for word in re.findall(r"\w+", re.sub(r"\(.*", "", title))]
    if not 1 <= len(words) <= MAX_SUBJECT_WORDS or re.search(r"[,;:]", phrase):
        return None
    of_title = Words(title)
    odd = [place for place, word in enumerate(words) if not of_title.has(stem(word))]
    is_itself = all(_may_stand_beside(words[place], first=place == 0) for place in odd)
    return (phrase, verb) if is_itself and Words(phrase).share(stems) == 1.0 else None


def _may_stand_beside(word: str, *, first: bool) -> bool:
    """Articles, and more of a name: not "Near the octopus is …"."""
    return word.lower() in _ARTICLES or (not first and word[0].isupper())


def _another(text: str) -> bool:
    """Of "It is thought that …", "It was in 1912 that …" the pronoun stands for nothing."""
    return bool(
        re.match(r"It (?:is|was|has been|may be|seems|appears)\b.*\b(?:that|to|for)\b", text)
    )
