"""How many articles each day has, for the timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - kept at run time for dataclass introspection
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.query.conditions import article_conditions
from dashboard.store.schema import articles

if TYPE_CHECKING:
    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["DayCounts", "day_counts"]


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Articles by day: each day that has some, oldest first, and how many have no date."""

    days: tuple[tuple[date, int], ...] = ()
    undated: int = 0


def day_counts(store: Store, filters: Filters) -> DayCounts:
    """Count articles by day under all filters but those of time, so that another time can be chosen."""
    whenever = replace(filters, since=None, until=None, undated=True)
    day = articles.c.published
    with store.engine.connect() as connection:
        conditions = article_conditions(connection, whenever)
        query = select(day, func.count().label("found")).select_from(articles).where(*conditions)
        rows = connection.execute(query.group_by(day).order_by(day)).all()
    return DayCounts(
        days=tuple((row.published, row.found) for row in rows if row.published is not None),
        undated=sum(row.found for row in rows if row.published is None),
    )
