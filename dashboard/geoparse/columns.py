"""A matrix of features under construction, one named column after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Columns"]


class Columns:
    """Named columns of equal length."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._columns: list[NDArray[np.float32]] = []

    def add(self, name: str, values: ArrayLike) -> None:
        """Append one column."""
        self.names.append(name)
        self._columns.append(np.asarray(values, np.float32))

    def add_matrix(self, names: tuple[str, ...], values: NDArray[np.float32]) -> None:
        """Append the columns of a matrix."""
        for name, column in zip(names, values.T, strict=True):
            self.add(name, column)

    def matrix(self) -> NDArray[np.float32]:
        """Return all columns side by side."""
        return np.stack(self._columns, axis=1)
