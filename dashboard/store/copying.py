"""All that one store holds, into another that is empty: from SQLite to PostgreSQL and back, row for row."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import JSON, Text, cast, column, delete, func, insert, select
from sqlalchemy import table as writable

from dashboard.core.errors import StoreError
from dashboard.core.progress import silent
from dashboard.store.dialect import AT_ONCE, continue_numbers, writing
from dashboard.store.schema import (
    actor_changes,
    article_changes,
    articles,
    corrections,
    feeds,
    journey_decisions,
    meta,
    metadata,
    removed_articles,
    saved_views,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Engine, Row, Table, TableClause

    from dashboard.core.progress import Progress

__all__ = ["copy_store"]

# What people have put into a store that holds no article (yet, or any more).
_PEOPLES = (
    actor_changes,
    article_changes,
    corrections,
    feeds,
    journey_decisions,
    removed_articles,
    saved_views,
)
_ROWS = 500  # read at once
_LETTERS = 4_000_000  # of text written at once, about


def copy_store(source: Engine, target: Engine, progress: Progress = silent) -> Mapping[str, int]:
    """Copy every table as it is at one moment, and compare what has arrived before it is kept.

    Others may read and write the source meanwhile; what they write is not copied.

    Returns
    -------
    rows
        How many, by table.

    Raises
    ------
    StoreError
        The target holds articles already, or what arrived there is not what was read; nothing is kept of it then.
    """
    copied: dict[str, int] = {}
    with source.connect() as reader, writing(target).begin() as writer:
        if writer.scalar(select(func.count()).select_from(articles)):
            raise StoreError(
                "The store to copy to holds articles already. Name an empty one, or one that is not there yet."
            )
        for kept in _PEOPLES:
            if writer.scalar(select(func.count()).select_from(kept)):
                raise StoreError(
                    f"The store to copy to is not empty: it holds {kept.name}. Name another one."
                )
        for table in metadata.sorted_tables:
            writer.execute(delete(table))
            given, total = hashlib.sha256(), _count(reader, table)
            for rows in _batches(reader, table):
                given.update(_written(rows))
                some = [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's name
                writer.execute(insert(_plain(table)), some, execution_options=AT_ONCE)
                copied[table.name] = copied.get(table.name, 0) + len(rows)
                progress(copied[table.name], total, f"copying {table.name}")
            arrived = hashlib.sha256()
            for rows in _batches(writer, table):
                arrived.update(_written(rows))
            if (_count(writer, table), arrived.digest()) != (total, given.digest()):
                raise StoreError(
                    f"The table {table.name!r} did not arrive as it was. Nothing of the copy was kept."
                )
            continue_numbers(writer, table)
    return {table.name: copied.get(table.name, 0) for table in metadata.sorted_tables if table is not meta}


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _plain(table: Table) -> TableClause:
    """Return a table whose JSON is the text that it is: nothing is gained by taking it apart on the way."""
    columns = [column(one.name, None if isinstance(one.type, JSON) else one.type) for one in table.columns]
    return writable(table.name, *columns)


def _batches(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """Return the rows in the order of their keys, as many at once as are not too long."""
    columns = [
        cast(one, Text).label(one.name) if isinstance(one.type, JSON) else one for one in table.columns
    ]
    query = select(*columns).order_by(*table.primary_key).execution_options(yield_per=_ROWS)
    batch: list[Row[Any]] = []
    letters = 0
    for row in connection.execute(query):
        batch.append(row)
        letters += sum(len(value) for value in row if isinstance(value, str))
        if letters > _LETTERS or len(batch) == _ROWS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _written(rows: list[Row[Any]]) -> bytes:
    """Return rows as bytes that are the same in every database; times without a zone are in UTC."""
    return orjson.dumps([tuple(row) for row in rows], bytes.hex, orjson.OPT_NAIVE_UTC)
