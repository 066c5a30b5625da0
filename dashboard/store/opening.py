"""From a URL to an engine on a store of this version, or one clear sentence why not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from dashboard.core.errors import StoreError
from dashboard.core.links import writable
from dashboard.core.private import private_file, private_folder
from dashboard.core.progress import silent
from dashboard.store.dialect import create_search, make_engine, writing
from dashboard.store.schema import SCHEMA_VERSION, articles, meta, metadata
from dashboard.store.soundness import MEND
from dashboard.store.upgrade import upgrade_tables

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

    from dashboard.core.progress import Progress

__all__ = ["open_engine", "shown_address"]

_STRANGER = "{shown!r} is a database of another program. Name another file."
_FULL = "The disk of the store {shown!r} is full. Make room and run the same command again."
_SAID = {
    ("not a database",): "The file of {shown!r} is not a database. Name another file.",
    (
        "unable to open",
        "readonly",
        "read-only",
    ): "The file of {shown!r} can't be written. Choose a folder that is yours.",
    ("malformed",): "The store {shown!r} is damaged: {message} {mend}",
    ("is full",): _FULL,
}
_LEAST_ROOM = 100_000  # bytes
_EXAMPLE = "sqlite:////home/me/kharita.sqlite"


def open_engine(url: str, progress: Progress = silent) -> Engine:
    """Open the database at a SQLAlchemy URL, and create the tables if it is empty.

    Raises
    ------
    StoreError
        The URL is none, its driver is not installed, the file or its folder can't be written, or the database
        is none, belongs to another program, or holds another version of the schema.
    """
    address = _address(url)
    shown = address.render_as_string(hide_password=True)
    if address.get_backend_name() == "sqlite":
        _prepare_folder(address, shown)
        _refuse_stranger(Path(str(address.database)).absolute(), shown)
    try:
        engine = make_engine(address)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The store {shown!r} needs the driver {error.name!r}. Install it with: pip install 'kharita[postgres]'"
        ) from error
    except (ArgumentError, NoSuchModuleError, ImportError, TypeError) as error:
        raise StoreError(f"The store {shown!r} can't be opened: {_first_line(error)}") from error
    try:
        _prepare_tables(engine, shown, progress)
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(_sentence(error, shown)) from error
    except (
        UnicodeDecodeError
    ) as error:  # of the driver's, about names that rotted in the description of the tables
        engine.dispose()
        raise StoreError(
            f"The store {shown!r} is damaged: its description of itself can't be read. {MEND}"
        ) from error
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(f"The store {shown!r} can't be opened: {_first_line(error)}") from error
    except StoreError:
        engine.dispose()
        raise
    return engine


def shown_address(url: str) -> str:
    """Return the URL of a store as it may be shown: without a password."""
    return _address(url).render_as_string(hide_password=True)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{url!r} is no address of a store. Give one like {_EXAMPLE!r}.") from error
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(
            f"A store is kept in SQLite or PostgreSQL, not in {backend!r}. Example: {_EXAMPLE!r}."
        )
    if backend == "sqlite":
        _check_name(url)
        # To the letter: SQLAlchemy takes `%20` in it for a space.
        address = address.set(database=url.partition("///")[2])
    return address


def _check_name(url: str) -> None:
    """Refuse the name of a file that would be read as something else, or that no file can have."""
    if "?" in url:
        raise StoreError(
            f"The store {url!r} has a '?', and what follows it would not belong to the name of its file. "
            "Name a file without it."
        )
    if "\x00" in url or writable(url) != url:
        raise StoreError(f"The store {url!r} has a letter in its name that no file's name should have.")


def _prepare_folder(address: URL, shown: str) -> None:
    if address.database in (None, "", ":memory:"):
        raise StoreError(f"The store {shown!r} would be lost at once. Name a file, like {_EXAMPLE!r}.")
    file = Path(str(address.database)).absolute()
    try:
        private_folder(file.parent)
    except OSError as error:
        raise StoreError(
            f"The folder {str(file.parent)!r} of the store can't be made: {error.strerror}."
        ) from error
    with suppress(OSError):  # what can't be made is said when it is opened
        private_file(file)


def _refuse_stranger(file: Path, shown: str) -> None:
    """Refuse a database of another program after a mere look: opened for work, it would be changed."""
    waiting = Path(f"{file}-wal")
    try:
        if not file.stat().st_size:
            return
        # Without a log there is nothing to wait for, and a look leaves no files beside.
        how = "mode=ro" if waiting.exists() and waiting.stat().st_size else "immutable=1"
        with closing(sqlite3.connect(f"{file.as_uri()}?{how}", uri=True)) as connection:
            tables = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            ours = meta.name in tables and _is_marked(connection)
    except (OSError, sqlite3.Error, UnicodeDecodeError):
        return  # what is wrong with it is said when it is opened
    if tables and not ours:
        raise StoreError(_STRANGER.format(shown=shown))


def _is_marked(connection: sqlite3.Connection) -> bool:
    with suppress(sqlite3.OperationalError):  # a table of this name and other columns
        return connection.execute("SELECT 1 FROM meta WHERE key = 'schema_version'").fetchone() is not None
    return False


def _prepare_tables(engine: Engine, shown: str, progress: Progress) -> None:
    with engine.connect() as connection:
        version = _version(connection, shown)
    if version is None:
        with writing(engine).begin() as connection:
            if _version(connection, shown) is None:  # no other process was quicker
                metadata.create_all(connection)
                create_search(connection)
                rows = [
                    {"key": "schema_version", "value": SCHEMA_VERSION},
                    {"key": "data_version", "value": 0},
                ]
                connection.execute(meta.insert(), rows)
    elif version < SCHEMA_VERSION:
        with writing(engine).begin() as connection:
            if (_version(connection, shown) or SCHEMA_VERSION) < SCHEMA_VERSION:
                upgrade_tables(connection, progress)
    elif version > SCHEMA_VERSION:
        raise StoreError(
            f"The store {shown!r} has version {version}, and this program knows only up to {SCHEMA_VERSION}. "
            "Use the newer program that made it, or name another file."
        )


def _version(connection: Connection, shown: str) -> int | None:
    """Return the version of the schema, None in an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables & set(metadata.tables):
        if tables and connection.dialect.name == "sqlite":
            raise StoreError(_STRANGER.format(shown=shown))
        return None
    found = None
    if meta.name in tables:
        found = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
    if found is None:
        raise StoreError(_STRANGER.format(shown=shown))
    version = found if isinstance(found, int) else 0  # SQLite keeps anything in any column
    if version < 1:
        raise StoreError(f"The store {shown!r} is damaged: it says that its version is {found!r}. {MEND}")
    needed = set(metadata.tables) if version == SCHEMA_VERSION else {articles.name}
    if missing := sorted(needed - tables):
        raise StoreError(f"The store {shown!r} is damaged: it has no table {missing[0]!r}. {MEND}")
    return version


def _sentence(error: DBAPIError, shown: str) -> str:
    message = _first_line(error.orig or error)
    known = next((said for words, said in _SAID.items() if any(word in message for word in words)), None)
    if known is not None:
        return known.format(shown=shown, message=message, mend=MEND)
    if shown.startswith("postgresql"):
        return f"The store {shown!r} can't be opened: {message} Is the server running, and may you use the database?"
    if "I/O error" in message and not _has_room(shown):
        return _FULL.format(shown=shown)
    if "locked" in message:
        return f"The store {shown!r} is held by another program. Try again when it is done."
    return f"The store {shown!r} can't be opened: {message}"


def _has_room(shown: str) -> bool:
    """Tell whether the disk of a store in a file has room for what it needs beside that file to be read."""
    try:
        return shutil.disk_usage(Path(shown.partition("///")[2]).absolute().parent).free >= _LEAST_ROOM
    except OSError:
        return True


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(".") + "."
