"""The articles that filters let through, as they are stored: for whoever must be able to check them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.query.conditions import article_conditions
from dashboard.query.order import in_order, keys_in_order
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


def stored_articles(store: Store, filters: Filters, order: str = "newest") -> Iterator[StoredArticle]:
    """Yield the articles that the filters let through, undated last, read as asked for.

    Parameters
    ----------
    order
        One of `ORDERS`, or empty for that of the page; see `order_in_force`.
    """
    article = articles.c
    columns = [
        (parses.c if name in ("parser_id", "gazetteer_id") else article)[name]
        for name in StoredArticle.__dataclass_fields__
    ]
    with store.engine.connect() as connection:
        ranked = keys_in_order(connection, filters, order).where(*article_conditions(connection, filters))
        keys = list(connection.scalars(ranked.order_by(*in_order(ranked.selected_columns))))
        for at in range(0, len(keys), _CHUNK):
            chunk = keys[at : at + _CHUNK]
            query = (
                select(article.key, *columns)
                .select_from(articles)
                .outerjoin(parses, parses.c.article_key == article.key)
                .where(article.key.in_(chunk))
            )
            rows = {row.key: row for row in connection.execute(query)}
            for key in chunk:
                if key in rows:  # else it went while the others were read
                    yield StoredArticle(*rows[key][1:])
