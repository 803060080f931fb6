"""The order in which chosen sentences are told: hook, facts, the surprising one, close.

A question is its own hook, in the prompt's words; its answer keeps the article's order, for one
sentence explains the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.plot import Plot, PlotRequest, PlotRow, TextType
from domain.reading.length import spoken_ms, weight
from domain.sources import Source
from providers.llm.rules.phrases import NAMES, PHRASES
from providers.llm.rules.tone import emotion_of, mood_of
from providers.llm.wikipedia.asked import Asked
from providers.llm.wikipedia.cues.languages import cues_of
from providers.llm.wikipedia.judging import Told
from providers.llm.wikipedia.shorten import breaths

MAX_TITLE = 80
MAX_VISUAL = 300
LONGEST_HOOK = 120
# Of a film that asks for no number of scenes.
MOST = 10
# "Why the sea is salty" is the name of an answer, not a question.
_NOT_ASKED = re.compile(
    r"(?:why|how|when|what|who)\s+(?!(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|"
    r"had|many|much|long|old|far|big|fast|deep)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """What one scene says; `told` is None where it is the prompt's own words."""

    text: str
    told: Told | None = None


def lines_of(chosen: Sequence[Told], asked: Asked) -> list[Line]:
    """In the order in which they are told, one for each scene."""
    if opening := own_hook(asked):
        rest = list(chosen) if asked.asks != "facts" else _surprise_last(chosen)
        lines = [Line(told.text, told) for told in rest]
        if asked.points:
            lines = [Line(f"{n}. {line.text}", line.told) for n, line in enumerate(lines, 1)]
        return [Line(opening), *lines]
    first = _hook(chosen)
    rest = _surprise_last([told for told in chosen if told is not first])
    ordered = rest if first is None else [first, *rest]
    return [Line(told.text, told) for told in ordered]


def own_hook(asked: Asked) -> str | None:
    """A question, or "5 facts about bees", as the prompt has it; None for a bare topic."""
    subject = (asked.title if asked.points else asked.subject).strip()
    if not (asked.is_question or asked.points) or weight(subject) > LONGEST_HOOK:
        return None
    text = subject[:1].upper() + subject[1:]
    if not asked.is_question or text[-1:] in "?？؟" or _NOT_ASKED.match(text):
        stop = "。" if asked.language[:2] in ("ja", "zh") else "."
        return text if text[-1:] in ".?!？。؟" else text + stop
    return text + {"ja": "？", "zh": "？", "ar": "؟"}.get(asked.language[:2], "?")


def plot_of(
    scenes: Sequence[Sequence[str]],
    asked: Asked,
    source: Source,
    request: PlotRequest,
    *,
    credit: str,
    note: str | None,
) -> Plot:
    """The plot of some scenes' lines."""
    names = _cast(asked.language, request.num_characters)
    rows, visuals = [], {}
    for number, lines in enumerate(scenes, start=1):
        scene_id = f"scene_{number}"
        rows += [_row(scene_id, line, names, number - 1) for line in lines]
        visuals[scene_id] = _visual(source.title, lines)
    return Plot(
        title=_title(asked),
        language=asked.language,
        mood=mood_of(f"{request.prompt} {request.music_genre}", advertises=False),
        source="sourced",
        rows=tuple(rows),
        visuals=visuals,
        sources=(source,),
        credit=credit,
        note=note,
    )


def in_scenes(lines: Sequence[Line], cuts: int | None) -> list[list[str]]:
    """The lines of each scene: as many scenes as asked. A long sentence is two lines of its scene,
    or two scenes where there are too few; the hook goes in with the first where there are too many.
    """
    scenes = [list(breaths(line.text)) for line in lines]
    if cuts is None:
        return scenes[:MOST]
    while len(scenes) > cuts:
        shortest = min(range(len(scenes) - 1), key=lambda i: _length(scenes[i] + scenes[i + 1]))
        scenes[shortest : shortest + 2] = [scenes[shortest] + scenes[shortest + 1]]
    while len(scenes) < cuts:
        parted = next((i for i, scene in enumerate(scenes) if len(scene) > 1), None)
        if parted is None:
            break
        scenes[parted : parted + 1] = [scenes[parted][:1], scenes[parted][1:]]
    return scenes


def _length(lines: Sequence[str]) -> int:
    return sum(weight(line) for line in lines)


def _hook(chosen: Sequence[Told]) -> Told | None:
    """The most surprising sentence that stands alone, is short, and has nothing leaning on it."""
    able = [
        told
        for told in chosen
        if told.stands_alone
        and weight(told.text) <= LONGEST_HOOK
        and not _is_leant_on(told, chosen)
    ]
    return max(able, key=_strength, default=None)


def _strength(told: Told) -> float:
    """As a hook: what it is about is heard at once, and it is more than a definition."""
    is_definition = told.source.is_lead and told.source.number == 0
    return told.surprise + 1.5 * told.names_subject - 0.8 * is_definition


def _surprise_last(chosen: Sequence[Told]) -> list[Told]:
    """The same, the most surprising of them last but one, where it can be moved."""
    told = list(chosen)
    able = [t for t in told[:-1] if t.stands_alone and not _is_leant_on(t, chosen)]
    if len(told) < 4 or not able or not told[-1].stands_alone:
        return told
    best = max(able, key=lambda t: t.surprise)
    told.remove(best)
    told.insert(-1, best)
    return told


def _is_leant_on(told: Told, chosen: Sequence[Told]) -> bool:
    return any(t.place == told.place + 1 and not t.stands_alone for t in chosen)


def _cast(language: str, characters: int) -> list[str]:
    phrases = PHRASES.get(language.split("-")[0].lower())
    return list(phrases.names if phrases else NAMES)[:characters]


def _row(scene_id: str, line: str, names: Sequence[str], turn: int) -> PlotRow:
    who = turn % len(names)
    return PlotRow(
        scene_id=scene_id,
        char_id=f"char_{who + 1}",
        char_name=names[who],
        text=line,
        text_type=TextType.DIALOGUE if len(names) > 1 else TextType.NARRATION,
        emotion=emotion_of(line),
        duration_ms=spoken_ms(line),
    )


def _visual(title: str, lines: Sequence[str]) -> str:
    """The subject first, then what is said of it."""
    subject = re.sub(r"\s*[(（].*", "", title)
    return f"{subject}. {' '.join(lines)}"[:MAX_VISUAL].strip()


def _title(asked: Asked) -> str:
    title = asked.title.strip(" .。")
    if len(title) > MAX_TITLE:
        title = f"{title[:MAX_TITLE].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"
    return title[:1].upper() + title[1:]


def credit_of(source: Source, *, aloud: bool) -> str:
    """Where the words are from, in the film's language: for a card, or to be said."""
    cues = cues_of(source.language)
    return (cues.line if aloud else cues.card).format(title=source.title)
