"""Distances on the Earth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["EARTH_RADIUS_KM", "distance_km", "parse_point"]

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_NUMBER = r"([+-]?\d+(?:\.\d+)?)\s*°?\s*"
_POINT = re.compile(rf"\s*{_NUMBER}([ns]?)(?:\s*[,;]\s*|\s+){_NUMBER}([ew]?)\s*", re.IGNORECASE)
_SIGNS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫،−", "0123456789.,-")
_LATITUDE, _LONGITUDE = 90.0, 180.0


def parse_point(text: str) -> tuple[float, float] | None:
    """Read `(lat, lon)`, degrees WGS84, as people write it: `32.08, 23.96`, `32.08 N 23.96 E`; None if it is none."""
    found = _POINT.fullmatch(text.translate(_SIGNS))
    if found is None:
        return None
    lat = float(found[1]) * (-1 if found[2].lower() == "s" else 1)
    lon = float(found[3]) * (-1 if found[4].lower() == "w" else 1)
    return (lat, lon) if abs(lat) <= _LATITUDE and abs(lon) <= _LONGITUDE else None


def distance_km(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    """Great-circle distance in kilometres by the haversine formula; degrees WGS84, shapes broadcast."""
    p, q = np.radians(lat1), np.radians(lat2)
    across = np.radians(np.subtract(lon2, lon1))
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(across / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h))))
