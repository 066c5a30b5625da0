"""Looks after a store as a file: its pages settled at exit, copies, restored copies, checks, room given back.

On PostgreSQL this is its administrator's business: checks and copies are refused with a word on the right tool.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from dashboard.core.errors import ExportError, StoreError
from dashboard.core.named_files import refuse_taken, replacing
from dashboard.store.dialect import driver_connection
from dashboard.store.schema import SCHEMA_VERSION
from dashboard.store.soundness import check_soundness

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["back_up", "check_store", "files_of", "give_back_room", "restore", "settle"]

_EXIT_WAIT_MS = 500  # for others to let go of what they read, when a store is closed
_BESIDE = ("", "-wal", "-shm")  # what a database in WAL mode consists of
_NOT_SQLITE = "This store is kept in PostgreSQL: {what} it with {tool}."


def files_of(url: str) -> tuple[Path, ...]:
    """Return the files that a store consists of, there or not; none of one in PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return ()
    return tuple(Path(f"{url.partition('///')[2]}{ending}") for ending in _BESIDE)


def settle(engine: Engine) -> None:
    """Bring all that is written into the store's own file, as far as others who read it allow.

    A copy of the file alone then holds everything.
    """
    if engine.dialect.name != "sqlite" or not Path(str(engine.url.database)).exists():
        return
    with suppress(DBAPIError, sqlite3.Error, UnicodeDecodeError), driver_connection(engine) as connection:
        connection.execute(f"PRAGMA busy_timeout = {_EXIT_WAIT_MS}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def back_up(engine: Engine, path: Path, *, force: bool = False) -> int:
    """Copy a store to one file, as it is at this moment, while others may read and write it; return its bytes.

    Raises
    ------
    StoreError
        The file is there already and `force` is not given, can't be written, or the store is damaged.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError(_NOT_SQLITE.format(what="back", tool="pg_dump"))
    own = (Path(f"{engine.url.database}{ending}") for ending in _BESIDE)
    try:
        refuse_taken(path, force=force, own=own)
    except ExportError as error:
        raise StoreError(str(error)) from error
    if path.exists() and not path.is_file():
        raise StoreError(f"{str(path)!r} is no file. A copy of the store needs one.")
    beside = path
    try:
        with replacing(path) as beside:
            _make_private(beside)
            with driver_connection(engine) as source, closing(sqlite3.connect(beside)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")  # so that the one file is all of it
                _look_through(target, beside)
    except OSError as error:
        raise StoreError(f"{str(path)!r} can't be written: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise StoreError(f"The store can't be copied to {str(path)!r}: {error}.") from error
    finally:
        for ending in ("-wal", "-shm", "-journal"):
            if beside != path:
                Path(f"{beside}{ending}").unlink(missing_ok=True)
    return path.stat().st_size


def restore(url: str, path: Path) -> Path | None:
    """Put a copy that `back_up` made in the place of a store, also one that is damaged or in use.

    Returns
    -------
    kept
        The file that now holds what the store held before; None if there was no store.

    Raises
    ------
    StoreError
        The file is no sound copy of a store, is of a newer version, or can't be put there.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError(_NOT_SQLITE.format(what="restore", tool="pg_restore"))
    target = Path(str(address.database))
    try:
        with closing(_open_copy(path)) as source:
            target.parent.mkdir(parents=True, exist_ok=True)
            kept = _put_aside(target)
            moved = not target.exists()
            if moved:
                _make_private(target)
            try:
                with closing(sqlite3.connect(target)) as connection:
                    _replace_all(source, connection)
            except (OSError, sqlite3.Error):
                if moved and kept is not None:
                    _move(kept, target)
                raise
    except OSError as error:
        raise StoreError(f"{str(target)!r} can't be written: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise StoreError(f"The copy {str(path)!r} can't be put in place: {error}.") from error
    return kept


def check_store(engine: Engine) -> None:
    """Let the database look through all of itself, the index of words included.

    Raises
    ------
    StoreError
        It is damaged; the message says what was found and what to do.
    """
    check_soundness(engine)
    if engine.dialect.name != "sqlite":
        return
    try:
        with driver_connection(engine) as connection:
            _check_search(connection)
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"The index of words of the store is damaged: {error}. Build it anew: kharita store vacuum"
        ) from error


def give_back_room(engine: Engine) -> None:
    """Build the index of words anew if it is damaged, and give the room of what was removed back to the disk.

    Raises
    ------
    StoreError
        Another program holds the store, or there is no room to do it in.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        return
    try:
        with driver_connection(engine) as raw:
            try:
                _check_search(raw)
            except sqlite3.DatabaseError:
                raw.execute("INSERT INTO articles_search(articles_search) VALUES ('rebuild')")
            raw.execute("INSERT INTO articles_search(articles_search) VALUES ('optimize')")
            raw.execute("VACUUM")
            raw.execute("ANALYZE")
    except (sqlite3.Error, OperationalError) as error:
        raise StoreError(
            f"The store could not be tidied: {error}. Close other programs that use it, and try again."
        ) from error
    settle(engine)


def _check_search(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO articles_search(articles_search, rank) VALUES ('integrity-check', 1)")


def _look_through(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that is damaged."""
    found = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
    if found != ["ok"]:
        raise StoreError(f"The copy {path.name!r} is damaged: {'; '.join(found)}. Use another copy.")


def _open_copy(path: Path) -> sqlite3.Connection:
    """Open a copy for reading only, after looking whether it is one, and sound."""
    if not path.is_file():
        raise StoreError(f"There is no file {str(path)!r}.")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        _look_through(connection, path)
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        version = int(row[0])
    except (sqlite3.Error, TypeError, ValueError) as error:
        connection.close()
        raise StoreError(f"{str(path)!r} is no sound copy of a store: {error}.") from error
    except StoreError:
        connection.close()
        raise
    if version > SCHEMA_VERSION:
        connection.close()
        raise StoreError(
            f"The copy {str(path)!r} has version {version}, and this program knows only up to "
            f"{SCHEMA_VERSION}. Use the newer program that made it."
        )
    return connection


def _put_aside(target: Path) -> Path | None:
    """Keep what a store holds in a file beside it; one that is damaged is moved there as it is."""
    if not target.exists():
        return None
    now = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    kept = target.with_name(f"{target.stem}.before-{now}{target.suffix}")
    if _is_damaged(target):
        _move(target, kept)
        return kept
    beside = kept.with_name(
        f".{kept.name}.part"
    )  # what a full disk or a kill cuts short bears no store's name
    try:
        _make_private(beside)
        with closing(sqlite3.connect(target)) as connection, closing(sqlite3.connect(beside)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        beside.replace(kept)
    finally:
        for ending in (*_BESIDE, "-journal"):
            Path(f"{beside}{ending}").unlink(missing_ok=True)
    return kept


def _is_damaged(path: Path) -> bool:
    """Tell whether a file is no sound database; one that can't be read now, as where a disk is full, is none such.

    Raises
    ------
    sqlite3.OperationalError
        It can't be read now.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            _look_through(connection, path)
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, StoreError):
        return True
    return False


def _move(path: Path, to: Path) -> None:
    """Rename a database with what stands beside it."""
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").replace(f"{to}{ending}")


def _replace_all(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a database over another, whose readers then see the new one, and know that it changed."""
    version = 0
    with suppress(sqlite3.Error):
        version = target.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0]
    source.backup(target)
    target.execute("UPDATE meta SET value = max(value, ?) + 1 WHERE key = 'data_version'", (version,))
    target.commit()
    target.execute("PRAGMA journal_mode = WAL")


def _make_private(path: Path) -> None:
    """Make an empty file that only its owner may read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
