"""What a run's light work needs of the storage, in this process's memory."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from typing import ParamSpec, Self, TypeVar, cast

from domain.assets import ArtifactRef, Made
from storage.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


class Memory:
    """Blobs and what each run has made; nothing is on disk, and nothing is dropped."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}
        self._made: defaultdict[str, dict[tuple[str, str], Made]] = defaultdict(dict)

    @classmethod
    def as_storage(cls) -> Storage:
        return cast(Storage, cls())

    async def call(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        return work(*args, **named)

    @property
    def blobs(self) -> Self:
        return self

    @property
    def runs(self) -> Self:
        return self

    @property
    def assets(self) -> Self:
        return self

    def put(self, data: bytes, media_type: str) -> ArtifactRef:
        digest = hashlib.sha256(data).hexdigest()
        self._blobs[digest] = data
        return ArtifactRef(sha256=digest, bytes=len(data), media_type=media_type)

    def get(self, ref: ArtifactRef) -> bytes:
        return self._blobs[ref.sha256]

    def progress(self, *_: object, **__: object) -> None:
        """Nobody lists these runs."""

    def keep_made(self, run_id: str, made: Made) -> Made:
        return self._made[run_id].setdefault((made.name, made.digest), made)

    def made(self, run_id: str) -> tuple[Made, ...]:
        return tuple(self._made[run_id].values())
