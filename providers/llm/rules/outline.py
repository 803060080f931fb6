"""An outline of a topic: it asks, invites and imagines, and claims nothing the prompt does not."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.plot import PlotRequest
from domain.reading.length import weight
from domain.reading.model import Thought
from domain.run import MAX_CUTS
from providers.llm.rules import questions
from providers.llm.rules.beats import BeatName
from providers.llm.rules.cases import told_in
from providers.llm.rules.forms import Subject, has_place
from providers.llm.rules.phrases import PHRASES, Phrases, TopicKind
from providers.llm.rules.sharing import grouped

DEFAULT_CUTS = 5
# A subject that takes longer to say is a line of its own, and is not said again.
MAX_SPOKEN_SUBJECT = 90
MAX_REPEATED_SUBJECT = 40
MAX_NAMED_BETWEEN = 2
_MIN_CLAUSE = 8
_CLAUSE = re.compile(r"(?<=[^\s\d])(?:[,;:]\s+|\s+[–—-]\s+|[，、；：،؛।]\s*)(?=\S)")
# The dramatic order of the beats; those of one group come in any.
_TELLING: tuple[tuple[BeatName, ...], ...] = (
    ("where",),
    ("who",),
    ("look_closely",),
    ("how",),
    ("years",),
    ("without",),
    ("surprise",),
    ("find_out",),
)
_ASKING: tuple[tuple[BeatName, ...], ...] = (
    ("look_closely", "where", "who", "how", "years", "without", "surprise"),
    ("find_out",),
)
_DOING: tuple[tuple[BeatName, ...], ...] = (
    ("where",),
    ("look_closely", "who", "how"),
    ("years", "without", "surprise"),
    ("find_out",),
)

# How it begins, and which comes first of a list, stand first.
_LISTING: tuple[tuple[BeatName, ...], ...] = (
    ("where",),
    ("look_closely", "who", "how", "years", "without", "surprise"),
    ("find_out",),
)
_ORDERS: dict[TopicKind, tuple[tuple[BeatName, ...], ...]] = {
    "story": _TELLING,
    "how": _DOING,
    "facts": _LISTING,
}


@dataclass(frozen=True)
class Topic:
    """What an outline is of. `own_words` are lines of the prompt, told as they stand.

    A list promises as many `points`, and its `title` says of what: "5 facts about bees".
    """

    subject: str
    kind: TopicKind | None = None
    own_words: tuple[str, ...] = ()
    points: int = 0
    cuts: int | None = None
    title: str | None = None


@dataclass(frozen=True)
class Beat:
    """A line that is said, and what it does in the film."""

    text: str
    beat: BeatName


def outline(topic: Topic, language: str, request: PlotRequest) -> list[Beat]:
    """Opening, lines between, closing: as many as there are to be scenes.

    The same request gives the same lines; another seed, revision or subject gives others.
    """
    code = language.split("-")[0].lower()
    phrases = PHRASES.get(code)
    if phrases is None:
        return _own_words(topic, request.num_cuts)
    subject, own = _parted(topic, code, request.prompt)
    wanted = request.num_cuts or _scenes(topic, own)
    kind = topic.kind or kind_of(subject, topic.points)
    chance = random.Random(f"{request.seed}/{request.revision}/{code}/{kind}/{subject.text}")
    # What the prompt says itself comes before a closing.
    count = max(wanted - 2, 1 if own and wanted == 2 else 0)
    between = _between(kind, phrases, subject, own, count, chance)
    if topic.points:
        space = "" if code in ("ja", "zh") else " "
        between = [
            Beat(f"{ordinal}{space}{line.text}", line.beat)
            for ordinal, line in zip(phrases.ordinals[: topic.points], between, strict=False)
        ] + between[topic.points :]
    pool = phrases.pool(kind)
    named = Subject.of(topic.title, code) if topic.points and topic.title else subject
    opening = Beat(_opening(named, pool.openings, chance), "hook")
    closing = Beat(_said(_repeatable(pool.closings, subject), subject, chance), "your_turn")
    return [opening, *between, closing][: max(wanted, 1)]


def _scenes(topic: Topic, own: Sequence[str]) -> int:
    """A list has a scene for each of its points, however long the film was wished."""
    if topic.points:
        return min(max(topic.points, len(own)) + 2, MAX_CUTS)
    return topic.cuts or max(DEFAULT_CUTS, len(own) + 2)


def kind_of(subject: Subject, points: int) -> TopicKind:
    """By the subject's own words: a list, a question why or how, another question, or none."""
    if points:
        return "facts"
    asked = questions.asks(subject.text, subject.language)
    if asked == "other":
        return "what"
    return asked or questions.wants(subject.text) or "general"


def _opening(subject: Subject, openings: Sequence[str], chance: random.Random) -> str:
    if weight(subject.text) > MAX_SPOKEN_SUBJECT:
        return subject.said_in("{Q}")
    fitting = [line for line in openings if subject.fits(line)]
    return _said(fitting or openings, subject, chance)


def _said(
    fitting: Sequence[str], subject: Subject, chance: random.Random, *, named: bool | None = None
) -> str:
    """One of the phrases; if `named` is given, one that has the subject, or has it not."""
    wanted = [line for line in fitting if named is None or has_place(line) is named]
    return subject.said_in(chance.choice(wanted or fitting))


def _repeatable(phrases: Sequence[str], subject: Subject) -> list[str]:
    """What may stand after the opening: a question or a long subject is not repeated."""
    is_short = weight(subject.text) <= MAX_REPEATED_SUBJECT and not subject.asks
    return [line for line in phrases if not has_place(line) or (is_short and subject.fits(line))]


def _between(
    kind: TopicKind,
    phrases: Phrases,
    subject: Subject,
    own: Sequence[str],
    count: int,
    chance: random.Random,
) -> list[Beat]:
    """The prompt's own lines first, none lost, then one phrase of a beat, no beat twice."""
    groups = grouped([Thought(text=line) for line in own], count)
    lines = [Beat(" ".join(thought.text for thought in group), "own") for group in groups]
    pool = {b: _repeatable(lines, subject) for b, lines in phrases.pool(kind).between.items()}
    chosen = chance.sample(sorted(pool), min(count - len(lines), len(pool)))
    order: list[BeatName] = []
    for group in _ORDERS.get(kind, _ASKING):
        names = [beat for beat in group if beat in chosen]
        chance.shuffle(names)
        order += names
    named = _naming(order, pool, chance)
    lines += [Beat(_said(pool[b], subject, chance, named=b in named), b) for b in order]
    return lines


def _naming(
    order: Sequence[BeatName], pool: Mapping[BeatName, Sequence[str]], chance: random.Random
) -> set[BeatName]:
    """The beats whose line names the subject again: a film is about it, and no litany of it."""
    able = [beat for beat in order[1:] or order if any(map(has_place, pool[beat]))]
    return set(chance.sample(able, min(len(able), MAX_NAMED_BETWEEN, -(-len(order) // 3))))


def _parted(topic: Topic, language: str, prompt: str) -> tuple[Subject, tuple[str, ...]]:
    """A story or an offer that is told in clauses is said clause by clause."""
    told = told_in(prompt, topic.subject, language, offers=topic.kind == "ad")
    if topic.kind not in ("story", "ad") or told:
        return Subject.of(topic.subject, language, told=told), topic.own_words
    clauses = [clause.strip() for clause in _CLAUSE.split(topic.subject)]
    if len(clauses) < 2 or any(weight(clause) < _MIN_CLAUSE for clause in clauses):
        return Subject.of(topic.subject, language), topic.own_words
    own = tuple(Subject.of(clause, language).said_in("{Q}") for clause in clauses[1:])
    return Subject.of(clauses[0], language), (own + topic.own_words)[: MAX_CUTS - 2]


def _own_words(topic: Topic, cuts: int | None) -> list[Beat]:
    """In a language without phrases the prompt speaks for itself, and says nothing twice."""
    return [Beat(line, "own") for line in (topic.subject, *topic.own_words)][:cuts]
