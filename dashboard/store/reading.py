"""Rows of other tables by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.store.records import place_from_row
from dashboard.store.schema import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from dashboard.core.models import Place

__all__ = ["read_places"]

_CHUNK = 500  # values in one IN list


def read_places(connection: Connection, keys: Iterable[int]) -> dict[int, Place]:
    """Return the places of these keys, by key."""
    wanted = list(keys)
    found: dict[int, Place] = {}
    for at in range(0, len(wanted), _CHUNK):
        query = select(places).where(places.c.key.in_(wanted[at : at + _CHUNK]))
        found.update({row["key"]: place_from_row(row) for row in connection.execute(query).mappings()})
    return found
