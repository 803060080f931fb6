"""A voice's sample for the gateway: spoken by a process that then gives its memory back."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from gateway.samples import SampleFailed

TIMEOUT_SECONDS = 120.0


async def sampled(voice_id: str, language: str, out: Path) -> None:
    """Write the WAV. Raises `SampleFailed`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "cli", "voices", "--language", language),
        *("--sample", voice_id, str(out)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            _, errors = await process.communicate()
    except TimeoutError as exc:
        raise SampleFailed(f"it took more than {TIMEOUT_SECONDS:.0f} s") from exc
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        said = errors.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise SampleFailed(said[0].removeprefix("autoshorts: "))
