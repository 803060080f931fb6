"""Every service × every fault, and what comes of it: one table, in the tests and in the docs.

`python -m tests.providers.fault_table` writes it into docs/providers.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.ledger import CallOutcome
from tests.simulators.server import Fault

DOCS = Path(__file__).parents[2] / "docs" / "providers.md"
BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"


@dataclass(frozen=True)
class Expected:
    """What comes of a fault: the error that Temporal sees, and what the ledger says of the call.

    `on` is the request that meets the fault, where it is not the one that is charged.
    """

    error: str | None
    ledger: CallOutcome
    retried: bool = True
    on: str | None = None

    def __str__(self) -> str:
        if self.error is None:
            return f"succeeds; {self.ledger}"
        return f"{self.error}, {'retried' if self.retried else 'not retried'}; {self.ledger}"


REFUSED, LOST, PAID = CallOutcome.REFUSED, CallOutcome.LOST, CallOutcome.PAID
SENT = CallOutcome.SENT

GOOD = Expected(None, PAID)
# What every service owes to whoever calls it; a service's own rows come on top.
COMMON: Mapping[Fault, Expected] = {
    Fault.RATE_LIMIT: Expected("RateLimited", REFUSED),
    Fault.QUOTA: Expected("QuotaExceeded", REFUSED, retried=False),
    Fault.UNAUTHORIZED: Expected("AuthenticationFailed", REFUSED, retried=False),
    Fault.FORBIDDEN: Expected("AuthenticationFailed", REFUSED, retried=False),
    Fault.SERVER_ERROR: Expected("ProviderUnavailable", REFUSED),
    Fault.OVERLOADED: Expected("ProviderUnavailable", REFUSED),
    Fault.REFUSAL: Expected("ContentRejected", REFUSED, retried=False),
    Fault.TIMEOUT: Expected("ProviderTimeout", LOST),
    Fault.RESET: Expected("ProviderUnavailable", LOST),
    Fault.HALF_BODY: Expected("ProviderUnavailable", LOST),
    Fault.HTML: Expected("ProviderUnavailable", LOST),
    Fault.WRONG_TYPE: Expected("ProviderUnavailable", LOST),
    Fault.EMPTY_MEDIA: Expected("ProviderUnavailable", LOST),
    Fault.TRUNCATED_MEDIA: Expected("ProviderUnavailable", LOST),
    Fault.SLOW: GOOD,
}
SOUND: Mapping[Fault, Expected] = {
    **COMMON,
    Fault.WRONG_LENGTH: Expected("ProviderUnavailable", LOST),
}


def _without(faults: Mapping[Fault, Expected], *absent: Fault) -> Mapping[Fault, Expected]:
    """For services that have no words for some of them."""
    return {fault: expected for fault, expected in faults.items() if fault not in absent}


# A model's reply that is empty, cut off or half is told back to it, and paid for twice.
CHAT: Mapping[Fault, Expected] = {
    **COMMON,
    Fault.EMPTY_MEDIA: GOOD,
    Fault.TRUNCATED_MEDIA: GOOD,
    Fault.WRONG_LENGTH: GOOD,
}

TABLE: Mapping[str, Mapping[Fault, Expected]] = {
    "planner/openai": CHAT,
    # A server on one's own machine has no account; a proxy in front of it is not found at all.
    "planner/local": _without(CHAT, Fault.QUOTA, Fault.UNAUTHORIZED, Fault.FORBIDDEN),
    # One refusal is asked again in softer words, and that is answered.
    "images/openai": {**COMMON, Fault.REFUSAL: GOOD},
    # A job's id is ours, so whatever became of an answer, the job is found again. A server has no
    # keys, quotas or rules of its own: the first come of a proxy in front of it.
    "images/comfyui": {
        **_without(COMMON, Fault.RATE_LIMIT, Fault.QUOTA, Fault.REFUSAL),
        Fault.SERVER_ERROR: Expected("InvalidProviderRequest", REFUSED, retried=False),
        Fault.TIMEOUT: GOOD,
        Fault.RESET: GOOD,
        Fault.HALF_BODY: GOOD,
        Fault.HTML: GOOD,
        Fault.WRONG_TYPE: GOOD,
        Fault.EMPTY_MEDIA: Expected("ProviderUnavailable", SENT, on="GET /view"),
        Fault.TRUNCATED_MEDIA: Expected("ProviderUnavailable", SENT, on="GET /view"),
    },
    "voice/openai": SOUND,
    "voice/elevenlabs": SOUND,
    "voice/playht": _without(SOUND, Fault.REFUSAL),
    "music/elevenlabs": SOUND,
    # A file that did not come whole is downloaded again; a track that is too short is paid for.
    "music/mubert": {
        **_without(SOUND, Fault.REFUSAL),
        Fault.EMPTY_MEDIA: Expected(None, PAID, on="GET /files/"),
        Fault.TRUNCATED_MEDIA: Expected(None, PAID, on="GET /files/"),
    },
}


def as_markdown() -> str:
    """The table as docs/providers.md has it: a row for each fault, a column for each service."""
    rows = ["| | " + " | ".join(TABLE) + " |", "|---|" + "---|" * len(TABLE)]
    for fault in Fault:
        cells = [str(faults.get(fault, "does not arise")) for faults in TABLE.values()]
        rows.append(f"| {fault} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def in_docs(text: str) -> str:
    """What stands between the marks of a page."""
    return text.partition(f"{BEGIN}\n")[2].partition(f"\n{END}")[0]


def write_docs() -> None:
    text = DOCS.read_text()
    before, begin, rest = text.partition(f"{BEGIN}\n")
    _, end, after = rest.partition(f"\n{END}")
    DOCS.write_text(f"{before}{begin}{as_markdown()}{end}{after}")


if __name__ == "__main__":
    write_docs()
