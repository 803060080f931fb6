"""What is told before anything is made: who speaks, who makes what, what would help."""

from __future__ import annotations

import pytest

from domain.offers import Offer
from domain.outlook import Maker, hints, makers, who_speaks
from domain.reading.prompt import read_prompt
from domain.run import Mode, RunSpec
from domain.voices import ANY_LANGUAGE, Sex, Voice

EMBEDDED = "embedded: no key is set"
OFFERS = (
    Offer(
        role="planner",
        name="openai",
        service="openai",
        lacks="set it",
        how="OPENAI_API_KEY",
        price={"tokens": 1.0},
    ),
    Offer(role="planner", name="wikipedia", service="wikipedia", lacks="off", how="Wikipedia"),
    Offer(role="planner", name="rules", why=EMBEDDED),
    Offer(role="images", name="comfyui", service="comfyui", lacks="set it", how="ComfyUI"),
    Offer(role="images", name="painter", why=EMBEDDED),
    Offer(role="voice", name="playht", service="playht", lacks="it has ended"),
    Offer(role="voice", name="elevenlabs", service="elevenlabs", lacks="set it", how="A_KEY"),
    Offer(role="voice", name="neural", why=EMBEDDED),
)
HERE = {offer.role: offer for offer in OFFERS if offer.why}


def voice(
    id_: str, *languages: str, accent: str | None = None, sex: Sex = "female", **more: bool
) -> Voice:
    engine, _, name = id_.partition("-")
    return Voice(
        id=id_,
        name=name.title(),
        languages=languages,
        sex=sex,
        engine=engine,
        licence="CC0-1.0",
        accent=accent,
        **more,
    )


VOICES = (
    voice("hibari-heart", "en"),
    voice("kokoro-michael", "en", sex="male"),
    voice("kokoro-kumo", "ja"),
    voice("kokoro-kumo", "ko", accent="Japanese"),
    voice("espeak-f2", ANY_LANGUAGE),
)
CASTS = {"en": ("hibari-heart", "kokoro-michael"), "ko": ("kokoro-kumo",), "ja": ("kokoro-kumo",)}


def understood(prompt: str, **choices: object) -> tuple[list[str], list[str]]:
    """(ids of who speaks, what would help) of a prompt where nothing is set."""
    spec = RunSpec.model_validate({"prompt": prompt, **choices})
    reading = read_prompt(
        spec.prompt,
        mode=spec.mode,
        characters=spec.num_characters,
        language=spec.language,
        locale=None,
    )
    speaking = who_speaks(reading, spec, VOICES, CASTS)
    found = hints(reading, makers(HERE, speaking), OFFERS)
    return [v.id for v in speaking], [hint.gain for hint in found]


@pytest.mark.parametrize(
    ("prompt", "choices", "speaking", "helping"),
    [
        pytest.param(
            "why is the sea salty", {}, ["hibari-heart"], ["facts", "pictures"], id="topic"
        ),
        pytest.param(
            "바다는 왜 짤까", {}, ["kokoro-kumo"], ["facts", "voice", "pictures"], id="accent"
        ),
        pytest.param(
            "夜の図書館はなぜ静か", {}, ["kokoro-kumo"], ["facts", "pictures"], id="native"
        ),
        pytest.param(
            "ทำไมทะเลถึงเค็ม", {}, ["espeak-f2"], ["facts", "voice", "pictures"], id="machine"
        ),
        pytest.param("tell a story about a fox", {}, ["hibari-heart"], ["pictures"], id="story"),
        pytest.param(
            "Rain falls. Rivers run. The sea waits.",
            {},
            ["hibari-heart"],
            ["pictures"],
            id="script",
        ),
        pytest.param(
            "why is the sea salty",
            {"num_characters": 2},
            ["hibari-heart", "kokoro-michael"],
            ["facts", "pictures"],
            id="two",
        ),
        pytest.param(
            "ANNA: Who is it?\nBEN: It is me.\nANNA: Come in.",
            {"num_characters": 2},
            ["hibari-heart", "kokoro-michael"],
            ["pictures"],
            id="labels",
        ),
        pytest.param(
            "why is the sea salty",
            {"voice_id": "f2"},
            ["espeak-f2"],
            ["facts", "voice", "pictures"],
            id="by its end",
        ),
        pytest.param(
            "why is the sea salty",
            {"voice_id": "kokoro-michael"},
            ["kokoro-michael"],
            ["facts", "pictures"],
            id="by its id",
        ),
        pytest.param(
            "why is the sea salty",
            {"voice_id": "nobody"},
            [],
            ["facts", "pictures"],
            id="no such voice",
        ),
    ],
)
def test_who_speaks_and_what_would_help(
    prompt: str, choices: dict[str, object], speaking: list[str], helping: list[str]
) -> None:
    assert understood(prompt, **choices) == (speaking, helping)


def test_a_voice_is_named_in_the_manner_in_which_it_speaks_the_language() -> None:
    reading = read_prompt(
        "바다는 왜 짤까", mode=Mode.GENERAL, characters=1, language=None, locale=None
    )
    (speaking,) = who_speaks(reading, RunSpec(prompt="바다는 왜 짤까"), VOICES, CASTS)
    assert speaking.accent == "Japanese"


def test_a_hint_says_what_costs_nothing_first_and_only_what_can_be_had() -> None:
    reading = read_prompt(
        "why is the sea salty", mode=Mode.GENERAL, characters=1, language=None, locale=None
    )
    facts = hints(reading, makers(HERE, ()), OFFERS)[0]
    assert facts.text == "facts instead of an outline, with Wikipedia or OPENAI_API_KEY"
    assert [way.provider for way in facts.ways] == ["wikipedia", "openai"]


def test_nothing_is_advised_where_services_do_the_work() -> None:
    reading = read_prompt(
        "바다는 왜 짤까", mode=Mode.GENERAL, characters=1, language=None, locale=None
    )
    able = [offer.model_copy(update={"lacks": None}) for offer in OFFERS if offer.service]
    chosen = {offer.role: offer for offer in able}
    made_by = makers(chosen, VOICES[-1:])
    assert all(maker.is_service and not maker.voices for maker in made_by)
    assert hints(reading, made_by, OFFERS) == ()


def test_a_model_on_this_machine_is_known_by_its_name() -> None:
    found = "gemma3 (Ollama at 127.0.0.1:11434)"
    offer = Offer(role="planner", name="local", service="local", found=found)
    assert makers({"planner": offer}, ()) == (
        Maker(role="planner", provider="local", name=found, is_service=True),
    )
