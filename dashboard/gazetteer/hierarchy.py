"""Which first-level division holds a place that its source says nothing of: that of the nearest town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.geo import distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["fill_from_nearest"]

_TOWN_WITHIN_KM = 40.0  # how far the town may be that tells the division
_WINDOW = np.float32(0.37)  # degrees of latitude, a little more than that


def fill_from_nearest(
    admin1: NDArray[np.int32],
    country: NDArray[np.uint16],
    points: tuple[NDArray[np.float32], NDArray[np.float32]],
    *,
    wanting: NDArray[np.bool_],
    divisions: NDArray[np.bool_],
) -> NDArray[np.int32]:
    """Return `admin1` with the gaps filled from the nearest town of the same country.

    In a country none of whose towns has a division, as in Palestine, the nearest division itself tells.

    Parameters
    ----------
    admin1
        Row of the division of each place, -1 for unknown.
    points
        Latitudes and longitudes in degrees.
    wanting
        The places to fill, if their division is unknown.
    divisions
        The rows that are divisions.
    """
    latitude, longitude = points
    filled = admin1.copy()
    known = admin1 >= 0
    gaps = np.flatnonzero(wanting & ~known & (country > 0))
    for code in np.unique(country[gaps]):
        here = country == code
        guides, answer = np.flatnonzero(known & here), admin1
        if not len(guides):
            guides = np.flatnonzero(divisions & here)
            answer = np.arange(len(admin1), dtype=np.int32)  # each tells itself
        if not len(guides):
            continue
        order = np.argsort(latitude[guides], kind="stable")
        guides, sorted_lat = guides[order], latitude[guides][order]
        for row in gaps[country[gaps] == code]:
            low, high = np.searchsorted(sorted_lat, (latitude[row] - _WINDOW, latitude[row] + _WINDOW))
            near = np.sort(guides[low:high])  # of two as near, the first in the index
            if not len(near):
                continue
            away = distance_km(latitude[row], longitude[row], latitude[near], longitude[near])
            nearest = int(np.argmin(away))
            if away[nearest] <= _TOWN_WITHIN_KM:
                filled[row] = answer[near[nearest]]
    return filled
