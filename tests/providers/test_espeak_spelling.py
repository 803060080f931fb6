"""Korean and Japanese reach the engine as they are said."""

from __future__ import annotations

import shutil
from pathlib import Path

import espeakng_loader
import pytest

from domain.assets import SpeechRequest
from providers.base import Uncounted
from providers.tts.espeak_process import ipa
from providers.tts.espeak_spelling import spelled_for_espeak
from providers.tts.espeak_voice import EspeakVoice


def test_a_final_b_before_n_is_said_m() -> None:
    """합니다 is said "hamnida"; the engine alone says "hapnida"."""
    said, *_ = ipa([spelled_for_espeak("합니다", "ko")], "ko")
    assert "m" in said
    assert "p" not in said.replace("ph", "")


def test_korean_is_spelled_as_it_sounds() -> None:
    """Every syllable stays one, and what is no Hangul stays as it is."""
    assert spelled_for_espeak("꽃 한 송이, 신라 AI", "ko") == "꼬 탄 송이, 실라 AI"


@pytest.mark.parametrize("text", ["海は塩辛い", "東京タワー", "人工知能"])
def test_no_kanji_reaches_the_engine(text: str) -> None:
    said = spelled_for_espeak(text, "ja")
    assert said
    assert not any("\u3400" <= c <= "\u9fff" for c in said)


async def test_the_engine_works_from_a_long_path_with_hangul(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses data paths beyond about 160 characters, so it is given a short one."""
    folder = tmp_path / ("긴" * 30) / ("x" * 120)
    shutil.copytree(espeakng_loader.get_data_path(), folder / "espeak-ng-data")
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: folder / "espeak-ng-data")
    request = SpeechRequest(text="바다는 짭니다", language="ko")
    media = await EspeakVoice().synthesize(request, call=Uncounted())
    assert media.duration_ms
    assert media.degraded is None
