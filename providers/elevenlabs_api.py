"""What ElevenLabs' voice and music have in common: where it is, its key, its errors.

`detail` of an error is an object with `code` and, from older servers, `status`; a mere string; or
the list of a schema error. Codes decide and not the HTTP status: a used-up account was 401
`quota_exceeded` and is 402 `insufficient_credits` (elevenlabs.io/docs/eleven-api/resources/errors).
"""

from __future__ import annotations

from typing import Any

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

NAME = "elevenlabs"
ELEVENLABS_URL = "https://api.elevenlabs.io"
LICENCE = "the service's terms: commercial use needs a paid plan"
REJECTED = frozenset({"bad_prompt", "bad_composition_plan", "content_policy_violation"})
QUOTA = frozenset({"quota_exceeded", "insufficient_credits"})
PLAN = frozenset({"subscription_required", "feature_not_available", "model_access_denied"})
SUGGESTIONS = ("prompt_suggestion", "composition_plan_suggestion")


class ElevenLabsSettings(ServiceSettings):
    """Where it is and how much of it may be used at once."""

    elevenlabs_api_key: SecretStr | None = Field(
        default=None, validation_alias="ELEVENLABS_API_KEY"
    )
    elevenlabs_url: Address = ELEVENLABS_URL
    # The plans differ: 2 on the free one, 3, 5, 10 and 15 on those above.
    elevenlabs_concurrency: int = Field(default=2, ge=1, le=64)

    @property
    def service(self) -> str:
        return NAME

    @property
    def places(self) -> int:
        return self.elevenlabs_concurrency

    @property
    def how(self) -> str:
        return "ELEVENLABS_API_KEY"

    @property
    def configured_by(self) -> str | None:
        return "ELEVENLABS_API_KEY is set" if self.elevenlabs_api_key else None

    @property
    def lacks(self) -> str | None:
        return None if self.elevenlabs_api_key else "set ELEVENLABS_API_KEY"

    @property
    def settled_by_url(self) -> str:
        """The part of an asset's key that another server changes; regions are the same service."""
        return "" if self.elevenlabs_url.endswith("elevenlabs.io") else self.elevenlabs_url


def client_of(settings: ElevenLabsSettings) -> httpx.AsyncClient:
    """A client with the key in its header."""
    key = settings.elevenlabs_api_key
    return new_client(
        settings.elevenlabs_url.rstrip("/"), {"xi-api-key": key.get_secret_value() if key else ""}
    )


def explain(response: httpx.Response) -> ProviderError | None:
    """The API's error in a sentence that says what to do; None leaves it to the status."""
    detail = _detail(response)
    if detail is None:
        return None
    words = without_secrets(response, " ".join(str(detail.get("message", "")).split()))
    words = words[:MAX_SAID_CHARACTERS] or "no reason was given"
    codes, status = {str(detail.get("code")), str(detail.get("status"))}, response.status_code
    if codes & REJECTED:
        return ContentRejected(f"elevenlabs refuses the content: {words}{_suggestion(detail)}")
    if codes & QUOTA or (status == 402 and not codes & PLAN):
        return QuotaExceeded(f"elevenlabs: the account has no credits left, add some: {words}")
    if codes & PLAN:
        return AuthenticationFailed(f"elevenlabs: the account's plan does not include it: {words}")
    if "voice_not_found" in codes:
        return InvalidProviderRequest(f"voice_id: elevenlabs has no such voice: {words}")
    if "model_not_found" in codes:
        return InvalidProviderRequest(f"elevenlabs: set AUTOSHORTS_ELEVENLABS_*MODEL: {words}")
    if status in (401, 403):
        return AuthenticationFailed(f"elevenlabs refuses the key, set ELEVENLABS_API_KEY: {words}")
    if status == 429:
        return RateLimited(f"elevenlabs: too many requests: {words}", retry_after(response))
    if status >= 500 or status in (408, 409, 425):
        return ProviderUnavailable(f"elevenlabs answered {status}: {words}")
    return InvalidProviderRequest(f"elevenlabs answered {status}: {words}")


def credits_of(response: httpx.Response) -> float | None:
    """What the service says that an answer cost, in credits; None where it does not."""
    value = response.headers.get("character-cost", "")
    return float(value) if value.replace(".", "", 1).isdigit() else None


async def check_account(client: httpx.AsyncClient) -> Checked:
    """Whether the key is good, and what is left on it; costs nothing.

    Raises from `providers.errors`.
    """
    response = await send(client, NAME, "GET", "/v1/user/subscription", explain=explain)
    account = json_of(NAME, response)
    used, limit = account.get("character_count"), account.get("character_limit")
    if not isinstance(used, int) or not isinstance(limit, int):
        return Checked(ok=True, said="the key is good")
    said = f"the key is good; {max(limit - used, 0)} of {limit} credits are left"
    return Checked(ok=used < limit, said=said)


def _detail(response: httpx.Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    detail = body.get("detail") if isinstance(body, dict) else None
    if isinstance(detail, str):
        return {"message": detail}
    if isinstance(detail, list) and detail and isinstance(detail[0], dict):
        where = ".".join(str(part) for part in detail[0].get("loc", ())[1:])
        return {"message": f"{where}: {detail[0].get('msg')}"}
    return detail if isinstance(detail, dict) else None


def _suggestion(detail: dict[str, Any]) -> str:
    """Where an error says what it would take: servers put it in either place."""
    data = detail.get("data")
    for place in (detail, data if isinstance(data, dict) else {}):
        for name in SUGGESTIONS:
            if said := place.get(name):
                return f"; it suggests: {str(said)[:MAX_SAID_CHARACTERS]}"
    return ""
