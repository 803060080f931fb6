"""The embedded planner: word for word, honest, and never at a loss."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.arrangement import build_layout
from domain.plot import PlanFinding, Plot, PlotRequest, TextType
from domain.reading.language import detect_language
from domain.requests import speech_request
from domain.run import Mode, RunSpec
from providers.errors import InvalidProviderRequest
from providers.llm.rules.planner import write_plot


def _plot(prompt: str, **wishes: Any) -> Plot:
    request = PlotRequest(
        **{"prompt": prompt, "art_style": "", "music_genre": "ambient", "seed": 3, **wishes}
    )
    return write_plot(request)


def _texts(plot: Plot) -> list[str]:
    return [row.text for row in plot.rows]


@pytest.mark.parametrize(
    ("script", "scenes"),
    [
        pytest.param("Rain falls. Rivers run. The sea is salty.", 3, id="plain"),
        pytest.param('Mr. Kim paid 3.5 dollars. He left. "Why?" she asked. Nobody knew it.', 3, id="abbreviations"),
        pytest.param('엄마가 "이제 자라."라고 말했다. 나는 눈을 감았다. 고래를 만났다.', 3, id="Korean quotation"),
        pytest.param("雨が降ります。川が流れます。海は塩辛いです。", 3, id="Japanese"),
        pytest.param("هطل المطر على الجبال. جرى النهر. البحر مالح؟", 3, id="Arabic"),
        pytest.param(" ".join(f"This is sentence {n}." for n in range(1, 41)), 40, id="40 sentences"),
    ],
)  # fmt: skip
def test_a_script_is_kept_word_for_word(script: str, scenes: int) -> None:
    plot = _plot(script)
    assert plot.source == "script"
    assert len(plot.visuals) == scenes
    assert "".join(_texts(plot)).replace(" ", "") == script.replace(" ", "")


def test_list_numbers_are_markers() -> None:
    plot = _plot("1. Drink some water first.\n2. Sleep for eight hours.\n3. Walk every day.")
    assert _texts(plot) == ["Drink some water first.", "Sleep for eight hours.", "Walk every day."]


def test_labels_name_the_speakers() -> None:
    plot = _plot("Anna: How are you today?\nBen: I am fine, thanks.\nAnna: Good to hear that.")
    assert [row.char_name for row in plot.rows] == ["Anna", "Ben", "Anna"]
    assert {row.text_type for row in plot.rows} == {TextType.DIALOGUE}
    assert _texts(plot)[0] == "How are you today?"


def test_what_stands_beside_the_words_reaches_the_film() -> None:
    plot = _plot(
        "Anna: Did you see the light?\nNarrator: The sea was calm that night.\n[rain]\n"
        "Ben: I see it now!\n[pause 1s]\nAnna: Let's go home."
    )
    assert [row.char_id for row in plot.rows] == ["char_1", "", "char_2", "char_1"]
    assert plot.rows[1].text_type is TextType.NARRATION
    assert plot.sounds == {"scene_3": "rain"}
    assert plot.rests == {"scene_4_line_1": 1000}
    assert plot.visuals["scene_3"].startswith("rain. ")
    layout = build_layout("run", RunSpec(prompt="x"), plot, seed=3, revisions={})
    assert layout.scenes[2].sfx[0].tag == "rain"
    assert layout.scenes[3].dialogue[0].start_ms == 1000 + layout.scenes[0].dialogue[0].start_ms
    spoken = [
        speech_request(layout, scene.dialogue[0], RunSpec(prompt="x")) for scene in layout.scenes
    ]
    assert [request.speaker for request in spoken] == [0, 2, 1, 0]


def test_one_scene_keeps_every_speakers_words_apart() -> None:
    talk = "\n".join(f"{'Anna' if n % 2 else 'Ben'}: I have said this {n} times." for n in range(8))
    plot = _plot(talk, num_cuts=1)
    assert [row.char_name for row in plot.rows] == ["Ben", "Anna"] * 4


def test_a_wished_time_is_planned_and_what_the_voice_leaves_of_it_is_a_rest() -> None:
    plot = _plot("[0:00-0:05] Coffee begins here.\n[0:05-0:07] Goats dance all night.")
    assert [row.duration_ms for row in plot.rows] == [5000, 2000]
    assert plot.rests == {"scene_2_line_1": 1500}


def test_the_users_language_decides_where_few_words_say_little() -> None:
    assert [_plot("Star Wars", locale=tag).language for tag in (None, "de-DE", "ko")] == [
        *("en", "de", "ko")
    ]


def test_labels_that_are_no_names_stay() -> None:
    plot = _plot("Ingredients: flour and eggs.\nSteps: mix them and bake.")
    assert _texts(plot)[0] == "Ingredients: flour and eggs."


def test_an_explicit_number_groups_sentences() -> None:
    plot = _plot("One is here. Two is here. Three is here. Four is here.", num_cuts=2)
    assert len(plot.visuals) == 2
    assert len(plot.rows) == 4


@pytest.mark.parametrize("cuts", range(1, 11))
@pytest.mark.parametrize("prompt", ["꿀벌", "bees", "Vì sao biển mặn"])
def test_a_topic_gets_as_many_scenes_as_asked(prompt: str, cuts: int) -> None:
    plot = _plot(prompt, num_cuts=cuts)
    assert plot.source == "outline"
    assert len(plot.visuals) == cuts


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("Make a 30 second video about honey bees", "Honey bees"),
        ("꿀벌에 대한 30초 영상 만들어줘", "꿀벌"),
        ("制作一个关于熊猫的短视频", "熊猫"),
        ("how to fall asleep in 30 seconds", "How to fall asleep in 30 seconds"),
    ],
)
def test_the_subject_is_what_is_left_of_a_command(prompt: str, subject: str) -> None:
    plot = _plot(prompt)
    assert plot.title == subject
    assert subject.lower() in " ".join(_texts(plot)).lower()


def test_two_characters_take_turns() -> None:
    plot = _plot("bees", num_characters=2)
    assert [row.char_id for row in plot.rows][:3] == ["char_1", "char_2", "char_1"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("바다는 왜 짤까", "ko"), ("K-pop 역사", "ko"), ("海はなぜ塩辛い", "ja"), ("海水为什么咸", "zh"),
        ("why the sea is salty", "en"), ("coffee", "en"), ("¿Por qué el cielo es azul?", "es"),
        ("Pourquoi le ciel est bleu", "fr"), ("Warum ist der Himmel blau?", "de"),
        ("Por que o céu é azul?", "pt"), ("Почему небо голубое", "ru"), ("Чому небо блакитне, і що це", "uk"),
        ("لماذا السماء زرقاء", "ar"), ("چرا آسمان آبی است", "fa"), ("आसमान नीला क्यों है", "hi"),
        ("ทำไมท้องฟ้าสีฟ้า", "th"), ("Vì sao bầu trời xanh", "vi"), ("Neden gökyüzü mavi", "tr"),
        ("🐳🐳", "en"), ("/etc/passwd", "en"), ("12345", "en"),
    ],
)  # fmt: skip
def test_the_language_is_the_prompts_own(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Nakręć film o kawie", "O kawie"),
        ("Erstelle ein Video über den Mond", "Über den Mond"),
        ("Сделай видео о Москве", "О Москве"),
        ("Erstelle ein Video über Bienen", "Bienen"),
    ],
)
def test_a_title_is_in_no_case_without_its_preposition(prompt: str, title: str) -> None:
    assert _plot(prompt).title == title


def test_an_outlines_pictures_name_the_subject_and_what_the_line_does() -> None:
    plot = _plot("the history of coffee")
    assert all(v.startswith("the history of coffee: ") for v in plot.visuals.values())
    assert len(set(plot.visuals.values())) == len(plot.visuals)


def test_only_the_named_scene_is_written_anew() -> None:
    before = _plot("Rain 𒀀☂ falls here. Rivers run far. The sea is salty.")
    finding = PlanFinding(scene_id="scene_1", message="no caption font draws '☂' (U+2602)")
    after = _plot("x", previous=before, findings=(finding,), revision=1)
    assert after.rows[1:] == before.rows[1:]
    assert "☂" not in after.rows[0].text


def test_letters_that_no_font_draws_are_refused_with_a_way_out() -> None:
    before = _plot("𒀀𒀁 stands here. Rivers run far. The sea is salty.")
    finding = PlanFinding(scene_id="scene_1", message="no caption font draws (U+12000)")
    with pytest.raises(InvalidProviderRequest, match="captions"):
        _plot("x", previous=before, findings=(finding,), revision=1)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=300), st.sampled_from(Mode), st.integers(1, 2))
def test_no_prompt_that_a_spec_allows_is_too_odd(prompt: str, mode: Mode, characters: int) -> None:
    try:
        spec = RunSpec(prompt=prompt, mode=mode)
    except ValidationError:
        return
    with suppress(InvalidProviderRequest):
        assert _plot(spec.prompt, mode=mode, num_characters=characters).rows


@pytest.mark.parametrize(
    "prompt", ["x" * 20_000, "가나다. " * 5000, "a b " * 5000, "\n".join("ab" * 9999)]
)
def test_the_longest_prompt_is_a_plot(prompt: str) -> None:
    plot = _plot(prompt[:20_000])
    assert len(plot.visuals) <= 60
