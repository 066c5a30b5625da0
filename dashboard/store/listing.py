"""Articles as a list to look through and put right: those that lack something first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from dashboard.core.links import plain_address
from dashboard.store.schema import articles, removed_articles
from dashboard.store.search import parse_terms, search_conditions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection

    from dashboard.store.store import Store

__all__ = ["Found", "ListedArticle", "RemovedArticle", "Wanted", "list_articles", "list_removed"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles: with these words, of this source (empty: of none), at this address, lacking a sure date."""

    words: str = ""
    source: str | None = None
    address: str = ""
    undated: bool = False
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article of the list; `copies` counts the articles of its story, itself included."""

    id: str
    title: str
    source: str | None
    published: date | None
    published_edtf: str | None
    date_suspect: bool
    language: str | None
    url: str | None
    origin: str | None
    copies: int
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class RemovedArticle:
    """An article that was removed, and when."""

    id: str
    title: str
    source: str | None
    removed_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list, and how many articles there are in all."""

    articles: Sequence[ListedArticle]
    total: int


def list_articles(store: Store, wanted: Wanted, limit: int = 50, offset: int = 0) -> Found:
    """Return articles, undated and suspect ones first, then the latest."""
    table, other = articles.c, articles.alias("copies")
    lacking = case((table.published.is_(None), 0), (table.date_suspect.is_(True), 1), else_=2)
    copies = select(func.count()).where(other.c.story == table.story).correlate(articles).scalar_subquery()
    names = (
        "id",
        "title",
        "source",
        "published",
        "published_edtf",
        "date_suspect",
        "language",
        "url",
        "origin",
    )
    with store.engine.connect() as connection:
        conditions = _conditions(connection, wanted)
        total = connection.scalar(select(func.count()).select_from(articles).where(*conditions)) or 0
        query = (
            select(
                *(table[name] for name in names),
                func.coalesce(copies, 1).label("copies"),
                table.replaced_by.is_not(None).label("is_replaced"),
            )
            .where(*conditions)
            .order_by(lacking, table.published.desc().nulls_last(), table.key.desc())
            .limit(limit)
            .offset(offset)
        )
        rows = connection.execute(query).mappings().all()
    return Found([ListedArticle(**row) for row in rows], total)


def list_removed(store: Store) -> list[RemovedArticle]:
    """Return the articles that were removed, the latest first."""
    table = removed_articles.c
    query = select(table.id, table.source, table.removed_at, table.article).order_by(table.removed_at.desc())
    with store.engine.connect() as connection:
        return [
            RemovedArticle(row.id, str(row.article["title"]), row.source, row.removed_at)
            for row in connection.execute(query)
        ]


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    table = articles.c
    conditions = search_conditions(connection, table.key, parse_terms(wanted.words)) if wanted.words else []
    if wanted.source is not None:
        conditions.append(table.source == wanted.source if wanted.source else table.source.is_(None))
    if wanted.address:
        conditions.append(table.address == plain_address(wanted.address))
    lacking = []
    if wanted.undated:
        lacking.append(table.published.is_(None))
    if wanted.suspect:
        lacking.append(table.date_suspect.is_(True))
    return [*conditions, or_(*lacking)] if lacking else conditions
