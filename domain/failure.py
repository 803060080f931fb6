"""What a failed activity tells the workflow beside its words: of which category it is."""

from __future__ import annotations

from enum import StrEnum

from domain.model import Frozen


class Category(StrEnum):
    """What failed; it decides what may be done about it."""

    # The embedded provider may take its place.
    PROVIDER = "provider"
    # It was not begun, since something else had failed for good.
    STOPPED = "stopped"
    OTHER = "other"


class Failure(Frozen):
    """The details of an `ApplicationError` of ours."""

    category: Category = Category.OTHER
    spent_usd: float | None = None
