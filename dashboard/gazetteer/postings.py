"""Names on their way into the index: collected as numbers, spilled to buckets, sorted bucket by bucket.

A bucket holds the keys of one range, so that the sorted buckets, one after another, are the whole sorted
list, and no more than one bucket is in memory.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dashboard.gazetteer.names import UNANIMOUS, NameFlag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["KeySpill", "PostingSpill"]

_POSTING = np.dtype([("key", "<u8"), ("row", "<i4"), ("flags", "<u2")])
_BUCKET_BITS = 4
_BUCKETS = 1 << _BUCKET_BITS
_SHIFT = np.uint64(64 - _BUCKET_BITS)
_LIMIT = 1 << 20
_UNANIMOUS = np.uint16(UNANIMOUS)
_MAIN = np.uint16(NameFlag.MAIN)
_NOT_ALTERNATE = np.uint16(0xFFFF ^ NameFlag.ALTERNATE)


def _spill(
    folder: Path, stem: str, values: NDArray[np.void] | NDArray[np.uint64], keys: NDArray[np.uint64]
) -> None:
    order = np.argsort(keys, kind="stable")
    values, keys = values[order], keys[order]
    bounds = np.searchsorted(keys >> _SHIFT, np.arange(_BUCKETS + 1, dtype=np.uint64))
    for bucket, (start, stop) in enumerate(pairwise(bounds.tolist())):
        with (folder / f"{stem}.{bucket}").open("ab") as file:
            file.write(values[start:stop].tobytes())


class PostingSpill:
    """Name postings: which row bears the name of a key, with which flags."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys, self._rows, self._flags = array("Q"), array("i"), array("H")

    def add(self, key: int, row: int, flags: int) -> None:
        """Add one posting."""
        self._keys.append(key)
        self._rows.append(row)
        self._flags.append(flags)
        if len(self._keys) >= _LIMIT:
            self._flush()

    def _flush(self) -> None:
        postings = np.empty(len(self._keys), dtype=_POSTING)
        postings["key"] = self._keys
        postings["row"] = self._rows
        postings["flags"] = self._flags
        _spill(self._folder, "postings", postings, postings["key"].copy())
        self._keys, self._rows, self._flags = array("Q"), array("i"), array("H")

    def sorted(self) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.uint16]]]:
        """Give keys, rows and flags bucket by bucket, by key and row, each pair once."""
        self._flush()
        for bucket in range(_BUCKETS):
            postings = np.fromfile(self._folder / f"postings.{bucket}", dtype=_POSTING)
            postings = postings[np.lexsort((postings["row"], postings["key"]))]
            if not len(postings):
                continue
            keys, rows, flags = postings["key"].copy(), postings["row"].copy(), postings["flags"].copy()
            first = np.ones(len(keys), dtype=np.bool_)
            first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
            starts = np.flatnonzero(first)
            # As `merge_flags` does, for any number of spellings of one name.
            some, every = np.bitwise_or.reduceat(flags, starts), np.bitwise_and.reduceat(flags, starts)
            merged = (some & ~_UNANIMOUS) | (every & _UNANIMOUS)
            merged = np.where(merged & _MAIN, merged & _NOT_ALTERNATE, merged)
            yield keys[starts], rows[starts], merged.astype(np.uint16)


class KeySpill:
    """A set of keys."""

    def __init__(self, folder: Path, stem: str) -> None:
        self._folder, self._stem = folder, stem
        self._keys = array("Q")

    def add(self, key: int) -> None:
        """Add one key."""
        self._keys.append(key)
        if len(self._keys) >= _LIMIT:
            self._flush()

    def _flush(self) -> None:
        keys = np.unique(np.asarray(self._keys, dtype=np.uint64))
        _spill(self._folder, self._stem, keys, keys)
        self._keys = array("Q")

    def sorted(self) -> Iterator[NDArray[np.uint64]]:
        """Give the keys bucket by bucket, sorted, each once."""
        self._flush()
        for bucket in range(_BUCKETS):
            yield np.unique(np.fromfile(self._folder / f"{self._stem}.{bucket}", dtype=np.uint64))
