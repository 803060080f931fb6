"""Leaving a process that has touched a Temporal client.

The SDK's threads may abort (134, 139) or hang the interpreter while it finalises, after all
work is done and right. So every console entry point ends through `exit_now`, and nothing
else calls it. Cause and rates: docs/operations.md, "Leaving".
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
from typing import NoReturn

logger = logging.getLogger(__name__)


def exit_now(code: int) -> NoReturn:
    """End the process with `code`, after threads were joined and exit handlers have run.

    A stdout that can no longer be written turns 0 into 1.
    """
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    except BaseException:
        logger.exception("an exit handler failed")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            code = code or 1
    os._exit(code)
