"""Whole outlines: deterministic, each topic its own, nothing said twice, the prompt's words kept."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.plot import PlotRequest
from domain.reading.length import weight
from domain.run import MAX_CUTS
from providers.llm.rules.beats import BEATS, picture_of
from providers.llm.rules.outline import Beat, Topic, outline
from providers.llm.rules.phrases import PHRASES, TopicKind

KINDS: tuple[TopicKind, ...] = get_args(TopicKind)
WORDS = {"ko": "꿀벌", "ja": "桜", "zh": "熊猫", "ar": "القهوة", "hi": "चाय", "ru": "кофе", "uk": "кава", "th": "กาแฟ"}  # fmt: skip


def _request(**wishes: Any) -> PlotRequest:
    return PlotRequest(**{"prompt": "x", "art_style": "", "music_genre": "", "seed": 3, **wishes})


def _outline(words: str, language: str = "en", **wishes: Any) -> list[Beat]:
    topic = {
        k: wishes.pop(k) for k in ("kind", "own_words", "points", "cuts", "title") if k in wishes
    }
    return outline(Topic(words, **topic), language, _request(**wishes))


def _texts(beats: list[Beat]) -> list[str]:
    return [beat.text for beat in beats]


def test_the_same_request_gives_the_same_lines_and_another_seed_others() -> None:
    assert _outline("bees") == _outline("bees")
    films = {tuple(_texts(_outline("bees", seed=seed))) for seed in range(20)}
    assert len(films) >= 18
    assert _outline("bees", revision=1) != _outline("bees")


@pytest.mark.parametrize("language", PHRASES)
def test_neighbouring_topics_are_different_films(language: str) -> None:
    """A hundred topics with one seed: their lines without the subject's own words."""
    word = WORDS.get(language, "kawa")
    films = [_outline(f"{word} {n}", language) for n in range(100)]
    shapes = [
        tuple(text.replace(f"{word} {n}", "").replace(f"{word.title()} {n}", "") for text in texts)
        for n, texts in enumerate(map(_texts, films))
    ]
    assert len(set(shapes)) >= 95
    same_start = sum(a[:2] == b[:2] for a, b in pairwise(shapes))
    assert same_start <= 9
    assert len({shape[0] for shape in shapes}) >= 4


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_film_says_nothing_twice_and_has_its_beats(language: str, kind: TopicKind) -> None:
    for seed in range(6):
        beats = _outline(
            WORDS.get(language, "kawa"), language, kind=kind, num_cuts=MAX_CUTS, seed=seed
        )
        assert len(beats) == MAX_CUTS
        assert len(set(_texts(beats))) == MAX_CUTS
        assert len({beat.beat for beat in beats}) == MAX_CUTS
        assert beats[0].beat == "hook"
        assert beats[-1].beat == "your_turn"
        joined = " ".join(_texts(beats))
        assert "{" not in joined
        assert not re.search(r"[.?!。？！।؟]\s*[.?!。？！।؟,，]", joined), joined
        assert (
            sum(WORDS.get(language, "kawa").lower() in text.lower() for text in _texts(beats)) >= 1
        )


def test_without_phrases_the_prompt_is_said_once_however_many_scenes_are_asked_for() -> None:
    assert _texts(_outline("kawa", "sv", num_cuts=5)) == ["kawa"]
    assert _texts(_outline("kawa", "sv", own_words=("Den är varm.",))) == ["kawa", "Den är varm."]


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("cuts", range(1, MAX_CUTS + 1))
def test_as_many_scenes_as_asked(language: str, cuts: int) -> None:
    assert len(_outline("kawa", language, num_cuts=cuts)) == cuts
    assert len(_outline("kawa", language, num_cuts=cuts, points=5)) == cuts


def test_a_story_goes_from_its_place_to_its_end() -> None:
    order = "hook where who look_closely how years without surprise find_out your_turn".split()
    for seed in range(10):
        places = [order.index(b.beat) for b in _outline("a fox", kind="story", seed=seed)]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Number one. ", "Number two. "), ("ko", "첫 번째. ", "두 번째. "), ("ja", "一つ目。", "二つ目。"), ("ar", "أولًا. ", "ثانيًا. "),
        ("pl", "Po pierwsze. ", "Po drugie. "), ("th", "ข้อที่หนึ่ง ", "ข้อที่สอง "),
    ],
)  # fmt: skip
def test_points_are_counted_in_words(language: str, first: str, second: str) -> None:
    lines = _texts(_outline(WORDS.get(language, "kawa"), language, points=5))
    assert len(lines) == 7
    assert lines[1].startswith(first)
    assert lines[2].startswith(second)
    assert not any(c.isdigit() for c in "".join(lines))


def test_a_list_has_as_many_points_as_it_promises() -> None:
    lines = _texts(_outline("bees", points=3, cuts=8, title="3 facts about bees"))
    assert len(lines) == 5
    assert "3 facts about bees" in lines[0]
    lines = _texts(_outline("bees", points=3, num_cuts=9))
    assert [line.startswith("Number") for line in lines] == [False, True, True, True] + [False] * 5


def test_the_prompts_own_lines_come_first_and_none_is_lost() -> None:
    own = ("The fox is called Rudi.", "He is afraid of the dark.", "One night he looks up.")
    beats = _outline("a fox", kind="story", own_words=own)
    assert _texts(beats)[1:4] == list(own)
    assert [b.beat for b in beats] == ["hook", "own", "own", "own", "your_turn"]
    for cuts in (2, 3, 4):
        said = " ".join(_texts(_outline("a fox", kind="story", own_words=own, num_cuts=cuts)))
        assert all(line in said for line in own)


@pytest.mark.parametrize(
    ("kind", "words", "subject", "own"),
    [
        ("ad", "my bakery in Lyon, fresh bread every morning, open from six", "my bakery in Lyon", ["Fresh bread every morning.", "Open from six."]),
        ("story", "a fox that lost its way, until it met the moon", "a fox that lost its way", ["Until it met the moon."]),
        ("ad", "우리 동네 작은 빵집, 매일 아침 여섯 시에 굽는 빵", "우리 동네 작은 빵집", ["매일 아침 여섯 시에 굽는 빵."]),
        ("ad", "bread, cakes and coffee", "bread, cakes and coffee", []),
        ("general", "the fox who lost its way, until it met the moon", "the fox who lost its way, until it met the moon", []),
        ("ad", "shoes that cost 1,250,000 won in the shop", "shoes that cost 1,250,000 won in the shop", []),
    ],
)  # fmt: skip
def test_a_story_or_an_offer_is_told_in_its_own_clauses(
    kind: TopicKind, words: str, subject: str, own: list[str]
) -> None:
    language = "ko" if "빵" in words else "en"
    beats = _outline(words, language, kind=kind)
    assert [b.text for b in beats if b.beat == "own"] == own
    assert subject.lower() in beats[0].text.lower()


def test_a_film_is_about_its_subject_and_no_litany_of_it() -> None:
    for seed in range(30):
        lines = _texts(_outline("honey bees", seed=seed))
        assert 2 <= sum("honey bees" in line.lower() for line in lines) <= 3


def test_a_question_is_not_put_where_a_thing_belongs() -> None:
    for seed in range(30):
        lines = _texts(_outline("is coffee healthy?", num_cuts=10, seed=seed))
        assert sum("is coffee healthy" in line.lower() for line in lines) == 1


@pytest.mark.parametrize(
    ("language", "prompt", "subject", "told"),
    [
        ("ru", "Сделай видео о чёрных дырах", "чёрных дырах", "о чёрных дырах"),
        ("uk", "Зроби відео про каву", "каву", "про каву"),
        ("pl", "Nakręć film o kawie", "kawie", "o kawie"),
        ("de", "Ein Video über den Mond", "den Mond", "über den Mond"),
    ],
)
@pytest.mark.parametrize("kind", ["general", "facts", "story", "ad"])
def test_a_subject_in_a_case_is_told_with_its_preposition_only(
    language: str, prompt: str, subject: str, told: str, kind: TopicKind
) -> None:
    for seed in range(12):
        lines = _texts(_outline(subject, language, kind=kind, prompt=prompt, seed=seed, num_cuts=9))
        assert told in lines[0]
        assert not any(subject.lower() in line.lower() for line in lines[1:])


def test_a_long_subject_is_said_once_and_by_itself() -> None:
    words = "the long and winding road that leads from the small house by the sea " * 2
    lines = _texts(_outline(words.strip(), num_cuts=6))
    assert lines[0].lower().startswith(words.strip().lower())
    assert all(weight(line) < 120 for line in lines[1:])


def test_a_picture_names_its_subject_first_and_then_the_beat() -> None:
    ideas = {beat: picture_of("coffee", beat, "Hot.") for beat in BEATS}
    assert all(idea.startswith("coffee") for idea in ideas.values())
    assert len(set(ideas.values())) == len(BEATS)
    assert ideas["own"] == "coffee. Hot."
    assert "magnifying glass" in ideas["look_closely"]
    assert "calendar" in ideas["years"]
    assert "empty place" in ideas["without"]
    assert all(
        picture_of("x", b, "y", variant=0) != picture_of("x", b, "y", variant=1)
        for b in BEATS
        if b != "own"
    )


@settings(max_examples=200, deadline=None)
@given(
    st.text(min_size=1, max_size=120).filter(lambda t: any(c.isalnum() for c in t)),
    st.sampled_from(sorted(PHRASES)),
    st.sampled_from([None, *KINDS]),
    st.integers(0, 5),
)
def test_no_subject_is_too_odd(
    words: str, language: str, kind: TopicKind | None, points: int
) -> None:
    beats = _outline(words, language, kind=kind, points=points)
    assert len(beats) >= (points + 2 if points else 5)
    assert all(beat.text.strip() for beat in beats)
