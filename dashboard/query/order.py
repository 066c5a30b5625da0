"""In which order articles are listed: newest first, or first what says most about the words looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import select

from dashboard.store.schema import articles
from dashboard.store.search import parse_terms, relevance

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select
    from sqlalchemy.sql.base import ColumnCollection, ReadOnlyColumnCollection

    from dashboard.query.filters import Filters

    _Columns = ReadOnlyColumnCollection[str, Any] | ColumnCollection[str, ColumnElement[Any]]

__all__ = ["ORDERS", "Order", "in_order", "keys_in_order", "order_in_force"]

Order = Literal["newest", "relevance"]
ORDERS: tuple[Order, ...] = get_args(Order)


def order_in_force(filters: Filters, asked: str = "") -> Order:
    """Return the order of a list: by relevance where words are looked for, unless the newest are asked for first.

    Parameters
    ----------
    asked
        One of `ORDERS`; anything else leaves the choice to the filters. Without words nothing is relevant.
    """
    return "relevance" if asked != "newest" and parse_terms(filters.text).groups else "newest"


def keys_in_order(connection: Connection, filters: Filters, asked: str = "") -> Select[Any]:
    """Return a query for the keys of articles, with a `rank` if they have one; conditions and `in_order` are added."""
    if order_in_force(filters, asked) == "newest":
        return select(articles.c.key)
    found = relevance(connection, parse_terms(filters.text)).subquery()
    return select(articles.c.key, found.c.rank).join(found, found.c.key == articles.c.key)


def in_order(keys: _Columns) -> list[ColumnElement[Any]]:
    """Return by what to sort, given the columns of `keys_in_order`: undated last, of equal ones the newest first."""
    newest: list[ColumnElement[Any]] = [articles.c.published.desc().nulls_last(), articles.c.key.desc()]
    if "rank" not in keys:
        return newest
    return [articles.c.published.is_(None), keys["rank"], *newest]
