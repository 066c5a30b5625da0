"""The countries' outlines, small enough for a file that carries its own map."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from dashboard.render.exports.land import land_shapes

__all__ = ["compact_land"]

_COARSE = 0.04  # degrees; about 4 km, less than a pixel at the zooms that show a region
_LEAST_AREA = 0.004  # square degrees; smaller islands of a country that has bigger ones are left out
_HUNDREDTHS = 100


@lru_cache(maxsize=1)
def compact_land() -> list[list[Any]]:
    """Return each country as `[code, disputed, polygons]`.

    A polygon is a list of rings, a ring one flat list: longitude and latitude in hundredths of a degree, each
    as the distance from the point before.
    """
    found = []
    for land in land_shapes():
        thin = shapely.simplify(land.shape, _COARSE, preserve_topology=True)
        parts = [
            part for part in shapely.get_parts(thin) if part.geom_type == "Polygon" and not part.is_empty
        ]
        big = [part for part in parts if part.area >= _LEAST_AREA] or parts
        polygons = [[_ring(ring.coords) for ring in (part.exterior, *part.interiors)] for part in big]
        found.append([land.code, int(land.disputed), polygons])
    return found


def _ring(coordinates: Any) -> list[int]:  # noqa: ANN401 - shapely's sequence of points
    points = np.round(np.asarray(coordinates)[:-1] * _HUNDREDTHS).astype(int)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=int))
    return [int(value) for value in steps.ravel()]
