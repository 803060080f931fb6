# SPDX-License-Identifier: GPL-3.0-or-later
"""Speak one text with espeak-ng: JSON in on stdin, JSON and samples out on stdout. Or tell the
phonemes of several.

A process speaks once: espeak-ng's output repeats only in a fresh one. It ends with its
parent. Protocol: README.md beside this file. API: espeak-ng 1.52, speak_lib.h.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from typing import Any, NoReturn

SYNCHRONOUS = 2
EVENT_WORD = 1
DONT_EXIT = 0x8000
CHARS_UTF8 = 1
POSITION_CHARACTER = 1
RATE, PITCH, RANGE = 1, 3, 4
PR_SET_PDEATHSIG = 1
PHONEMES_IPA = 0x02
PHONEMES_TIED = PHONEMES_IPA | 0x80 | ord("^") << 8


class _Identifier(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identifier),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def main() -> None:
    """Answer the one request on stdin."""
    _end_with_parent()
    request = json.loads(sys.stdin.buffer.read())
    library, sample_rate = _open(request)
    if "texts" in request:
        ipa = [_phonemes(library, text, PHONEMES_TIED) for text in request["texts"]]
        sys.stdout.buffer.write(json.dumps({"ipa": ipa}).encode())
        return
    _speak(library, sample_rate, request)


def _speak(library: Any, sample_rate: int, request: dict[str, Any]) -> None:
    for parameter, value in ((RATE, "rate"), (PITCH, "pitch"), (RANGE, "range")):
        library.espeak_SetParameter(parameter, int(request[value]), 0)
    samples, words = bytearray(), []

    def receive(wav: Any, count: int, events: Any) -> int:
        if wav and count:
            samples.extend(ctypes.string_at(wav, 2 * count))
        index = 0
        while events[index].type:
            if events[index].type == EVENT_WORD:
                words.append([events[index].text_position - 1, events[index].audio_position])
            index += 1
        return 0

    callback = _Callback(receive)
    library.espeak_SetSynthCallback(callback)
    text = request["text"].encode()
    if library.espeak_Synth(text, len(text) + 1, 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None):
        _refuse("espeak-ng could not speak the text")
    header = {
        "sample_rate": sample_rate,
        "words": words,
        "phonemes": _phonemes(library, request["text"], PHONEMES_IPA),
    }
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + bytes(samples))
    sys.stdout.buffer.flush()


def _open(request: dict[str, Any]) -> tuple[Any, int]:
    # A data path over about 160 characters fails, so it is named from its own folder.
    folder, name = os.path.split(request["data"])
    os.chdir(folder)
    library = ctypes.CDLL(request["library"])
    sample_rate = library.espeak_Initialize(SYNCHRONOUS, 0, name.encode(), DONT_EXIT)
    if sample_rate <= 0:
        _refuse(f"espeak-ng could not read its data in {request['data']!r}")
    if library.espeak_SetVoiceByName(request["voice"].encode()):
        _refuse(f"espeak-ng has no voice {request['voice']!r}")
    # Else the breath in a voice is seeded with the time of day.
    library.espeak_ng_SetRandSeed(1)
    return library, sample_rate


def _phonemes(library: Any, text: str, mode: int) -> str:
    """The text in IPA, as espeak-ng pronounces it."""
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    pointer = ctypes.c_char_p(text.encode())
    parts = []
    while pointer.value:
        part = library.espeak_TextToPhonemes(ctypes.byref(pointer), CHARS_UTF8, mode)
        parts.append((part or b"").decode(errors="replace"))
    return " ".join(parts)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)


def _refuse(reason: str) -> NoReturn:
    sys.stderr.write(reason + "\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
