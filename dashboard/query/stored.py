"""The articles that filters let through, as they are stored: for whoever must be able to check them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.query.conditions import article_conditions
from dashboard.store.schema import articles, parses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["StoredArticle", "stored_articles"]

_CHUNK = 200  # articles in one query


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article to the letter, and which parser and gazetteer spoke of it; nothing in it is made safe."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    added_at: datetime
    text: str
    parser_id: str | None
    gazetteer_id: str | None


def stored_articles(store: Store, filters: Filters) -> Iterator[StoredArticle]:
    """Yield the articles that the filters let through, newest first and undated last, read as asked for."""
    article = articles.c
    columns = [
        (parses.c if name in ("parser_id", "gazetteer_id") else article)[name]
        for name in StoredArticle.__dataclass_fields__
    ]
    with store.engine.connect() as connection:
        newest = article.published.desc().nulls_last(), article.key.desc()
        wanted = select(article.key).where(*article_conditions(connection, filters)).order_by(*newest)
        keys = list(connection.scalars(wanted))
        for at in range(0, len(keys), _CHUNK):
            chunk = keys[at : at + _CHUNK]
            query = (
                select(*columns)
                .select_from(articles)
                .outerjoin(parses, parses.c.article_key == article.key)
                .where(article.key.in_(chunk))
                .order_by(*newest)
            )
            for row in connection.execute(query):
                yield StoredArticle(*row)
