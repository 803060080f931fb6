"""The embedded painter: by keyword, by seed, and never two alike in one video."""

from __future__ import annotations

import numpy as np
import pytest

from domain.assets import ImageRequest
from providers.images.painter.lexicon import subject_of
from providers.images.painter.painter import choose_family, paint


def _request(prompt: str, *, seed: int = 1, sequence: int = 1) -> ImageRequest:
    return ImageRequest(
        prompt=prompt, style="", width=216, height=384, seed=seed, look=7, sequence=sequence
    )


def test_the_same_request_is_the_same_picture() -> None:
    one, two = (np.asarray(paint(_request("sea"))) for _ in range(2))
    assert np.array_equal(one, two)


def test_no_two_pictures_of_a_video_are_alike() -> None:
    pictures = [
        np.asarray(paint(_request("the sea", seed=2000 + n, sequence=n)), np.int16)
        for n in range(1, 7)
    ]
    for index, one in enumerate(pictures):
        for other in pictures[:index]:
            assert np.abs(one - other).mean() > 3


@pytest.mark.parametrize(
    ("prompt", "family"),
    [
        ("바다에 사는 고래", "ocean"),
        ("the ocean at night", "ocean"),
        ("海の波", "ocean"),
        ("우주의 별", "space"),
        ("مدينة كبيرة", "city"),
        ("जंगल में पेड़", "forest"),
        ("Ein Berg im Schnee", "mountains"),
        ("겨울 눈꽃", "snow"),
    ],
)
def test_words_choose_the_scene(prompt: str, family: str) -> None:
    assert choose_family(_request(prompt), subject_of(prompt)) == family


def test_a_noun_inside_another_word_chooses_nothing() -> None:
    assert "ocean" not in subject_of("바다리꽃이피었다").families


def test_there_are_at_least_eight_families() -> None:
    seen = {
        choose_family(_request("", seed=seed, sequence=seed), subject_of(""))
        for seed in range(1, 80)
    }
    assert len(seen) >= 8
