"""The body of an answer, read and unpacked with a limit, whatever the server says of its size."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from dashboard.network.refusals import Unfetched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from urllib3 import BaseHTTPResponse

__all__ = ["PACKINGS", "read_body"]

PACKINGS = "gzip, deflate"  # what is asked for: both unpack step by step, with a limit
_CHUNK = 1 << 16
_MB = 1024**2
_ANY_HEAD = 47  # of zlib: the head says whether it is gzip or zlib


def read_body(answer: BaseHTTPResponse, host: str, limit: int, *, cut: bool = False) -> bytes:
    """Read the body of an answer that was asked for without loading or unpacking it.

    Parameters
    ----------
    limit
        Bytes that it may have, packed and unpacked.
    cut
        Whether to keep the beginning of a longer one, instead of refusing it.

    Raises
    ------
    Unfetched
        It is longer, or packed in a way that was not asked for, or broken.
    """
    said = answer.headers.get("content-length", "")
    if said.isdecimal() and int(said) > limit and not cut:
        raise _too_large(host, limit)
    body = bytearray()
    for piece in _unpacked(_pieces(answer), answer.headers.get("content-encoding", ""), host, limit + 1):
        body += piece
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise _too_large(host, limit)
    return bytes(body)


def _too_large(host: str, limit: int) -> Unfetched:
    return Unfetched("net_large", host=host, limit=limit // _MB)


def _pieces(answer: BaseHTTPResponse) -> Iterator[bytes]:
    while piece := answer.read1(_CHUNK, decode_content=False):
        yield piece


def _unpacked(pieces: Iterator[bytes], packing: str, host: str, most: int) -> Iterator[bytes]:
    """Unpack piece by piece; no piece gives more than `most` bytes."""
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        yield from pieces
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Unfetched("net_packed", host=host, packing=packing)
    unpack = _opener(packing)
    step = None
    try:
        for piece in pieces:
            step = step or unpack(piece)
            yield step.decompress(piece, most)
    except zlib.error as error:
        raise Unfetched("net_broken", host=host) from error
    if step is not None and not step.eof:
        raise Unfetched("net_broken", host=host)


def _opener(packing: str) -> Callable[[bytes], zlib._Decompress]:
    """Return what begins to unpack; some servers send deflate without its head."""

    def begin(first: bytes) -> zlib._Decompress:
        bare = packing == "deflate" and first[:1] and first[0] & 0x0F != 8  # noqa: PLR2004 - zlib's method
        return zlib.decompressobj(-zlib.MAX_WBITS if bare else _ANY_HEAD)

    return begin
