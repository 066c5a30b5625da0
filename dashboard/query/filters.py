r"""The filters: their names, defaults, limits; read from a URL, written to one, and described.

This module alone knows how filters are written in a URL:

    q        words in the text                     q=باريس -"موسكو"
    source   sources                               source=Libya Observer,Reuters
    lang     languages of articles                 lang=ar,fr
    country  countries of places                   country=LY,FR
    kind     kinds of places                       kind=city,camp
    from     first day                             from=2024-01-31
    to       last day                              to=2024-02-29
    undated  articles without a date: 1 or 0; 1 is usual without a range of days, 0 within one       undated=0
    sure     least confidence of a pin, 0 to 1     sure=0.8
    actors   names that stand for a government or a team, not for where it is: 1 (usual) or 0       actors=0
    independent  places that at least so many independent articles name       independent=2
    at       articles that name one of these       at=geonames:88319,kh:jufra-air-base
    with     articles that name all of these       with=geonames:88319,country:FR
    near     places within km of one, or a point   near=geonames:88319:50, near=32.1,23.9:50
    box      places in a frame (see areas.py)      box=30.5,19,33,25.2
    shape    places in a drawn shape (likewise)    shape=g-pSg0mMgz6BAAwtrD
    added    articles stored after this time       added=2024-02-29T12:00:00Z

How lists are written stands in url_lists.py, areas in areas.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dashboard.core.errors import FilterError
from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.query.areas import PLACE_ID, Box, Near, Shape, parse_near
from dashboard.query.url_lists import MAX_TEXT, FilterIssue, FilterProblem, UrlReader, join_list
from dashboard.store.search import parse_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "FILTER_NAMES",
    "MAX_INDEPENDENT",
    "FilterIssue",
    "FilterPart",
    "FilterProblem",
    "Filters",
    "describe_filters",
    "format_filters",
    "parse_filters",
]

DEFAULT_MIN_CONFIDENCE = 0.5
MAX_INDEPENDENT = 999  # articles that tell different stories
MAX_TOGETHER = 12  # places that one article must name
FILTER_NAMES = (
    *("q", "source", "lang", "country", "kind", "from", "to", "undated", "sure", "actors", "independent"),
    *("at", "with", "near", "box", "shape", "added"),
)

_LISTS = frozenset({"source", "lang", "country", "kind", "at", "with"})
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")


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
    actors
        Whether a place counts for an article that names it only as a government or a team.
    independent
        A place counts when the articles that name it tell at least so many different stories: copies of one count
        once; 1 lets all through.
    at, together
        Ids of places: the article names one of `at`, and all of `together`.
    near, box, shape
        Areas in which the place lies; see `within.py` for places that are wide themselves.
    added
        The article came into the store after this time, UTC.

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
    actors: bool = True
    independent: int = 1
    at: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    near: Near | None = None
    box: Box | None = None
    shape: Shape | None = None
    added: datetime | None = None

    def __post_init__(self) -> None:
        """Bring the values to their one form."""
        text = clean_title(self.text)
        object.__setattr__(self, "text", text if parse_terms(text) else "")
        object.__setattr__(self, "sources", _sorted(map(clean_title, self.sources)))
        object.__setattr__(self, "languages", _sorted(value.lower() for value in self.languages))
        object.__setattr__(self, "countries", _sorted(value.upper() for value in self.countries))
        object.__setattr__(self, "at", _sorted(self.at))
        object.__setattr__(self, "together", _sorted(self.together))
        if self.added is not None:
            object.__setattr__(self, "added", self.added.astimezone(UTC))
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
        if wrong := [place for place in (*self.at, *self.together) if not PLACE_ID.fullmatch(place)]:
            raise FilterError(f"{wrong[0]!r} is no id of a place.")
        if len(self.together) > MAX_TOGETHER:
            raise FilterError(f"More than {MAX_TOGETHER} places that must be named together.")
        if not 0 <= self.min_confidence <= 1:
            raise FilterError(f"The least confidence is a number from 0 to 1, not {self.min_confidence!r}.")
        if not 1 <= self.independent <= MAX_INDEPENDENT:
            raise FilterError(
                f"The least number of independent articles is from 1 to {MAX_INDEPENDENT}, not {self.independent!r}."
            )
        if self.since and self.until and self.since > self.until:
            raise FilterError(f"The first day, {self.since}, is after the last, {self.until}.")

    @property
    def ranged(self) -> bool:
        """Whether there is a range of days."""
        return self.since is not None or self.until is not None

    def between(self, since: date | None, until: date | None) -> Filters:
        """Return the filters with another range of days.

        Articles without a date are in none: the first limit leaves them out, and without limits they come back; between
        two ranges they stay as they were wished.
        """
        ranged = since is not None or until is not None
        undated = self.undated if ranged == self.ranged else not ranged
        return replace(self, since=since, until=until, undated=undated)

    @property
    def about_places(self) -> bool:
        """Whether articles without a matching place are left out."""
        return bool(self.countries or self.kinds or self.in_area or self.independent > 1)

    @property
    def in_area(self) -> bool:
        """Whether only places of some area are let through."""
        return bool(self.near or self.box or self.shape)


def parse_filters(params: Mapping[str, str | Sequence[str]]) -> tuple[Filters, list[FilterProblem]]:
    """Read the filters of a URL; what can't be read is left out and reported, other names are ignored."""
    reader = UrlReader(params)
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
        undated=reader.flag("undated", default=since is None and until is None),
        min_confidence=reader.share("sure", DEFAULT_MIN_CONFIDENCE),
        actors=reader.flag("actors", default=True),
        independent=reader.whole("independent", 1, MAX_INDEPENDENT),
        at=reader.values("at", _place, FilterIssue.BAD_PLACE),
        together=_sorted(reader.values("with", _place, FilterIssue.BAD_PLACE, MAX_TOGETHER)),
        near=reader.one("near", parse_near, FilterIssue.BAD_NEAR),
        box=reader.one("box", Box.parse, FilterIssue.BAD_BOX),
        shape=reader.one("shape", Shape.parse, FilterIssue.BAD_SHAPE),
        added=reader.moment("added"),
    )
    return filters, reader.problems


def format_filters(filters: Filters) -> dict[str, str]:
    """Return the URL parameters of filters, in the order of `FILTER_NAMES`, defaults left out."""
    return {
        part.name: join_list(part.values) if part.name in _LISTS else part.values[0]
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
        "undated": () if filters.undated != filters.ranged else ("1" if filters.undated else "0",),
        "sure": () if sure == DEFAULT_MIN_CONFIDENCE else (repr(sure).removesuffix(".0"),),
        "actors": () if filters.actors else ("0",),
        "independent": () if filters.independent == 1 else (str(filters.independent),),
        "at": filters.at,
        "with": filters.together,
        "near": (str(filters.near),) if filters.near else (),
        "box": (str(filters.box),) if filters.box else (),
        "shape": (str(filters.shape),) if filters.shape else (),
        "added": (filters.added.isoformat().replace("+00:00", "Z"),) if filters.added else (),
    }
    return tuple(FilterPart(name, values[name]) for name in FILTER_NAMES if values[name])


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _matched(pattern: re.Pattern[str], value: str) -> str | None:
    return value if pattern.fullmatch(value) else None


def _kind(value: str) -> str | None:
    return value.lower() if value.lower() in set(Kind) else None


def _place(value: str) -> str | None:
    return _matched(PLACE_ID, value)
