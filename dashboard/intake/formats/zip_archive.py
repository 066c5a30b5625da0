"""Zip archives: what is packed in them, one file after the other, counted and bounded."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from dashboard.intake.draft import Content, Hints, Member, Part
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.streams import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Options

__all__ = ["BAD_ZIP", "members", "opened_zip", "read", "safe_place"]

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
# What the library lets through when the bytes are not what they should be.
BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


def read(content: Content, _options: Options) -> Iterator[Member | Part]:
    """Give the files of an archive in its order; hidden ones and what systems leave beside them are passed over."""
    yield from members(content)


def members(content: Content, prefix: str = "", hints: Hints | None = None) -> Iterator[Member | Part]:
    """Give the files whose names begin with `prefix`."""
    with opened_zip(content) as packed:
        bounds = Unpacking(content.size)
        for info in packed.infolist():
            name = _name(info)
            if info.is_dir() or is_passed_over(name) or not name.startswith(prefix):
                continue
            bounds.part()
            if safe_place(name) is None:
                yield Part(refusal("outside"), f" › {name}")
                continue
            if info.flag_bits & _ENCRYPTED:
                yield Part(refusal("locked"), f" › {name}")
                continue
            try:
                with packed.open(info) as stream:
                    kept, size = bounds.unpack(cast("BinaryIO", stream))
            except Refusal:
                raise
            except BAD_ZIP as error:
                yield Part(refusal("broken", format="zip archive", detail=error), f" › {name}")
                continue
            with kept:
                yield Member(Content(name, kept, size, hints or Hints()), name)


def opened_zip(content: Content) -> zipfile.ZipFile:
    """Open a zip archive.

    Raises
    ------
    Refusal
        It is none.
    """
    content.stream.seek(0)
    try:
        return zipfile.ZipFile(content.stream)
    except BAD_ZIP as error:
        raise refusal("broken", format="zip archive", detail=error) from error


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one that does not say that it is UTF-8 may be Arabic in an old encoding."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp720", "cp1256"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def is_passed_over(name: str) -> bool:
    """Tell what nobody means to add: hidden files, and what systems leave in archives."""
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


def safe_place(name: str) -> str | None:
    """Return a member's name as a path below its archive; None when it leads elsewhere."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        return None
    return "/".join(part for part in parts if part not in ("", "."))
