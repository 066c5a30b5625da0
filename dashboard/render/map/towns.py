"""Names of towns that the map shows when one comes near, whether or not an article names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.core.models import Kind

if TYPE_CHECKING:
    from dashboard.gazetteer import Gazetteer

__all__ = ["town_rows"]

# The region that the news here is about, in degrees; elsewhere only big towns are named.
_SOUTH, _NORTH, _WEST, _EAST = -5.0, 47.0, -19.0, 66.0
_MOST = 9000
_ABROAD = 200_000  # inhabitants from which a town elsewhere is named
# Least inhabitants of a town that is named from a zoom on.
_LEVELS = ((1_000_000, 5.5), (300_000, 6.0), (100_000, 7.0), (30_000, 8.0), (8_000, 9.0), (0, 10.0))
_CAPITAL, _SEAT = 5.5, 7.0  # zooms from which capitals and seats of divisions are named at the latest


def town_rows(gazetteer: Gazetteer, language: str) -> list[list[Any]]:
    """Return `[name, latitude, longitude, zoom]` of towns, those that are named first leading.

    Parameters
    ----------
    language
        `ar`, `en` or `fr`; in Arabic a town without an Arabic name is left out.
    """
    codes = np.asarray(gazetteer.feature_codes)[gazetteer.feature_code]
    lat, lon, people = gazetteer.latitude, gazetteer.longitude, gazetteer.population
    inside = (lat > _SOUTH) & (lat < _NORTH) & (lon > _WEST) & (lon < _EAST)
    town = gazetteer.kind == gazetteer.kinds.index(Kind.CITY)
    capital, seat = codes == "PPLC", codes == "PPLA"
    found = np.flatnonzero(town & ((inside & ((people > 0) | seat)) | capital | (people >= _ABROAD)))
    zoom = np.full(len(codes), _LEVELS[-1][1])
    for least, level in reversed(_LEVELS[:-1]):
        zoom[people >= least] = level
    zoom[seat] = np.minimum(zoom[seat], _SEAT)
    zoom[capital] = np.minimum(zoom[capital], _CAPITAL)
    order = found[np.lexsort((found, -people[found].astype(np.int64), zoom[found]))]
    rows = []
    for row in order[:_MOST].tolist():
        place = gazetteer.place(row)
        name = place.name_ar if language == "ar" else place.name_in(language)
        if name:
            rows.append([name, round(place.latitude, 3), round(place.longitude, 3), float(zoom[row])])
    return rows
