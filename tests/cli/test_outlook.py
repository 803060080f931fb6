"""The first lines of `make`: what it understood, who makes it, what would help."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.machine import leftovers
from cli.errors import CliError
from cli.outlook import say_makers, say_reading, understood
from cli.settings import CliSettings
from domain.run import RunSpec
from tests.cli.conftest import autoshorts


def told(data_dir: Path, prompt: str, **choices: object) -> list[str]:
    """The lines, with the neural voices."""
    spec = RunSpec.model_validate({"prompt": prompt, **choices})
    lines: list[str] = []
    reading = understood(spec)
    say_reading(reading, lines.append)
    say_makers(CliSettings(data_dir=data_dir, voice="neural"), spec, reading, lines.append)
    return lines


def test_a_topic_is_told_in_three_lines(data_dir: Path) -> None:
    first, second, third = told(data_dir, "make a video about why the sea is salty")
    assert first.startswith("understood: a topic, “")
    assert "sea" in first
    assert first.endswith("English")
    assert second.startswith("plan by rules, pictures by painter, music by synth, voice by ")
    assert second.endswith(": free")
    assert third.startswith("better: facts instead of an outline, with ")
    assert "Wikipedia (AUTOSHORTS_ONLINE=1)" in third


def test_a_script_keeps_its_words_and_needs_no_facts(data_dir: Path) -> None:
    script = "ANNA: Who is it?\nBEN: (laughs) It is me.\nANNA: Come in."
    lines = told(data_dir, script, num_characters=2)
    assert "two speakers; 1 direction is not spoken" in lines[0]
    assert "plan by rules (your words stay)" in lines[1]
    assert "voices by " in lines[1]
    assert "facts" not in lines[2]


def test_a_voice_with_an_accent_is_said_to_have_one(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = told(data_dir, "바다는 왜 짤까")
    assert "Korean" in lines[0]
    assert "a native Korean voice, with ELEVENLABS_API_KEY or OPENAI_API_KEY" in lines[2]
    monkeypatch.setenv("ELEVENLABS_API_KEY", "k" * 20)
    lines = told(data_dir, "바다는 왜 짤까", providers={"voice": "elevenlabs"})
    assert "voice by elevenlabs: about $" in lines[1]
    assert "voice" not in lines[2]


def test_what_is_sent_where_is_said(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOSHORTS_ONLINE", "1")
    lines = told(data_dir, "why the sea is salty")
    assert "plan by wikipedia" in lines[1]
    assert "sent to wikipedia.org" in lines[2]
    assert not [line for line in lines if "facts instead" in line]


def test_what_cannot_be_chosen_is_said(data_dir: Path) -> None:
    with pytest.raises(CliError, match="dalle9"):
        told(data_dir, "why the sea is salty", providers={"images": "dalle9"})


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        pytest.param("(((((", "has nothing in it", id="nothing to say"),
        pytest.param("Rain falls on the roof. " * 800, "several of it", id="too long a film"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_begins(
    data_dir: Path, prompt: str, said: str
) -> None:
    done = autoshorts(data_dir, "make", prompt, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert leftovers(data_dir) == []


def test_the_lines_are_said_before_a_server_is_there(data_dir: Path) -> None:
    done = autoshorts(
        data_dir, "make", "why the sea is salty", "--json", AUTOSHORTS_TEMPORAL_CLI=os.devnull
    )
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("understood: ")
    assert lines[1].startswith("plan by ")
    assert lines[2].startswith("better: ")
