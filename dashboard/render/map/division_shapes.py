"""The outlines of first-level divisions as the browser gets them: whole numbers, each the step from the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GRID", "pack_shapes"]

GRID = 50  # steps in a degree: about 2 km, enough for a map of provinces
_SHORTEST = 4  # points of a ring that still encloses something


def pack_shapes(geojson: bytes, circles: Mapping[str, tuple[float, float, float]]) -> bytes:
    """Return outlines as JSON: `grid`, and for each code its polygons, rings as `[lon, lat, …]` in steps.

    Of `circles` (latitude, longitude, kilometres, by code) those go along whose division has no outline.

    Neighbours share their corners in the source, and each corner is rounded by itself, so no gaps open. A
    division too small for the grid keeps the rings that it has.
    """
    shapes = {}
    for feature in orjson.loads(geojson)["features"]:
        geometry = feature["geometry"]
        polygons = (
            geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        )
        packed = [_polygon(rings, smallest=False) for rings in polygons]
        kept = [rings for rings in packed if rings] or [_polygon(polygons[0], smallest=True)]
        shapes[feature["properties"]["code"]] = kept
    rest = {code: circle for code, circle in circles.items() if code not in shapes}
    return orjson.dumps({"grid": GRID, "shapes": shapes, "circles": rest})


def _polygon(rings: list[Any], *, smallest: bool) -> list[list[int]]:
    found: list[list[int]] = []
    for ring in rings:
        steps = np.round(np.asarray(ring, dtype=float) * GRID).astype(int)
        moved = np.ones(len(steps), dtype=bool)
        moved[1:] = (np.diff(steps, axis=0) != 0).any(axis=1)
        steps = steps[moved]
        if len(steps) < _SHORTEST and not smallest:
            if not found:
                return []  # the outline itself is gone, and its holes with it
            continue
        found.append(np.diff(steps, axis=0, prepend=0).ravel().tolist())
    return found
