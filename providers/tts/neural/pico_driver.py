"""Speak one text with SVOX Pico: JSON in on stdin, 16-bit samples at 16 kHz out on stdout."""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Answer the one request on stdin."""
    from py_nanotts import NanoTTS

    asked = json.loads(sys.stdin.buffer.read())
    sound = NanoTTS().speak(asked["text"], voice=asked["voice"], speed=asked["speed"])
    sys.stdout.buffer.write(sound)


if __name__ == "__main__":
    main()
