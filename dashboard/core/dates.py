"""Reads dates out of text: Arabic, English and French, absolute, relative and Hijri.

A date is read as exactly as its words say, and never more: «شباط» is a month, «قبل أيام» is no date, and
03/04/2025 is two dates until somebody says which number is the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from hijridate import Hijri

from dashboard.core import date_words as words
from dashboard.core.date_grammar import shapes_in
from dashboard.core.date_spans import SPANS, ago, month_of, within
from dashboard.core.edtf import Precision, bounds, interval, precision_of
from dashboard.core.text import fold, fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["DateReading", "find_dates", "parse_date"]

_HIJRI_YEARS = range(1300, 1501)
_CENTURY_TURNS = 70  # '69 is 2069, '70 is 1970, as POSIX reads two digits
_WEEK = 7
_JOIN = re.compile(r"\s*[,،(]?\s*(?:الموافق|الموافقه?\s+ل?|ل|في)?\s*[,،(/\-]?\s*")
_RANGE_OPEN = re.compile(r"(?<!\w)(?:من|بين|منذ|from|between|du|de|entre)\s+(?:يوم\s+|the\s+|le\s+)?$")
_RANGE_JOIN = re.compile(r"\s*(?:الي|حتي|و|to|until|and|au|et|-|–)\s*(?:يوم\s+|the\s+|le\s+)?")
_SINCE = re.compile(
    r"(?<!\w)(?:منذ|ابتدا\s+من|اعتبارا\s+من|since|depuis)\s+(?:يوم\s+|شهر\s+|مطلع\s+|le\s+)?$"
)
_NOT_TODAY = re.compile(r"(?:ذلك|نفس|هذا|في\s+ذات|ثاني|اول)\s+$")
_AFTER_TODAY = re.compile(
    r"\s+(?:التالي|السابق|نفسه|ذاته|الاول|الثاني|الاخير|الواحد|الوطني|العالمي|الدولي)(?!\w)"
)
# What a field may hold beside its date: time of day, zone, label.
_LABEL = re.compile(
    r"(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|le|on|في|يوم|بتاريخ|تاريخ النشر|تاريخ|نشر في"
    r"|نشر|date|published|publie le|publie|updated)(?!\w)"
)
_TIME = re.compile(
    r"(?:t|at|a|الساعه|علي)?\s*\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:am|pm|ص|م|صباحا|مسا)?"
    r"\s*(?:z|gmt|utc|est|edt|cet|cest|bst)?\s*(?:[+-]\d{2}:?\d{2})?"
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date found in a text.

    Attributes
    ----------
    start, end
        Offsets in code points of the text as given, end exclusive.
    edtf
        The date, as a statement about the past means it; None when the words fix none, when there is no
        publication date to count from, or when the reading is open (see `alternatives`).
    ahead
        The date as a statement about the future means it: «الأربعاء» is then the coming one.
    relative
        Whether the publication date was needed.
    alternatives
        What the date may be, when day and month can't be told apart; empty otherwise.
    hijri
        Whether it was counted from the Hijri calendar (Umm al-Qura); local sighting may differ by a day or two,
        so such a day is approximate.
    """

    start: int
    end: int
    text: str
    edtf: str | None
    ahead: str | None = None
    relative: bool = False
    alternatives: tuple[str, ...] = ()
    hijri: bool = False

    @property
    def precision(self) -> Precision:
        """How exact the date is."""
        return precision_of(self.edtf)

    @property
    def ambiguous(self) -> bool:
        """Whether day and month can't be told apart."""
        return bool(self.alternatives)


@dataclass(frozen=True, slots=True)
class _Found:
    """A reading by offsets of the folded text; `shape` names the pattern."""

    shape: str
    start: int
    end: int
    edtf: str | None
    ahead: str | None = None
    relative: bool = False
    alternatives: tuple[str, ...] = ()


def find_dates(text: str, published: date | None = None, order: str | None = None) -> list[DateReading]:
    """Find the dates in a text, in its order.

    Parameters
    ----------
    published
        Day from which «أمس» and «الأربعاء» are counted; None leaves such words without a date.
    order
        `dmy` or `mdy`: how to read 03/04/2025; None reports it as ambiguous.

    Returns
    -------
    readings
        They don't overlap. Words of time that fix no date («قبل أيام») are among them, with `edtf` None.
    """
    found = _choose(fold(text), published, order)
    if not found:
        return []  # as in most sentences; the offsets are dear
    folded, offsets = _folded(text)
    found = _join_pairs(folded, found)
    found = _open_since(folded, found)
    readings = []
    for one in found:
        start, end = offsets[one.start], offsets[one.end]  # with letters that fold to nothing: الثلاثاء
        hijri = one.shape == "hijri"
        ahead = one.ahead or one.edtf
        cut = text[start:end]
        readings.append(DateReading(start, end, cut, one.edtf, ahead, one.relative, one.alternatives, hijri))
    return readings


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Do as `fold_with_offsets`, in a fifth of the time where each letter folds to one, as nearly always."""
    if all(map(_folds_to_one, set(text))):
        return fold(text), range(len(text) + 1)
    return fold_with_offsets(text)


@lru_cache(maxsize=4096)
def _folds_to_one(char: str) -> bool:
    return len(fold(char)) == 1


def parse_date(text: str, published: date | None = None, order: str | None = None) -> DateReading | None:
    """Read a text that is a date, such as a field of a file; a time of day and a zone may stand beside it.

    The day is the one that is written, in the zone in which it is written. Returns None when the text is no
    date, or more than one, or holds other words.
    """
    readings = find_dates(text, published, order)
    if len(readings) != 1:
        return None
    one = readings[0]
    rest = _LABEL.sub(" ", fold(text[: one.start])) + " " + _TIME.sub(" ", fold(text[one.end :]))
    return None if _LETTER_OR_DIGIT.search(rest) else one


def _choose(folded: str, published: date | None, order: str | None) -> list[_Found]:
    """Match every shape, and keep those that don't overlap: earlier first, at one place the longer."""
    options: list[tuple[int, int, int, _Found]] = []
    for rank, (shape, _, pattern) in shapes_in(folded):
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            part = "text" if "text" in groups else 0
            start, end = match.span(part)
            if shape == "today" and _no_today(folded, start, end):
                continue
            read = _read(shape, match[part], groups, published, order)
            if read is not None:
                options.append((start, -end, rank, replace(read, start=start, end=end)))
    chosen: list[_Found] = []
    for *_, one in sorted(options, key=lambda option: option[:3]):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def _lead(folded: str, start: int) -> str:
    """Return the few words before a date."""
    return folded[max(0, start - 30) : start]


def _no_today(folded: str, start: int, end: int) -> bool:
    """Tell whether «اليوم» is the day, not today: that day, the following day."""
    return bool(_NOT_TODAY.search(_lead(folded, start)) or _AFTER_TODAY.match(folded, end))


def _read(
    shape: str, text: str, groups: dict[str, str | None], published: date | None, order: str | None
) -> _Found | None:
    """Read one match; None if it is no date after all (the 31st of February)."""
    given = {name: value for name, value in groups.items() if value is not None}
    if shape in _ABSOLUTE:
        return _ABSOLUTE[shape](given, order)
    if shape in ("day", "month"):
        return _read_month(text, given, published)
    if published is None or shape == "vague":
        return _Found(shape, 0, 0, None, relative=True)
    if shape in ("weekday", "night"):
        return _read_weekday(shape, text, given, published)
    past, ahead = _read_span(shape, text, given, published)
    return _Found(shape, 0, 0, past, ahead, relative=True)


def _read_year_first(given: dict[str, str], _order: str | None) -> _Found | None:
    year, month, day = int(given["y"]), int(given["m"]), int(given["d"])
    if year in _HIJRI_YEARS:
        return _hijri_day(year, month, day)
    edtf = _day(year, month, day)
    return _Found("iso", 0, 0, edtf) if edtf else None


def _read_year_last(given: dict[str, str], order: str | None) -> _Found | None:
    """Read 31/12/2024; without an order a day that may be a month leaves both readings."""
    first, second, year = int(given["a"]), int(given["b"]), int(given["y"])
    if len(given["y"]) == 2:  # noqa: PLR2004 - two digits
        if given["sep"] != "/":
            return None  # 1.2.10 is a version, 10-12-14 a score
        year += 2000 if year < _CENTURY_TURNS else 1900
    if year in _HIJRI_YEARS:
        return _hijri_day(year, second, first)
    readings = {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}
    options = tuple(dict.fromkeys(reading for reading in readings.values() if reading))
    if len(options) > 1 and order not in readings:
        return _Found("numeric", 0, 0, None, alternatives=options)
    edtf = (readings.get(order or "") if len(options) > 1 else None) or (options[0] if options else None)
    return _Found("numeric", 0, 0, edtf) if edtf else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _hijri_day(year: int, month: int, day: int) -> _Found | None:
    try:
        return _Found("hijri", 0, 0, Hijri(year, month, day).to_gregorian().isoformat() + "~")
    except (ValueError, OverflowError):  # outside 1343 to 1500, or no such day
        return None


def _read_season(given: dict[str, str], _order: str | None) -> _Found:
    return _Found("season", 0, 0, f"{given['year']}-{words.SEASONS[given['season']]}")


def _read_year(given: dict[str, str], _order: str | None) -> _Found:
    return _Found("year", 0, 0, given["year"] + ("~" if "part" in given else ""))


def _read_hijri(given: dict[str, str], _order: str | None) -> _Found | None:
    month = words.HIJRI_MONTHS[" ".join(given["month"].split())]
    year, day = int(given.get("year", 0)), _day_number(given)
    if not year:
        return _Found("hijri", 0, 0, None)
    if year not in _HIJRI_YEARS:
        return None  # رمضان 2024: a month of a year of another calendar
    if day:
        return _hijri_day(year, month, day)
    try:
        first = Hijri(year, month, 1)
    except (ValueError, OverflowError):
        return None
    begins = first.to_gregorian()
    ends = begins + timedelta(days=first.month_length() - 1)
    return _Found("hijri", 0, 0, f"{begins.isoformat()}~/{ends.isoformat()}~")


_ABSOLUTE: Mapping[str, Callable[[dict[str, str], str | None], _Found | None]] = {
    "iso": _read_year_first,
    "numeric": _read_year_last,
    "hijri": _read_hijri,
    "season": _read_season,
    "year": _read_year,
}


def _day_number(given: dict[str, str]) -> int:
    if "ordinal" in given:
        return words.ORDINALS[" ".join(given["ordinal"].split())]
    return int(given.get("day", 0))


def _side(text: str) -> int:
    """Return -1 where words say last, 1 next, 2 this, 0 where they say nothing."""
    for token in text.split():
        for side, some in ((-1, words.PAST), (1, words.FUTURE), (2, words.PRESENT)):
            if token in some:
                return side
    return 0


def _read_month(text: str, given: dict[str, str], published: date | None) -> _Found | None:
    """Read a month, or a day of one; without a year it is the one nearest to the publication."""
    month = words.MONTHS[" ".join(given["month"].rstrip(".").split())]
    day, first = _day_number(given), int(given.get("first", 0))
    mark = "~" if "part" in given else ""

    def write(year: int) -> str | None:
        if not day:
            return f"{year:04}-{month:02}{mark}"
        last = _day(year, month, day)
        begin = _day(year, month, first) if first else last
        if last is None or begin is None or begin > last:
            return None
        return last if begin == last else f"{begin}/{last}"

    if "year" in given:
        year = int(given["year"])
        edtf = None if year in _HIJRI_YEARS else write(year)
        return _Found("day" if day else "month", 0, 0, edtf) if edtf else None
    if published is None:
        leap_year = 2000  # has every day
        return _Found("day" if day else "month", 0, 0, None, relative=True) if write(leap_year) else None
    options = [edtf for year in range(published.year - 1, published.year + 2) if (edtf := write(year))]
    if not options:
        return None
    past, ahead = _nearest(options, published, _side(text), whole_month=not day)
    return _Found("day" if day else "month", 0, 0, past, ahead, relative=True)


def _nearest(options: list[str], published: date, side: int, *, whole_month: bool) -> tuple[str, str]:
    """Choose the year of a date: as the past, and as the future means it."""
    begun = [edtf for edtf in options if (bounds(edtf)[0] or published) <= published]
    to_come = [edtf for edtf in options if (bounds(edtf)[1] or published) >= published]
    latest, earliest = (begun or options[:1])[-1], (to_come or options[-1:])[0]
    if side == -1:
        return latest, latest
    if side == 1:
        return earliest, earliest
    if whole_month:
        return latest, earliest
    nearest = min(options, key=lambda edtf: abs(((bounds(edtf)[0] or published) - published).days))
    recent = abs(((bounds(nearest)[0] or published) - published).days) <= _WEEK
    return nearest, nearest if recent else earliest


def _read_weekday(shape: str, text: str, given: dict[str, str], published: date) -> _Found | None:
    """Read weekdays: the latest one on or before publication, ahead the next one on or after."""
    if shape == "night":
        one, two = (words.WEEKDAYS[given[name]] for name in ("one", "two"))
        if (one + 1) % _WEEK != two:
            return None
        last = published - timedelta(days=(published.weekday() - two) % _WEEK)
        next_last = published + timedelta(days=(two - published.weekday()) % _WEEK)
        ends = (last, next_last)
        past, ahead = (interval(end - timedelta(days=1), end) for end in ends)
        return _Found(shape, 0, 0, past, ahead, relative=True)
    name = given["weekday"]
    weekday = words.WEEKDAYS[name if name in words.WEEKDAYS else "ا" + name[1:]]  # للاثنين, without alif
    side = _side(text.replace(name, "", 1))
    back = (published.weekday() - weekday) % _WEEK
    before = published - timedelta(days=back or (_WEEK if side == -1 else 0))
    after = published + timedelta(days=(_WEEK - back) % _WEEK or (_WEEK if side == 1 else 0))
    day = after if side == 1 else before
    day_ahead = before if side == -1 else after
    return _Found(shape, 0, 0, day.isoformat(), day_ahead.isoformat(), relative=True)


def _read_span(
    shape: str, text: str, given: dict[str, str], published: date
) -> tuple[str | None, str | None]:
    """Read days, weeks, months and years counted from the publication."""
    if shape in SPANS:
        return SPANS[shape](text, _side(text), published)
    if shape == "span":
        return month_of(given["span"], _side(text), published, approximate="part" in given)
    if shape == "within":
        return within(text, given, _side(text), published)
    return ago(given, published)


def _join_pairs(folded: str, found: list[_Found]) -> list[_Found]:
    """Join two namings of one day, and the two ends of a stretch of time."""
    joined: list[_Found] = []
    for one in found:
        pair = _joined(folded, joined[-1], one) if joined else None
        if pair is not None:
            joined[-1] = pair
        else:
            joined.append(one)
    return joined


_EXPLICIT = frozenset({"iso", "numeric", "day"})
_LOOSE = frozenset({"weekday", "today", "yesterday", "tomorrow", "hijri"})


def _joined(folded: str, one: _Found, other: _Found) -> _Found | None:
    gap = folded[one.end : other.start]
    if _JOIN.fullmatch(gap):
        # «الأربعاء 25 ديسمبر», «أمس الأربعاء», «12 رمضان 1446 الموافق 12 مارس 2025»: the more explicit one counts.
        if {one.shape, other.shape} & _EXPLICIT and {one.shape, other.shape} & _LOOSE:
            best = one if one.shape in _EXPLICIT else other
            return replace(best, start=one.start, end=other.end)
        if one.shape in _LOOSE and other.shape in _LOOSE and "hijri" not in (one.shape, other.shape):
            best = other if one.shape == "weekday" else one
            return replace(best, start=one.start, end=other.end)
    if _RANGE_JOIN.fullmatch(gap) and _RANGE_OPEN.search(_lead(folded, one.start)):
        first, last = bounds(one.edtf)[0], bounds(other.edtf)[1]
        if first and last and first < last:
            relative = one.relative or other.relative
            return _Found("range", one.start, other.end, interval(first, last), relative=relative)
    return None


def _open_since(folded: str, found: list[_Found]) -> list[_Found]:
    """Leave the end open of what began on a date: «منذ السبت»."""
    return [
        replace(one, edtf=f"{one.edtf.rstrip('~')}/..", ahead=None)
        if one.edtf and "/" not in one.edtf and _SINCE.search(_lead(folded, one.start))
        else one
        for one in found
    ]
