"""Which first-level division holds a place that its source says nothing of: that of the nearest town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.geo import distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["fill_from_nearest"]


def fill_from_nearest(
    admin1: NDArray[np.int32],
    country: NDArray[np.uint16],
    latitude: NDArray[np.float32],
    longitude: NDArray[np.float32],
    wanting: NDArray[np.bool_],
    within_km: float,
) -> NDArray[np.int32]:
    """Return `admin1` with the gaps filled from the nearest place of the same country.

    Parameters
    ----------
    admin1
        Row of the division of each place, -1 for unknown.
    wanting
        The places to fill, if their division is unknown.
    within_km
        How far the nearest place may be; beyond, the division stays unknown.
    """
    filled = admin1.copy()
    known = admin1 >= 0
    gaps = np.flatnonzero(wanting & ~known & (country > 0))
    for code in np.unique(country[gaps]):
        towns = np.flatnonzero(known & (country == code))
        if not len(towns):
            continue
        for row in gaps[country[gaps] == code]:
            away = distance_km(latitude[row], longitude[row], latitude[towns], longitude[towns])
            nearest = int(np.argmin(away))
            if away[nearest] <= within_km:
                filled[row] = admin1[towns[nearest]]
    return filled
