"""A speech engine in a process of its own: one JSON request in, its answer's bytes out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from providers.errors import InvalidProviderRequest, ProviderTimeout, ProviderUnavailable

TIMEOUT_SECONDS = 60.0
REFUSED = 2


def answer_of(driver: Path, request: Mapping[str, Any]) -> bytes:
    """What the script `driver` writes when it is given `request`.

    Raises `InvalidProviderRequest` with its own words where it ends with `REFUSED`,
    `ProviderTimeout` and `ProviderUnavailable`.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", str(driver)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as exc:
        raise ProviderUnavailable(f"the speech process could not be started: {exc}") from exc
    with process:
        try:
            out, err = process.communicate(json.dumps(request).encode(), TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired as exc:
            raise ProviderTimeout(
                f"the speech process said nothing for {TIMEOUT_SECONDS:.0f} s"
            ) from exc
        finally:
            _ended(process)
    said = err.decode(errors="replace").strip()
    if process.returncode == REFUSED:
        raise InvalidProviderRequest(said)
    if process.returncode:
        last = said.splitlines()[-1:] or ["no message"]
        raise ProviderUnavailable(f"the speech process ended with {process.returncode}: {last[0]}")
    return out


def _ended(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
