"""What a run paid for, call by call, and what the next call may cost.

Units are the service's own: `characters`, `images`, `seconds`, `input_tokens`, `output_tokens`.
Money is US dollars, by a table with a date (`providers/prices.py`): estimates, not invoices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from domain.assets import AssetRequest, ImageRequest, MusicRequest, SpeechRequest
from domain.model import Frozen
from domain.plot import PlotRequest

Units = dict[str, float]
Price = dict[str, float]

# A token is about four letters of Latin text and one of Korean or Chinese; the plan of a short
# is about as long as its prompt and these.
PLAN_INPUT_TOKENS = 1500
PLAN_OUTPUT_TOKENS = 2500


# What a short of five scenes and half a minute asks for, by role: for estimates before there is
# a plan.
TYPICAL_SHORT: dict[str, Units] = {
    "planner": {"input_tokens": PLAN_INPUT_TOKENS, "output_tokens": PLAN_OUTPUT_TOKENS},
    "images": {"images": 5},
    "music": {"seconds": 30, "tracks": 1},
    "voice": {"characters": 450},
}


class CallOutcome(StrEnum):
    """What became of one call of a service."""

    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"
    LOST = "lost"


class Purchase(Frozen):
    """What is about to be bought of a service, and for how much."""

    asset: str = Field(description="image/scene_1, voice/scene_1_line_1, music, plot")
    key: str = Field(description="the asset's key in the store")
    provider: str
    model: str
    units: Units = Field(description="estimated")
    price: Price = Field(default_factory=dict, description="US dollars per unit")
    limit_usd: float | None = Field(default=None, description="what the whole run may spend")

    @property
    def estimate_usd(self) -> float:
        return cost_of(self.units, self.price)


class LedgerEntry(Frozen):
    """One call of a service that costs money."""

    id: int = Field(default=0, description="of the row that says it was sent")
    asset: str = Field(description="image/scene_1, voice/scene_1_line_1, music, plot")
    key: str = Field(description="the asset's key in the store")
    number: int = Field(ge=1, description="of this asset in this run: 1 is the first call")
    provider: str
    model: str
    at: datetime
    units: Units = Field(description="estimated when it is sent, the service's own once it is paid")
    cost_usd: float = Field(ge=0)
    outcome: CallOutcome = Field(
        description="sent: under way; paid; refused: nothing is charged; "
        "lost: it may have been charged, and its answer is gone"
    )
    job: str | None = Field(default=None, description="the service's id of an asynchronous job")
    message: str = ""

    @property
    def spent_usd(self) -> float:
        """What it has cost, or may have."""
        return 0.0 if self.outcome is CallOutcome.REFUSED else self.cost_usd


class Ledger(Frozen):
    """`ledger.json`: every call of a run, oldest first."""

    run_id: str
    prices_as_of: str
    spent_usd: float
    lost_answers: int
    entries: tuple[LedgerEntry, ...]


def spent(entries: Iterable[LedgerEntry]) -> float:
    """US dollars, lost answers included."""
    return round(sum(entry.spent_usd for entry in entries), 6)


def cost_of(units: Mapping[str, float], price: Mapping[str, float]) -> float:
    """US dollars for so many units; a unit without a price costs nothing."""
    return round(sum(count * price.get(unit, 0.0) for unit, count in units.items()), 6)


def estimated_units(request: AssetRequest | PlotRequest) -> Units:
    """What a call for this request will use, before it is made."""
    match request:
        case PlotRequest():
            return {
                "input_tokens": PLAN_INPUT_TOKENS + len(request.prompt),
                "output_tokens": PLAN_OUTPUT_TOKENS + len(request.prompt),
            }
        case ImageRequest():
            return {"images": 1}
        case SpeechRequest():
            return {"characters": len(request.text)}
        case MusicRequest():
            return {"seconds": request.duration_ms / 1000, "tracks": 1}
    return {}
