"""The frames that the views need: each is one statement, costly only in one pass over `article_places`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, cast, func, select

from dashboard.query.columns import ARTICLE_COLUMNS, EVIDENCE_COLUMNS, PLACE_COLUMNS, make_frame
from dashboard.query.conditions import (
    article_conditions,
    link_conditions,
    mention_conditions,
    place_conditions,
    sure_links,
)
from dashboard.query.order import in_order, keys_in_order
from dashboard.store.grades import sure_mentions
from dashboard.store.schema import UNKNOWN_SOURCE, article_places, articles, mentions, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import ColumnElement, Row, Select, Subquery

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["article_frame", "evidence_by_source", "evidence_frame", "independent_counts", "place_frame"]


def place_frame(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the places to draw, those of most articles first, then by name; columns `PLACE_COLUMNS`.

    A place is in it when an article that the filters let through has a mention of it that is sure enough.
    """
    link = article_places.c
    unknown = cast(func.min(link.source_key) == UNKNOWN_SOURCE, Integer)
    by_place = select(
        link.place_key,
        func.count().label("articles"),
        func.sum(sure_mentions(filters.min_confidence, actors=filters.actors)).label("mentions"),
        func.max(link.confidence).label("confidence"),
        (func.count(link.source_key.distinct()) - unknown).label("sources"),
        func.sum(link.focus).label("focus_articles"),
    ).group_by(link.place_key)
    with store.engine.connect() as connection:
        grouped = by_place.where(*link_conditions(connection, filters)).subquery()
        rows = connection.execute(_with_places(grouped)).all()
    return make_frame(rows, PLACE_COLUMNS)


def independent_counts(store: Store, filters: Filters) -> dict[str, int]:
    """Return by place id how many different stories its articles tell: copies of one story count once."""
    link = article_places.c
    told = func.count(func.coalesce(link.story, link.article_key).distinct())
    with store.engine.connect() as connection:
        query = (
            select(places.c.id, told)
            .join(article_places, link.place_key == places.c.key)
            .where(*link_conditions(connection, filters))
            .group_by(places.c.key)
        )
        return {place: int(count) for place, count in connection.execute(query).all()}


def _with_places(grouped: Subquery) -> Select[Any]:
    columns = [
        places.c.id if name == "place_id" else (grouped.c if name in grouped.c else places.c)[name]
        for name in PLACE_COLUMNS
    ]
    return (
        select(*columns)
        .join(grouped, grouped.c.place_key == places.c.key)
        .order_by(grouped.c.articles.desc(), places.c.name, places.c.id)
    )


def article_frame(
    store: Store, filters: Filters, order: str = "newest", *, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """Return the articles that the filters let through, undated last: `ARTICLE_COLUMNS`.

    While no filter speaks of places, an article without any place is listed too.

    Parameters
    ----------
    order
        One of `ORDERS`, or empty for that of the page; see `order_in_force`.
    limit, offset
        How many rows, after how many; None = all. A view that shows pages should ask for one.
    """
    with store.engine.connect() as connection:
        conditions = article_conditions(connection, filters)
        matching = place_conditions(connection, filters)
        ranked = keys_in_order(connection, filters, order).where(*conditions)
        ranked = ranked.order_by(*in_order(ranked.selected_columns)).limit(limit).offset(offset)
        rows = connection.execute(_articles_counted(filters, ranked, matching)).all()
    return make_frame(rows, ARTICLE_COLUMNS)


def _articles_counted(
    filters: Filters, ranked: Select[Any], matching: list[ColumnElement[bool]]
) -> Select[Any]:
    """Return the articles on one page with what is counted of each; only their links are touched."""
    article, link = articles.c, article_places.c
    page = ranked.subquery()
    counted = and_(
        link.article_key == article.key,
        *sure_links(article_places, filters),
        *matching,
    )
    values: dict[str, ColumnElement[Any]] = {
        "article_id": article.id,
        "places": func.count(link.place_key),
        "mentions": func.coalesce(func.sum(sure_mentions(filters.min_confidence, actors=filters.actors)), 0),
    }
    return (
        select(*(values[name] if name in values else article[name] for name in ARTICLE_COLUMNS))
        .select_from(page)
        .join(articles, article.key == page.c.key)
        .outerjoin(article_places, counted)
        .group_by(article.key, *page.c)
        .order_by(*in_order(page.c))
    )


def evidence_frame(
    store: Store, place_id: str, filters: Filters, *, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """Return the sentences that name a place, newest article first; columns `EVIDENCE_COLUMNS`.

    Parameters
    ----------
    limit, offset
        Of how many articles, the newest ones, after how many; None = of all.
    """
    with store.engine.connect() as connection:
        conditions = link_conditions(connection, filters)
        newest = _naming(place_id, conditions).order_by(*_latest_links()).limit(limit).offset(offset)
        found = connection.execute(_mentions_of(newest, filters)).all()
    return _evidence(found)


def evidence_by_source(
    store: Store, place_id: str, filters: Filters, source_keys: Sequence[int], *, each: int = 3
) -> pd.DataFrame:
    """Return what `evidence_frame` does, of the newest articles of each of some sources, `each` of them at most."""
    link = article_places.c
    nth = func.row_number().over(partition_by=link.source_key, order_by=_latest_links()).label("nth")
    with store.engine.connect() as connection:
        conditions = [*link_conditions(connection, filters), link.source_key.in_(list(source_keys))]
        ranked = _naming(place_id, conditions).add_columns(nth).subquery()
        newest = select(ranked.c.article_key, ranked.c.place_key).where(ranked.c.nth <= each)
        found = connection.execute(_mentions_of(newest, filters)).all()
    return _evidence(found)


def _naming(place_id: str, conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """Return the links of a place."""
    link = article_places.c
    place = select(places.c.key).where(places.c.id == place_id).scalar_subquery()
    return select(link.article_key, link.place_key).where(link.place_key == place, *conditions)


def _latest_links() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return article_places.c.day.desc().nulls_last(), article_places.c.article_key.desc()


def _evidence(found: Sequence[Row[Any]]) -> pd.DataFrame:
    """Return the frame of sentences from the rows of their mentions."""
    sentences = groupby(found, key=lambda row: (row.id, row.sentence_start))
    return make_frame([_sentence(list(rows)) for _, rows in sentences], EVIDENCE_COLUMNS)


def _mentions_of(links: Select[Any], filters: Filters) -> Select[Any]:
    """Return the mentions that are sure enough of some links of a place, each with its article and sentence."""
    article, mention, newest = articles.c, mentions.c, links.subquery()
    same = and_(mention.article_key == newest.c.article_key, mention.place_key == newest.c.place_key)
    length = mention.sentence_end - mention.sentence_start
    return (
        select(
            article.id,
            article.title,
            article.source,
            article.url,
            article.published,
            article.language,
            func.substr(article.text, mention.sentence_start + 1, length).label("sentence"),
            mention.sentence_start,
            mention.start,
            mention.end,
            mention.confidence,
            mention.metonymy,
            func.coalesce(article.story, article.key).label("story"),
        )
        .select_from(newest)
        .join(articles, article.key == newest.c.article_key)
        .join(mentions, same)
        .where(*mention_conditions(filters))
        .order_by(*_newest_first(), mention.sentence_start, mention.start)
    )


def _sentence(rows: list[Row[Any]]) -> list[Any]:
    """Return the row of one sentence from the rows of its mentions."""
    first = rows[0]
    longest = max((row.sentence for row in rows), key=len)
    spans = [(row.start - row.sentence_start, row.end - row.sentence_start) for row in rows]
    surest, metonymy = max(row.confidence for row in rows), all(row.metonymy for row in rows)
    return [*first[:6], longest, spans, surest, metonymy, first.story]


def _newest_first() -> list[ColumnElement[Any]]:
    return [articles.c.published.desc().nulls_last(), articles.c.key.desc()]
