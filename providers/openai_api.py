"""What every client of the OpenAI API has in common: where it is, its key, its errors.

Many other servers speak this API. They differ in how they say an error: a code may be a number,
the error may be mere text, and OpenRouter sends some inside a good answer.
"""

from __future__ import annotations

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
REJECTED = frozenset({"moderation_blocked", "content_policy_violation", "content_filter"})
QUOTA = frozenset({"insufficient_quota", "billing_hard_limit_reached", "402"})


class OpenAISettings(ServiceSettings):
    """Where the API is. Each role adds its model, and may have a server of its own."""

    role: ClassVar[str] = ""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: Address | None = Field(default=None, validation_alias="OPENAI_BASE_URL")

    @property
    def service(self) -> str:
        """A server of a role's own has a limit of its own."""
        return f"openai-{self.role}" if self.own_url else "openai"

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
    def settled_by_url(self) -> str:
        """The part of an asset's key that another server changes; blank for OpenAI itself."""
        return "" if self.url == OPENAI_URL else self.url

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


def explain(response: httpx.Response) -> ProviderError | None:
    """The API's error in a sentence that says what to do; None leaves it to the status."""
    error = error_in(response)
    if error is None:
        return None
    words = without_secrets(response, " ".join(str(error.get("message", "")).split()))
    words = words[:MAX_SAID_CHARACTERS] or "no reason was given"
    codes = {str(error.get("code")), str(error.get("type"))}
    status = _status(response, error)
    moderated = status == 403 and "reasons" in (error.get("metadata") or {})
    if codes & REJECTED or moderated:
        return ContentRejected(f"openai refuses the content: {words}")
    if codes & QUOTA or status == 402:
        return QuotaExceeded(f"openai: the account has nothing left, add credit to it: {words}")
    if status in (401, 403):
        return AuthenticationFailed(f"openai refuses the key, set OPENAI_API_KEY anew: {words}")
    if status == 429:
        return RateLimited(f"openai: too many requests: {words}", retry_after(response))
    if status >= 500 or status in (408, 409, 425):
        return ProviderUnavailable(f"openai answered {status}: {words}")
    if "model_not_found" in codes or status == 404:
        return InvalidProviderRequest(
            f"openai: {words}: set the model's name (AUTOSHORTS_OPENAI_*MODEL, docs/providers.md)"
        )
    return InvalidProviderRequest(f"openai answered {status}: {words}")


def _status(response: httpx.Response, error: dict[str, Any]) -> int:
    """The error's own number where it came inside a good answer."""
    if not response.is_success:
        return response.status_code
    code = str(error.get("code", ""))
    return int(code) if code.isdigit() else 502


async def check_model(client: httpx.AsyncClient, model: str) -> Checked:
    """Whether the key is good and the server has the model; costs nothing.

    Raises from `providers.errors`.
    """
    response = await send(client, "openai", "GET", "models", explain=explain)
    data = json_of("openai", response).get("data") or []
    names = sorted(str(item.get("id")) for item in data if isinstance(item, dict))
    if model in names:
        return Checked(ok=True, said=f"the key is good; {model} is there")
    return Checked(ok=False, said=f"there is no model {model!r}; there are {_some(names)}")


def _some(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
