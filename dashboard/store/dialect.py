"""All that differs between databases: SQLite, which is the default, and PostgreSQL for a team."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, overload

import orjson
from sqlalchemy import DDL, Insert, create_engine, event, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Column, Connection, Engine, Table

__all__ = [
    "AT_ONCE",
    "SEARCH_TABLE",
    "aware",
    "continue_numbers",
    "create_search",
    "driver_connection",
    "insert_new",
    "make_engine",
    "merge_search_late",
    "optimize",
    "upsert",
    "writing",
]

SEARCH_TABLE = "articles_search"  # SQLite only
_POSTGRES = "postgresql+psycopg"
_WRITERS = (
    0x6B68617269746100  # the advisory lock of who writes: one at a time, as on SQLite, so never a deadlock
)
_PIECES = 16  # of a size, in the index of words, before they are merged; the most that SQLite allows
_MERGE_LATE = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rank) VALUES ('automerge', {_PIECES})"  # noqa: S608 - our own
_WRITES = "kharita_writes"
# Execution option of an insert of many rows that nothing else follows from: they go to the server in one stream.
AT_ONCE = {"kharita_at_once": True}
_BUSY_MS = 30_000  # how long a writer waits for another
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
    "PRAGMA mmap_size = 1073741824",
)
# Of PostgreSQL: compiling a query took 1.3 of the 4 s of a map of 100 000 articles; and remembering articles that were
# looked up one by one, in place of one pass over all, made the queue of a year of a million four times as slow.
_SETTINGS = ("timezone=utc", f"lock_timeout={_BUSY_MS}", "jit=off", "enable_memoize=off")

# The trigram tokenizer finds a word with و ف ب ل ك glued to it. The text stands in `articles` only.
_SEARCH_DDL = (
    """CREATE VIRTUAL TABLE articles_search USING fts5(
        folded, content='articles', content_rowid='key', tokenize='trigram')""",
    """CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
        INSERT INTO articles_search(rowid, folded) VALUES (new.key, new.folded);
    END""",
    """CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
        INSERT INTO articles_search(articles_search, rowid, folded) VALUES ('delete', old.key, old.folded);
    END""",
    """CREATE TRIGGER articles_search_update AFTER UPDATE OF folded ON articles BEGIN
        INSERT INTO articles_search(articles_search, rowid, folded) VALUES ('delete', old.key, old.folded);
        INSERT INTO articles_search(rowid, folded) VALUES (new.key, new.folded);
    END""",
)

# The same on PostgreSQL, which keeps its trigrams up by itself.
_TRIGRAM_DDL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX articles_folded ON articles USING gin (folded gin_trgm_ops)",
)


def make_engine(url: URL) -> Engine:
    """Make an engine that stores JSON small, and whose readers see one state of the store until they are done."""
    store_json: dict[str, Any] = {"json_serializer": _dump, "json_deserializer": orjson.loads}
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, **store_json)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = " ".join(f"-c {setting}" for setting in _SETTINGS)
    if url.drivername == "postgresql":
        url = url.set(drivername=_POSTGRES)
    engine = create_engine(
        url,
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,  # a server that was started again is no error
        connect_args={"options": options, "connect_timeout": 10},
        **store_json,
    )
    event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "do_executemany", _copy_in)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine as a writer uses it: its transactions take the write lock when they begin."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_WRITES: True})
    # What the writer before has left is seen once the lock is held, not as it was when it was asked for.
    return engine.execution_options(**{_WRITES: True, "isolation_level": "READ COMMITTED"})


@contextmanager
def driver_connection(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Lend the driver's own connection to a SQLite database, outside of any transaction."""
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError(f"no database of SQLite: {engine.dialect.name}")
        yield connection
    finally:
        pooled.invalidate()  # what was set on it is for the lender only
        pooled.close()


def create_search(connection: Connection) -> None:
    """Create what the search for words in articles needs beyond the tables."""
    if connection.dialect.name == "sqlite":
        for statement in _SEARCH_DDL:
            connection.execute(DDL(statement))  # type: ignore[no-untyped-call]
        merge_search_late(connection)
    else:
        for statement in _TRIGRAM_DDL:
            connection.execute(DDL(statement))  # type: ignore[no-untyped-call]


def merge_search_late(connection: Connection) -> None:
    """Let the index of words merge its pieces when there are more of them, which takes half the time in all."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_MERGE_LATE)


def upsert(connection: Connection, table: Table, unique: Column[Any]) -> Insert:
    """Return an insert that overwrites the row which holds the same value of `unique`."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement: sqlite.Insert | postgresql.Insert = insert(table)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if not column.primary_key and column is not unique
    }
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=[unique])
    return statement.on_conflict_do_update(index_elements=[unique], set_=changed)


def insert_new(connection: Connection, table: Table, unique: Column[Any]) -> Insert:
    """Return an insert that leaves a row alone which holds the same value of `unique`."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement: sqlite.Insert | postgresql.Insert = insert(table)
    return statement.on_conflict_do_nothing(index_elements=[unique])


def continue_numbers(connection: Connection, table: Table) -> None:
    """Let the keys that the database gives go on after the greatest that a copy has brought."""
    column = table.autoincrement_column
    if connection.dialect.name == "sqlite" or column is None:
        return
    counter = func.pg_get_serial_sequence(table.name, column.name)
    greatest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
    connection.execute(select(func.setval(counter, greatest, literal(value=False))))


@overload
def aware(time: datetime) -> datetime: ...
@overload
def aware(time: datetime | None) -> datetime | None: ...
def aware(time: datetime | None) -> datetime | None:
    """Return a time of the database in UTC; SQLite hands out without a zone what it was given in UTC."""
    if time is None:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def optimize(connection: Connection) -> None:
    """Let the database learn how its tables are filled, as far as it finds this needed."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("PRAGMA optimize")
    else:
        connection.exec_driver_sql("ANALYZE")


def _dump(value: object) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's connection
    connection.isolation_level = None  # the driver begins no transaction of its own
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def _copy_in(cursor: Any, _statement: str, rows: Any, context: Any) -> bool:  # noqa: ANN401 - the driver's own
    """Send the rows of an insert by COPY, if it asks for that; tell whether it did."""
    if not all(context.execution_options.get(name) for name in AT_ONCE):
        return False
    quoted = context.dialect.identifier_preparer
    columns = ", ".join(map(quoted.quote, rows[0]))
    with cursor.copy(
        f"COPY {quoted.format_table(context.compiled.statement.table)} ({columns}) FROM STDIN"
    ) as sent:
        for row in rows:
            sent.write_row(tuple(row.values()))
    return True
