"""OpenAI images, and servers that speak the same API."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar, Literal

import httpx
from pydantic import SecretStr

from domain.assets import ImageRequest
from domain.ledger import Price
from providers.base import Call, Media
from providers.errors import ContentRejected, InvalidProviderRequest, ProviderUnavailable
from providers.http import MAX_ANSWER_BYTES, json_of, send
from providers.media import picture_type
from providers.openai_api import (
    OpenAIMediaSettings,
    check_model,
    client_of,
    error_in,
)
from providers.prices import price_of
from providers.service import Address, Checked, ServiceSettings, Tools

SIDE_STEP_PX = 16
MAX_SIDE_PX = 3840
MAX_PROMPT_CHARACTERS = 30_000
# What one picture costs against one of medium quality, from the tokens it takes.
QUALITY_COSTS = {"low": 0.13, "medium": 1.0, "high": 4.0, "auto": 4.0}
LICENCE = "the service's terms: the output is the user's"


class OpenAIImagesSettings(OpenAIMediaSettings):
    """Settings of the pictures."""

    role: ClassVar[str] = "images"
    openai_images_model: str = "gpt-image-2"
    openai_images_quality: Literal["low", "medium", "high", "auto"] = "medium"
    openai_images_url: Address | None = None
    openai_images_key: SecretStr | None = None

    @property
    def price(self) -> Price:
        return _price(self.openai_images_model, self.openai_images_quality)

    @property
    def own_url(self) -> str | None:
        return self.openai_images_url

    @property
    def own_key(self) -> SecretStr | None:
        return self.openai_images_key


class OpenAIImages:
    """Pictures from `POST /images/generations`, or `/images/edits` where there are references."""

    name = "openai"
    settings_type: ClassVar[type[ServiceSettings]] = OpenAIImagesSettings

    def __init__(self, settings: OpenAIImagesSettings, *, tools: Tools) -> None:
        self.model = settings.openai_images_model
        self._quality = settings.openai_images_quality
        self.fingerprint = f"{self._quality} {settings.settled_by_url}".strip()
        self.price = settings.price
        self.service, self.places = settings.service, settings.places
        self._tools = tools
        self._settings = settings
        self._called = settings.called
        self._client = client_of(settings)

    async def generate(self, request: ImageRequest, *, call: Call) -> Media:
        """A PNG. A refusal is asked once more in softer words; then `ContentRejected`."""
        references = self._references(request)
        try:
            return await self._picture(request, prompt_of(request), references, call)
        except ContentRejected as exc:
            await call.refused(str(exc))
        call.report(0.0, "the service refused it; asking in softer words")
        return await self._picture(request, softened(request), references, call)

    async def check(self) -> Checked:
        return await check_model(self._client, self.model, self._settings)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _picture(
        self,
        request: ImageRequest,
        prompt: str,
        references: list[tuple[str, tuple[str, bytes, str]]],
        call: Call,
    ) -> Media:
        fields = {
            "model": self.model,
            "prompt": prompt[:MAX_PROMPT_CHARACTERS],
            "size": "{}x{}".format(*size_of(request.width, request.height)),
            "quality": self._quality,
            "n": 1,
        }
        await call.sending()
        if references:
            form = {name: str(value) for name, value in fields.items()}
            response = await self._post("images/edits", data=form, files=references)
        else:
            response = await self._post("images/generations", json=fields)
        answer = json_of(self._called, response, paid=True)
        if error_in(response) is not None:
            raise self._settings.explain(response) or ProviderUnavailable(
                f"{self._called} answered with an error"
            )
        data = _decoded(answer)
        await call.charged(_units(answer))
        return Media(
            data=data,
            media_type=picture_type(self._called, data),
            model=self.model,
            licence=LICENCE,
        )

    async def _post(self, path: str, **options: Any) -> httpx.Response:
        return await send(
            self._client,
            self._called,
            "POST",
            path,
            explain=self._settings.explain,
            paid=True,
            at_most=MAX_ANSWER_BYTES,
            **options,
        )

    def _references(self, request: ImageRequest) -> list[tuple[str, tuple[str, bytes, str]]]:
        """The uploaded pictures as parts of a form."""
        files = []
        for name in request.reference_images:
            data = self._tools.read_upload(name).read_bytes()
            try:
                kind = picture_type(name, data)
            except ProviderUnavailable as exc:
                raise InvalidProviderRequest(f"reference_images: {exc}") from exc
            files.append(("image[]", (name, data, kind)))
        return files


def size_of(width: int, height: int) -> tuple[int, int]:
    """The smallest size at least as large, of exactly that ratio, with sides in sixteens.

    A ratio that no such size has is rounded up, and the renderer crops the rest.
    """
    ratio = Fraction(width, height)
    step = SIDE_STEP_PX
    times = -(-width // (ratio.numerator * step))
    exact = (ratio.numerator * step * times, ratio.denominator * step * times)
    if max(exact) <= MAX_SIDE_PX:
        return exact
    return -(-width // step) * step, -(-height // step) * step


def prompt_of(request: ImageRequest) -> str:
    """One picture in words: what, who, how it feels, in which manner, and what must not be."""
    parts = [f"Illustration for one scene of a short video: {_sentence(request.prompt)}"]
    if request.characters:
        parts.append("Who is to be seen, always looking the same: " + "; ".join(request.characters))
    if request.emotion != "neutral":
        parts.append(f"The feeling of the scene is {request.emotion}.")
    if request.style:
        parts.append(f"Manner, the same for all scenes: {_sentence(request.style)}")
    if request.reference_images:
        parts.append("Keep the people, things and manner of the pictures that come with this.")
    parts.append(
        "One clear subject, its important parts away from the edges, calm lower third for "
        "captions. No text, no letters, no numbers, no logo, no watermark, no frame."
    )
    return "\n".join(parts)


_HARSH = re.compile(
    r"\b(?:blood\w*|gore|gory|corpse\w*|dead body|dead bodies|kill\w*|murder\w*|stab\w*|shoot\w*|"
    r"shot dead|gun\w*|weapon\w*|knife|knives|tortur\w*|suicid\w*|naked|nude\w*|sexy|sexual\w*|"
    r"corps|cadavre|sangre|muert[oa]s?|asesin\w*|leiche\w*|blut\w*)\b"
    r"|피투성이|피가|유혈|시체|살인|죽이|죽은|총을|총격|칼로|자살|고문|알몸|나체|야한"
    r"|血まみれ|死体|殺|拷問|裸|尸体|杀|血腥",
    re.IGNORECASE,
)


def softened(request: ImageRequest) -> str:
    """The same scene as an allusion: without its harsh words and without anybody's likeness."""
    plain = " ".join(_HARSH.sub(" ", request.prompt).split())
    milder = request.model_copy(update={"prompt": plain or "a quiet, symbolic scene"})
    return (
        "Suitable for all ages: suggest, do not show, anything violent, frightening or intimate, "
        "by symbols, weather, light and distance. No real person's likeness, no brand.\n"
        f"{prompt_of(milder)}"
    )


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."


def _decoded(answer: Mapping[str, Any]) -> bytes:
    try:
        encoded = answer["data"][0]["b64_json"]
        return base64.b64decode(encoded, validate=True)
    except (KeyError, IndexError, TypeError, binascii.Error) as exc:
        raise ProviderUnavailable(
            "openai answered without a picture in base64", may_have_charged=True
        ) from exc


def _units(answer: Mapping[str, Any]) -> dict[str, float] | None:
    """What was used, in tokens; None where the server does not say."""
    usage = answer.get("usage")
    if not isinstance(usage, dict) or not isinstance(usage.get("output_tokens"), int):
        return None
    details = usage.get("input_tokens_details")
    image_tokens = details.get("image_tokens", 0) if isinstance(details, dict) else 0
    return {
        "input_tokens": usage.get("input_tokens", 0) - image_tokens,
        "input_image_tokens": image_tokens,
        "output_tokens": usage["output_tokens"],
    }


def _price(model: str, quality: str) -> Price:
    price = price_of("openai", model) or {}
    if "images" not in price:
        return price
    return {**price, "images": round(price["images"] * QUALITY_COSTS[quality], 4)}
