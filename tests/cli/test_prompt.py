"""The prompt as it comes from a file, and the language of who asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.encodings import NotUnicode, decoded
from cli.errors import CliError
from cli.prompt import own_language, read_prompt


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le-bom"])
def test_unicode_in_any_form_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "script.txt"
    text = "바다는 왜 짤까?\nRain falls. 雨が降る。"
    data = b"\xff\xfe" + text.encode("utf-16-le") if "bom" in encoding else text.encode(encoding)
    file.write_bytes(data.replace(b"\n", b"\r\n") if encoding == "utf-8" else data)
    assert read_prompt(None, file) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp949", "바다는 왜 짤까요? 비가 내립니다."),
        ("shift_jis", "雨が降ります。海は青いです。"),
        ("euc_jp", "雨が降ります。海は青いです。"),
        ("gb18030", "海水为什么是咸的呢？因为有盐。"),
        ("big5", "海水為什麼是鹹的呢？因為有鹽。"),
        ("cp1251", "Почему море солёное? Потому что."),
        ("koi8_r", "Почему море солёное? Потому что."),
        ("cp1252", "Où est la forêt? L'été à côté. Größe und Öl."),
        ("cp1250", "Dzień dobry, jestem w Łodzi i piję dużą kawę."),
        ("cp1254", "Deniz neden tuzlu? Yağmur yağıyor, ışık söndü."),
        ("cp1256", "لماذا البحر مالح؟"),
        ("cp874", "ทำไมทะเลถึงเค็ม"),
    ],
)
def test_a_legacy_encoding_is_named(encoding: str, text: str) -> None:
    with pytest.raises(NotUnicode, match=rf"looks like {encoding}: save it as UTF-8"):
        decoded(text.encode(encoding))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(b"\x00\xff\x80\x81abc")
    with pytest.raises(CliError, match=r"film\.mp4 is not UTF-8 text"):
        read_prompt(None, file)


@pytest.mark.parametrize(
    ("environ", "tag"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko-KR"),
        ({"LC_ALL": "pt_BR", "LANG": "en_US.UTF-8"}, "pt-BR"),
        ({"LC_ALL": "", "LC_MESSAGES": "de_DE@euro"}, "de-DE"),
        ({"LANG": "eo"}, "eo"),
        ({"LANG": "C.UTF-8"}, None),
        ({"LC_ALL": "POSIX", "LANG": "ko_KR"}, None),
    ],
)
def test_the_users_language_is_the_locales(environ: dict[str, str], tag: str | None) -> None:
    assert own_language(environ) == tag
