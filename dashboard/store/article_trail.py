"""The trail of what people put right about articles, and what it makes of the rows of `articles`.

What an article shows is a function of what was read and of the changes that are not undone: of each field the
latest counts, and without one what stood there before the first. So a change, its undoing, an import and a new
reading of the same file all come to the same step.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from dashboard.core.article_changes import ArticleChange, ArticleField
from dashboard.core.links import plain_address
from dashboard.store.boilerplate import look_again, settle_sources
from dashboard.store.links import rebuild_links
from dashboard.store.replay import replay_articles
from dashboard.store.schema import article_changes, articles
from dashboard.store.trail import times_of
from dashboard.store.writing import insert_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, RowMapping

__all__ = ["apply_changes", "change_from_row", "change_row", "changes_of", "columns_in_force"]

_CHUNK = 400  # values in one IN list
_DATE = ("published", "published_edtf", "date_origin", "date_suspect")
_OWN = ("title", *_DATE, "source", "url", "language", "whole")


def change_row(change: ArticleChange) -> dict[str, Any]:
    """Return the row of a change."""
    names = ("id", "article_id", "who", "why", "decided_at", "undone_at", "undone_by")
    row = {name: getattr(change, name) for name in names}
    return row | {"field": change.field.value, "after": dict(change.after), "before": dict(change.before)}


def change_from_row(row: RowMapping) -> ArticleChange:
    """Return the change of a row of `article_changes`."""
    names = ("article_id", "after", "before", "who", "why", "undone_by", "id")
    return ArticleChange(
        **{name: row[name] for name in names},
        field=ArticleField(row["field"]),
        **times_of(row),
    )


def changes_of(connection: Connection, ids: Iterable[str]) -> dict[str, list[ArticleChange]]:
    """Return the changes of articles, undone ones too, in the order of time."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, list[ArticleChange]] = defaultdict(list)
    for at in range(0, len(wanted), _CHUNK):
        query = select(article_changes).where(article_changes.c.article_id.in_(wanted[at : at + _CHUNK]))
        for row in connection.execute(query).mappings():
            found[row["article_id"]].append(change_from_row(row))
    for changes in found.values():
        changes.sort(key=lambda change: (change.decided_at, change.id))
    return dict(found)


def columns_in_force(changes: Iterable[ArticleChange]) -> dict[str, Any]:
    """Return what the columns of one article hold by its changes; columns that nobody touched are left out."""
    first: dict[ArticleField, ArticleChange] = {}
    last: dict[ArticleField, ArticleChange] = {}
    for change in changes:
        first.setdefault(change.field, change)
        if change.undone_at is None:
            last[change.field] = change
    columns: dict[str, Any] = {}
    for field, change in first.items():
        columns |= last[field].after if field in last else change.before
    return columns


def apply_changes(connection: Connection, keys: Sequence[int]) -> int:
    """Bring the rows of articles in line with the trail, and what follows from them; return how many changed."""
    if connection.execute(select(article_changes.c.id).limit(1)).first() is None:
        return 0
    rows = _rows(connection, keys)
    trail = changes_of(connection, [row["id"] for row in rows])
    wanted = {row["key"]: columns_in_force(trail[row["id"]]) for row in rows if row["id"] in trail}
    if not wanted:
        return 0
    leaders = _leaders(connection, [columns["story"] for columns in wanted.values() if columns.get("story")])
    changed, moved, shown_anew = [], [], set()
    for row in rows:
        columns = wanted.get(row["key"])
        if columns is None:
            continue
        now = {name: row[name] for name in (*_OWN, "story")}
        then = now | _typed(columns)
        if columns.get("story"):
            then["story"] = leaders.get(columns["story"], now["story"])
        if then != now:
            moved.append(row["key"]) if then["source"] != now["source"] else None
            if then["whole"] != now["whole"]:
                shown_anew.add(row["key"])
            changed.append({"row": row["key"], "new_address": plain_address(then["url"])} | _bound(then))
    if changed:
        _write(connection, changed)
        look_again(connection, sources={row["source"] for row in rows if row["key"] in moved})
        replay_articles(connection, moved)
        settle_sources(connection, {row["source"] for row in rows if row["key"] in shown_anew})
    return len(changed)


def _write(connection: Connection, changed: Sequence[dict[str, Any]]) -> None:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in (*_OWN, "story", "address")}
    connection.execute(update(articles).where(articles.c.key == bindparam("row")).values(values), changed)
    insert_sources(connection, {row["new_source"] for row in changed if row["new_source"]})
    rebuild_links(connection, [row["row"] for row in changed])
    look_again(connection, [row["row"] for row in changed])


def _rows(connection: Connection, keys: Sequence[int]) -> list[RowMapping]:
    columns = [articles.c[name] for name in ("key", "id", "story", *_OWN)]
    found: list[RowMapping] = []
    for at in range(0, len(keys), _CHUNK):
        query = select(*columns).where(articles.c.key.in_(keys[at : at + _CHUNK]))
        found += connection.execute(query).mappings().all()
    return found


def _leaders(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the keys of the articles that lead stories."""
    found: dict[str, int] = {}
    wanted = list(dict.fromkeys(ids))
    for at in range(0, len(wanted), _CHUNK):
        query = select(articles.c.id, articles.c.key).where(articles.c.id.in_(wanted[at : at + _CHUNK]))
        found |= {row.id: row.key for row in connection.execute(query)}
    return found


def _typed(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the article's own columns with a date where one is written."""
    own = {name: value for name, value in columns.items() if name in _OWN}
    if own.get("published"):
        own["published"] = date.fromisoformat(own["published"])
    return own


def _bound(columns: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in columns.items()}
