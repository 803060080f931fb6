"""The body of an answer as it arrives: counted before it is decoded, and while it is.

An answer may be endless, and a small one may unpack to a thousand times its size. So no client
decodes for us: bytes are taken as they come over the wire, and unpacked piece by piece.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Mapping

from providers.errors import AnswerRefused, ProviderUnavailable

# The only encoding that services are asked for.
ACCEPTED = "gzip"
MIB = 1024 * 1024
# Of an error so much is read; what is beyond says nothing more.
MAX_ERROR_BYTES = 256 * 1024
# What no longer holds once a body was taken off the wire.
WIRE_HEADERS = frozenset(("content-encoding", "content-length", "transfer-encoding"))
_PIECE_BYTES = 64 * 1024
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class Body:
    """One answer's body, of at most so many bytes; `cuts` where more is left, not refused."""

    def __init__(
        self,
        service: str,
        headers: Mapping[str, str],
        *,
        at_most: int,
        cuts: bool = False,
        paid: bool = False,
    ) -> None:
        self._service = service
        self._at_most = at_most
        self._cuts = cuts
        self._paid = paid
        self._encoding = headers.get("content-encoding", "").strip().lower() or "identity"
        declared = headers.get("content-length", "")
        self._declared = int(declared) if declared.isdecimal() and declared.isascii() else 0

    async def pieces(self, wire: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """What was sent, unpacked. Raises `AnswerRefused` beyond the limit, and
        `ProviderUnavailable` where it cannot be unpacked.
        """
        unpacker = self._unpacker()
        on_wire = came_out = 0
        self._is_too_much(self._declared)
        async for raw in wire:
            on_wire += len(raw)
            for piece in [raw] if unpacker is None else self._unpacked(unpacker, raw):
                came_out += len(piece)
                if self._is_too_much(came_out):
                    return
                yield piece
            # Packed bytes may go on for ever without anything coming out of them.
            if self._is_too_much(on_wire):
                return
        if unpacker is not None and on_wire and not unpacker.eof:
            raise self._unreadable("a packed answer that ends too early")

    async def whole(self, wire: AsyncIterable[bytes]) -> bytes:
        """All of it, or its beginning. Raises as `pieces` does."""
        data = bytearray()
        async for piece in self.pieces(wire):
            data += piece
        return bytes(data)

    def _is_too_much(self, count: int) -> bool:
        """Raises `AnswerRefused` unless the rest is to be left."""
        if count > self._at_most and not self._cuts:
            raise AnswerRefused(
                f"{self._service} sent more than {self._at_most / MIB:g} MiB: that is not taken",
                may_have_charged=self._paid,
            )
        return count > self._at_most

    def _unpacker(self) -> zlib._Decompress | None:
        if self._encoding == "identity":
            return None
        if self._encoding in ("gzip", "x-gzip", "deflate"):
            return zlib.decompressobj(_GZIP_OR_ZLIB)
        raise self._unreadable(f"an answer packed by {self._encoding!r}, which was not asked for")

    def _unpacked(self, unpacker: zlib._Decompress, raw: bytes) -> Iterator[bytes]:
        try:
            while raw and not unpacker.eof:
                if piece := unpacker.decompress(raw, _PIECE_BYTES):
                    yield piece
                raw = unpacker.unconsumed_tail
        except zlib.error as exc:
            raise self._unreadable("an answer that cannot be unpacked") from exc

    def _unreadable(self, what: str) -> ProviderUnavailable:
        return ProviderUnavailable(f"{self._service} sent {what}", may_have_charged=self._paid)
