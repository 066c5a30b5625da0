"""The time as a store tells it: it never goes back, whatever the clock of the machine does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dashboard.store.dialect import aware

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

__all__ = ["time_after"]

_TICK = timedelta(microseconds=1)  # what both databases keep apart


def time_after(connection: Connection, column: Column[Any], now: datetime | None = None) -> datetime:
    """Return the time now, UTC, or the moment after the last that a column holds, where the clock was set back.

    What is sorted by this column then keeps its order: the last decision is in force, the newest article is new.

    Parameters
    ----------
    now
        What the clock says; None: ask it.
    """
    told = datetime.now(UTC) if now is None else now
    last: datetime | None = connection.scalar(select(func.max(column)))
    return told if last is None else max(told, aware(last) + _TICK)
