"""Distances on the Earth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["EARTH_RADIUS_KM", "distance_km"]

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def distance_km(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    """Great-circle distance in kilometres by the haversine formula; degrees WGS84, shapes broadcast."""
    p, q = np.radians(lat1), np.radians(lat2)
    across = np.radians(np.subtract(lon2, lon1))
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(across / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h))))
