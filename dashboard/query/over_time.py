"""How many articles each day has, for the timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - kept at run time for dataclass introspection
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.query.conditions import article_conditions
from dashboard.store.schema import articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["DayCounts", "day_counts", "dense_span"]

_FEW = 0.01  # share of the articles that may lie outside a denser time
_MUCH = 0.5  # share of the whole time that a denser one spans at most, to be worth it


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
        days=tuple((day, found) for day, found in rows if day is not None),
        undated=sum(found for day, found in rows if day is None),
    )


def dense_span(days: Sequence[tuple[date, int]]) -> tuple[date, date] | None:
    """Return the first and last day of the time in which nearly all articles lie; None without any.

    A few wrong dates years away would squeeze all others into a corner. Where leaving out one article in a hundred
    halves the time, the shorter time is returned, else the whole.
    """
    if not days:
        return None
    cut = int(sum(count for _, count in days) * _FEW)
    first, last = _after(days, cut), _after(days[::-1], cut)
    whole = (days[-1][0] - days[0][0]).days
    return (first, last) if 0 <= (last - first).days <= _MUCH * whole else (days[0][0], days[-1][0])


def _after(days: Sequence[tuple[date, int]], cut: int) -> date:
    """Return the day on which more articles than these have passed."""
    passed = 0
    for day, count in days:
        passed += count
        if passed > cut:
            return day
    return days[-1][0]
