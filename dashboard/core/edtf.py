"""Dates that know how exact they are: the part of EDTF (ISO 8601-2) that news needs.

Written are days, months, years, seasons (`2018-22` is summer), intervals, ends left open (`2018-07/..`) and
what is approximate (`2018-04~`): levels 0 and 1.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["Precision", "bounds", "interval", "is_edtf", "overlap", "precision_of"]

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_DECEMBER = 12
_OPEN = ("..", "")


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    INTERVAL = "interval"
    NONE = "none"  # words that fix no date, or a date that can't be read one way only


def _point_bounds(point: str) -> tuple[date, date] | None:
    """Return the first and last day of a day, month, season or year; None if it is none."""
    match = _POINT.fullmatch(point)
    if match is None or match[1] == "0000":
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if day:
            return (date(year, month, day),) * 2
        if month in _SEASON_MONTHS and match[2]:
            first, last = _SEASON_MONTHS[month]
            last_year = year + (first == _DECEMBER)
            return date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])
        if match[2]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:  # the 31st of February, a month 13; `monthrange` has an error of the same kind
        return None


def bounds(edtf: str | None) -> tuple[date | None, date | None]:
    """Return the first and last day that a date may mean.

    Returns
    -------
    first, last
        None where the end is open or unknown, so `(None, None)` for what is no date at all.
    """
    if not edtf:
        return None, None
    begins, slash, ends = edtf.partition("/")
    if not slash:
        return _point_bounds(begins) or (None, None)
    first, last = _point_bounds(begins), _point_bounds(ends)
    return first[0] if first else None, last[1] if last else None


def is_edtf(text: str) -> bool:
    """Tell whether a text is a date of the kinds written here."""
    begins, slash, ends = text.partition("/")
    if not slash:
        return _point_bounds(text) is not None
    sides = [_point_bounds(side) for side in (begins, ends) if side not in _OPEN]
    if not sides or not all(sides):
        return False
    first, last = bounds(text)
    return first is None or last is None or first <= last


def precision_of(edtf: str | None) -> Precision:
    """Return how exact a date is."""
    if not edtf or not is_edtf(edtf):
        return Precision.NONE
    if "/" in edtf:
        return Precision.INTERVAL
    bare = edtf.rstrip("~?%")
    if bare[5:7] in map(str, _SEASON_MONTHS):
        return Precision.SEASON
    return {4: Precision.YEAR, 7: Precision.MONTH}.get(len(bare), Precision.DAY)


def interval(first: date | None, last: date | None) -> str:
    """Write a stretch of days, as one day where it is one; None is an open end."""
    if first is not None and first == last:
        return first.isoformat()
    return "/".join(side.isoformat() if side else ".." for side in (first, last))


def overlap(one: str | None, other: str | None, slack_days: int = 0) -> bool:
    """Tell whether two dates may mean the same day, give or take some days; unknown dates never do."""
    sides = bounds(one), bounds(other)
    if (None, None) in sides:
        return False
    (a_first, a_last), (b_first, b_last) = sides
    slack = timedelta(days=slack_days)
    before = a_last is not None and b_first is not None and a_last + slack < b_first
    after = b_last is not None and a_first is not None and b_last + slack < a_first
    return not before and not after
