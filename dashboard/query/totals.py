"""What there is to filter by, and how much a filter lets through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - kept at run time for dataclass introspection
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from dashboard.query.conditions import article_conditions, link_conditions
from dashboard.query.filters import DEFAULT_MIN_CONFIDENCE, Filters
from dashboard.store.schema import LEADS_COUNTRY, LEADS_KIND, article_places, articles, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from dashboard.store.store import Store

__all__ = ["FacetValue", "Facets", "Summary", "facets", "selected_sources", "summary"]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that a filter may take, and in how many articles it occurs."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What the whole store offers to filter by; each list with the most frequent value first.

    Attributes
    ----------
    sources, languages
        Of articles; unknown ones are not listed.
    countries, kinds
        Of places that are sure enough.
    first, last
        Days of the oldest and newest article with a date; None when there is none.
    undated
        Articles without a date.
    """

    sources: tuple[FacetValue, ...] = ()
    languages: tuple[FacetValue, ...] = ()
    countries: tuple[FacetValue, ...] = ()
    kinds: tuple[FacetValue, ...] = ()
    first: date | None = None
    last: date | None = None
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """How many articles and places the filters let through, and how many of these articles have no date."""

    articles: int
    places: int
    undated: int


def facets(store: Store, min_confidence: float = DEFAULT_MIN_CONFIDENCE) -> Facets:
    """Return what the store offers to filter by; a country or kind counts where a mention is this sure."""
    article = articles.c
    days = select(func.min(article.published), func.max(article.published))
    undated = select(func.count()).select_from(articles).where(article.published.is_(None))
    with store.engine.connect() as connection:
        countries, kinds = _place_facets(connection, min_confidence)
        first, last = connection.execute(days).one()
        return Facets(
            sources=_facet(connection, article.source),
            languages=_facet(connection, article.language),
            countries=countries,
            kinds=kinds,
            first=first,
            last=last,
            undated=connection.scalars(undated).one(),
        )


def summary(store: Store, filters: Filters) -> Summary:
    """Count what the filters let through."""
    with store.engine.connect() as connection:
        counted = (
            select(func.count(), func.count() - func.count(articles.c.published))
            .select_from(articles)
            .where(*article_conditions(connection, filters))
        )
        through = link_conditions(connection, filters)
        found, undated = connection.execute(counted).one()
        if filters == Filters(
            min_confidence=filters.min_confidence
        ):  # one link of each place is enough to look at
            named = select(places.c.key).where(
                exists().where(article_places.c.place_key == places.c.key, *through)
            )
        else:
            named = select(article_places.c.place_key).where(*through).distinct()
        place_count = connection.scalars(select(func.count()).select_from(named.subquery())).one()
    return Summary(articles=found, places=place_count, undated=undated)


def selected_sources(store: Store, filters: Filters) -> tuple[FacetValue, ...]:
    """Return the known sources of the articles that the filters let through, most frequent first."""
    with store.engine.connect() as connection:
        return _facet(connection, articles.c.source, article_conditions(connection, filters))


def _facet(connection: Connection, column: Any, conditions: Sequence[Any] = ()) -> tuple[FacetValue, ...]:  # noqa: ANN401 - a column of texts
    query = select(column, func.count()).where(column.is_not(None), *conditions).group_by(column)
    counts: Counter[str] = Counter()
    for value, count in connection.execute(query):
        counts[value] = count
    return _most_first(counts)


def _place_facets(
    connection: Connection, min_confidence: float
) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    """Count articles by country and by kind: the rows that lead their article's country or kind."""
    link = article_places.c
    by_place = (
        select(
            link.place_key,
            func.sum(link.leads.bitwise_and(LEADS_COUNTRY)).label("country"),
            func.sum(link.leads.bitwise_and(LEADS_KIND)).label("kind"),
        )
        .where(link.confidence >= min_confidence)
        .group_by(link.place_key)
        .subquery()
    )
    query = (
        select(
            places.c.country,
            places.c.kind,
            func.sum(by_place.c.country) / LEADS_COUNTRY,
            func.sum(by_place.c.kind) / LEADS_KIND,
        )
        .join(by_place, by_place.c.place_key == places.c.key)
        .group_by(places.c.country, places.c.kind)
    )
    countries: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for country, kind, in_country, of_kind in connection.execute(query):
        kinds[kind] += int(of_kind)
        if country is not None:
            countries[country] += int(in_country)
    return _most_first(countries), _most_first(kinds)


def _most_first(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered if count)
