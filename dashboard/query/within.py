"""Which places lie in the areas that the filters name.

A place lies within when its point does. A country, region, division or water that is much wider than the
area does not: an article that names Libya is no news from within 50 km of its middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from sqlalchemy import JSON, BigInteger, Integer, Text, and_, bindparam, cast, func, or_, select

from dashboard.core.models import Kind
from dashboard.query.areas import Near, circle_boxes, within_km
from dashboard.store.schema import places

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement, Connection, Select

    from dashboard.query.areas import Box, Shape
    from dashboard.query.filters import Filters

__all__ = ["WIDER", "keys_within"]

WIDER = 2.0  # a wide place may have this many times the reach of the area
_WIDE_KINDS = [kind.value for kind in (Kind.COUNTRY, Kind.REGION, Kind.ADMIN, Kind.WATER)]


def keys_within(connection: Connection, filters: Filters) -> Select[Any] | None:
    """Return a selection of the keys of the places in all areas; None when the filters name no area.

    The database cuts out a rough frame by its index; what lies in it is measured here.
    """
    if not filters.in_area:
        return None
    near = filters.near
    middle = _middle(connection, near) if near else None
    if near and middle is None:
        return _selected(connection, [])
    frames = [area.boxes for area in (filters.box, filters.shape) if area]
    if near and middle:
        frames.append(circle_boxes(*middle, near.km))
    query = select(places.c.key, places.c.id, places.c.latitude, places.c.longitude, _width())
    rows = connection.execute(query.where(*(or_(*map(_framed, boxes)) for boxes in frames))).all()
    if not rows:
        return _selected(connection, [])
    keys, ids, *numbers = zip(*rows, strict=True)
    lat, lon, width = (np.asarray(values, dtype=np.float64) for values in numbers)
    inside = np.ones(len(keys), dtype=np.bool_)
    for area in (filters.box, filters.shape):
        inside &= _in_area(area, lat, lon, width) if area else True
    if near and middle:
        is_middle = np.asarray([place == near.place for place in ids], dtype=np.bool_)
        inside &= is_middle | (within_km(middle, near.km, lat, lon) & (width <= WIDER * near.km))
    return _selected(connection, [keys[at] for at in np.flatnonzero(inside)])


def _in_area(
    area: Box | Shape, lat: NDArray[np.float64], lon: NDArray[np.float64], width: NDArray[np.float64]
) -> NDArray[np.bool_]:
    return area.contains(lat, lon) & (width <= WIDER * area.reach_km)


def _middle(connection: Connection, near: Near) -> tuple[float, float] | None:
    """Return the middle of a circle; None when its place is not in the store."""
    if near.point is not None:
        return near.point
    row = connection.execute(
        select(places.c.latitude, places.c.longitude).where(places.c.id == near.place)
    ).first()
    return None if row is None else (row.latitude, row.longitude)


def _width() -> ColumnElement[Any]:
    """Return the radius of a wide place, 0 for the others."""
    return (cast(places.c.kind.in_(_WIDE_KINDS), Integer) * places.c.radius_km).label("width")


def _framed(frame: tuple[float, float, float, float]) -> ColumnElement[bool]:
    south, west, north, east = frame
    room = 1e-6  # degrees: what rounding may take away
    return and_(
        places.c.latitude.between(south - room, north + room),
        places.c.longitude.between(west - room, east + room),
    )


def _selected(connection: Connection, keys: list[int]) -> Select[Any]:
    """Return a selection of these keys: one parameter, however many they are."""
    listed = bindparam("keys_within", orjson.dumps(keys).decode(), Text, unique=True)
    if connection.dialect.name == "sqlite":
        return select(func.json_each(listed).table_valued("value").c.value)
    items = func.json_array_elements_text(cast(listed, JSON)).table_valued("value")
    return select(cast(items.c.value, BigInteger))
