"""Japanese morae, particles and the sounds that lean on the next."""

from __future__ import annotations

import pytest

from providers.tts.espeak_process import ipa
from providers.tts.phonemes.line import phonemes


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["今日は", "晴れ。"], ["kʲoː βa", "haɾe."]),
        (["学校へ", "本を"], ["ɡaʔkoː e", "hoɴ o"]),
        (["三", "年間"], ["san", "neŋkaɴ"]),
        (["新聞、"], ["ɕimbɯɴ,"]),
        (["猫", "が", "鳴く"], ["neko", "ɡa", "nakɯ"]),
        (["読んで", "います。"], ["jonde", "imasɨ."]),
        (["お茶", "の", "客"], ["oʨa", "no", "kʲakɯ"]),
        (["ファイト", "ティー", "ウィーン"], ["ɸaito", "tʲiː", "βiːɴ"]),
        (["ラーメン？"], ["ɾaːmeɴ?"]),
    ],
)
def test_a_line_is_read_as_it_is_said(line: list[str], said: list[str]) -> None:
    assert phonemes(line, "ja", ipa=ipa) == said


def test_a_word_over_two_units_is_shared_out() -> None:
    """The dictionary knows 東京都庁 by its parts, wherever a caption cuts it."""
    whole = phonemes(["東京都"], "ja", ipa=ipa)[0].replace(" ", "")
    cut = phonemes(["東", "京都"], "ja", ipa=ipa)
    assert "".join(cut).replace(" ", "") == whole
    assert all(cut)
