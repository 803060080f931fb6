"""The embedded planner: a supplied script word for word, or an honest outline of a topic."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from domain.plot import Plot, PlotRequest, PlotRow, TextType
from domain.reading.model import Reading, Thought
from domain.reading.text import cleaned
from domain.run import MAX_SCRIPT_SCENES, Mode
from providers.base import Call, Embedded
from providers.errors import InvalidProviderRequest
from providers.llm.rules.beats import picture_of
from providers.llm.rules.cases import told_in
from providers.llm.rules.outline import Beat, Topic, outline
from providers.llm.rules.phrases import NAMES, PHRASES, TopicKind
from providers.llm.rules.request import Wish, reading_of
from providers.llm.rules.sharing import grouped
from providers.llm.rules.staging import picture, planned_ms, rests, sounds
from providers.llm.rules.tone import emotion_of, mood_of

MAX_TITLE = 80
MAX_VISUAL = 300
MAX_PICTURED_SUBJECT = 160
MAX_ROWS_PER_SCENE = 4
_CODE_POINT = re.compile(r"U\+([0-9A-F]{4,6})")


class RulesPlanner(Embedded):
    """Writes plots without a model. It claims nothing about a topic that the prompt does not."""

    name = "rules"
    model = "rules-2"

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises `InvalidProviderRequest` where a finding cannot be mended by rules."""
        call.report(0.0, "writing the plot")
        return await asyncio.to_thread(write_plot, request)

    async def aclose(self) -> None:
        """Nothing is held."""


def write_plot(request: PlotRequest) -> Plot:
    """A plot for any prompt that can be read. Raises as `RulesPlanner.write`."""
    if request.previous and request.findings:
        return _mended(request.previous, request)
    wish = Wish.of(reading_of(request))
    language = wish.reading.language
    if wish.is_script:
        scenes = _script_scenes(wish.reading, request)
        pictures = [picture(scene) for scene in scenes]
    else:
        beats = outline(_topic(wish), language, request)
        scenes = [[Thought(text=beat.text)] for beat in beats]
        pictures = [_picture(beat, wish.subject, request) for beat in beats]
    return _plot(scenes, pictures, wish, request)


def _script_scenes(reading: Reading, request: PlotRequest) -> list[list[Thought]]:
    scenes = grouped(list(reading.thoughts), request.num_cuts or MAX_SCRIPT_SCENES)
    return [_few_rows(scene) for scene in scenes]


def _few_rows(scene: list[Thought]) -> list[Thought]:
    """No more lines than a scene may have where that can be: neighbours of one speaker are said
    as one."""
    if len(scene) <= MAX_ROWS_PER_SCENE:
        return scene
    turns = [list(turn) for _, turn in groupby(scene, key=lambda thought: thought.speaker)]
    if len(turns) >= MAX_ROWS_PER_SCENE:
        return [_as_one(turn) for turn in turns]
    share = MAX_ROWS_PER_SCENE // len(turns)
    return [_as_one(group) for turn in turns for group in grouped(turn, share)]


def _as_one(thoughts: list[Thought]) -> Thought:
    wished = [thought.wished_ms for thought in thoughts]
    return Thought(
        text=" ".join(thought.text for thought in thoughts),
        speaker=thoughts[0].speaker,
        directions=tuple(d for thought in thoughts for d in thought.directions),
        wished_ms=sum(w for w in wished if w) if all(wished) else None,
    )


def _topic(wish: Wish) -> Topic:
    kinds: dict[str, TopicKind] = {
        **{"story": "story", "ad": "ad", "facts": "facts", "why": "why", "how": "how"},
        **{"what": "what", "who": "what", "when": "what"},
    }
    kind = "facts" if wish.points else kinds.get(wish.reading.asks)
    title = wish.reading.title
    return Topic(wish.subject, kind, wish.own_words, wish.points, wish.cuts, title)


def _plot(
    scenes: Sequence[Sequence[Thought]], pictures: Sequence[str], wish: Wish, request: PlotRequest
) -> Plot:
    cast, named = _cast(wish.reading, request), bool(wish.reading.speakers)
    rows, visuals = list[PlotRow](), {}
    for number, scene in enumerate(scenes, start=1):
        scene_id = f"scene_{number}"
        rows += [_row(number, thought, cast, named=named) for thought in scene]
        visual = _with_emoji_named(pictures[number - 1])[:MAX_VISUAL].strip()
        visuals[scene_id] = visual or wish.subject[:MAX_VISUAL]
    words = f"{cleaned(request.prompt)} {request.music_genre}"
    return Plot(
        title=_title(_named(wish, request)),
        language=wish.reading.language,
        mood=mood_of(words, advertises=request.mode is Mode.AD),
        source="script" if wish.is_script else "outline",
        rows=tuple(rows),
        visuals=visuals,
        appearances={},
        rests=rests(scenes),
        sounds=sounds(scenes),
    )


def _cast(reading: Reading, request: PlotRequest) -> list[str]:
    """The names of who speaks, in order: those that the script names, else made-up ones."""
    if reading.speakers:
        return list(reading.speakers)
    phrases = PHRASES.get(reading.language.split("-")[0].lower())
    return list(phrases.names if phrases else NAMES)[: request.num_characters]


def _row(number: int, thought: Thought, cast: list[str], *, named: bool) -> PlotRow:
    """A line: said by whom the script names, told beside those, or the cast's in turns."""
    speaker = thought.speaker or ("" if named else cast[(number - 1) % len(cast)])
    is_dialogue = thought.speaker is not None or (len(cast) > 1 and not named)
    return PlotRow(
        scene_id=f"scene_{number}",
        char_id=f"char_{cast.index(speaker) + 1}" if speaker else "",
        char_name=speaker,
        text=thought.text,
        text_type=TextType.DIALOGUE if is_dialogue else TextType.NARRATION,
        emotion=emotion_of(" ".join([*thought.directions, thought.text])),
        duration_ms=planned_ms(thought),
    )


def _picture(beat: Beat, subject: str, request: PlotRequest) -> str:
    """An outline's lines say little: its subject comes first, then what the beat looks like."""
    short = subject.strip(" ?？؟¿")[:MAX_PICTURED_SUBJECT] or subject[:MAX_PICTURED_SUBJECT]
    return picture_of(short, beat.beat, beat.text, variant=request.seed + request.revision)


def _with_emoji_named(text: str) -> str:
    """A picture cannot be found by an emoji, but by its name."""
    return "".join(
        f" {unicodedata.name(c, '').lower()} " if unicodedata.category(c) == "So" else c
        for c in text
    )


def _named(wish: Wish, request: PlotRequest) -> str:
    """The title; of a subject in a case with its preposition: `O kawie`, `Über den Mond`."""
    title = wish.reading.title or wish.subject
    offers = wish.reading.asks == "ad"
    if wish.is_script or title.lower() != wish.subject.lower():
        return title
    return told_in(request.prompt, wish.subject, wish.reading.language, offers=offers) or title


def _title(subject: str) -> str:
    title = subject.replace("\n", " ").strip()
    if len(title) > MAX_TITLE:
        cut = title[:MAX_TITLE].rsplit(" ", 1)[0]
        title = f"{cut.rstrip(' ,.;:')}…"
    return title[:1].upper() + title[1:]


def _mended(previous: Plot, request: PlotRequest) -> Plot:
    """The plot with only the scenes that a finding names written anew.

    All that rules can mend is a sign that cannot be drawn; it is left out where it is no letter.
    """
    named = {finding.scene_id for finding in request.findings}
    unwanted = {
        chr(int(code, 16))
        for finding in request.findings
        for code in _CODE_POINT.findall(finding.message)
    }
    rows = [
        _without(row, unwanted) if None in named or row.scene_id in named else row
        for row in previous.rows
    ]
    return previous.model_copy(update={"rows": tuple(rows)})


def _without(row: PlotRow, unwanted: set[str]) -> PlotRow:
    letters = sorted(c for c in unwanted if c in row.text and c.isalpha())
    text = "".join(c for c in row.text if c not in unwanted).strip()
    if letters or not text:
        named = ", ".join(f"{c!r}" for c in letters or sorted(unwanted))
        raise InvalidProviderRequest(
            f"{row.scene_id}: the caption fonts cannot draw {named}; "
            'ask for the video without captions ("captions": "off")'
        )
    return row.model_copy(update={"text": text})
