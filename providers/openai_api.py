"""What every client of the OpenAI API has in common: where it is, its key, its errors.

Many other servers speak this API. They differ in how they say an error: a code may be a number,
the error may be mere text, and OpenRouter sends some inside a good answer.
"""

from __future__ import annotations

from functools import partial
from ipaddress import ip_address
from pathlib import PurePath
from typing import Any, ClassVar

import httpx
from pydantic import Field, SecretStr

from providers.errors import (
    AuthenticationFailed,
    ContentRejected,
    InvalidProviderRequest,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from providers.http import (
    MAX_SAID_CHARACTERS,
    Explain,
    json_of,
    new_client,
    retry_after,
    send,
    without_secrets,
)
from providers.service import Address, Checked, ServiceSettings

OPENAI_URL = "https://api.openai.com/v1"
# Servers of one's own need none, but the header must be there.
NO_KEY = "none"
# Endings of names that no public server has.
OWN_NAMES = (".local", ".localhost", ".lan", ".internal", ".home.arpa")
REJECTED = frozenset({"moderation_blocked", "content_policy_violation", "content_filter"})
QUOTA = frozenset({"insufficient_quota", "billing_hard_limit_reached", "402"})


class OpenAISettings(ServiceSettings):
    """Where the API is. Each role adds its model, and may have a server of its own."""

    role: ClassVar[str] = ""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: Address | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    openai_concurrency: int | None = Field(default=None, ge=1)

    @property
    def service(self) -> str:
        """A server of a role's own has a limit of its own."""
        return f"openai-{self.role}" if self.own_url else "openai"

    @property
    def places(self) -> int:
        return self.openai_concurrency or super().places

    @property
    def is_ones_own(self) -> bool:
        """Whether its server is this machine, or in this network."""
        host = httpx.URL(self.url).host
        try:
            return not ip_address(host).is_global
        except ValueError:
            return "." not in host or host.endswith(OWN_NAMES)

    @property
    def own_url(self) -> str | None:
        """The role's own server, where it is not the planner's."""
        return None

    @property
    def own_key(self) -> SecretStr | None:
        return None

    @property
    def url(self) -> str:
        return (self.own_url or self.openai_base_url or OPENAI_URL).rstrip("/")

    @property
    def key(self) -> str:
        """A server of the role's own never sees the key that was meant for another."""
        secret = self.own_key if self.own_url else self.openai_api_key
        return secret.get_secret_value() if secret else NO_KEY

    @property
    def called(self) -> str:
        """What its server is called in messages: by its address, unless it is OpenAI's."""
        return "openai" if self.url == OPENAI_URL else httpx.URL(self.url).netloc.decode()

    @property
    def explain(self) -> Explain:
        """What its server says of an error, in its name."""
        return partial(explain, name=self.called)

    @property
    def settled_by_url(self) -> str:
        """The part of an asset's key that another server changes; blank for OpenAI itself."""
        return "" if self.url == OPENAI_URL else self.url

    @property
    def how(self) -> str:
        return "OPENAI_API_KEY"

    @property
    def lacks(self) -> str | None:
        if self.own_url or self.openai_base_url or self.openai_api_key:
            return None
        return "set OPENAI_API_KEY, or OPENAI_BASE_URL to a server that needs no key"


class OpenAIMediaSettings(OpenAISettings):
    """For pictures and speech, which few servers beside OpenAI's have: `auto` takes them from
    OpenAI itself or from a server that was named for the role.
    """

    @property
    def configured_by(self) -> str | None:
        if self.own_url:
            return "its own address is set"
        if self.openai_api_key and not self.openai_base_url:
            return "OPENAI_API_KEY is set"
        return None


def client_of(settings: OpenAISettings) -> httpx.AsyncClient:
    """A client with the key in its header."""
    return new_client(settings.url, {"Authorization": f"Bearer {settings.key}"})


def error_in(response: httpx.Response) -> dict[str, Any] | None:
    """The error object of an answer, good or bad; None where there is none."""
    try:
        body = response.json()
    except ValueError:
        return None
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else None


def explain(response: httpx.Response, name: str) -> ProviderError | None:
    """The API's error in a sentence that says what to do, of a server that is called `name`; None
    leaves it to the status.
    """
    error = error_in(response)
    if error is None:
        return None
    words = without_secrets(response, " ".join(str(error.get("message", "")).split()))
    words = words[:MAX_SAID_CHARACTERS] or "no reason was given"
    codes = {str(error.get("code")), str(error.get("type"))}
    status = _status(response, error)
    moderated = status == 403 and "reasons" in (error.get("metadata") or {})
    if codes & REJECTED or moderated:
        return ContentRejected(f"{name} refuses the content: {words}")
    if codes & QUOTA or status == 402:
        return QuotaExceeded(f"{name}: the account has nothing left, add credit to it: {words}")
    if status in (401, 403):
        return AuthenticationFailed(f"{name} refuses the key, set OPENAI_API_KEY anew: {words}")
    if status == 429:
        return RateLimited(f"{name}: too many requests: {words}", retry_after(response))
    if status >= 500 or status in (408, 409, 425):
        return ProviderUnavailable(f"{name} answered {status}: {words}")
    if "model_not_found" in codes or status == 404:
        return InvalidProviderRequest(
            f"{name}: {words}: set the model's name (AUTOSHORTS_OPENAI_*MODEL, docs/providers.md)"
        )
    return InvalidProviderRequest(f"{name} answered {status}: {words}")


def _status(response: httpx.Response, error: dict[str, Any]) -> int:
    """The error's own number where it came inside a good answer."""
    if not response.is_success:
        return response.status_code
    code = str(error.get("code", ""))
    return int(code) if code.isdigit() else 502


async def check_model(client: httpx.AsyncClient, model: str, settings: OpenAISettings) -> Checked:
    """Whether the key is good and the server has the model; costs nothing.

    Raises from `providers.errors`.
    """
    name = settings.called
    response = await send(client, name, "GET", "models", explain=settings.explain)
    data = json_of(name, response).get("data") or []
    names = sorted(str(item.get("id")) for item in data if isinstance(item, dict))
    answers = f"{name} answers" if settings.key == NO_KEY else "the key is good"
    # Ollama's tag need not be said, and llama.cpp names a model by its file.
    if any(model in (n, n.removesuffix(":latest"), PurePath(n).name) for n in names):
        return Checked(ok=True, said=f"{answers}; {model} is there")
    return Checked(ok=False, said=f"{name} has no model {model!r}; there are {_some(names)}")


def _some(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
