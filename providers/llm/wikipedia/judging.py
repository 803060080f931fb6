"""What a sentence is worth to who asked, by itself and beside those that are told already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.reading.length import weight
from providers.llm.wikipedia.asked import Asked
from providers.llm.wikipedia.cues.cues import Cues, pattern
from providers.llm.wikipedia.cues.headings import CAUSES, PROCESSES
from providers.llm.wikipedia.matching import Words, content_words, stem
from providers.llm.wikipedia.shorten import spoken_form
from providers.llm.wikipedia.text import Sentence

SHORTEST = 22
# So many signs of a sentence say what it begins with.
HEAD = 24
# A line that is taken in at once.
EASY = 80
# What it is, is no fact about it.
_OF_DEFINITIONS = {"facts": -0.7, "who": 1.0, "what": 1.0, "none": 0.4}
_NAMES = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-Я][\w'’-]+")
_NUMBER = re.compile(r"\d+(?:[.,\u066b]\d+)*")
_YEAR = re.compile(r"\b[12]\d{3}\b|\d{2,4}\s?(?:년|年)")


@dataclass(frozen=True)
class Told:
    """A sentence in the form in which it would be told, and what it is worth."""

    source: Sentence
    text: str
    worth: float
    surprise: float
    answers: bool
    stands_alone: bool
    names_subject: bool
    words: Words

    @property
    def place(self) -> int:
        return self.source.place


class Judge:
    """What a sentence is worth to who asked."""

    def __init__(self, asked: Asked, cues: Cues, title: str) -> None:
        self._asked = asked
        self._cues = cues
        self._title = [stem(word) for word in content_words(title, asked.language)]
        stems = [stem(word) for word in asked.words]
        of_title = Words(title)
        # What is asked of the subject counts more than the subject itself.
        self._crux = [word for word in stems if not of_title.has(word)]
        self._stems = stems
        self.explains = asked.asks in ("why", "how")
        # Of an explanation: where most of it stands.
        self.section: str | None = None

    def told(self, sentence: Sentence) -> Told | None:
        """None where it cannot be told."""
        text = spoken_form(sentence.text, self._cues, kept=self._kept())
        if text is None or weight(text) < SHORTEST:
            return None
        words = Words(text)
        surprise = self._surprise(text)
        answer = self._answer(sentence, text, words, surprise)
        return Told(
            source=sentence,
            text=text,
            worth=answer + self._worth(sentence, text, words),
            surprise=surprise,
            answers=answer > 0.2,
            stands_alone=self._stands_alone(sentence, text, words),
            names_subject=Words(text[:HEAD]).share(self._title) >= 0.5,
            words=words,
        )

    def worth_of(self, unit: Sequence[Told], chosen: dict[int, Told]) -> float:
        """Of each of some sentences that can only be told together."""
        worths = [self.worth_beside(told, chosen.values()) for told in unit]
        return sum(worths) / len(worths) - 0.15 * (len(worths) - 1)

    def worth_beside(self, told: Told, chosen: Iterable[Told]) -> float:
        """Less where the same was said, or one section after another is not heard."""
        worth = told.worth
        others = list(chosen)
        for other in others:
            mine, its = told.words.long_stems, other.words.long_stems
            worth -= 2.4 * len(mine & its) / max(len(mine | its), 1)
            if not self.explains and other.source.section == told.source.section:
                worth -= 0.3 * (self._asked.asks != "who")
        if self._asked.asks == "who":
            worth += 0.5 * any(told.place == other.place + 1 for other in others)
        if self.explains:
            # An explanation is told where it stands, sentence upon sentence.
            follows = any(told.place == other.place + 1 for other in others)
            is_there = told.source.section == self.section
            worth += (1.1 if is_there else 0.4) * follows
            worth += 0.7 * (is_there and (told.answers or follows))
            worth -= 0.0 if is_there else 0.3 if told.source.is_lead else 0.9
        return worth

    def _kept(self) -> str | None:
        """What a clause has in it that is not left out: of an explanation, anything."""
        return r"\w" if self.explains else None

    def _worth(self, sentence: Sentence, text: str, words: Words) -> float:
        worth = 0.6 * (words.share(self._title) >= 0.5)
        worth += 0.4 * sentence.is_lead - 0.004 * sentence.place
        if sentence.is_lead and sentence.number == 0:
            worth += {"facts": -0.7, "who": 1.0, "what": 1.0, "none": 0.4}.get(
                self._asked.asks, 0.0
            )
        if self.explains:
            worth -= 0.4 * min(sentence.number, 8)
        worth -= 1.6 * bool(pattern(self._cues.dull).search(text))
        return worth - self._weariness(text)

    def _answer(self, sentence: Sentence, text: str, words: Words, surprise: float) -> float:
        crux = words.share(self._crux)
        heading = Words(sentence.section).share(self._crux or self._stems)
        match self._asked.asks:
            case "why":
                has_cause = bool(pattern(self._cues.because).search(text))
                heading += bool(CAUSES.search(sentence.section))
                return 1.4 * has_cause + 1.6 * crux + 0.7 * heading + 0.9 * (has_cause and crux > 0)
            case "how":
                has_manner = bool(pattern(self._cues.manner).search(text))
                heading += bool(PROCESSES.search(sentence.section))
                return 1.1 * has_manner + 1.4 * crux + 1.1 * heading
            case "who":
                return (
                    1.2 * sentence.is_lead
                    + 0.8 * crux
                    + 0.5 * bool(_YEAR.search(text))
                    + 0.9 * surprise
                )
            case "when":
                return 1.6 * bool(_YEAR.search(text)) + 1.6 * crux + 0.6 * heading
            case "what":
                return 1.4 * sentence.is_lead + 1.2 * crux + 0.4 * surprise
        return 0.9 * surprise + (1.2 * crux + 0.5 * heading if self._crux else 0.0)

    def _surprise(self, text: str) -> float:
        """0–2: superlatives and the like, and one number."""
        strikes = len(pattern(self._cues.striking).findall(text))
        numbers = len(_NUMBER.findall(text))
        return min(0.7 * strikes, 1.4) + 0.6 * (1 <= numbers <= 3) - 0.3 * (numbers > 4)

    def _stands_alone(self, sentence: Sentence, text: str, words: Words) -> bool:
        """Whether it is understood by itself.

        One that names neither the article's subject nor opens its paragraph is about whatever the
        sentence before it is about: of "Adults weigh 15 kg" that may be one species of many. Of an
        explanation the question says what it is about.
        """
        if pattern(self._cues.leans).match(text.lstrip("\"'“‘«「『¿")):
            return False
        if pattern(self._cues.points_back).search(text):
            return False
        if self._cues.subject and not re.search(self._cues.subject, text):
            return False
        return self.explains or sentence.opens or words.share(self._title) >= 0.5

    def _names_title(self, name: str) -> bool:
        return Words(name).share(self._title) > 0 if self._title else False

    def _weariness(self, text: str) -> float:
        """Length, names one upon another, lists, quotations, years of decrees."""
        names = sum(not self._names_title(name) for name in _NAMES.findall(text))
        return (
            0.007 * max(weight(text) - EASY, 0)
            + 0.01 * max(45 - weight(text), 0)
            + 0.2 * max(names - 2, 0)
            + 0.25 * max(len(re.findall(r"[,、，،]", text)) - 2, 0)
            + 0.5 * bool(re.search(r"[\"“”«»「」『』;:：；؛]", text))
            + 0.3 * max(len(_YEAR.findall(text)) - 1, 0)
        )
