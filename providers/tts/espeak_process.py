"""Phonemes from espeak-ng, as text, from a short-lived process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import espeakng_loader

from providers.errors import InvalidProviderRequest, ProviderTimeout, ProviderUnavailable
from providers.tts.voices import espeak_language

DRIVER = Path(__file__).parent / "espeak" / "driver.py"
TIMEOUT_SECONDS = 60.0


def ipa(texts: Sequence[str], language: str) -> list[str]:
    """Each text in IPA as espeak-ng says it in a BCP 47 `language`, "^" between tied letters.

    One process for all. Raises `ProviderUnavailable`, `ProviderTimeout` or, for a language that
    espeak-ng refuses, `InvalidProviderRequest`.
    """
    request = {
        "library": str(espeakng_loader.get_library_path()),
        "data": str(espeakng_loader.get_data_path()),
        "voice": espeak_language(language, " ".join(texts))[0],
        "texts": list(texts),
    }
    command = [sys.executable, "-I", str(DRIVER)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
        )
    except OSError as exc:
        raise ProviderUnavailable(f"the speech process could not be started: {exc}") from exc
    except subprocess.TimeoutExpired as exc:
        raise ProviderTimeout(
            f"the speech process said nothing for {TIMEOUT_SECONDS:.0f} s"
        ) from exc
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == 2:
        raise InvalidProviderRequest(said)
    if done.returncode:
        last = said.splitlines()[-1:] or ["no message"]
        raise ProviderUnavailable(f"the speech process ended with {done.returncode}: {last[0]}")
    sounds: list[str] = json.loads(done.stdout)["ipa"]
    return sounds
