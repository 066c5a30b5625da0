"""What the articles that name one place have in common: when, by whom, what else they name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from dashboard.query.conditions import link_conditions, sure_links
from dashboard.store.schema import UNKNOWN_SOURCE, article_places, mentions, places, sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["Companion", "PlaceProfile", "SourceReport", "place_profile"]


@dataclass(frozen=True, slots=True)
class Companion:
    """A place that is named in the same articles; `articles` counts those that name both."""

    id: str
    name: str
    name_ar: str | None
    name_fr: str | None
    kind: str
    country: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How one source reports of a place.

    Attributes
    ----------
    key, name
        Of the source; the name is None for articles of unknown source.
    articles, stories
        Articles that name the place, and how many stories these tell.
    first, last
        Day of the first and of the newest of them; None where none has a date.
    """

    key: int
    name: str | None
    articles: int
    stories: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class PlaceProfile:
    """What is counted of the articles that name a place.

    Attributes
    ----------
    articles, independent
        Articles that the filters let through, and how many stories these tell: copies of one count once.
    reports
        What each source reports, that of most articles first.
    days, undated
        Articles by day, oldest first, and without a day, under all filters but those of time, so that another
        time can be chosen.
    companions
        The places that most of these articles name too.
    names
        How these articles write the place, each with the number of articles, most first; spellings that fold alike
        stand under the commonest.
    """

    articles: int = 0
    independent: int = 0
    reports: tuple[SourceReport, ...] = ()
    days: tuple[tuple[date, int], ...] = ()
    undated: int = 0
    companions: tuple[Companion, ...] = ()
    names: tuple[tuple[str, int], ...] = ()

    @property
    def sources(self) -> tuple[tuple[str | None, int], ...]:
        """Name and number of articles of each source, most first; the name is None where it is not known."""
        return tuple((report.name, report.articles) for report in self.reports)

    def first_to_report(self) -> tuple[SourceReport, ...]:
        """Return the reports, that of the source which named the place first at the head, undated ones last."""
        return tuple(
            sorted(self.reports, key=lambda report: (report.first is None, report.first or date.max))
        )


class _Link(NamedTuple):
    """That an article names the place; a tuple, since thousands may."""

    source_key: int
    article_key: int
    day: int | None
    story: int | None


def place_profile(store: Store, place_id: str, filters: Filters, *, companions: int = 8) -> PlaceProfile:
    """Count the articles that name a place; nothing is in them for a place that the store lacks.

    Parameters
    ----------
    companions
        How many of the places named beside it, at most.
    """
    with store.engine.connect() as connection:
        key = connection.scalar(select(places.c.key).where(places.c.id == place_id))
        if key is None:
            return PlaceProfile()
        rows = _links(connection, key, filters)
        inside = [row for row in rows if _within(row.day, filters)]
        by_day = Counter(row.day for row in rows)
        return PlaceProfile(
            articles=len(inside),
            independent=_stories(inside),
            reports=_by_source(connection, inside),
            days=tuple(
                (date.fromordinal(day), n)
                for day, n in sorted(by_day.items(), key=_by_first)
                if day is not None
            ),
            undated=by_day[None],
            companions=_companions(connection, key, filters, companions),
            names=_names(connection, key, filters),
        )


def _by_first(pair: tuple[int | None, int]) -> int:
    return pair[0] or 0


def _links(connection: Connection, key: int, filters: Filters) -> list[_Link]:
    """Return a row for each article that names a place at any time."""
    link = article_places.c
    whenever = replace(filters, since=None, until=None, undated=True)
    query = select(*(link[name] for name in _Link._fields)).where(link.place_key == key)
    return list(
        map(_Link._make, connection.execute(query.where(*link_conditions(connection, whenever))).all())
    )


def _within(day: int | None, filters: Filters) -> bool:
    """Tell whether the filters of time let an article of this day through."""
    if day is None:
        return filters.undated
    since, until = filters.since, filters.until
    return (since is None or day >= since.toordinal()) and (until is None or day <= until.toordinal())


def _stories(rows: Iterable[_Link]) -> int:
    return len({row.article_key if row.story is None else row.story for row in rows})


def _by_source(connection: Connection, rows: Iterable[_Link]) -> tuple[SourceReport, ...]:
    names: dict[int, str | None] = dict(connection.execute(select(sources.c.key, sources.c.id)).all())
    names[UNKNOWN_SOURCE] = None
    of_source: dict[int, list[_Link]] = {}
    for row in rows:
        of_source.setdefault(row.source_key, []).append(row)
    reports = []
    for key, told in of_source.items():
        days = [row.day for row in told if row.day is not None]
        first, last = (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else (None, None)
        reports.append(SourceReport(key, names.get(key), len(told), _stories(told), first, last))
    return tuple(sorted(reports, key=lambda report: (-report.articles, report.name or "")))


def _companions(connection: Connection, key: int, filters: Filters, limit: int) -> tuple[Companion, ...]:
    link, here = article_places.c, article_places.alias()
    named = select(here.c.article_key).where(here.c.place_key == key, *sure_links(here, filters))
    counted = (
        select(link.place_key, func.count().label("articles"))
        .where(link.article_key.in_(named), link.place_key != key)
        .where(*link_conditions(connection, filters))
        .group_by(link.place_key)
        .order_by(func.count().desc(), link.place_key)
        .limit(limit)
        .subquery()
    )
    columns = [places.c[name] for name in ("id", "name", "name_ar", "name_fr", "kind", "country")]
    query = (
        select(*columns, counted.c.articles)
        .join(counted, counted.c.place_key == places.c.key)
        .order_by(counted.c.articles.desc(), places.c.name, places.c.id)
    )
    return tuple(Companion(**row) for row in connection.execute(query).mappings())


def _names(connection: Connection, key: int, filters: Filters) -> tuple[tuple[str, int], ...]:
    mention, link = mentions.c, article_places.c
    through = select(link.article_key).where(link.place_key == key, *link_conditions(connection, filters))
    query = (
        select(mention.folded, mention.surface, func.count(mention.article_key.distinct()).label("articles"))
        .where(mention.place_key == key, mention.confidence >= filters.min_confidence)
        .where(mention.article_key.in_(through))
        .group_by(mention.folded, mention.surface)
        .order_by(func.count(mention.article_key.distinct()).desc(), mention.surface)
    )
    found: dict[str, tuple[str, int]] = {}
    for folded, surface, count in connection.execute(query).all():
        first, n = found.get(folded or surface, (surface, 0))
        found[folded or surface] = (first, n + count)
    return tuple(sorted(found.values(), key=lambda one: (-one[1], one[0])))
