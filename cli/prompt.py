"""The prompt and the choices of `make`, as a `RunSpec`."""

from __future__ import annotations

import locale
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cli.encodings import NotUnicode, decoded
from cli.errors import BAD_USAGE, CliError
from domain.run import Providers, RunSpec

_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])")
# In the order in which POSIX heeds them.
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_FLAGS = {
    "num_cuts": "--cuts",
    "num_characters": "--characters",
    "art_style": "--style",
    "music_genre": "--music",
    "aspect_ratio": "--aspect",
    "voice_id": "--voice",
    "end_card": "--end-card",
    "max_cost_usd": "--max-cost",
    "on_failure": "--on-failure",
}


def read_prompt(prompt: str | None, file: Path | None) -> str:
    """The words to make a short of: the argument, a file's text, or stdin for `-`.

    Raises `CliError`.
    """
    if (prompt is None) == (file is None):
        raise CliError(
            'say what to make: autoshorts make "why the sea is salty", or -f FILE, or - for stdin',
            BAD_USAGE,
        )
    if file is not None and str(file) != "-":
        return _decoded(_bytes_of(file), str(file))
    if prompt == "-" or file is not None:
        return _decoded(sys.stdin.buffer.read(), "stdin")
    return prompt or ""


def build_spec(prompt: str, **choices: Any) -> RunSpec:
    """Raises `CliError` that names each option that is wrong."""
    given = {name: value for name, value in choices.items() if value is not None}
    try:
        return RunSpec(prompt=prompt, **given)
    except ValidationError as exc:
        wrong = [
            f"{_flag(str(item['loc'][0]))}: {item['msg'].removeprefix('Value error, ')}"
            for item in exc.errors()
        ]
        raise CliError("; ".join(wrong), BAD_USAGE) from exc


def chosen_providers(choices: list[str]) -> Providers | None:
    """`ROLE=NAME` pairs as `Providers`. Raises `CliError` that names what is wrong."""
    chosen = dict[str, str]()
    for choice in choices:
        role, equals, name = choice.partition("=")
        if role not in Providers.model_fields or not equals or not name:
            roles = ", ".join(Providers.model_fields)
            raise CliError(
                f"--with {choice}: write ROLE=NAME, where ROLE is one of {roles}", BAD_USAGE
            )
        chosen[role] = name
    return Providers(**chosen) if chosen else None


def own_language(environ: Mapping[str, str]) -> str | None:
    """The user's own language as a BCP 47 tag, by the locale; None where that is C or POSIX."""
    named = next((environ[name] for name in _LOCALES if environ.get(name)), None)
    found = re.match(
        r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])", named or _by_system()
    )
    if found is None:
        return None
    return f"{found[1].lower()}-{found[2].upper()}" if found[2] else found[1].lower()


def _by_system() -> str:
    """Where no variable says it: on Windows and macOS the system's setting."""
    if sys.platform.startswith("linux"):
        return ""
    return locale.getlocale()[0] or ""


def _flag(field: str) -> str:
    return "the prompt" if field == "prompt" else _FLAGS.get(field, f"--{field}")


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as exc:
        raise CliError(f"{file} cannot be read: {exc.strerror}", BAD_USAGE) from exc


def _decoded(data: bytes, name: str) -> str:
    try:
        return decoded(data).replace("\r\n", "\n")
    except NotUnicode as exc:
        raise CliError(f"{name} {exc}", BAD_USAGE) from exc
