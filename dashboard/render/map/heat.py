"""Where the news is dense: places gathered to cells that the browser blurs to a smooth layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.core.models import Kind
from dashboard.render.map.layers import AREA_KINDS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["HEAT_RAMPS", "MOST_CELLS", "heat_cells", "heat_places", "mercator"]

MOST_CELLS = 6_000  # places beyond are gathered to cells, as coarse as it takes
POSITION_BITS = 16  # of a position along the width of the world: about 600 m at the equator
_WEIGHT_STEPS = 10  # of the weight of one article
# From few to many; lightness runs one way, so that they read without colour too.
HEAT_RAMPS = {
    "light": ("#F6D58E", "#F2A65A", "#DD6B4D", "#AE3A5B", "#6B1D63", "#2C0F4B"),
    "dark": ("#4A1F63", "#822B74", "#C2435F", "#EC7B42", "#FABF55", "#FFF6C2"),
}
_NORTH = 84.0


def mercator(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return positions on the square world of web maps, 0 to 1 from the west and from the north."""
    sine = np.sin(np.radians(np.clip(lat, -_NORTH, _NORTH)))
    return (lon + 180) / 360, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)


def heat_places(places: pd.DataFrame) -> pd.DataFrame:
    """Return the places known to a point: a country's or region's middle is no place of its news."""
    return places[~places["kind"].isin([Kind.COUNTRY.value, *(kind.value for kind in AREA_KINDS)])]


def heat_cells(places: pd.DataFrame) -> dict[str, Any]:
    """Return the cells of a place frame, and how to read them.

    Returns
    -------
    cells
        Flat: x, y, weight of each cell, sorted by x; x as distance from the last one. `size` is the width of
        the world in these units; `unit` is the weight of one article whose place is certain.
    """
    points = heat_places(places)
    x, y = mercator(points["latitude"].to_numpy(), points["longitude"].to_numpy())
    weight = points["articles"].to_numpy(dtype=float) * points["confidence"].to_numpy()
    scale = 1 << POSITION_BITS
    x, y = np.clip(x * scale, 0, scale - 1), np.clip(y * scale, 0, scale - 1)
    shift = 0
    cells = _cells(x, y, shift)
    while len(np.unique(cells)) > MOST_CELLS:
        shift += 1
        cells = _cells(x, y, shift)
    _, at = np.unique(cells, return_inverse=True)
    total = np.bincount(at, weights=weight)
    middle_x = np.round(np.bincount(at, weights=x * weight) / np.maximum(total, 1e-9)).astype(int)
    middle_y = np.round(np.bincount(at, weights=y * weight) / np.maximum(total, 1e-9)).astype(int)
    order = np.argsort(middle_x, kind="stable")
    columns = [
        np.diff(middle_x[order], prepend=0),
        middle_y[order],
        np.maximum(1, np.round(total[order] * _WEIGHT_STEPS)).astype(int),
    ]
    return {"cells": np.stack(columns, axis=1).ravel().tolist(), "size": scale, "unit": _WEIGHT_STEPS}


def _cells(x: NDArray[np.float64], y: NDArray[np.float64], shift: int) -> NDArray[np.int64]:
    """Return the number of the cell that each position lies in."""
    return (x.astype(np.int64) >> shift) << (POSITION_BITS + 1) | (y.astype(np.int64) >> shift)
