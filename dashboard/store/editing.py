"""Puts right what was read wrongly: fields of articles, one or many at once; stories; removal, with undo and a trail.

Each call is one transaction. What a person decided survives reading the same file again, and travels with the
corrections.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from dashboard.core.article_changes import (
    ArticleChange,
    ArticleField,
    columns_for,
    signed_change,
)
from dashboard.core.errors import CorrectionError
from dashboard.core.links import clean_title
from dashboard.core.record_types import person
from dashboard.store.article_trail import apply_changes, change_from_row, change_row, changes_of
from dashboard.store.clock import time_after
from dashboard.store.removal import put_back, take_out
from dashboard.store.schema import article_changes, articles, removed_articles
from dashboard.store.trail import mark_undone, new_and_undone
from dashboard.store.writing import count_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, RowMapping

    from dashboard.store.store import Store

__all__ = [
    "ImportedChanges",
    "articles_of_source",
    "changes_since",
    "edit_articles",
    "find_change",
    "ids_beginning",
    "import_changes",
    "list_changes",
    "merge_stories",
    "remove_articles",
    "restore_articles",
    "split_stories",
    "undo_change",
]

_CHUNK = 400  # values in one IN list


@dataclass(frozen=True, slots=True)
class ImportedChanges:
    """How many changes of a file were new, undone here because they are there, and known."""

    added: int
    undone: int
    known: int


def edit_articles(
    store: Store, ids: Sequence[str], values: Mapping[ArticleField, str | None], who: str, why: str = ""
) -> int:
    """Set fields of articles; return how many articles show something else now.

    Parameters
    ----------
    values
        For `TITLE`, `PUBLISHED` (a day, or EDTF), `SOURCE`, `URL` and `LANGUAGE` what a person typed; None or empty
        takes the value away. For `WHOLE` anything says that the article has no boilerplate.

    Raises
    ------
    CorrectionError
        A value makes no sense, nobody says who, or there is no such article; nothing is changed.
    """
    wanted = {field: columns_for(field, value) for field, value in values.items()}
    with store.transaction() as connection:
        rows = _rows(connection, ids)
        changes = [
            _change(row, field, after, who, why)
            for row in rows
            for field, after in wanted.items()
            if any(_plain(row[name]) != value for name, value in after.items() if name != "date_origin")
        ]
        return _record(connection, changes, [row["key"] for row in rows])


def remove_articles(store: Store, ids: Sequence[str], who: str, why: str = "") -> int:
    """Take articles out of everything that is shown; they can be restored, and don't come back by being read again.

    Raises
    ------
    CorrectionError
        There is no such article, or nobody says who; nothing is changed.
    """
    with store.transaction() as connection:
        rows = _rows(connection, ids)
        gone = {"removed": True}
        changes = [_change(row, ArticleField.REMOVED, gone, who, why, {"removed": False}) for row in rows]
        _insert(connection, _decided_now(connection, changes))
        take_out(connection, [row["key"] for row in rows])
        count_change(connection)
    return len(rows)


def restore_articles(store: Store, ids: Sequence[str], who: str) -> int:
    """Put removed articles back as they were; return how many.

    Raises
    ------
    CorrectionError
        One of them is not among the removed, or nobody says who; nothing is changed.
    """
    name = _named(who)
    with store.transaction() as connection:
        kept = set(connection.scalars(select(removed_articles.c.id).where(removed_articles.c.id.in_(ids))))
        if missing := [ident for ident in ids if ident not in kept]:
            raise CorrectionError(f"No removed article has the id {missing[0]!r}.")
        table = article_changes.c
        connection.execute(
            update(article_changes)
            .where(table.article_id.in_(kept), table.field == "removed", table.undone_at.is_(None))
            .values(undone_at=datetime.now(UTC), undone_by=name)
        )
        apply_changes(connection, put_back(connection, sorted(kept)))
        count_change(connection)
    return len(kept)


def merge_stories(store: Store, ids: Sequence[str], who: str, why: str = "") -> int:
    """Make the stories of these articles one, led by the article that came first; return how many moved."""
    with store.transaction() as connection:
        stories = {row["story"] or row["key"] for row in _rows(connection, ids)}
        query = select(articles).where(articles.c.story.in_(stories) | articles.c.key.in_(stories))
        rows = connection.execute(query.order_by(articles.c.key)).mappings().all()
        return _lead(connection, rows[1:], rows[0]["id"], rows, who, why)


def split_stories(store: Store, ids: Sequence[str], who: str, why: str = "") -> int:
    """Give each of these articles a story of its own; return how many moved, those they led included."""
    moved = 0
    with store.transaction() as connection:
        for row in _rows(connection, ids):
            query = select(articles).where(articles.c.story == row["key"], articles.c.key != row["key"])
            led = connection.execute(query.order_by(articles.c.key)).mappings().all()
            if led:  # the next of them leads the rest
                moved += _lead(connection, led, led[0]["id"], [row, *led], who, why)
            if row["story"] not in (None, row["key"]):
                moved += _lead(connection, [row], row["id"], [row], who, why)
    return moved


def undo_change(store: Store, change_id: str, who: str) -> ArticleChange:
    """Take a change back: the article shows again what it would without it, and the trail keeps it.

    Raises
    ------
    CorrectionError
        There is no such change, it is undone already, or nobody undoes it.
    """
    name = _named(who)
    change = find_change(store, change_id)
    if change.undone_at is not None:
        raise CorrectionError(f"The change {change_id} is undone already.")
    if change.field is ArticleField.REMOVED:
        restore_articles(store, [change.article_id], who)
        return change
    with store.transaction() as connection:
        gone = replace(change, undone_at=datetime.now(UTC), undone_by=name)
        mark_undone(connection, article_changes, [gone])
        _apply(connection, [change.article_id])
    return change


def find_change(store: Store, beginning: str) -> ArticleChange:
    """Return the change whose id begins so.

    Raises
    ------
    CorrectionError
        None does, or more than one.
    """
    starts = article_changes.c.id.startswith(beginning, autoescape=True)
    with store.engine.connect() as connection:
        found = connection.execute(select(article_changes).where(starts).limit(2)).mappings().all()
    if len(found) != 1 or not beginning:
        raise CorrectionError(
            f"Not exactly one change of an article has an id that begins with {beginning!r}."
        )
    return change_from_row(found[0])


def list_changes(
    store: Store, article_id: str | None = None, limit: int | None = None
) -> list[ArticleChange]:
    """Return the trail, the latest first, undone changes too; of one article or of all."""
    query = select(article_changes).order_by(article_changes.c.decided_at.desc(), article_changes.c.id)
    if article_id is not None:
        query = query.where(article_changes.c.article_id == article_id)
    with store.engine.connect() as connection:
        return [change_from_row(row) for row in connection.execute(query.limit(limit)).mappings()]


def changes_since(store: Store, moment: datetime) -> list[str]:
    """Return the ids of the changes that were made from a moment on and are in force, in no order."""
    table = article_changes.c
    query = select(table.id).where(table.decided_at >= moment, table.undone_at.is_(None))
    with store.engine.connect() as connection:
        return list(connection.scalars(query))


def articles_of_source(store: Store, source: str) -> list[str]:
    """Return the ids of all articles of a source, the oldest first."""
    query = select(articles.c.id).where(articles.c.source == source).order_by(articles.c.key)
    with store.engine.connect() as connection:
        return list(connection.scalars(query))


def ids_beginning(store: Store, beginning: str) -> list[str]:
    """Return up to two ids of articles that begin so: one is what a person means."""
    starts = articles.c.id.startswith(beginning, autoescape=True)
    with store.engine.connect() as connection:
        return list(connection.scalars(select(articles.c.id).where(starts).limit(2)))


def import_changes(store: Store, given: Iterable[ArticleChange]) -> ImportedChanges:
    """Take over changes in one transaction; those of articles that are not here wait until these come.

    What is undone in one of the two is undone afterwards.
    """
    wanted = {change.id: change for change in given}
    with store.transaction() as connection:
        known = {
            change.id: change
            for changes in changes_of(connection, [change.article_id for change in wanted.values()]).values()
            for change in changes
        }
        added, undone = new_and_undone(wanted, known)
        _insert(connection, added)
        mark_undone(connection, article_changes, undone)
        concerned = [change.article_id for change in (*added, *undone)]
        if concerned:
            _settle_removals(connection, concerned)
            _apply(connection, concerned)
    return ImportedChanges(len(added), len(undone), len(wanted) - len(added) - len(undone))


def _settle_removals(connection: Connection, ids: Sequence[str]) -> None:
    """Take out and put back articles as the trail now says."""
    trail = changes_of(connection, ids)
    gone = {
        ident
        for ident, changes in trail.items()
        if any(change.field is ArticleField.REMOVED and change.undone_at is None for change in changes)
    }
    here = {row["id"]: row["key"] for row in _found(connection, list(trail))}
    take_out(connection, [key for ident, key in here.items() if ident in gone])
    kept = set(
        connection.scalars(select(removed_articles.c.id).where(removed_articles.c.id.in_(list(trail))))
    )
    put_back(connection, sorted(kept - gone))


def _lead(  # noqa: PLR0913, PLR0917 - who leads whom, and who says so
    connection: Connection,
    rows: Sequence[RowMapping],
    leader: str,
    known: Iterable[RowMapping],
    who: str,
    why: str,
) -> int:
    """Put articles into the story that one of them leads."""
    ids = {row["key"]: row["id"] for row in known}
    changes = [
        _change(row, ArticleField.STORY, {"story": leader}, who, why, {"story": ids.get(row["story"])})
        for row in rows
    ]
    return _record(connection, changes, [row["key"] for row in rows])


def _record(connection: Connection, changes: Sequence[ArticleChange], keys: Sequence[int]) -> int:
    _insert(connection, _decided_now(connection, changes))
    done = apply_changes(connection, keys) if changes else 0
    if done:
        count_change(connection)
    return done


def _apply(connection: Connection, ids: Sequence[str]) -> None:
    apply_changes(connection, [row["key"] for row in _found(connection, ids)])
    count_change(connection)


def _insert(connection: Connection, changes: Iterable[ArticleChange]) -> None:
    rows = [change_row(change) for change in changes]
    if rows:
        connection.execute(insert(article_changes), rows)


def _decided_now(connection: Connection, changes: Iterable[ArticleChange]) -> list[ArticleChange]:
    """Return changes that are made now with the time of the store, which goes on though a clock be set back."""
    now = time_after(connection, article_changes.c.decided_at)
    return [signed_change(replace(change, decided_at=now, id="")) for change in changes]


def _change(  # noqa: PLR0913, PLR0917 - what, before and after, who and why
    row: RowMapping,
    field: ArticleField,
    after: Mapping[str, Any],
    who: str,
    why: str,
    before: Mapping[str, Any] | None = None,
) -> ArticleChange:
    stood = before if before is not None else {name: _plain(row[name]) for name in after}
    now = datetime.now(UTC)
    who, why = clean_title(who), clean_title(why)
    return signed_change(ArticleChange(row["id"], field, after, stood, who, why, now))


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column of any kind
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rows(connection: Connection, ids: Sequence[str]) -> list[RowMapping]:
    """Return the rows of articles in the order of their ids here; all must be there."""
    found = {row["id"]: row for row in _found(connection, ids)}
    if missing := [ident for ident in ids if ident not in found]:
        raise CorrectionError(f"The store holds no article {missing[0]!r}.")
    if not ids:
        raise CorrectionError("No article was named.")
    return list(found.values())


def _found(connection: Connection, ids: Sequence[str]) -> list[RowMapping]:
    names = ("key", "id", "title", "published", "published_edtf", "date_origin", "date_suspect", "whole")
    columns = [articles.c[name] for name in (*names, "source", "url", "language", "story")]
    found: list[RowMapping] = []
    for at in range(0, len(ids), _CHUNK):
        query = select(*columns).where(articles.c.id.in_(ids[at : at + _CHUNK]))
        found += connection.execute(query.order_by(articles.c.key)).mappings().all()
    return found


def _named(who: str) -> str:
    return person(who, "Say who makes the change.")
