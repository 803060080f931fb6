"""The digest of a JSON body: the same however it was written, whatever this version knows of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest_of(value: object) -> str:
    """Of parsed JSON, in the manner of RFC 8785: keys sorted, no spaces, `1.0` as `1`."""
    text = json.dumps(
        _plain(value), sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
