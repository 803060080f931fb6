"""The base of every value that crosses a process boundary.

What we wrote ourselves is read with tolerance: a newer version's fields are passed over. Where
somebody else's words come in (an HTTP body, the command line, Temporal's CLI), the edge validates
with `extra="forbid"`, so that a misspelt field is told.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value."""

    model_config = ConfigDict(frozen=True, extra="ignore")
