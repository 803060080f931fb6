"""A voice model in this process: loaded when it is needed, and given back when nobody speaks."""

from __future__ import annotations

import ctypes
import hashlib
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

THREADS = 2
# A film is composed where nobody speaks any more; loading takes a second.
IDLE_SECONDS = 4.0
# Fields of ONNX: ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1; each
# holds a message or text, so its tag is `8 * number + 2`.
_GRAPH, _OUTPUT, _NAME = 0x3A, 0x62, 0x0A

Arrays = list[NDArray[np.float32]]


def more_output(name: str) -> bytes:
    """What makes a value inside a serialised model's graph an output too, when it is appended.

    A second graph field is merged with the first (protobuf's rule for embedded messages).
    """
    text = name.encode()
    value = bytes((_NAME, len(text))) + text
    output = bytes((_OUTPUT, len(value))) + value
    return bytes((_GRAPH, len(output))) + output


class Model:
    """An ONNX model in files that are its bytes one after another, with one more output."""

    def __init__(
        self, files: Callable[[], Sequence[Path]], *, sha256: str, output: str, threads: int
    ) -> None:
        self._files = files
        self._sha256 = sha256
        self._output = output
        self._threads = threads
        self._lock = threading.Lock()
        self._session: Any = None
        self._used = 0.0
        self._lack: str | None = None
        self._looked = False

    def lacks(self) -> str | None:
        """What is missing or wrong, in words; the files are read once."""
        with self._lock:
            if not self._looked:
                self._lack, self._looked = self._look(), True
            return self._lack

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """The model's outputs, in order; one caller at a time."""
        with self._lock:
            if self._session is None:
                self._session = self._load()
                self._look_again(IDLE_SECONDS)
            session, options = self._session
            outputs: Arrays = session.run(None, dict(inputs), options)
            _trim()
            self._used = time.monotonic()
            return outputs

    def _look_again(self, seconds: float) -> None:
        timer = threading.Timer(seconds, self._give_back)
        timer.daemon = True
        timer.start()

    def _give_back(self) -> None:
        """The memory, where nobody has spoken for a while."""
        with self._lock:
            rest = self._used + IDLE_SECONDS - time.monotonic()
            if rest > 0:
                self._look_again(rest)
                return
            self._session = None
        _trim()

    def _look(self) -> str | None:
        digest = hashlib.sha256()
        try:
            import onnxruntime  # noqa: F401

            for path in self._files():
                digest.update(path.read_bytes())
        except (ImportError, OSError) as exc:
            return str(exc)
        if digest.hexdigest() != self._sha256:
            return f"its weights are not those that were published (sha256 {self._sha256[:12]}…)"
        return None

    def _load(self) -> tuple[Any, Any]:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        # Threads that spin while they wait take 40 % more of the processor.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        weights = b"".join([*(p.read_bytes() for p in self._files()), more_output(self._output)])
        session = ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        # Else the process keeps what the longest phrase needed.
        running = ort.RunOptions()
        running.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        return session, running


def _trim() -> None:
    """What was freed goes back to the system: 50 MB after a phrase. By glibc only."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def file_in(package: str, *parts: str) -> Path:
    """A file of an installed package. Raises `ModuleNotFoundError` where there is none."""
    from importlib.resources import files

    return Path(str(files(package).joinpath(*parts)))
