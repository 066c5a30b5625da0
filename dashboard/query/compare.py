"""Two selections beside each other: how often each names a place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboard.query.columns import COMPARED_COLUMNS, check_frame

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

__all__ = ["compare_frames", "halves"]

_SAME = ("place_id", "name", "name_ar", "name_fr", "kind", "country", "latitude", "longitude")


def compare_frames(
    first: pd.DataFrame, second: pd.DataFrame, first_total: int, second_total: int
) -> pd.DataFrame:
    """Return every place that either selection names; most articles first, then by name: `COMPARED_COLUMNS`.

    Parameters
    ----------
    first, second
        Columns `PLACE_COLUMNS`.
    first_total, second_total
        Articles of each selection: a place is compared by its share of them, for one side may have many more.
    """
    both = pd.concat([first, second]).drop_duplicates("place_id").set_index("place_id", drop=False)
    frame = both[list(_SAME)].copy()
    for name, side in (("first", first), ("second", second)):
        counts = side.set_index("place_id")["articles"]
        frame[name] = counts.reindex(frame.index).fillna(0).astype("int64")
    sure = [side.set_index("place_id")["confidence"].reindex(frame.index) for side in (first, second)]
    frame["confidence"] = pd.concat(sure, axis=1).max(axis=1).astype("float64")
    frame["lean"] = _lean(
        frame["first"].to_numpy() / max(1, first_total), frame["second"].to_numpy() / max(1, second_total)
    )
    frame["articles"] = frame["first"] + frame["second"]
    frame = frame.reset_index(drop=True)[list(COMPARED_COLUMNS)]
    frame = frame.sort_values(
        ["articles", "name", "place_id"], ascending=[False, True, True], ignore_index=True
    )
    check_frame(frame, COMPARED_COLUMNS)
    return frame


def _lean(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1 where only the first share is above nothing, -1 where only the second, 0 where they are equal."""
    return (first - second) / np.maximum(first + second, np.finfo(float).tiny)


def halves(first: date, last: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return the first and the second half of some days, each as its first and last day."""
    middle = first + (last - first) // 2
    return (first, middle), (min(last, middle + timedelta(days=1)), last)
