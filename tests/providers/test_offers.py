"""A run takes what any living worker offers."""

from __future__ import annotations

import pytest

from domain.offers import Chosen, Offer, merged, services_of
from domain.run import Providers
from providers.errors import InvalidProviderRequest
from providers.offers import choose
from providers.registry import ProviderRegistry

KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ELEVENLABS_API_KEY", "AUTOSHORTS_COMFYUI_URL")


@pytest.fixture(autouse=True)
def _no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


def offers(monkeypatch: pytest.MonkeyPatch, **variables: str) -> tuple[Offer, ...]:
    """Those of a worker with these variables."""
    with monkeypatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        return ProviderRegistry(Providers()).offers()


def chosen(
    *of_workers: tuple[Offer, ...], defaults: Providers | None = None, **choice: str
) -> Chosen:
    every = [offer for worker in of_workers for offer in worker]
    return choose(Providers(**choice), every, defaults=defaults or Providers())


def test_without_keys_everything_is_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = chosen(offers(monkeypatch))
    assert taken.providers == ProviderRegistry(Providers()).embedded
    assert {offer.service for offer in taken.by_role.values()} == {None}
    assert taken.images.why == "embedded: no key is set"


def test_auto_takes_a_service_that_any_worker_has(monkeypatch: pytest.MonkeyPatch) -> None:
    bare, keyed = offers(monkeypatch), offers(monkeypatch, ELEVENLABS_API_KEY="k")
    for order in ((bare, keyed), (keyed, bare)):
        taken = chosen(*order)
        assert taken.voice.name == taken.voice.service == "elevenlabs"
        assert taken.voice.why == "ELEVENLABS_API_KEY is set"
        assert taken.prices["voice"]["characters"] > 0
        assert taken.images.name == "painter"


def test_a_worker_without_the_key_offers_no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    assert services_of(offers(monkeypatch)) == ()
    variables = {"ELEVENLABS_API_KEY": "k", "AUTOSHORTS_COMFYUI_URL": "http://127.0.0.1:1"}
    assert services_of(offers(monkeypatch, **variables)) == ("comfyui", "elevenlabs")


def test_all_roles_of_an_account_share_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = chosen(offers(monkeypatch, OPENAI_API_KEY="k"))
    assert {taken.planner.service, taken.images.service, taken.voice.service} == {"openai"}


def test_a_server_of_a_roles_own_has_its_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"AUTOSHORTS_OPENAI_IMAGES_URL": "http://127.0.0.1:1/v1"}
    taken = chosen(offers(monkeypatch, OPENAI_API_KEY="k", **own))
    assert taken.images.service == "openai-images"
    assert taken.voice.service == "openai"


def test_the_deployments_default_stands_where_a_run_says_auto(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyed = offers(monkeypatch, ELEVENLABS_API_KEY="k")
    taken = chosen(keyed, defaults=Providers(voice="espeak"))
    assert (taken.voice.name, taken.voice.why) == ("espeak", "chosen")
    assert chosen(keyed, defaults=Providers(voice="espeak"), voice="elevenlabs").voice.service


def test_a_service_that_auto_passes_over_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    keyed = offers(monkeypatch, ELEVENLABS_API_KEY="k")
    assert chosen(keyed).music.name == "synth"
    assert chosen(keyed, music="elevenlabs").music.service == "elevenlabs"


def test_what_no_worker_has_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    two = (offers(monkeypatch), offers(monkeypatch))
    with pytest.raises(InvalidProviderRequest, match="images: comfyui: set AUTOSHORTS_COMFYUI_URL"):
        chosen(*two, images="comfyui")
    with pytest.raises(InvalidProviderRequest, match="'dalle9'; there are auto, comfyui, openai"):
        chosen(*two, images="dalle9")
    with pytest.raises(InvalidProviderRequest, match="planner: no worker"):
        chosen()


def test_offers_are_kept_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    for offer in offers(monkeypatch, OPENAI_API_KEY="canary"):
        assert "canary" not in offer.model_dump_json()
        assert Offer.model_validate_json(offer.model_dump_json()) == offer


def test_of_two_offers_the_usable_one_is_kept() -> None:
    broken = Offer(role="images", name="comfyui", service="comfyui", why="w", lacks="a port")
    by_name = broken.model_copy(update={"lacks": None, "why": None})
    assert merged([broken, by_name]) == (by_name,)


def test_services_of_each_role_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELEVENLABS_API_KEY", "k")
    assert ProviderRegistry(Providers()).services_by_role() == {
        "planner": (),
        "images": (),
        "music": ("elevenlabs",),
        "voice": ("elevenlabs",),
    }


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("OPENAI_BASE_URL", "127.0.0.1:18090/v1", "must begin with http:// or https://"),
        ("AUTOSHORTS_COMFYUI_URL", "localhost:8188", "must begin with http:// or https://"),
        ("AUTOSHORTS_ELEVENLABS_URL", "ftp://x", "must begin with http:// or https://"),
        ("AUTOSHORTS_MUBERT_URL", "http://", "names no host"),
        ("AUTOSHORTS_PLAYHT_URL", "http://x:port", "is no address"),
        ("AUTOSHORTS_OPENAI_IMAGES_URL", "//x", "must begin with http:// or https://"),
        ("AUTOSHORTS_OPENAI_SPEECH_URL", "x", "must begin with http:// or https://"),
    ],
)
def test_an_address_that_is_none_is_told_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    registry = ProviderRegistry(Providers())
    with pytest.raises(InvalidProviderRequest, match=f"{variable}: '{value}' {words}"):
        registry.resolve(Providers())
    assert any(f"{variable}: '{value}' {words}" in remark for _, remark in registry.remarks())
    assert list(registry.services()) == []


def test_a_wrong_setting_does_not_stop_a_run_that_needs_it_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AUTOSHORTS_COMFYUI_URL", "localhost:8188")
    assert ProviderRegistry(Providers()).resolve(Providers(images="painter")).images == "painter"


def test_a_password_in_an_address_is_not_said_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOSHORTS_COMFYUI_URL", "me:canary@gpu.lan:8188")
    with pytest.raises(InvalidProviderRequest, match="gpu.lan") as caught:
        ProviderRegistry(Providers()).resolve(Providers())
    assert "canary" not in f"{caught.value} {caught.value.__cause__}"
