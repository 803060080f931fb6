"""`voices`: which embedded voices there are, and how each sounds."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cli.errors import BAD_USAGE, DONE, CliError
from cli.make import print_line
from domain.assets import SpeechRequest
from domain.voices import ANY_LANGUAGE, Voice
from providers.base import Media, Uncounted
from providers.errors import ProviderError
from providers.tts.embedded_voice import EmbeddedVoice
from providers.tts.samples import sample_of

# What plays a file and ends: ffmpeg's, PulseAudio's, ALSA's, and macOS' own.
PLAYERS = (
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
)


async def list_voices(*, language: str | None, as_json_object: bool) -> int:
    """All of them, or those of one language; what cannot be used here is said."""
    voices, lacking = await asyncio.to_thread(_catalogue)
    shown = [voice for voice in voices if language is None or voice.speaks(language)]
    if as_json_object:
        rows = [{**voice.model_dump(), "lacks": lacking.get(voice.engine)} for voice in shown]
        print_line(json.dumps({"voices": rows}, ensure_ascii=False))
    else:
        _print(shown, lacking)
    return DONE


async def save_sample(voice_id: str, out: Path, *, language: str | None) -> int:
    """Write a WAV in which the voice introduces itself."""
    media = await _spoken(voice_id, language)
    try:
        await asyncio.to_thread(out.write_bytes, media.data)
    except OSError as exc:
        raise CliError(f"{out} cannot be written: {exc.strerror}") from exc
    return DONE


async def play_sample(voice_id: str, *, language: str | None) -> int:
    """Let the voice be heard."""
    player = next((p for p in PLAYERS if shutil.which(p[0])), None)
    if player is None and sys.platform != "win32":
        names = ", ".join(name for name, *_ in PLAYERS)
        raise CliError(f"there is no player here ({names}): use --sample {voice_id} FILE.wav")
    media = await _spoken(voice_id, language)
    await asyncio.to_thread(_play, media.data, player)
    return DONE


def _play(data: bytes, player: tuple[str, ...] | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voice.wav"
        path.write_bytes(data)
        if player is not None:
            subprocess.run([*player, str(path)], check=False)
        elif sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME)


async def _spoken(voice_id: str, language: str | None) -> Media:
    family = EmbeddedVoice()
    try:
        same = [voice for voice in family.voices if voice.id == voice_id]
        samples = [found for voice in same if (found := sample_of(voice, language))]
        if same and not samples:
            known = ", ".join(tag for voice in same for tag in voice.languages)
            raise CliError(f"--language: {voice_id} speaks {known}, not {language!r}", BAD_USAGE)
        tag, sentence = samples[0] if samples else ("en", "Hello.")
        request = SpeechRequest(text=sentence, language=tag, voice_id=voice_id)
        return await family.synthesize(request, call=Uncounted())
    except ProviderError as exc:
        raise CliError(str(exc)) from exc


def _catalogue() -> tuple[tuple[Voice, ...], dict[str, str]]:
    family = EmbeddedVoice()
    return family.voices, family.lacking


def _print(voices: list[Voice], lacking: dict[str, str]) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("VOICE", "LANGUAGES", "SEX", "ENGINE", "LICENCE", ""):
        table.add_column(heading, no_wrap=heading in ("VOICE", "LICENCE"))
    for voice in voices:
        remarks = (
            f"{voice.accent} accent" if voice.accent else "",
            "experimental" if voice.experimental else "",
            "not here" if voice.engine in lacking else "",
        )
        table.add_row(
            voice.id,
            ", ".join(voice.languages).replace(ANY_LANGUAGE, "any"),
            voice.sex,
            voice.engine,
            voice.licence,
            ", ".join(filter(None, remarks)),
        )
    console = Console(highlight=False)
    console.print(table)
    for engine, lack in lacking.items():
        console.print(f"{engine} cannot be used here: {lack}", markup=False, soft_wrap=True)
