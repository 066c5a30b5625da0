r"""The filters: their names, defaults, limits; read from a URL, written to one, and described.

This module alone knows how filters are written in a URL:

    q        words in the text                     q=باريس -"موسكو"
    source   sources                               source=Libya Observer,Reuters
    lang     languages of articles                 lang=ar,fr
    country  countries of places                   country=LY,FR
    kind     kinds of places                       kind=city,camp
    from     first day                             from=2024-01-31
    to       last day                              to=2024-02-29
    undated  articles without a date: 1 or 0       undated=0
    sure     least confidence of a pin, 0 to 1     sure=0.8

A list is joined by commas; a comma in a value is written `\,` and a backslash `\\`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.core.errors import FilterError
from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.store.search import parse_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "FILTER_NAMES",
    "FilterIssue",
    "FilterPart",
    "FilterProblem",
    "Filters",
    "describe_filters",
    "format_filters",
    "parse_filters",
]

DEFAULT_MIN_CONFIDENCE = 0.5
MAX_TEXT = 500  # code points of a search
MAX_VALUES = 200  # values in one list
FILTER_NAMES = ("q", "source", "lang", "country", "kind", "from", "to", "undated", "sure")

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LIST_ITEM = re.compile(r"(?:\\.|[^,\\])+", re.DOTALL)
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class FilterIssue(StrEnum):
    """What may be wrong with a value in a URL; the interface words it."""

    BAD_LANGUAGE = "bad_language"
    BAD_COUNTRY = "bad_country"
    BAD_KIND = "bad_kind"
    BAD_DATE = "bad_date"
    BAD_FLAG = "bad_flag"
    BAD_NUMBER = "bad_number"
    REVERSED_DATES = "reversed_dates"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class FilterProblem:
    """A value that was left out: the URL name, the value (cut if long), and what is wrong."""

    name: str
    value: str
    issue: FilterIssue


@dataclass(frozen=True, slots=True)
class FilterPart:
    """One filter that is set, for a sentence about the view: its URL name and its values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show: filters combine with AND, the values of one with OR; an empty one lets all through.

    Lists are kept sorted and without repetition, so that equal filters are equal values.

    Attributes
    ----------
    text
        Words that must occur, `"phrases"`, `-words` that must not.
    sources, languages
        Of articles; languages as ISO 639 codes.
    countries
        ISO 3166-1 alpha-2; matches the country and every place in it.
    kinds
        Of places.
    since, until
        First and last day, both included.
    undated
        Whether articles without a date are shown, also within a range of dates.
    min_confidence
        A place counts for an article when one of its mentions there is at least this sure; 0 to 1.

    Raises
    ------
    FilterError
        A value makes no sense.
    """

    text: str = ""
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    since: date | None = None
    until: date | None = None
    undated: bool = True
    min_confidence: float = DEFAULT_MIN_CONFIDENCE

    def __post_init__(self) -> None:
        """Bring the values to their one form."""
        text = clean_title(self.text)
        object.__setattr__(self, "text", text if parse_terms(text) else "")
        object.__setattr__(self, "sources", _sorted(map(clean_title, self.sources)))
        object.__setattr__(self, "languages", _sorted(value.lower() for value in self.languages))
        object.__setattr__(self, "countries", _sorted(value.upper() for value in self.countries))
        object.__setattr__(self, "min_confidence", float(self.min_confidence))
        try:
            object.__setattr__(self, "kinds", tuple(sorted({Kind(kind) for kind in self.kinds})))
        except ValueError as error:
            raise FilterError(f"A kind of place is none of {', '.join(Kind)}: {self.kinds!r}.") from error
        if len(text) > MAX_TEXT:
            raise FilterError(f"The search is longer than {MAX_TEXT} characters.")
        for pattern, codes in ((_LANGUAGE, self.languages), (_COUNTRY, self.countries)):
            if wrong := [code for code in codes if not pattern.fullmatch(code)]:
                raise FilterError(f"{wrong[0]!r} is no code of a language or country.")
        if not 0 <= self.min_confidence <= 1:
            raise FilterError(f"The least confidence is a number from 0 to 1, not {self.min_confidence!r}.")
        if self.since and self.until and self.since > self.until:
            raise FilterError(f"The first day, {self.since}, is after the last, {self.until}.")

    @property
    def about_places(self) -> bool:
        """Whether articles without a matching place are left out."""
        return bool(self.countries or self.kinds)


def parse_filters(params: Mapping[str, str | Sequence[str]]) -> tuple[Filters, list[FilterProblem]]:
    """Read the filters of a URL; what can't be read is left out and reported, other names are ignored."""
    reader = _Reader(params)
    text = reader.text("q")
    since, until = reader.day("from"), reader.day("to")
    if since and until and since > until:
        reader.reject("to", until.isoformat(), FilterIssue.REVERSED_DATES)
        until = None
    filters = Filters(
        text=text,
        sources=reader.values("source", lambda value: clean_title(value) or None, None),
        languages=reader.values("lang", lambda v: _matched(_LANGUAGE, v.lower()), FilterIssue.BAD_LANGUAGE),
        countries=reader.values("country", lambda v: _matched(_COUNTRY, v.upper()), FilterIssue.BAD_COUNTRY),
        kinds=tuple(map(Kind, reader.values("kind", _kind, FilterIssue.BAD_KIND))),
        since=since,
        until=until,
        undated=reader.flag("undated", default=True),
        min_confidence=reader.share("sure", DEFAULT_MIN_CONFIDENCE),
    )
    return filters, reader.problems


def format_filters(filters: Filters) -> dict[str, str]:
    """Return the URL parameters of filters, in the order of `FILTER_NAMES`, defaults left out."""
    return {
        part.name: filters.text if part.name == "q" else ",".join(map(_escaped, part.values))
        for part in describe_filters(filters)
    }


def describe_filters(filters: Filters) -> tuple[FilterPart, ...]:
    """Return the filters that differ from the default, in the order of `FILTER_NAMES`."""
    sure = filters.min_confidence
    values: dict[str, tuple[str, ...]] = {
        "q": (filters.text,) if filters.text else (),
        "source": filters.sources,
        "lang": filters.languages,
        "country": filters.countries,
        "kind": tuple(kind.value for kind in filters.kinds),
        "from": (filters.since.isoformat(),) if filters.since else (),
        "to": (filters.until.isoformat(),) if filters.until else (),
        "undated": () if filters.undated else ("0",),
        "sure": () if sure == DEFAULT_MIN_CONFIDENCE else (repr(sure).removesuffix(".0"),),
    }
    return tuple(FilterPart(name, values[name]) for name in FILTER_NAMES if values[name])


class _Reader:
    """Takes values out of URL parameters, and notes what is wrong with them."""

    def __init__(self, params: Mapping[str, str | Sequence[str]]) -> None:
        self._params = params
        self.problems: list[FilterProblem] = []

    def reject(self, name: str, value: str, issue: FilterIssue) -> None:
        self.problems.append(FilterProblem(name, clean_title(value)[:80], issue))

    def _all(self, name: str) -> list[str]:
        value = self._params.get(name, ())
        return [value] if isinstance(value, str) else list(value)

    def _last(self, name: str) -> str:
        return next((value.strip() for value in reversed(self._all(name))), "")

    def text(self, name: str) -> str:
        value = clean_title(self._last(name))
        if not value:
            return ""
        if len(value) > MAX_TEXT:
            self.reject(name, value, FilterIssue.TOO_LONG)
            return ""
        if not parse_terms(value):
            self.reject(name, value, FilterIssue.NO_WORDS)
            return ""
        return value

    def values(
        self, name: str, read: Callable[[str], str | None], issue: FilterIssue | None
    ) -> tuple[str, ...]:
        found = []
        for item in (_unescaped(part) for whole in self._all(name) for part in _LIST_ITEM.findall(whole)):
            value = read(item.strip())
            if value is not None:
                found.append(value)
            elif issue is not None and item.strip():
                self.reject(name, item.strip(), issue)
        if len(found) > MAX_VALUES:
            self.reject(name, ",".join(found), FilterIssue.TOO_LONG)
        return tuple(found[:MAX_VALUES])

    def day(self, name: str) -> date | None:
        value = self._last(name)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.reject(name, value, FilterIssue.BAD_DATE)
            return None

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._last(name).lower()
        if value and value not in _FLAGS:
            self.reject(name, value, FilterIssue.BAD_FLAG)
        return _FLAGS.get(value, default)

    def share(self, name: str, default: float) -> float:
        value = self._last(name)
        if not value:
            return default
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if 0 <= number <= 1:
            return number
        self.reject(name, value, FilterIssue.BAD_NUMBER)
        return default


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _matched(pattern: re.Pattern[str], value: str) -> str | None:
    return value if pattern.fullmatch(value) else None


def _kind(value: str) -> str | None:
    return value.lower() if value.lower() in set(Kind) else None


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(",", "\\,")


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
