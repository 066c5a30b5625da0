"""What is new under some filters since a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.query.conditions import article_conditions, link_conditions
from dashboard.store.schema import article_places, articles, places

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["MAX_NEW_PLACES", "News", "news_since"]

MAX_NEW_PLACES = 12


@dataclass(frozen=True, slots=True)
class News:
    """Articles that came in, and places that no article had named before.

    Attributes
    ----------
    place_ids
        The new places named by most articles, at most `MAX_NEW_PLACES` of them.
    """

    articles: int = 0
    places: int = 0
    place_ids: tuple[str, ...] = ()


def news_since(store: Store, filters: Filters, since: datetime) -> News:
    """Count the articles under the filters that came in after `since`, and the places new with them.

    A place is new when it is named under the filters now, and before that moment was not.
    """
    since = max(since, filters.added) if filters.added else since
    new, whenever = replace(filters, added=since), replace(filters, added=None)
    with store.engine.connect() as connection:
        counted = select(func.count()).select_from(articles).where(*article_conditions(connection, new))
        found = connection.scalars(counted).one()
        if not found:
            return News()
        key = article_places.c.place_key
        named = (
            select(key, func.count().label("articles")).where(*link_conditions(connection, new)).group_by(key)
        )
        fresh: dict[int, int] = dict(connection.execute(named).all())
        before = (
            select(key)
            .where(*link_conditions(connection, whenever))
            .where(
                article_places.c.article_key.in_(select(articles.c.key).where(articles.c.added_at <= since))
            )
            .where(key.in_(named.with_only_columns(key)))
            .distinct()
        )
        known = set(connection.scalars(before))
        keys = sorted((at for at in fresh if at not in known), key=lambda at: (-fresh[at], at))
        listed = keys[:MAX_NEW_PLACES]
        rows = connection.execute(select(places.c.key, places.c.id).where(places.c.key.in_(listed)))
        ids = dict(rows.all())
    return News(found, len(keys), tuple(ids[at] for at in listed))
