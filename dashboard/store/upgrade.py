"""Brings the tables of a store of an older version up to this one, with all that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import DDL, inspect, update
from sqlalchemy.schema import CreateColumn

from dashboard.store.schema import SCHEMA_VERSION, meta, metadata

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

__all__ = ["upgrade_tables"]


def upgrade_tables(connection: Connection) -> None:
    """Add the tables, columns and indexes that are new in this version, and note the version.

    A new column must allow null or name a `server_default`: rows that are there get that value.
    """
    metadata.create_all(connection)
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
    connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=SCHEMA_VERSION))


def _add(connection: Connection, table: str, column: Column[object]) -> None:
    definition = CreateColumn(column).compile(dialect=connection.dialect)
    connection.execute(DDL(f"ALTER TABLE {table} ADD COLUMN {definition}"))  # type: ignore[no-untyped-call]
