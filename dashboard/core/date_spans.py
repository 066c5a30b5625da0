"""Stretches of time counted from a publication date: last week, three days ago, within 48 hours."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.core import date_words as words
from dashboard.core.edtf import interval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["SPANS", "ago", "month_of", "shift_months", "within"]

_WEEK, _MONTHS, _HOURS = 7, 12, 24
_PRESENT, _PAST, _FUTURE = 2, -1, 1
_Span = tuple[str | None, str | None]


def shift_months(day: date, months: int) -> str:
    """Return the month that lies so many months away from a day, as `YYYY-MM`."""
    number = day.year * _MONTHS + day.month - 1 + months
    return f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"


def _week(day: date, away: int) -> str:
    """Return a week, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=away)
    return interval(monday, monday + timedelta(days=6))


def _same(edtf: str | None) -> _Span:
    return edtf, edtf


def _day_away(days: int) -> Callable[[str, int, date], _Span]:
    return lambda _text, _side, published: _same((published + timedelta(days=days)).isoformat())


def _week_start(_text: str, side: int, published: date) -> _Span:
    """Return Saturday to Monday: what news of the Arab world calls the start of the week."""
    back = (published.weekday() - 5) % _WEEK
    saturday = published - timedelta(days=back) + timedelta(weeks={_PAST: -1, _FUTURE: 1}.get(side, 0))
    past = interval(saturday, saturday + timedelta(days=2))
    return past, past


def _weekend(_text: str, side: int, published: date) -> _Span:
    coming = published + timedelta(days=(5 - published.weekday()) % _WEEK)
    last = coming - timedelta(days=_WEEK) if published.weekday() < 5 else coming  # noqa: PLR2004 - Saturday
    past = coming + timedelta(days=_WEEK if published.weekday() == 5 else 0) if side == _FUTURE else last  # noqa: PLR2004
    ahead = last if side == _PAST else coming
    return interval(past, past + timedelta(days=1)), interval(ahead, ahead + timedelta(days=1))


SPANS: Mapping[str, Callable[[str, int, date], _Span]] = {
    "today": _day_away(0),
    "yesterday": _day_away(-1),
    "yesterday2": _day_away(-2),
    "tomorrow": _day_away(1),
    "tomorrow2": _day_away(2),
    "weekstart": _week_start,
    "weekend": _weekend,
}


def month_of(unit: str, side: int, published: date, *, approximate: bool) -> _Span:
    """Read «الأسبوع الماضي», «هذا الشهر», next year."""
    away = {_PAST: -1, _FUTURE: 1}.get(side, 0)
    name = words.UNITS.get(unit.removeprefix("ال"), "year")
    mark = "~" if approximate else ""
    if name == "week":
        week = _week(published, away)
        return _same(week.replace("/", f"{mark}/") + mark)
    if name == "month":
        return _same(shift_months(published, away) + mark)
    return _same(f"{published.year + away:04}{mark}")


def _count(given: Mapping[str, str]) -> tuple[int | None, str]:
    """Return how many of which unit; None for a few."""
    if "dual" in given:
        return 2, words.DUALS[given["dual"]]
    written = given["unit"]
    unit = words.UNITS[written if written in words.UNITS else written.removeprefix("ال")]
    count = given.get("count")
    if count is None:
        plural = written.removeprefix("ال") in (
            "ايام",
            "اسابيع",
            "اشهر",
            "شهور",
            "اعوام",
            "سنوات",
            "ساعات",
            "سنين",
        )
        return (None if plural or (written.endswith("s") and unit != "month") else 1), unit
    if count.isdigit():
        return int(count), unit
    return words.COUNT_WORDS.get(" ".join(count.split())), unit


def _back(published: date, count: int, unit: str) -> str | None:
    """Return the day, week, month or year so many units before, as exactly as one says so."""
    try:
        if unit == "hour":
            return (
                (published - timedelta(hours=count)).isoformat() if count >= _HOURS else published.isoformat()
            )
        if unit == "day":
            return (published - timedelta(days=count)).isoformat()
        if unit == "week":
            return _week(published, -count)
        if unit == "month":
            return shift_months(published, -count)
        return f"{published.year - count:04}" if published.year > count else None
    except (OverflowError, ValueError):
        return None


def ago(given: Mapping[str, str], published: date) -> _Span:
    """Read «قبل ثلاثة أيام», a month ago; «منذ ثلاثة أشهر» leaves the end open."""
    count, unit = _count(given)
    if count is None or count > 10_000:  # noqa: PLR2004 - no news counts so
        return None, None
    back = _back(published, count, unit)
    if back and given.get("since") == "منذ" and "count" in given and unit != "hour" and "/" not in back:
        return _same(f"{back}/..")
    return _same(back)


_BACKWARD = re.compile(r"last|past|derni|ماضي|اخير|منصرم")
_LENGTHS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}


def within(text: str, given: Mapping[str, str], side: int, published: date) -> _Span:
    """Read «خلال 48 ساعة», over the last three days, dans les deux semaines; «خلال الأيام المقبلة» is no date."""
    count, unit = _count(given)
    if count is None or ("count" not in given and "dual" not in given) or count > 10_000:  # noqa: PLR2004
        return None, None
    length = timedelta(days=max(1, round(count * _LENGTHS[unit])))
    try:
        if side == _PAST or _BACKWARD.search(text):
            return _same(interval(published - length, published))
        return _same(interval(published, published + length))
    except OverflowError:
        return None, None
