"""Brings the tables of a store of an older version up to this one, with all that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import DDL, bindparam, delete, func, inspect, select, tuple_, update
from sqlalchemy.schema import CreateColumn

from dashboard.core.links import plain_address
from dashboard.core.models import article_id
from dashboard.core.progress import silent
from dashboard.core.text import fold_name
from dashboard.store.boilerplate import insert_lines, settle_sources, unsettled_sources
from dashboard.store.dialect import merge_search_late
from dashboard.store.records import DIVISION_PREFIX
from dashboard.store.schema import (
    LEADS_DIVISION,
    SCHEMA_VERSION,
    WHOLE_BY_PLACE,
    article_lines,
    article_places,
    articles,
    mentions,
    meta,
    metadata,
    places,
    story_anchors,
)
from dashboard.store.stories import assign_to_untold

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

    from dashboard.core.progress import Progress

__all__ = ["upgrade_tables"]

_BATCH = 50_000  # rows
_TEXTS = 500  # articles with their texts
_SKETCHES_SINCE = 6  # version of the schema
_WIDER_SINCE = 12  # likewise, of indexes on PostgreSQL


def upgrade_tables(connection: Connection, progress: Progress = silent) -> None:
    """Add the tables, columns and indexes that are new in this version, fill them, and note the version.

    A new column must allow null or name a `server_default`: rows that are there get that value.
    """
    version = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version")) or 0
    metadata.create_all(connection)
    if version < _WIDER_SINCE and connection.dialect.name == "postgresql":
        connection.execute(DDL("DROP INDEX IF EXISTS mentions_by_name"))  # type: ignore[no-untyped-call]
        connection.execute(WHOLE_BY_PLACE)
    known = inspect(connection)
    for table in metadata.sorted_tables:
        columns = {column["name"] for column in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                _add(connection, table.name, column)
        indexes = {index["name"] for index in known.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in indexes:
                index.create(connection, checkfirst=True)
    merge_search_late(connection)
    _mark_divisions(connection)
    _fold_names(connection)
    if version < _SKETCHES_SINCE:
        _place_articles(connection)
        _tell_anew(connection, progress)
    _find_boilerplate(connection, progress)
    connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=SCHEMA_VERSION))


def _place_articles(connection: Connection) -> None:
    """Fill `articles.content` and `articles.address`, by which reprints and versions are known."""
    article, last = articles.c, 0
    values: dict[str, Any] = {"content": bindparam("words"), "address": bindparam("place")}
    change = update(articles).where(article.key == bindparam("row")).values(**values)
    waiting = select(article.key, article.text, article.url).where(article.content.is_(None))
    while rows := connection.execute(
        waiting.where(article.key > last).order_by(article.key).limit(_TEXTS)
    ).all():
        found = [
            {"row": row.key, "words": article_id(row.text), "place": plain_address(row.url)} for row in rows
        ]
        connection.execute(change, found)
        last = rows[-1].key


def _tell_anew(connection: Connection, progress: Progress) -> None:
    """Find all stories again: what makes a copy, and how copies find each other, is another than it was."""
    total = connection.scalar(select(func.count()).select_from(articles)) or 0
    connection.execute(delete(story_anchors))
    connection.execute(update(articles).values(story=None))
    done = 0
    while found := assign_to_untold(connection, _TEXTS):
        done += found
        progress(done, total, "bringing the store up to date: copies of stories")


def _find_boilerplate(connection: Connection, progress: Progress) -> None:
    """Note the lines of articles of a version that did not, and mark what recurs in their sources."""
    article, last, done = articles.c, 0, 0
    total = connection.scalar(select(func.count()).select_from(articles)) or 0
    waiting = (
        select(article.key, article.text, article.boilerplate)
        .outerjoin(article_lines, article_lines.c.article_key == article.key)
        .where(article_lines.c.article_key.is_(None))
        .order_by(article.key)
        .limit(_TEXTS)
    )
    while rows := connection.execute(waiting.where(article.key > last)).all():
        insert_lines(
            connection, {row.key: row.text for row in rows}, {row.key: row.boilerplate for row in rows}
        )
        last, done = rows[-1].key, done + len(rows)
        progress(done, total, "bringing the store up to date: what recurs in articles")
    settle_sources(connection, unsettled_sources(connection))


def _add(connection: Connection, table: str, column: Column[object]) -> None:
    definition = CreateColumn(column).compile(dialect=connection.dialect)
    connection.execute(DDL(f"ALTER TABLE {table} ADD COLUMN {definition}"))  # type: ignore[no-untyped-call]


def _mark_divisions(connection: Connection) -> None:
    """Set `LEADS_DIVISION` where it is not set yet: on the surest row of each article and division."""
    link = article_places.c
    key = (link.place_key, link.source_key, link.article_key)
    division = func.coalesce(places.c.admin1, places.c.id)
    rank = func.row_number().over(
        partition_by=(link.article_key, division), order_by=(link.confidence.desc(), places.c.id)
    )
    ranked = (
        select(*key, rank.label("rank"))
        .join(places, places.c.key == link.place_key)
        .where(places.c.admin1.is_not(None) | places.c.id.startswith(DIVISION_PREFIX, autoescape=True))
        .subquery()
    )
    first = select(ranked.c.place_key, ranked.c.source_key, ranked.c.article_key).where(ranked.c.rank == 1)
    connection.execute(
        update(article_places)
        .where(link.leads.bitwise_and(LEADS_DIVISION) == 0, tuple_(*key).in_(first))
        .values(leads=link.leads + LEADS_DIVISION)
    )


def _fold_names(connection: Connection) -> None:
    """Fill `mentions.folded` in rows of a version that had none."""
    mention, last = mentions.c, 0
    change = update(mentions).where(mention.id == bindparam("row")).values(folded=bindparam("name"))
    waiting = select(mention.id, mention.surface).where(mention.folded.is_(None)).order_by(mention.id)
    while rows := connection.execute(waiting.where(mention.id > last).limit(_BATCH)).all():
        connection.execute(change, [{"row": row.id, "name": fold_name(row.surface)} for row in rows])
        last = rows[-1].id
