"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
import sys

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def give_back_memory() -> None:
    """Painting leaves hundreds of megabytes in glibc's own pools, which it would keep beside
    what rendering needs. Other systems' allocators give back by themselves."""
    trim = getattr(_LIBC, "malloc_trim", None)
    if trim is not None:
        trim(0)
