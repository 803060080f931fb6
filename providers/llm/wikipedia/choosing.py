"""Which sentences of an article answer a prompt.

A sentence that leans on the one before it ("They have …") is told only right after that one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.facts import Known
from domain.reading.length import weight
from providers.llm.wikipedia.asked import Asked
from providers.llm.wikipedia.cues.cues import Cues
from providers.llm.wikipedia.cues.languages import UNKNOWN, UNKNOWN_DEFINITION, cues_of
from providers.llm.wikipedia.judging import Judge, Told
from providers.llm.wikipedia.matching import Words
from providers.llm.wikipedia.shorten import COMFORTABLE, spoken_form
from providers.llm.wikipedia.subject import named
from providers.llm.wikipedia.text import Sentence

FEWEST = 3
# So many sentences are told for the sake of one that leans on them.
MOST_LEANING = 2
# What a sentence must be worth beside others to be told at all: of an explanation, of a topic, and
# where so many scenes are asked for or the film is still short.
WORTH_EXPLAINING, WORTH, WORTH_NEEDED = 1.2, 0.1, -0.6


@dataclass(frozen=True)
class Room:
    """How much may be told: so many sentences, or for so long."""

    sentences: int | None
    weight: float

    def has_room_for(self, more: int, told: int) -> bool:
        """Whether so many sentences can be told beside others."""
        return self.sentences is None or told + more <= self.sentences

    def is_half_empty(self, chosen: Iterable[Told]) -> bool:
        return sum(weight(told.text) for told in chosen) < 0.6 * self.weight

    def is_full(self, chosen: Iterable[Told]) -> bool:
        told = list(chosen)
        if self.sentences is not None:
            return len(told) >= self.sentences
        return sum(weight(t.text) for t in told) >= self.weight - COMFORTABLE / 2


def choose(
    sentences: Sequence[Sentence],
    asked: Asked,
    title: str,
    *,
    room: Room,
    known: Known,
    unwanted: Collection[str] = (),
) -> list[Told]:
    """The sentences to be told, in the article's order; fewer where it has no more to say.

    None has a number or a word that is not `known`, or is one of the lines that are `unwanted`.
    """
    cues = cues_of(asked.language)
    if cues is UNKNOWN:
        return _opening(sentences, cues, room)
    judge = Judge(asked, cues, title)
    able = (told for told in map(judge.told, named(sentences, title, cues)) if told)
    every = {
        told.place: told
        for told in able
        if not known.lacks(told.text) and not any(line in told.text for line in unwanted)
    }
    judge.section = _strongest(every.values()) if judge.explains else None
    # A numbered fact is understood by itself, while there are such.
    chosen = _filled({}, every, judge, room, alone=asked.points > 0)
    chosen = _filled(chosen, every, judge, room, alone=False)
    return [chosen[place] for place in sorted(chosen)]


def _filled(
    chosen: dict[int, Told], every: dict[int, Told], judge: Judge, room: Room, *, alone: bool
) -> dict[int, Told]:
    """What is chosen, and the best of the rest until the room is full."""
    chosen = dict(chosen)
    while not room.is_full(chosen.values()):
        units = [
            unit
            for unit in _units(every, chosen, alone=alone)
            if room.has_room_for(len(unit), len(chosen))
        ]
        best = max(units, key=lambda unit: judge.worth_of(unit, chosen), default=[])
        if not best or judge.worth_of(best, chosen) < _least(judge, room, chosen):
            break
        chosen |= {told.place: told for told in best}
    return chosen


def _least(judge: Judge, room: Room, chosen: dict[int, Told]) -> float:
    """What another sentence is worth at least: less, where there is little yet."""
    if judge.explains and room.sentences is None:
        least = WORTH_EXPLAINING if len(chosen) >= FEWEST else WORTH
        return least / 2 if room.is_half_empty(chosen.values()) else least
    if room.sentences is not None or room.is_half_empty(chosen.values()):
        return WORTH_NEEDED
    return WORTH


def _units(every: dict[int, Told], chosen: dict[int, Told], *, alone: bool) -> Iterator[list[Told]]:
    """What can be told next: a sentence, or one with those that it leans on, unless `alone`."""
    for told in every.values():
        if told.place in chosen or (alone and not told.stands_alone):
            continue
        if unit := _with_what_it_leans_on(told, chosen, every):
            yield unit


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
        if (
            before is None
            or before.source.paragraph != told.source.paragraph
            or len(unit) > MOST_LEANING
        ):
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


def _opening(sentences: Sequence[Sentence], cues: Cues, room: Room) -> list[Told]:
    """The first sentences as they come: what leans on another has it before it."""
    chosen: list[Told] = []
    for sentence in sentences:
        text = spoken_form(sentence.text, cues if chosen else UNKNOWN_DEFINITION)
        if room.is_full(chosen) or text is None or not sentence.is_lead:
            break
        chosen.append(Told(sentence, text, 1.0, 0.0, True, not chosen, not chosen, Words(text)))
    return chosen
