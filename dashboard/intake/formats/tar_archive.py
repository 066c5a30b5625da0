"""Tar archives, packed or not: their files one after the other, counted and bounded; links are not followed."""

from __future__ import annotations

import io
import tarfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from dashboard.intake.draft import Content, Member, Part
from dashboard.intake.formats.zip_archive import is_passed_over, safe_place
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.streams import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Options

__all__ = ["read"]

_BAD = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, UnicodeError)


def read(content: Content, _options: Options) -> Iterator[Member | Part]:
    """Give the files of an archive in its order."""
    content.stream.seek(0)
    bounds = Unpacking(content.size)
    try:
        with tarfile.open(
            fileobj=cast("BinaryIO", _Bounded(content.stream)), mode="r|*", errorlevel=1
        ) as packed:
            yield from _members(packed, bounds)
    except Refusal:
        raise
    except _BAD as error:
        raise refusal("broken", format="tar archive", detail=error) from error


def _members(packed: tarfile.TarFile, bounds: Unpacking) -> Iterator[Member | Part]:
    for info in packed:
        bounds.part()
        if not info.isreg() or is_passed_over(info.name):
            continue
        if safe_place(info.name) is None:
            yield Part(refusal("outside"), f" › {info.name}")
            continue
        stream = packed.extractfile(info)
        if stream is None:
            continue
        kept, size = bounds.unpack(cast("BinaryIO", stream))
        with kept:
            yield Member(Content(info.name, kept, size), info.name)


class _Bounded(io.RawIOBase):
    """A stream that hands out only so much at once; the library asks for whole headers, as long as they claim to be."""

    _MOST = 16 * 1024 * 1024

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Read some bytes."""
        if size > self._MOST:
            raise refusal("broken", format="tar archive", detail="a header is too long")
        return self._stream.read(size)
