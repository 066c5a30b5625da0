"""The date of an article: from what was said of it, the surest first; never invented, marked when suspect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from dashboard.core.dates import find_dates, parse_date
from dashboard.core.edtf import Precision, bounds, precision_of
from dashboard.core.links import clean_title, shorten
from dashboard.core.models import DateOrigin
from dashboard.core.publication import can_be_published
from dashboard.core.text import fold
from dashboard.intake.draft import DateClue
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Dated", "address_clue", "date_article", "name_clue", "read_clue", "text_clues"]

_OLDEST = 1970  # news on paper that is older is seldom typed; a file system's zero is 1 January 1970
_WEB_BEGAN = 1994  # no address is older
_SHOWN = 60
_MOST_FIELD = 120  # characters of a field that is a date
_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:?\d{2}.*)?\s*")
_COMPACT = re.compile(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ]?\d{4,6}Z?)?\s*")
_PDF = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_EDTF = re.compile(r"\d{4}(?:-\d{2})?~?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_.-]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})(?:/|$)")
_LEAD_LINES, _LAST_LINES = 6, 2
_LEAD = 120  # characters in which a dateline ends
_DATELINE = re.compile(r"^(.{4,120}?)(?:\s[-–—:]\s|\)\s*[-–—:]|[-–—]\s)")
# Sat Jun 01 10:00:00 2024, as the C library and old mail programs write it
_UNIX = re.compile(r"^[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) [\d:]{5,8}(?: [A-Z]{3,4}| [+-]\d{4})? (\d{4})$")
_FRACTION = re.compile(r"(T\d{2}:?\d{2}(?::?\d{2})?)[.,]\d+")


@dataclass(frozen=True, slots=True)
class Dated:
    """What is known of an article's date.

    Attributes
    ----------
    published
        A day; None when none is known.
    edtf
        What is known, when that is not simply a day; None otherwise.
    alternatives
        The days that it may be, when day and month can't be told apart; it is undated then.
    notes
        Sentences for the user.
    clue
        What it was read from.
    """

    published: date | None = None
    edtf: str | None = None
    origin: DateOrigin | None = None
    suspect: bool = False
    alternatives: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    clue: DateClue | None = None


def date_article(
    clues: Iterable[DateClue], *, order: str | None, today: date, url: str | None = None
) -> Dated:
    """Read the first clue that fixes a date.

    A clue that can be read in two ways does not stop the search: a later one may say a day, and when that is
    one of the two, it decides.

    Parameters
    ----------
    clues
        The surest first.
    order
        `dmy` or `mdy`, when somebody said how the source writes 03/04/2025.
    today
        What is later is suspect.
    """
    notes: list[str] = []
    open_clue: tuple[DateClue, tuple[str, ...]] | None = None
    for clue in clues:
        edtf, alternatives = read_clue(clue.text, order)
        if edtf is None:
            if alternatives and open_clue is None:
                open_clue = (clue, alternatives)
            elif not alternatives and clue.origin in (DateOrigin.METADATA, DateOrigin.FEED):
                notes.append(str(refusal("date_unread", value=_shown(clue.text))))
            continue
        if not can_be_published(edtf, today):
            if clue.origin in (DateOrigin.METADATA, DateOrigin.FEED):
                notes.append(str(refusal("date_impossible", value=_shown(clue.text))))
            continue
        if open_clue and edtf not in open_clue[1] and clue.origin is not open_clue[0].origin:
            break  # a less sure clue contradicts both readings: leave the question open
        return _dated(edtf, clue, today, url, tuple(notes))
    if open_clue:
        value, options = _shown(open_clue[0].text), " / ".join(open_clue[1])
        asked = str(refusal("date_order", value=value, options=options))
        return Dated(alternatives=open_clue[1], origin=open_clue[0].origin, notes=(asked,))
    return Dated(notes=tuple(dict.fromkeys(notes)))


def _dated(edtf: str, clue: DateClue, today: date, url: str | None, notes: tuple[str, ...]) -> Dated:
    exact = precision_of(edtf) is Precision.DAY
    first, last = bounds(edtf)
    published = first if exact else None
    plain = published is not None and published.isoformat() == edtf
    latest = first or last or today
    suspect = (
        latest > today + timedelta(days=1)  # a day further east has begun already
        or latest.year < (_WEB_BEGAN if url else _OLDEST)
        or (exact and (latest.month, latest.day) == (1, 1))
    )
    return Dated(published, None if plain else edtf, clue.origin, suspect, notes=notes, clue=clue)


def read_clue(
    text: str, order: str | None = None, *, strict: bool = False
) -> tuple[str | None, tuple[str, ...]]:
    """Read one field as a date: `(EDTF, alternatives)`; `(None, ())` when it is none.

    The day is the one that is written, in the zone in which it is written. Numbers of seconds since 1970
    are read in UTC.

    Parameters
    ----------
    strict
        Whether nothing else may stand beside the date but a time of day, a weekday or a label.
    """
    text = text.strip()
    if not text or len(text) > _MOST_FIELD:
        return None, ()
    for exact in (_ISO.fullmatch(text), _COMPACT.fullmatch(text), _PDF.match(text)):
        if exact:
            return _day("-".join(exact.groups())), ()
    if _EDTF.fullmatch(text):
        return (text, ()) if precision_of(text) is not Precision.NONE else (None, ())
    if _EPOCH.fullmatch(text):
        return _epoch(text), ()
    text = _UNIX.sub(r"\2 \1 \3", _FRACTION.sub(r"\1", text))
    reading = parse_date(text, order=order)
    if reading is None and not strict:
        found = [one for one in find_dates(text, order=order) if one.edtf or one.alternatives]
        reading = found[0] if len(found) == 1 and not found[0].relative else None
    if reading is None:
        return None, ()
    return reading.edtf, reading.alternatives


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _epoch(text: str) -> str | None:
    whole = text.partition(".")[0]
    seconds = int(whole) / (1000 if len(whole) > 10 else 1)  # noqa: PLR2004 - milliseconds have 13 digits
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def address_clue(url: str | None) -> DateClue | None:
    """Find a date in an address: `/2024/05/31/`, `2024-05-31`, `/2024/05/`."""
    if not url:
        return None
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    return _clue(path, DateOrigin.ADDRESS, months=True)


def name_clue(name: str) -> DateClue | None:
    """Find a date in the name of a file: `2024-05-31 notes.txt`, `20240531.txt`."""
    return _clue(name, DateOrigin.FILE, months=False)


def _clue(text: str, origin: DateOrigin, *, months: bool) -> DateClue | None:
    for match in _IN_ADDRESS.finditer(text):
        year, mark, month, day = match.groups()
        if mark or len(match[0]) == len("20240531"):
            found = _day(f"{year}-{int(month):02}-{int(day):02}")
            if found:
                return DateClue(origin, found)
    month_only = _MONTH_IN_ADDRESS.search(text) if months else None
    if month_only and 1 <= int(month_only[2]) <= 12:  # noqa: PLR2004 - months
        return DateClue(origin, f"{month_only[1]}-{int(month_only[2]):02}")
    return None


def text_clues(text: str) -> Iterator[DateClue]:
    """Find dates in a text that are its own: lines that are a date, and a date in the dateline.

    A date in a sentence is what the article tells of, not when it was told.
    """
    lines = [line for line in text[:20_000].splitlines() if line.strip()]
    tail = [line for line in text[-2_000:].splitlines() if line.strip()][-_LAST_LINES:]
    for line in lines[1:_LEAD_LINES]:
        if len(line) <= _LEAD and _may_hold_a_date(line) and _reads(line):
            yield DateClue(DateOrigin.TEXT, line)
    for line in lines[:_LEAD_LINES]:
        dateline = _DATELINE.match(line)
        if dateline and _may_hold_a_date(dateline[1]):
            found = [one for one in find_dates(dateline[1]) if one.edtf or one.alternatives]
            if len(found) == 1 and not found[0].relative:
                yield DateClue(DateOrigin.TEXT, found[0].text)
    for line in reversed(tail):
        if len(line) <= _LEAD and _may_hold_a_date(line) and _reads(line):
            yield DateClue(DateOrigin.TEXT, line)


def _reads(line: str) -> bool:
    edtf, alternatives = read_clue(line, strict=True)
    return bool(edtf or alternatives)


def _may_hold_a_date(text: str) -> bool:
    """Tell cheaply whether a text has a year."""
    return any(sum(char.isdigit() for char in word) >= 2 for word in fold(text).split())  # noqa: PLR2004 - '25


def _shown(text: str) -> str:
    return repr(shorten(clean_title(text), _SHOWN))
