"""Views that were saved, and areas that are watched for what is new there.

A saved view is a name and the query string of an address. What is new in it are the articles that came into
the store after the newest one that was there when somebody last looked: `seen_until` is that article's time,
not the clock's, so that an article whose batch was still being written is not passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from dashboard.core.errors import StoreError
from dashboard.core.links import clean_title
from dashboard.store.dialect import aware
from dashboard.store.schema import articles, saved_views

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from dashboard.store.store import Store

__all__ = [
    "MAX_NAME",
    "SavedKind",
    "SavedView",
    "delete_view",
    "find_view",
    "mark_seen",
    "newest_article",
    "rename_view",
    "save_view",
    "saved_views_of",
    "watch_view",
]

MAX_NAME = 120  # code points
MAX_QUERY = 8000
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class SavedKind(StrEnum):
    """Whether a view is only kept, or watched for what is new."""

    VIEW = "view"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved view.

    Attributes
    ----------
    query
        Query string of its address, without the question mark.
    created, looked_at
        When it was saved, and when somebody last looked; UTC.
    seen_until
        When the newest article came in that was there at the last look; UTC.
    """

    key: int
    name: str
    kind: SavedKind
    query: str
    created: datetime
    looked_at: datetime
    seen_until: datetime


def saved_views_of(store: Store) -> list[SavedView]:
    """Return all saved views, watched ones first, each kind by name."""
    query = select(saved_views).order_by(saved_views.c.kind.desc(), saved_views.c.name, saved_views.c.key)
    with store.engine.connect() as connection:
        return [_view(row) for row in connection.execute(query)]


def find_view(store: Store, key: int) -> SavedView | None:
    """Return a saved view; None when it is gone."""
    with store.engine.connect() as connection:
        row = connection.execute(select(saved_views).where(saved_views.c.key == key)).first()
    return None if row is None else _view(row)


def save_view(store: Store, name: str, query: str, kind: SavedKind = SavedKind.VIEW) -> int:
    """Save a view, as seen up to now; return its key.

    Raises
    ------
    StoreError
        The name is empty or too long, or the address is.
    """
    if len(query) > MAX_QUERY:
        raise StoreError(f"An address of more than {MAX_QUERY} characters can't be saved: take filters off.")
    now = datetime.now(UTC)
    with store.transaction() as connection:
        row = {
            "name": _name(name),
            "kind": SavedKind(kind).value,
            "query": query.removeprefix("?"),
            "created_at": now,
            "looked_at": now,
            "seen_until": _newest(connection),
        }
        return int(connection.execute(insert(saved_views).returning(saved_views.c.key), row).scalar_one())


def rename_view(store: Store, key: int, name: str) -> None:
    """Give a saved view another name.

    Raises
    ------
    StoreError
        The name is empty or too long.
    """
    changed = update(saved_views).where(saved_views.c.key == key).values(name=_name(name))
    with store.transaction() as connection:
        connection.execute(changed)


def watch_view(store: Store, key: int, *, watched: bool = True) -> None:
    """Watch a saved view from now on for what is new, or no longer; one that is gone stays so."""
    kind = SavedKind.WATCH if watched else SavedKind.VIEW
    with store.transaction() as connection:
        values = {"kind": kind.value, "looked_at": datetime.now(UTC), "seen_until": _newest(connection)}
        changed = update(saved_views).where(saved_views.c.key == key, saved_views.c.kind != kind.value)
        connection.execute(changed.values(values))


def delete_view(store: Store, key: int) -> None:
    """Delete a saved view; one that is gone already stays so."""
    with store.transaction() as connection:
        connection.execute(delete(saved_views).where(saved_views.c.key == key))


def mark_seen(store: Store, key: int, until: datetime | None = None) -> None:
    """Note that somebody looked.

    Parameters
    ----------
    until
        When the newest article came in that was seen; None = the newest there is.
    """
    with store.transaction() as connection:
        values = {"looked_at": datetime.now(UTC), "seen_until": until or _newest(connection)}
        connection.execute(update(saved_views).where(saved_views.c.key == key).values(values))


def newest_article(store: Store) -> datetime:
    """Return when the newest article came in, UTC; long ago when there is none."""
    with store.engine.connect() as connection:
        return _newest(connection)


def _newest(connection: Connection) -> datetime:
    found = connection.scalar(select(func.max(articles.c.added_at)))
    return aware(found) if found is not None else _BEGINNING


def _name(name: str) -> str:
    shown = clean_title(name)
    if not shown or len(shown) > MAX_NAME:
        raise StoreError(f"A saved view needs a name of 1 to {MAX_NAME} characters.")
    return shown


def _view(row: Row[tuple[object, ...]]) -> SavedView:
    return SavedView(
        key=row.key,
        name=row.name,
        kind=SavedKind(row.kind),
        query=row.query,
        created=aware(row.created_at),
        looked_at=aware(row.looked_at),
        seen_until=aware(row.seen_until),
    )
