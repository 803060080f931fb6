"""The embedded family with its real engines: who speaks, the same bytes, times, what stands in."""

from __future__ import annotations

import io
import time
import wave
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.assets import SpeechRequest
from domain.voices import Voice
from domain.words import caption_units
from providers.base import Media, Uncounted
from providers.errors import InvalidProviderRequest, ProviderUnavailable
from providers.tts.embedded_voice import EmbeddedVoice
from providers.tts.neural import hibari, kokoro, model, speaking
from providers.tts.neural.engine import Engine, Speech
from providers.tts.neural.espeak import Espeak
from providers.tts.neural.hibari import Hibari
from providers.tts.neural.kokoro import STYLE_SHAPE, STYLES, Kokoro
from providers.tts.neural.manner import PLAIN
from providers.tts.neural.model import Model, file_in
from providers.tts.neural.phrases import MOST_SYMBOLS
from providers.tts.neural.pico import Pico
from providers.tts.neural.table import cast_of
from providers.tts.sound import Samples
from providers.tts.spoken.parts import SpokenPart

TAUGHT = "en en-GB es fr it pt hi ja zh ko de ru tr id nl pl".split()


async def say(
    text: str,
    language: str,
    *,
    voice: EmbeddedVoice | None = None,
    speaker: int = 0,
    voice_id: str | None = None,
    emotion: str = "neutral",
) -> Media:
    request = SpeechRequest(
        text=text, language=language, speaker=speaker, voice_id=voice_id, emotion=emotion
    )
    return await (voice or EmbeddedVoice()).synthesize(request, call=Uncounted())


def samples_of(media: Media) -> tuple[Samples, int]:
    with wave.open(io.BytesIO(media.data)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return pcm.astype(np.float32) / np.float32(32767), file.getframerate()


def broken(engine: type[Engine], why: str) -> Engine:
    """The engine on a machine where it cannot be used."""

    class Broken(engine):  # type: ignore[misc, valid-type]
        def lacks(self) -> str | None:
            return why

        def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
            raise AssertionError("it was said that it cannot be used")

    made: Engine = Broken()
    return made


@pytest.mark.parametrize(
    ("language", "text", "voice"),
    [
        ("en", "The sea is salty, said Dr. Smith.", "hibari-heart"),
        ("en-GB", "The sea is salty.", "kokoro-bf_emma"),
        ("ko", "바다는 왜 짤까요?", "kokoro-jf_gongitsune"),
        ("ja", "海はなぜ塩辛い？", "kokoro-jf_alpha"),
        ("zh", "海水是咸的。", "kokoro-zf_xiaoxiao"),
        ("es", "El mar es salado.", "kokoro-ef_dora"),
        ("de", "Das Meer ist salzig.", "pico-de-DE"),
        ("th", "ทะเลเค็ม", "espeak-f2"),
    ],
)
async def test_each_language_has_its_voice_and_every_word_its_time(
    language: str, text: str, voice: str
) -> None:
    media = await say(text, language)
    assert (media.model, media.degraded) == (voice, None)
    samples, rate = samples_of(media)
    assert media.duration_ms == int(1000 * len(samples) / rate)
    assert tuple(word.text for word in media.words) == caption_units(text, language)
    starts = [word.start_ms for word in media.words]
    assert starts[0] == 0
    assert all(later - sooner >= 40 for sooner, later in pairwise(starts))
    assert media.words[-1].end_ms == media.duration_ms
    assert abs(float(np.abs(samples).max()) - 0.7) < 0.01
    # No click: the edges come from nothing.
    assert abs(float(samples[0])) < 0.001
    assert abs(float(samples[-1])) < 0.01
    assert abs(float(samples.mean())) < 0.0005


@pytest.mark.parametrize(
    "voice_id", ["hibari-heart", "kokoro-am_michael", "pico-en-US", "espeak-f2"]
)
async def test_the_same_text_gives_the_same_bytes(voice_id: str) -> None:
    first = await say("Salt stays.", "en", voice_id=voice_id)
    await say("Something else.", "en", voice_id=voice_id)
    again = await say("Salt stays.", "en", voice_id=voice_id)
    assert first.model == voice_id
    assert (first.data, first.words) == (again.data, again.words)


@pytest.mark.parametrize(
    ("engine", "say_it"),
    [
        pytest.param(Hibari(), hibari._say, id="hibari"),
        pytest.param(Kokoro(), kokoro._say_in(kokoro._style("am_michael")), id="kokoro"),
    ],
)
def test_the_durations_of_all_symbols_are_the_length_of_the_sound(
    engine: Engine, say_it: speaking.Say
) -> None:
    samples, frames = say_it(np.array([[0, 61, 51, 0]], np.int64), 1.0)
    assert frames.shape == (4,)
    assert int(frames.sum()) * speaking.FRAME_SAMPLES == len(samples)
    assert engine.lacks() is None


async def test_two_characters_have_two_voices_in_every_language() -> None:
    voices = EmbeddedVoice().voices
    for language in TAUGHT:
        first, second, *_ = cast_of(language).speakers
        speaking_it = {voice.id: voice.sex for voice in voices if voice.speaks(language)}
        assert {speaking_it[first], speaking_it[second]} == {"female", "male"}, language
    media = [await say("Salt.", "en", speaker=speaker) for speaker in (0, 1)]
    assert [m.model for m in media] == ["hibari-heart", "kokoro-am_michael"]
    thai = [await say("เค็ม", "th", speaker=speaker) for speaker in (0, 1)]
    assert [m.model for m in thai] == ["espeak-f2", "espeak-edward2"]


def test_the_table_names_voices_there_are_and_all_styles_are_used() -> None:
    ids = {voice.id for voice in EmbeddedVoice().voices}
    for language in TAUGHT:
        cast = cast_of(language)
        assert set(cast.speakers + cast.instead) <= ids, language
    styles = {path.stem for path in STYLES.glob("*.bin")}
    assert {f"kokoro-{style}" for style in styles} == {i for i in ids if i.startswith("kokoro-")}
    assert len(styles) <= 16
    size = STYLE_SHAPE[0] * STYLE_SHAPE[1] * 4
    assert {path.stat().st_size for path in STYLES.glob("*.bin")} == {size}


@pytest.mark.parametrize(
    ("engines", "language", "speaker", "voice"),
    [
        pytest.param((Kokoro,), "es", 0, "pico-es-ES", id="spanish by Pico"),
        # Pico has no man: the second character stays another than the first.
        pytest.param((Kokoro,), "es", 1, "espeak-edward2", id="a second one by espeak"),
        pytest.param((Kokoro, Pico), "es", 0, "espeak-f2", id="spanish by espeak"),
        pytest.param((Hibari,), "en", 0, "pico-en-US", id="english by Pico"),
        pytest.param((Kokoro,), "ko", 0, "espeak-f2", id="korean by espeak"),
        pytest.param((Pico, Kokoro), "de", 0, "espeak-f2", id="german by espeak"),
    ],
)
async def test_what_cannot_be_used_is_replaced_by_the_next_and_said(
    engines: tuple[type[Engine], ...], language: str, speaker: int, voice: str
) -> None:
    all_engines: tuple[type[Engine], ...] = (Hibari, Kokoro, Pico, Espeak)
    family = EmbeddedVoice(
        tuple(broken(e, "it is not here") if e in engines else e() for e in all_engines)
    )
    media = await say("3 mar.", language, voice=family, speaker=speaker)
    assert media.model == voice
    assert media.degraded
    assert "it is not here" in media.degraded
    assert f"{voice} speaks instead" in media.degraded
    assert family.fingerprint == " ".join(
        f"without {e().name}" for e in all_engines if e in engines
    )


async def test_a_language_whose_package_is_gone_goes_to_the_next() -> None:
    class NoReader(Hibari):
        def speak(self, parts: Sequence[SpokenPart], voice: Voice, *, emotion: str) -> Speech:
            raise ModuleNotFoundError("No module named 'hibari'")

    media = await say("Salt.", "en", voice=EmbeddedVoice((NoReader(), Pico(), Espeak())))
    assert media.model == "pico-en-US"
    assert "No module named 'hibari'" in str(media.degraded)


async def test_where_nobody_can_speak_it_is_said_why() -> None:
    with pytest.raises(ProviderUnavailable, match="espeak-f2 cannot speak here: gone"):
        await say("Salt.", "en", voice=EmbeddedVoice((broken(Espeak, "gone"),)))


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"other weights", "not those that were published"), (None, "No such file")],
)
def test_weights_are_checked_by_their_hash(tmp_path: Path, content: bytes | None, why: str) -> None:
    path = tmp_path / "part.bin"
    if content is not None:
        path.write_bytes(content)
    model = Model(lambda: (path,), sha256="0" * 64, output="/frames", threads=1)
    assert why in str(model.lacks())


@pytest.mark.parametrize(
    ("wish", "language", "voice"),
    [
        ("pico-en-GB", "en", "pico-en-GB"),
        ("f5", "en", "espeak-f5"),
        ("heart", "en", "hibari-heart"),
        ("default", "en", "hibari-heart"),
    ],
)
async def test_a_voice_is_named_by_its_id_or_the_end_of_it(
    wish: str, language: str, voice: str
) -> None:
    media = await say("Salt.", language, voice_id=wish, speaker=0)
    assert (media.model, media.degraded) == (voice, None)


async def test_an_unknown_voice_is_told_with_those_near() -> None:
    with pytest.raises(InvalidProviderRequest, match="'kokoro-jf_gongi'; .*kokoro-jf_gongitsune"):
        await say("Salt.", "en", voice_id="kokoro-jf_gongi")


async def test_a_voice_that_cannot_read_a_language_is_replaced_and_said() -> None:
    media = await say("ทะเล", "th", voice_id="hibari-heart")
    assert media.model == "espeak-f2"
    assert "hibari-heart does not speak 'th'" in str(media.degraded)


async def test_words_of_another_script_are_said_by_who_can_read_them() -> None:
    text = "He said สวัสดี to me."
    media = await say(text, "en")
    assert (media.model, media.degraded) == ("hibari-heart", None)
    lengths = {word.text: word.end_ms - word.start_ms for word in media.words}
    assert lengths["สวัสดี"] > 300
    assert lengths["said"] > 100


@pytest.mark.parametrize("voice_id", ["hibari-heart", "pico-en-US", "espeak-f2"])
async def test_an_emotion_changes_the_pace(voice_id: str) -> None:
    text = "The sun lifts the water up again, and the salt stays."
    lengths = {
        emotion: (await say(text, "en", voice_id=voice_id, emotion=emotion)).duration_ms or 0
        for emotion in ("sad", "neutral", "excited")
    }
    assert lengths["sad"] > 1.03 * lengths["neutral"] > 1.06 * lengths["excited"]


def test_a_line_of_any_length_is_spoken_in_phrases_that_fit_in_memory() -> None:
    sizes: list[int] = []

    def say_it(ids: speaking.Ids, speed: float) -> tuple[Samples, speaking.Frames]:
        sizes.append(ids.shape[1] - 2)
        frames = np.full(ids.shape[1], 3, np.float32)
        sound = np.sin(np.arange(int(frames.sum()) * speaking.FRAME_SAMPLES) / 20)
        return sound.astype(np.float32), frames

    text = "and the salt of the sea stays where it is for ever " * 30
    parts = [SpokenPart(range(n, n + 1), word, "en") for n, word in enumerate(text.split())]
    speech = speaking.speak_symbols(parts, say_it, manner=PLAIN)
    assert max(sizes) <= MOST_SYMBOLS
    assert len(sizes) > 5
    assert speech.starts_ms is not None
    starts = [start for start in speech.starts_ms if start is not None]
    assert len(starts) == len(parts)
    assert starts == sorted(starts)
    assert starts[-1] < 1000 * len(speech.samples) / speech.sample_rate


@pytest.mark.parametrize("text", ["🐳🐳", "…", "?!"])
async def test_what_cannot_be_said_is_silence_that_says_so(text: str) -> None:
    media = await say(text, "ko")
    assert media.degraded
    assert float(np.abs(samples_of(media)[0]).max()) == 0


def test_a_model_gives_its_memory_back_and_is_loaded_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "IDLE_SECONDS", 0.05)
    path = file_in("hibari", "assets", "hibari.onnx")
    loaded = Model(lambda: (path,), sha256=hibari.SHA256, output=hibari.FRAMES, threads=1)
    inputs: dict[str, NDArray[Any]] = {
        "ids": np.array([[0, 61, 51, 0]], np.int64),
        "speed": np.ones(1, np.float32),
    }
    first = loaded.run(inputs)
    deadline = time.monotonic() + 10
    while loaded._session is not None:
        assert time.monotonic() < deadline, "it is still loaded"
        time.sleep(0.02)
    again = loaded.run(inputs)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
