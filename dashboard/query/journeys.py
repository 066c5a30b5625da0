"""Journeys of the store: all of them merged, those that filters let through, and what they are told by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - kept at run time for dataclass introspection
from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.core.edtf import bounds
from dashboard.journeys import Journey, drawn_from, merge_journeys
from dashboard.query.actor_names import ActorNames
from dashboard.query.conditions import article_conditions
from dashboard.query.filters import DEFAULT_MIN_CONFIDENCE, Filters
from dashboard.query.journey_filters import UNKNOWN_END
from dashboard.query.own_actors import OwnActors
from dashboard.query.within import keys_within
from dashboard.store.actor_trail import actors_in_force
from dashboard.store.journey_trail import read_decisions
from dashboard.store.legs import count_legs, read_reports
from dashboard.store.schema import articles, legs, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from dashboard.core.models import Place
    from dashboard.journeys import LegPlace, Report
    from dashboard.journeys.table import ActorEntry
    from dashboard.query.journey_filters import JourneyFilters
    from dashboard.store.store import Store

__all__ = [
    "MOST_LEGS",
    "ActorCount",
    "JourneyBook",
    "ReportHead",
    "ToldReport",
    "actor_counts",
    "article_reports",
    "choose_journeys",
    "is_at",
    "journey_days",
    "journey_ends",
    "least_sure",
    "load_journeys",
    "report_heads",
    "sources_of",
    "sureness",
    "told_reports",
]

MOST_LEGS = 40_000  # that are merged; of a store with more, those of the newest articles
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class JourneyBook:
    """All journeys of a store.

    Attributes
    ----------
    left_out
        How many legs of older articles were left out, since there are more than can be merged while one waits.
    unread
        In how many articles nobody has looked for journeys yet.
    actors
        Those of the newsroom and of the table of public figures, by their keys.
    """

    journeys: tuple[Journey, ...]
    names: ActorNames
    left_out: int = 0
    unread: int = 0
    actors: Mapping[str, ActorEntry] = field(default_factory=dict)

    def journey(self, ident: str) -> Journey | None:
        """Return a journey by its id, or by the name of one of its reports."""
        return next(
            (one for one in self.journeys if one.id == ident or any(ident == x.key for x in one.reports)),
            None,
        )


def load_journeys(store: Store, most: int = MOST_LEGS) -> JourneyBook:
    """Merge the legs of a store to journeys, as the rules and people say."""
    total, unread = count_legs(store)
    with store.engine.connect() as connection:
        decided, none = read_decisions(connection)
        own = OwnActors(actors_in_force(connection))
        reports = own.told([one for one in read_reports(connection, most) if one.key not in none])
    journeys = tuple(merge_journeys(reports, decided))
    names = ActorNames(journeys, own.table)
    return JourneyBook(journeys, names, max(0, total - most), unread, own.table.entries)


def journey_ends(journey: Journey) -> list[LegPlace]:
    """Return the places of a journey, those that are known, from where before where to."""
    return [end for end in (journey.from_place, journey.via, journey.to_place) if end is not None]


def journey_days(journey: Journey) -> tuple[date, date] | None:
    """Return the first and last day of a journey; where no report dates it, the day of the first report."""
    first, last = bounds(journey.date)
    told = journey.earliest.published
    first, last = first or last or told, last or first or told
    return (first, last) if first and last else None


def is_at(place: Place, ident: str) -> bool:
    """Tell whether a place is one that is asked for, or lies in the country or division that is."""
    return ident in (place.id, f"country:{place.country}", place.admin1)


def choose_journeys(
    store: Store, book: JourneyBook, filters: Filters, moves: JourneyFilters
) -> list[Journey]:
    """Return the journeys that filters let through, by their first report.

    A journey is told by an article that the filters of articles let through, and one of its places is one that those
    of places let through. Words are looked for in the articles and in the names of who moves, in any script. A range
    of days keeps what happened in it; what no report dates counts as happening when it was first told.
    """
    tests = [*_own_tests(moves), *_time_tests(filters)]
    chosen = [one for one in book.journeys if all(test(one) for test in tests)]
    if not chosen:
        return []
    with store.engine.connect() as connection:
        for test in (*_article_tests(connection, book, filters), *_place_tests(connection, chosen, filters)):
            chosen = [one for one in chosen if test(one)]
    return chosen


def sureness(journey: Journey) -> float:
    """Return how sure a journey is: as sure as its surest report."""
    return max(report.leg.confidence for report in journey.reports)


def least_sure(filters: Filters) -> float:
    """Return how sure a journey must be to be shown.

    Journeys are harder to read than places: those as sure as a place must be by default are wrong too often. So at the
    default and above they must be as sure as judged news asks for (`drawn_from`); whoever asks for less gets it.
    """
    asked = filters.min_confidence
    return asked if asked < DEFAULT_MIN_CONFIDENCE else max(asked, drawn_from())


_Test = "Callable[[Journey], bool]"


def _own_tests(moves: JourneyFilters) -> Iterable[Callable[[Journey], bool]]:
    if moves.actors:
        yield lambda one: one.actor in moves.actors
    if moves.kinds:
        yield lambda one: one.kind in moves.kinds
    if moves.statuses:
        yield lambda one: one.status in moves.statuses
    if moves.origins:
        yield lambda one: _ends_at(one.from_place, moves.origins)
    if moves.goals:
        yield lambda one: _ends_at(one.to_place, moves.goals)
    if moves.beside:
        yield lambda one: any(
            other.key in moves.beside for report in one.reports for other in report.leg.beside
        )


def _ends_at(end: LegPlace | None, wanted: Sequence[str]) -> bool:
    if end is None:
        return UNKNOWN_END in wanted
    return any(is_at(end.place, ident) for ident in wanted)


def _time_tests(filters: Filters) -> Iterable[Callable[[Journey], bool]]:
    since, until = filters.since, filters.until

    def in_time(one: Journey) -> bool:
        days = journey_days(one)
        if days is None:
            return filters.undated
        return (since is None or days[1] >= since) and (until is None or days[0] <= until)

    if filters.ranged or not filters.undated:
        yield in_time
    least = least_sure(filters)
    if least > 0:
        yield lambda one: sureness(one) >= least


def _article_tests(
    connection: Connection, book: JourneyBook, filters: Filters
) -> Iterable[Callable[[Journey], bool]]:
    rest = Filters(sources=filters.sources, languages=filters.languages, added=filters.added)
    told = _articles(connection, rest)
    if told is not None:
        yield lambda one: any(report.article in told for report in one.reports)
    if filters.text:
        words = _articles(connection, Filters(text=filters.text))
        named = book.names.find(filters.text)
        yield lambda one: one.actor in named or any(report.article in (words or ()) for report in one.reports)


def _articles(connection: Connection, filters: Filters) -> frozenset[str] | None:
    """Return the ids of the articles with legs that filters let through; None for all."""
    conditions = article_conditions(connection, filters)
    if not conditions:
        return None
    query = select(articles.c.id).where(articles.c.key.in_(select(legs.c.article_key)), *conditions)
    return frozenset(connection.scalars(query))


def _place_tests(
    connection: Connection, journeys: Sequence[Journey], filters: Filters
) -> Iterable[Callable[[Journey], bool]]:
    if filters.countries:
        yield lambda one: any(end.place.country in filters.countries for end in journey_ends(one))
    if filters.kinds:
        yield lambda one: any(end.place.kind in filters.kinds for end in journey_ends(one))
    if filters.at:
        yield lambda one: any(is_at(end.place, ident) for end in journey_ends(one) for ident in filters.at)
    if filters.together:
        yield lambda one: all(
            any(is_at(end.place, ident) for end in journey_ends(one)) for ident in filters.together
        )
    within = keys_within(connection, filters)
    if within is not None:
        ids = sorted({end.place.id for one in journeys for end in journey_ends(one)})
        inside: set[str] = set()
        for at in range(0, len(ids), _CHUNK):
            query = select(places.c.id).where(
                places.c.id.in_(ids[at : at + _CHUNK]), places.c.key.in_(within)
            )
            inside.update(connection.scalars(query))
        yield lambda one: any(end.place.id in inside for end in journey_ends(one))


@dataclass(frozen=True, slots=True)
class ActorCount:
    """An actor, and how many journeys and articles tell of them."""

    key: str
    journeys: int
    articles: int


def actor_counts(journeys: Iterable[Journey]) -> list[ActorCount]:
    """Return who moves, those of most journeys first."""
    found: Counter[str] = Counter()
    told: dict[str, set[str]] = {}
    for one in journeys:
        found[one.actor] += 1
        told.setdefault(one.actor, set()).update(report.article for report in one.reports)
    counted = [ActorCount(key, count, len(told[key])) for key, count in found.items()]
    return sorted(counted, key=lambda one: (-one.journeys, -one.articles, one.key))


@dataclass(frozen=True, slots=True)
class ToldReport:
    """A report with its article and its sentence.

    Attributes
    ----------
    sentence, start
        The sentence that tells it most fully, and where it begins in the article (code points).
    """

    report: Report
    title: str
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    sentence: str
    start: int


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What an article that tells of a journey is called, and who printed it; the source is None when unknown."""

    title: str
    source: str | None


def report_heads(store: Store, journeys: Iterable[Journey]) -> dict[str, ReportHead]:
    """Return title and source of the article that told each journey first, by the article's id."""
    ids = sorted({one.earliest.article for one in journeys})
    heads = {}
    with store.engine.connect() as connection:
        for at in range(0, len(ids), _CHUNK):
            wanted = articles.c.id.in_(ids[at : at + _CHUNK])
            for row in connection.execute(
                select(articles.c.id, articles.c.title, articles.c.source).where(wanted)
            ):
                heads[row.id] = ReportHead(row.title, row.source)
    return heads


def sources_of(journeys: Iterable[Journey]) -> tuple[tuple[str | None, int], ...]:
    """Return name and number of articles of each source of journeys, most first; None where it is unknown."""
    told = {report.article: report.source for one in journeys for report in one.reports}
    counted = Counter(told.values())
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0] is None, item[0] or "")))


def told_reports(store: Store, reports: Sequence[Report]) -> list[ToldReport]:
    """Return reports with what their articles say, in the same order."""
    names = ("id", "title", "source", "url", "published", "language", "text")
    ids = list(dict.fromkeys(report.article for report in reports))
    rows = {}
    with store.engine.connect() as connection:
        for at in range(0, len(ids), _CHUNK):
            query = select(*(articles.c[name] for name in names))
            found = connection.execute(query.where(articles.c.id.in_(ids[at : at + _CHUNK])))
            rows.update({row.id: row for row in found})
    told = []
    for report in reports:
        row = rows.get(report.article)
        if row is not None:
            start, end = report.leg.sentence
            about = (row.title, row.source, row.url, row.published, row.language)
            told.append(ToldReport(report, *about, row.text[start:end], start))
    return told


def article_reports(store: Store, article_id: str) -> list[Report]:
    """Return the legs of one article, in the order of its text."""
    with store.engine.connect() as connection:
        _, none = read_decisions(connection)
        found = read_reports(connection, _CHUNK, article_id)
    return sorted((one for one in found if one.key not in none), key=lambda one: one.leg.cue)
