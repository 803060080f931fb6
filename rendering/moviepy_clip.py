"""MoviePy, imported without its side effect: it reads any `.env` it finds above its own
folder into the environment, and so would hand a project's secrets to every child process."""

from __future__ import annotations

import dotenv


def _import_quietly() -> None:
    original = dotenv.load_dotenv
    dotenv.load_dotenv = lambda *args, **kwargs: False
    try:
        import moviepy  # noqa: F401
    finally:
        dotenv.load_dotenv = original


_import_quietly()

import moviepy  # noqa: E402
from moviepy import VideoClip  # noqa: E402

__all__ = ["VideoClip", "moviepy"]
