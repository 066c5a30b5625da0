"""Arrays that grow at their end, and runs of rows: what the tables of words and names are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray

__all__ = ["Growing", "rows_of_runs"]

_FIRST_SIZE = 1024


class Growing:
    """An array of rows to which more are appended; the room grows by half when it is used up."""

    def __init__(self, dtype: DTypeLike, *width: int) -> None:
        self._room: NDArray[Any] = np.zeros((_FIRST_SIZE, *width), dtype)
        self.values: NDArray[Any] = self._room[:0]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.values)

    def extend(self, rows: ArrayLike) -> None:
        """Append rows."""
        more = np.asarray(rows, self._room.dtype)
        size = len(self.values)
        needed = size + len(more)
        if needed > len(self._room):
            size_now = len(self._room)
            room = np.zeros((max(needed, size_now + size_now // 2), *self._room.shape[1:]), self._room.dtype)
            room[:size] = self.values
            self._room = room
        self._room[size:needed] = more
        self.values = self._room[:needed]


def rows_of_runs(starts: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return the rows `starts[i], starts[i] + 1, …`, `counts[i]` of them, run after run."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.repeat(starts - ends + counts, counts) + np.arange(total), np.int64)
