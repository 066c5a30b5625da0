"""Filters as conditions of SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, or_, select

from dashboard.core.models import Kind
from dashboard.query.within import keys_within
from dashboard.store.schema import article_places, articles, mentions, places, sources
from dashboard.store.search import is_common, parse_terms, search_conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Select

    from dashboard.query.filters import Filters

__all__ = ["article_conditions", "link_conditions", "mention_conditions", "place_conditions", "sure_links"]

_Conditions = list["ColumnElement[bool]"]


def article_conditions(connection: Connection, filters: Filters) -> _Conditions:
    """Return what must hold in `articles`, places aside unless the filters speak of places."""
    table = articles.c
    conditions: _Conditions = []
    if filters.sources:
        conditions.append(table.source.in_(filters.sources))
    if filters.languages:
        conditions.append(table.language.in_(filters.languages))
    conditions += _days(table.published, filters.since, filters.until, undated=filters.undated)
    conditions += search_conditions(connection, table.key, parse_terms(filters.text))
    if filters.about_places:
        named = select(article_places.c.article_key).where(
            *sure_links(article_places, filters), *place_conditions(connection, filters)
        )
        # most articles name a city: asking each of them is cheaper than listing all that do
        common = Kind.CITY in filters.kinds and not filters.countries and not filters.in_area
        beside = exists(named.where(article_places.c.article_key == table.key).correlate(articles))
        conditions.append(beside if common else table.key.in_(named))
    if filters.added is not None:
        conditions.append(table.added_at > filters.added)
    return conditions + _naming(table.key, filters)


def link_conditions(connection: Connection, filters: Filters) -> _Conditions:
    """Return what must hold in `article_places`, for article and place alike."""
    table = article_places.c
    conditions = sure_links(article_places, filters)
    if filters.sources:
        keys = select(sources.c.key).where(sources.c.id.in_(filters.sources))
        conditions.append(table.source_key.in_(keys))
    if filters.languages:
        conditions.append(table.language.in_(filters.languages))
    since, until = (day.toordinal() if day else None for day in (filters.since, filters.until))
    conditions += _days(table.day, since, until, undated=filters.undated)
    if terms := parse_terms(filters.text):
        # the sum keeps the database from looking up article after article where a pass over all is cheaper
        key = table.article_key + 0 if is_common(connection, terms) else table.article_key
        conditions += search_conditions(connection, key, terms)
    if filters.added is not None:
        new = select(articles.c.key).where(articles.c.added_at > filters.added)
        conditions.append(table.article_key.in_(new))
    conditions += _naming(table.article_key, filters)
    return conditions + place_conditions(connection, filters)


def place_conditions(connection: Connection, filters: Filters) -> _Conditions:
    """Return what must hold for the place of `article_places`."""
    wanted: _Conditions = []
    if filters.countries:
        wanted.append(places.c.country.in_(filters.countries))
    if filters.kinds:
        wanted.append(places.c.kind.in_([kind.value for kind in filters.kinds]))
    conditions: _Conditions = []
    if wanted:
        conditions.append(article_places.c.place_key.in_(select(places.c.key).where(*wanted)))
    within = keys_within(connection, filters)
    if within is not None:
        conditions.append(article_places.c.place_key.in_(within))
    if filters.independent > 1:
        conditions.append(article_places.c.place_key.in_(_independently(connection, filters)))
    return conditions


def _independently(connection: Connection, filters: Filters) -> Select[Any]:
    """Return the keys of the places that enough articles name which tell different stories, of those let through."""
    table = article_places.c
    story = func.coalesce(table.story, table.article_key)
    return (
        select(table.place_key)
        .where(*link_conditions(connection, replace(filters, independent=1)))
        .group_by(table.place_key)
        .having(func.count(story.distinct()) >= filters.independent)
        .correlate(None)
    )


def _naming(key: ColumnElement[Any], filters: Filters) -> _Conditions:
    """Return what must hold for an article's key: one of `at` is named, and all of `together`."""
    alternatives = [filters.at] if filters.at else []
    return [key.in_(_articles_of(ids, filters)) for ids in (*alternatives, *((i,) for i in filters.together))]


def _articles_of(ids: Sequence[str], filters: Filters) -> Select[Any]:
    """Return the keys of the articles that name one of these places surely enough."""
    link = article_places.alias()
    wanted = select(places.c.key).where(places.c.id.in_(ids))
    query = select(link.c.article_key).where(link.c.place_key.in_(wanted))
    return query.where(*sure_links(link, filters))


def sure_links(link: FromClause, filters: Filters) -> _Conditions:
    """Return what must hold in `article_places`, or an alias of it, for a mention that counts to be behind it."""
    sure: _Conditions = []
    if filters.min_confidence > 0:
        sure.append(link.c.confidence >= filters.min_confidence)
    if not filters.actors:
        mention = mentions.alias()
        meant = exists().where(
            mention.c.article_key == link.c.article_key,
            mention.c.place_key == link.c.place_key,
            mention.c.confidence >= filters.min_confidence,
            mention.c.metonymy.is_(False),
        )
        sure.append(meant)
    return sure


def mention_conditions(filters: Filters) -> _Conditions:
    """Return what must hold in `mentions` for one to count."""
    sure: _Conditions = [mentions.c.confidence >= filters.min_confidence]
    return sure if filters.actors else [*sure, mentions.c.metonymy.is_(False)]


def _days(column: ColumnElement[Any], since: object, until: object, *, undated: bool) -> _Conditions:
    """Return the range of days; articles without a day stay in when `undated`."""
    within: _Conditions = []
    if since is not None:
        within.append(column >= since)
    if until is not None:
        within.append(column <= until)
    if not undated:
        return within or [column.is_not(None)]
    return (
        [or_(column.is_(None), *([within[0] & within[1]] if len(within) > 1 else within))] if within else []
    )
