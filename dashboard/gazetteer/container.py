"""The file that holds a compiled gazetteer: named arrays behind one header, mapped into memory as they lie.

Layout: a header (magic, format version, finished mark, place and length of the table of contents, checksums
of the table of contents and of all that follows the header), the arrays, each on a multiple of 64 bytes, and
the table of contents as JSON. The finished mark comes last. Opening a file checks its length and its table of
contents; `verify_container` reads all of it.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson
import xxhash

from dashboard.core.errors import GazetteerIndexError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO, Self

    from numpy.typing import DTypeLike, NDArray

__all__ = [
    "FORMAT_VERSION",
    "REMEDY",
    "Container",
    "ContainerWriter",
    "put_in_place",
    "read_container",
    "verify_container",
]

FORMAT_VERSION = 3
REMEDY = "Build it: kharita gazetteer build"
_MAGIC = b"KHARITA\x00"
_HEADER = struct.Struct("<8sIIQQQQ")
_ALIGN = 64
_CHUNK = 1 << 20


class Container(NamedTuple):
    """What a file holds: arrays that read from the mapped file, and what the builder said of them."""

    arrays: Mapping[str, NDArray[Any]]
    meta: Mapping[str, Any]


class ContainerWriter:
    """Write a container; a file left without `finish` is refused by every reader."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._sum = xxhash.xxh3_64()
        self._at = _HEADER.size
        self._file.write(_header(finished=0))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, finished or not."""
        self._file.close()

    def _write(self, content: bytes | memoryview) -> None:
        self._file.write(content)
        self._sum.update(content)
        self._at += memoryview(content).nbytes

    def _pad(self) -> int:
        self._write(b"\0" * (-self._at % _ALIGN))
        return self._at

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Append one array."""
        at = self._pad()
        little = array.dtype.newbyteorder("<")
        # As bytes: a view of an empty array is none, and the checksum takes no other kind of view.
        self._write(np.ascontiguousarray(array, dtype=little).reshape(-1).view(np.uint8).data)
        self._arrays[name] = (little.str, int(array.size), at)

    def add_file(self, name: str, dtype: DTypeLike, path: Path) -> None:
        """Append the bytes of a file as one array."""
        at = self._pad()
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                self._write(chunk)
        kind = np.dtype(dtype)
        self._arrays[name] = (kind.str, (self._at - at) // kind.itemsize, at)

    def finish(self, meta: Mapping[str, Any]) -> int:
        """Write the table of contents and, once all lies on the disk, the finished mark; return the size in bytes."""
        at = self._pad()
        contents = orjson.dumps({"meta": dict(meta), "arrays": self._arrays})
        self._write(contents)
        _sync(self._file)
        self._file.seek(0)
        sums = (xxhash.xxh3_64_intdigest(contents), self._sum.intdigest())
        self._file.write(_header(1, at, len(contents), *sums))
        _sync(self._file)
        return self._at


def _header(finished: int, at: int = 0, length: int = 0, contents_sum: int = 0, whole_sum: int = 0) -> bytes:
    return _HEADER.pack(_MAGIC, FORMAT_VERSION, finished, at, length, contents_sum, whole_sum)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def put_in_place(beside: Path, path: Path) -> None:
    """Give a finished file its name, so that it bears it even if the power fails at once."""
    beside.replace(path)
    if os.name == "posix":  # elsewhere a folder can't be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def verify_container(path: Path) -> None:
    """Read all of a container and compare it with its checksum.

    Raises
    ------
    GazetteerIndexError
        The file can't be used, or is not what was written.
    """
    read_container(path)
    total = xxhash.xxh3_64()
    try:
        with path.open("rb") as file:
            wanted = _HEADER.unpack(file.read(_HEADER.size))[-1]
            while chunk := file.read(_CHUNK):
                total.update(chunk)
    except OSError as error:
        raise GazetteerIndexError(f"The gazetteer {str(path)!r} can't be read: {error}. {REMEDY}") from error
    if total.intdigest() != wanted:
        raise GazetteerIndexError(f"The gazetteer {str(path)!r} is damaged: its checksum is wrong. {REMEDY}")


def read_container(path: Path) -> Container:
    """Map a container into memory.

    Raises
    ------
    GazetteerIndexError
        The file is missing, unfinished, cut short, of another format version, or no gazetteer at all.
    """
    try:
        size = path.stat().st_size
        if size < _HEADER.size:
            raise GazetteerIndexError(f"{str(path)!r} is not a gazetteer index. {REMEDY}")
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
    except FileNotFoundError as error:
        raise GazetteerIndexError(f"No gazetteer at {str(path)!r}. {REMEDY}") from error
    except (OSError, ValueError) as error:
        raise GazetteerIndexError(f"The gazetteer {str(path)!r} can't be read: {error}. {REMEDY}") from error
    raw: NDArray[np.uint8] = mapped.view(np.ndarray)
    magic, version, finished, at, length, contents_sum, _ = _HEADER.unpack(raw[: _HEADER.size].tobytes())
    if magic != _MAGIC:
        raise GazetteerIndexError(f"{str(path)!r} is not a gazetteer index. {REMEDY}")
    if version != FORMAT_VERSION:
        raise GazetteerIndexError(
            f"The gazetteer {str(path)!r} has format {version}, this program reads {FORMAT_VERSION}. {REMEDY}"
        )
    if finished != 1 or at + length != size:
        raise GazetteerIndexError(f"The gazetteer {str(path)!r} is unfinished or cut short. {REMEDY}")
    told = raw[at : at + length].tobytes()
    if xxhash.xxh3_64_intdigest(told) != contents_sum:
        raise GazetteerIndexError(
            f"The gazetteer {str(path)!r} is damaged: its table of contents is not what was written. {REMEDY}"
        )
    contents = orjson.loads(told)
    arrays = {}
    for name, (dtype, count, start) in contents["arrays"].items():
        kind = np.dtype(dtype)
        arrays[name] = raw[start : start + count * kind.itemsize].view(kind)
    return Container(arrays, contents["meta"])
