"""The file that holds a compiled gazetteer: named arrays behind one header, mapped into memory as they lie.

Layout: a header (magic, format version, finished mark, place and length of the table of contents), the
arrays, each on a multiple of 64 bytes, and the table of contents as JSON. The finished mark comes last.
"""

from __future__ import annotations

import shutil
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson

from dashboard.core.errors import GazetteerIndexError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO, Self

    from numpy.typing import DTypeLike, NDArray

__all__ = ["FORMAT_VERSION", "REMEDY", "Container", "ContainerWriter", "read_container"]

FORMAT_VERSION = 2
REMEDY = "Build it: kharita gazetteer build"
_MAGIC = b"KHARITA\x00"
_HEADER = struct.Struct("<8sIIQQ")
_ALIGN = 64


class Container(NamedTuple):
    """What a file holds: arrays that read from the mapped file, and what the builder said of them."""

    arrays: Mapping[str, NDArray[Any]]
    meta: Mapping[str, Any]


class ContainerWriter:
    """Write a container; a file left without `finish` is refused by every reader."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._file.write(_HEADER.pack(_MAGIC, FORMAT_VERSION, 0, 0, 0))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, finished or not."""
        self._file.close()

    def _pad(self) -> int:
        at = self._file.tell()
        self._file.write(b"\0" * (-at % _ALIGN))
        return self._file.tell()

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Append one array."""
        at = self._pad()
        little = array.dtype.newbyteorder("<")
        self._file.write(np.ascontiguousarray(array, dtype=little).data)
        self._arrays[name] = (little.str, int(array.size), at)

    def add_file(self, name: str, dtype: DTypeLike, path: Path) -> None:
        """Append the bytes of a file as one array."""
        at = self._pad()
        with path.open("rb") as source:
            shutil.copyfileobj(source, self._file, 1 << 20)
        kind = np.dtype(dtype)
        self._arrays[name] = (kind.str, (self._file.tell() - at) // kind.itemsize, at)

    def finish(self, meta: Mapping[str, Any]) -> int:
        """Write the table of contents and the finished mark; return the size of the file in bytes."""
        at = self._pad()
        contents = orjson.dumps({"meta": dict(meta), "arrays": self._arrays})
        self._file.write(contents)
        self._file.flush()
        self._file.seek(0)
        self._file.write(_HEADER.pack(_MAGIC, FORMAT_VERSION, 1, at, len(contents)))
        self._file.flush()
        return at + len(contents)


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
    magic, version, finished, at, length = _HEADER.unpack(raw[: _HEADER.size].tobytes())
    if magic != _MAGIC:
        raise GazetteerIndexError(f"{str(path)!r} is not a gazetteer index. {REMEDY}")
    if version != FORMAT_VERSION:
        raise GazetteerIndexError(
            f"The gazetteer {str(path)!r} has format {version}, this program reads {FORMAT_VERSION}. {REMEDY}"
        )
    if not finished or at + length != size:
        raise GazetteerIndexError(f"The gazetteer {str(path)!r} is unfinished or cut short. {REMEDY}")
    contents = orjson.loads(raw[at : at + length].tobytes())
    arrays = {}
    for name, (dtype, count, start) in contents["arrays"].items():
        kind = np.dtype(dtype)
        arrays[name] = raw[start : start + count * kind.itemsize].view(kind)
    return Container(arrays, contents["meta"])
