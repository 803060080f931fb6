"""Which sentences of an article answer a prompt, judged one by one and then together.

A sentence that leans on the one before it ("They have …") is told only right after that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.facts import Known
from providers.llm.rules.script import weight
from providers.llm.wikipedia.asked import Asked
from providers.llm.wikipedia.cues.cues import Cues, pattern
from providers.llm.wikipedia.cues.languages import UNKNOWN, cues_of
from providers.llm.wikipedia.matching import Words, content_words, stem
from providers.llm.wikipedia.shorten import COMFORTABLE, spoken_form
from providers.llm.wikipedia.subject import named
from providers.llm.wikipedia.text import Sentence

SHORTEST = 22
# So many signs of a sentence say what it begins with.
HEAD = 24
# A line that is taken in at once.
EASY = 80
FEWEST = 3
# So many sentences are told for the sake of one that leans on them.
MOST_LEANING = 2
# What a sentence must be worth beside others to be told at all: of an explanation, of a topic, and
# where so many scenes are asked for.
WORTH_EXPLAINING, WORTH, WORTH_COUNTED = 1.2, 0.1, -0.6
# Sections that answer "why" and "how", in any language.
_CAUSES = re.compile(
    r"origin|cause|reason|explan|원인|까닭|이유|기원|原因|理由|起源|由来|origen|causa|raz[oó]n|أصل|سبب|أسباب|"
    r"ursache|entstehung|ursprung|причин|происхожд|asal|penyebab",
    re.IGNORECASE,
)
_PROCESSES = re.compile(
    r"process|production|prepar|manufactur|mechani|method|making|brew|만들|제조|조리|과정|원리|방법|製|調理|作り|"
    r"仕組|过程|過程|制作|原理|elabora|producc|proceso|funcionam|التحضير|الإنتاج|إنتاج|طريقة|تصنيع|herstellung|"
    r"verfahren|funktion|fabrication|préparation|produção|lavorazione|приготовл|производств|процесс|pembuatan",
    re.IGNORECASE,
)
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


def choose(
    sentences: Sequence[Sentence], asked: Asked, title: str, *, room: Room, known: Known
) -> list[Told]:
    """The sentences to be told, in the article's order; fewer where it has no more to say.

    None has a number or a word that is not `known`.
    """
    cues = cues_of(asked.language)
    if cues is UNKNOWN:
        return _opening(sentences, asked, cues, room)
    judge = _Judge(asked, cues, title)
    able = (told for told in map(judge.told, named(sentences, title, cues)) if told)
    every = {told.place: told for told in able if not known.lacks(told.text)}
    judge.section = _strongest(every.values()) if judge.explains else None
    chosen: dict[int, Told] = {}
    while not room.is_full(chosen.values()):
        rest = [told for told in every.values() if told.place not in chosen]
        units = [unit for told in rest if (unit := _with_what_it_leans_on(told, chosen, every))]
        best = max(units, key=lambda unit: judge.worth_of(unit, chosen), default=[])
        if not best or judge.worth_of(best, chosen) < judge.least(room, len(chosen)):
            break
        chosen |= {told.place: told for told in best}
    return [chosen[place] for place in sorted(chosen)]


@dataclass(frozen=True)
class Room:
    """How much may be told: so many sentences, or for so long."""

    sentences: int | None
    weight: float

    def is_full(self, chosen: Iterable[Told]) -> bool:
        told = list(chosen)
        if self.sentences is not None:
            return len(told) >= self.sentences
        return sum(weight(t.text) for t in told) >= self.weight - COMFORTABLE / 2


class _Judge:
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

    def least(self, room: Room, chosen: int) -> float:
        """What another sentence is worth at least."""
        if room.sentences is not None:
            return WORTH_COUNTED
        return WORTH_EXPLAINING if self.explains and chosen >= FEWEST else WORTH

    def worth_of(self, unit: Sequence[Told], chosen: dict[int, Told]) -> float:
        """Of each of some sentences that can only be told together."""
        worths = [self.worth_beside(told, chosen.values()) for told in unit]
        return sum(worths) / len(worths) - 0.15 * (len(worths) - 1)

    def worth_beside(self, told: Told, chosen: Iterable[Told]) -> float:
        """Less where the same was said, or where a whole section is told before others are heard."""
        worth = told.worth
        others = list(chosen)
        for other in others:
            mine, its = told.words.long_stems, other.words.long_stems
            worth -= 2.4 * len(mine & its) / max(len(mine | its), 1)
            if not self.explains and other.source.section == told.source.section:
                worth -= 0.3 * (self._asked.asks != "who")
        if self.explains:
            # An explanation is told where it stands, sentence upon sentence.
            follows = any(told.place == other.place + 1 for other in others)
            is_there = told.source.section == self.section
            worth += 0.6 * follows + 0.7 * (is_there and (told.answers or follows))
            worth -= 0.0 if is_there else 0.3 if told.source.is_lead else 0.9
        return worth

    def _kept(self) -> str | None:
        """What a clause that answers has in it."""
        return {"why": self._cues.because, "how": self._cues.manner}.get(self._asked.asks)

    def _worth(self, sentence: Sentence, text: str, words: Words) -> float:
        worth = 0.6 * (words.share(self._title) >= 0.5)
        worth += 0.4 * sentence.is_lead - 0.004 * sentence.place
        # What it is, is no fact about it.
        worth -= 0.7 * (self._asked.asks == "facts" and sentence.place == 0)
        if self.explains:
            worth -= 0.12 * min(sentence.number, 8)
        worth -= 1.6 * bool(pattern(self._cues.dull).search(text))
        return worth - self._weariness(text)

    def _answer(self, sentence: Sentence, text: str, words: Words, surprise: float) -> float:
        crux = words.share(self._crux)
        heading = Words(sentence.section).share(self._crux or self._stems)
        match self._asked.asks:
            case "why":
                has_cause = bool(pattern(self._cues.because).search(text))
                heading += bool(_CAUSES.search(sentence.section))
                return 1.4 * has_cause + 1.6 * crux + 0.7 * heading + 0.9 * (has_cause and crux > 0)
            case "how":
                has_manner = bool(pattern(self._cues.manner).search(text))
                heading += bool(_PROCESSES.search(sentence.section))
                return 1.1 * has_manner + 1.4 * crux + 1.1 * heading
            case "who":
                return 1.2 * sentence.is_lead + 0.8 * crux + 0.5 * bool(_YEAR.search(text)) + surprise / 2
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


def _with_what_it_leans_on(
    told: Told, chosen: dict[int, Told], every: dict[int, Told]
) -> list[Told] | None:
    """The sentence, after those of its paragraph that it needs and that are not chosen; None
    where one of them cannot be told, or where they are many.
    """
    unit = [told]
    while not unit[0].stands_alone:
        place = unit[0].place - 1
        if place in chosen and chosen[place].source.paragraph == told.source.paragraph:
            break
        before = every.get(place)
        if before is None or before.source.paragraph != told.source.paragraph or len(unit) > MOST_LEANING:
            return None
        unit.insert(0, before)
    return unit


def _strongest(every: Iterable[Told]) -> str | None:
    """The section whose best three sentences are worth most."""
    worths: dict[str, list[float]] = {}
    for told in every:
        worths.setdefault(told.source.section, []).append(told.worth)
    best = {section: sum(sorted(found)[-3:]) for section, found in worths.items()}
    return max(best, key=lambda section: best[section], default=None)


def _opening(
    sentences: Sequence[Sentence], asked: Asked, cues: Cues, room: Room
) -> list[Told]:
    """The first sentences as they come: what leans on another has it before it."""
    chosen: list[Told] = []
    for sentence in sentences:
        text = spoken_form(sentence.text, cues)
        if room.is_full(chosen) or text is None or not sentence.is_lead:
            break
        chosen.append(Told(sentence, text, 1.0, 0.0, True, not chosen, not chosen, Words(text)))
    return chosen


def without(sentences: Sequence[Sentence], unwanted: frozenset[str]) -> list[Sentence]:
    """Those whose words are not among lines that were found wanting."""
    return [s for s in sentences if not any(s.text.startswith(line[:24]) for line in unwanted)]

