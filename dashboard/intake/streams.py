"""Streams for readers: as UTF-8, line by line with a limit, and unpacked with bounds."""

from __future__ import annotations

import codecs
import io
import tempfile
from typing import TYPE_CHECKING, BinaryIO, cast

from dashboard.intake.encodings import read_text
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content

__all__ = ["Unpacking", "limited_lines", "utf8_stream"]

_CHUNK = 1 << 20
_MAX_OLD = 64 * 1024 * 1024  # bytes of a file in an old encoding, which is decoded whole
_IN_MEMORY = 8 * 1024 * 1024  # bytes of an unpacked file that stay in memory; more goes to the disk


def utf8_stream(content: Content) -> BinaryIO:
    """Return the bytes of a text as UTF-8 without a mark, from the beginning; other encodings are found and turned.

    Raises
    ------
    ArticleFormatError
        It is no text, or empty.
    """
    stream = content.stream
    head = content.head(4)
    if content.size == 0:
        raise refusal("empty")
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and _is_utf8(stream):
        stream.seek(len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0)
        return stream
    decoded = read_text(content.data(_MAX_OLD), content.hints.charset)
    if decoded.note:
        content.notes.append(decoded.note)
    return io.BytesIO(decoded.text.encode())


def _is_utf8(stream: BinaryIO) -> bool:
    """Read all of it once; the decoder is quicker than any reader of formats."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def limited_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Give the lines of a stream without their ends; None for one longer than `limit` bytes."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield None


class Unpacking:
    """Counts what comes out of an archive, so that no bomb goes off.

    Parameters
    ----------
    packed_size
        Bytes of the archive.
    """

    MAX_RATIO = 200  # times its size that an archive may unpack to; text packs to a fifth
    FREE = 50 * 1024 * 1024  # bytes that are not asked about
    MAX_BYTES = 20 * 1024**3
    MAX_PARTS = 1_000_000

    def __init__(self, packed_size: int) -> None:
        self._most = max(self.FREE, packed_size * self.MAX_RATIO)
        self._bytes = 0
        self._parts = 0

    def part(self) -> None:
        """Count a part.

        Raises
        ------
        Refusal
            There are too many.
        """
        self._parts += 1
        if self._parts > self.MAX_PARTS:
            raise refusal("too_many", limit=self.MAX_PARTS)

    def count(self, size: int) -> None:
        """Count unpacked bytes.

        Raises
        ------
        Refusal
            There are too many, or too many for so small an archive.
        """
        self._bytes += size
        if self._bytes > self.MAX_BYTES:
            raise refusal("unpacked_size", limit=self.MAX_BYTES // 1024**3)
        if self._bytes > self._most:
            raise refusal("bomb", limit=self.MAX_RATIO)

    def unpack(self, packed: BinaryIO) -> tuple[BinaryIO, int]:
        """Read a part to its end, counted, into memory or, when it is large, a temporary file."""
        kept = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the content owns it
        size = 0
        while chunk := packed.read(_CHUNK):
            self.count(len(chunk))
            size += len(chunk)
            kept.write(chunk)
        kept.seek(0)
        return kept, size
