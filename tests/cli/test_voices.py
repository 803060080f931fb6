"""The voices on the command line: listed, heard, and what cannot be heard said."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import pytest

from cli import voices
from cli.errors import BAD_USAGE, CliError


async def test_voices_are_listed_by_language(capsys: pytest.CaptureFixture[str]) -> None:
    await voices.list_voices(language="ko", as_json_object=True)
    rows = json.loads(capsys.readouterr().out)["voices"]
    found = {row["id"]: row for row in rows}
    assert found["kokoro-jm_kumo"]["accent"] == "Japanese"
    assert found["kokoro-jm_kumo"]["experimental"]
    assert found["kokoro-jm_kumo"]["lacks"] is None
    assert found["espeak-f2"]["languages"] == ["mul"]
    assert "hibari-heart" not in found
    await voices.list_voices(language="de", as_json_object=False)
    said = capsys.readouterr().out
    assert "pico-de-DE" in said
    assert "kokoro-jm_kumo" not in said


async def test_a_voice_introduces_itself(tmp_path: Path) -> None:
    out = tmp_path / "voice.wav"
    await voices.save_sample("hibari-heart", out, language=None)
    with wave.open(str(out)) as file:
        assert file.getnframes() > 1.5 * file.getframerate()


async def test_what_cannot_be_heard_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "voice.wav"
    with pytest.raises(CliError, match="there is no voice 'heard'; there are"):
        await voices.save_sample("heard", out, language=None)
    with pytest.raises(CliError, match="hibari-heart speaks en, not 'ko'") as refused:
        await voices.save_sample("hibari-heart", out, language="ko")
    assert refused.value.code == BAD_USAGE
    with pytest.raises(CliError, match="cannot be written"):
        await voices.save_sample("espeak-f2", tmp_path / "no" / "voice.wav", language="en")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CliError, match="use --sample espeak-f2"):
        await voices.play_sample("espeak-f2", language=None)
