"""The embedded planner: a supplied script word for word, or an honest outline of a topic."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Sequence

from domain.plot import Plot, PlotRequest, PlotRow, TextType
from domain.run import MAX_SCRIPT_SCENES, Mode
from providers.base import Call, Embedded
from providers.errors import InvalidProviderRequest
from providers.llm.rules.beats import picture_of
from providers.llm.rules.language import detect_language
from providers.llm.rules.outline import Beat, Topic, outline
from providers.llm.rules.phrases import NAMES, PHRASES, TopicKind
from providers.llm.rules.request import Kind, Wish, cleaned, understand
from providers.llm.rules.script import Thought, grouped, spoken_ms, thoughts_of
from providers.llm.rules.tone import emotion_of, mood_of

MAX_TITLE = 80
MAX_VISUAL = 300
MAX_PICTURED_SUBJECT = 160
MAX_ROWS_PER_SCENE = 4
_CODE_POINT = re.compile(r"U\+([0-9A-F]{4,6})")


class RulesPlanner(Embedded):
    """Writes plots without a model. It claims nothing about a topic that the prompt does not."""

    name = "rules"
    model = "rules-1"

    async def write(self, request: PlotRequest, *, call: Call) -> Plot:
        """Raises `InvalidProviderRequest` where a finding cannot be mended by rules."""
        call.report(0.0, "writing the plot")
        return await asyncio.to_thread(write_plot, request)

    async def aclose(self) -> None:
        """Nothing is held."""


def write_plot(request: PlotRequest) -> Plot:
    """A plot for any prompt that a `RunSpec` allows. Raises as `RulesPlanner.write`."""
    if request.previous and request.findings:
        return _mended(request.previous, request)
    text = cleaned(request.prompt)
    language = request.language or detect_language(text)
    wish = understand(text, request.mode)
    if wish.script is not None:
        scenes = _script_scenes(wish.script, request)
        pictures = [" ".join(thought.text for thought in scene) for scene in scenes]
    else:
        beats = outline(_topic(wish), language, request)
        scenes = [[Thought(beat.text)] for beat in beats]
        pictures = [_picture(beat, wish.subject, request) for beat in beats]
    return _plot(scenes, pictures, wish, language, request, text)


def _script_scenes(script: str, request: PlotRequest) -> list[list[Thought]]:
    thoughts = thoughts_of(script, request.num_characters)
    scenes = grouped(thoughts, request.num_cuts or MAX_SCRIPT_SCENES)
    return [_few_rows(scene) for scene in scenes]


def _few_rows(scene: list[Thought]) -> list[Thought]:
    """No more lines than a scene may have; neighbours of one speaker are said as one."""
    if len(scene) <= MAX_ROWS_PER_SCENE:
        return scene
    return [
        Thought(" ".join(thought.text for thought in group), group[0].speaker)
        for group in grouped(scene, MAX_ROWS_PER_SCENE)
    ]


def _topic(wish: Wish) -> Topic:
    kinds: dict[Kind, TopicKind] = {Kind.STORY: "story", Kind.AD: "ad"}
    return Topic(wish.subject, kinds.get(wish.kind), wish.own_words, wish.points, wish.cuts)


def _plot(
    scenes: Sequence[Sequence[Thought]],
    pictures: Sequence[str],
    wish: Wish,
    language: str,
    request: PlotRequest,
    text: str,
) -> Plot:
    cast = _cast(scenes, language, request)
    rows, visuals = [], {}
    for number, scene in enumerate(scenes, start=1):
        scene_id = f"scene_{number}"
        for thought in scene:
            speaker = thought.speaker or cast[(number - 1) % request.num_characters]
            rows.append(_row(scene_id, thought, speaker, cast, request))
        visual = _with_emoji_named(pictures[number - 1])[:MAX_VISUAL].strip()
        visuals[scene_id] = visual or wish.subject[:MAX_VISUAL]
    return Plot(
        title=_title(wish.subject),
        language=language,
        mood=mood_of(f"{text} {request.music_genre}", advertises=request.mode is Mode.AD),
        source="script" if wish.script is not None else "outline",
        rows=tuple(rows),
        visuals=visuals,
        appearances={},
    )


def _cast(scenes: Sequence[Sequence[Thought]], language: str, request: PlotRequest) -> list[str]:
    """The names of who speaks, in order: first those that the script names."""
    named = dict.fromkeys(t.speaker for scene in scenes for t in scene if t.speaker)
    phrases = PHRASES.get(language.split("-")[0].lower())
    spare = [name for name in (phrases.names if phrases else NAMES) if name not in named]
    return [*named, *spare][: max(request.num_characters, len(named))]


def _row(
    scene_id: str, thought: Thought, speaker: str, cast: list[str], request: PlotRequest
) -> PlotRow:
    is_dialogue = thought.speaker is not None or request.num_characters > 1
    return PlotRow(
        scene_id=scene_id,
        char_id=f"char_{cast.index(speaker) + 1}",
        char_name=speaker,
        text=thought.text,
        text_type=TextType.DIALOGUE if is_dialogue else TextType.NARRATION,
        emotion=emotion_of(thought.text),
        duration_ms=spoken_ms(thought.text),
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
