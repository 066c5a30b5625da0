"""How often each place is named in each of a row of days, weeks or months."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, literal, select

from dashboard.query.conditions import link_conditions
from dashboard.store.schema import article_places, places

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["place_bins"]


def place_bins(
    store: Store, filters: Filters, place_ids: Collection[str], starts: Sequence[date]
) -> dict[str, list[tuple[int, int]]]:
    """Count the dated articles that name each place in each bin, under all filters.

    Parameters
    ----------
    place_ids
        The places that are counted.
    starts
        First day of each bin, rising; the last bin has no end. What is older is left out.

    Returns
    -------
    counts
        For each place that some bin names: number of the bin and articles in it, rising.
    """
    if not starts or not place_ids:
        return {}
    since = max(starts[0], filters.since) if filters.since else starts[0]
    dated = replace(filters, since=since, until=filters.until and max(since, filters.until), undated=False)
    link = article_places.c
    at = _bin(link.day, [day.toordinal() for day in starts], 0, len(starts))
    with store.engine.connect() as connection:
        keys = connection.execute(select(places.c.key, places.c.id).where(places.c.id.in_(place_ids)))
        names = dict(keys.all())
        query = (
            select(link.place_key, at.label("bin"), func.count().label("articles"))
            .where(link.place_key.in_(list(names)), *link_conditions(connection, dated))
            .group_by(link.place_key, "bin")
            .order_by(link.place_key, "bin")
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for key, number, count in connection.execute(query).all():
            found.setdefault(names[key], []).append((int(number), int(count)))
    return found


def _bin(day: ColumnElement[Any], starts: list[int], low: int, high: int) -> ColumnElement[Any]:
    """Return the number of the bin of a day, found by halving: bins of months have no one width."""
    if high - low <= 1:
        return literal(low)
    middle = (low + high) // 2
    return case((day < starts[middle], _bin(day, starts, low, middle)), else_=_bin(day, starts, middle, high))
