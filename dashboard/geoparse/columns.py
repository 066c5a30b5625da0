"""A matrix of features under construction, one named column after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Columns"]


class Columns:
    """Named columns of equal length."""

    def __init__(self, length: int) -> None:
        self._length = length
        self.names: list[str] = []
        self._parts: list[tuple[ArrayLike, NDArray[Any] | None]] = []

    def add(self, name: str, values: ArrayLike) -> None:
        """Append one column."""
        self.names.append(name)
        self._parts.append((values, None))

    def add_matrix(self, names: Sequence[str], values: NDArray[np.float32]) -> None:
        """Append the columns of a matrix."""
        self.names += names
        self._parts.append((values, None))

    def add_rows(self, names: Sequence[str], table: NDArray[np.float32], rows: NDArray[Any]) -> None:
        """Append the columns of a table of which each row of the matrix is some row: `table[rows]`."""
        self.names += names
        self._parts.append((table, rows))

    def matrix(self, spare: int = 0) -> NDArray[np.float32]:
        """Return all columns side by side, and so many more, yet to be filled."""
        out = np.empty((self._length, len(self.names) + spare), np.float32)
        at = 0
        for values, rows in self._parts:
            given = np.asarray(values)
            if given.ndim == 1:
                out[:, at] = given
                at += 1
            else:
                width = given.shape[1]
                out[:, at : at + width] = given if rows is None else given.take(rows, axis=0)
                at += width
        return out
