"""What a command may end with, other than success."""

from __future__ import annotations

DONE = 0
FAILED = 1
BAD_USAGE = 2
INTERRUPTED = 130


class CliError(Exception):
    """A sentence for the person at the terminal, and the exit code it ends with."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code
