"""Days and stretches of days as a person types them into a field, in any of the languages."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.dates import parse_date
from dashboard.core.edtf import bounds

if TYPE_CHECKING:
    from datetime import date

__all__ = ["TypedDays", "edtf_of", "read_typed_days"]

_LONGEST = 120  # code points
_BETWEEN = re.compile(
    r"\s+(?:-|–|—|إلى|الى|حتى|to|until|till|au|à|jusqu['’]au)\s+|\s*(?:\.\.|–|—)\s*|/(?=\d{4}-)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^(?:من|بين|from|between|du|de|entre)\s+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class TypedDays:
    """What was typed: the first and the last day that it means.

    Attributes
    ----------
    both
        Whether both ends were named, as in "1 March to 5 May"; a month or a year is one thing with two ends.
    """

    first: date
    last: date
    both: bool = False


def edtf_of(days: TypedDays) -> str:
    """Return what was typed as EDTF: a day, a month, a year, or a span of days."""
    first, last = days.first, days.last
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04}"
    ends_month = last.day == monthrange(last.year, last.month)[1]
    if first.day == 1 and ends_month and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"


def read_typed_days(text: str, today: date) -> TypedDays | None:
    """Read a day, a month, a year, words such as "last month", or two of them with a dash or a word between.

    Parameters
    ----------
    today
        From which "yesterday" and "last month" are counted.

    Returns
    -------
    days
        None when the text is no date. Where the day may be the month, as in 3/4/2024, it is the day.
    """
    typed = _plain_digits(text.strip())
    if not typed or len(typed) > _LONGEST:
        return None
    if one := _read_one(typed, today):
        return TypedDays(*one)
    named = _BEFORE.sub("", typed)
    for join in _BETWEEN.finditer(named):
        begins, ends = (
            _read_one(side.strip(), today) for side in (named[: join.start()], named[join.end() :])
        )
        if begins and ends and begins[0] <= ends[1]:
            return TypedDays(begins[0], ends[1], both=True)
    return None


def _read_one(text: str, today: date) -> tuple[date, date] | None:
    if (found := _YEAR_FIRST.fullmatch(text)) or (found := _MONTH_FIRST.fullmatch(text)):
        year, month = found.groups() if len(found[1]) == 4 else found.groups()[::-1]  # noqa: PLR2004 - a year
        first, last = bounds(f"{year}-{int(month):02}" if month else year)
    else:
        reading = parse_date(text, today, "dmy")
        first, last = bounds(reading.edtf if reading else None)
    return (first, last) if first and last else None


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
