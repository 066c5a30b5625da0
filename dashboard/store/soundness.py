"""Whether a store is what was written, and what to do when it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from dashboard.core.errors import StoreError
from dashboard.store.contents import find_damage

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["MEND", "check_soundness", "database_sentence"]

MEND = (
    "Put a copy of the file in its place, or name a new file and load the articles again: kharita ingest PATH... "
    "What can still be read comes out with: sqlite3 FILE .recover"
)
_FAULTS = 3  # shown at most


def check_soundness(engine: Engine) -> None:
    """Let the database look through all of itself, and read every row; PostgreSQL is its administrator's business.

    Raises
    ------
    StoreError
        The file is damaged; the message says what was found and how to mend it.
    """
    if engine.dialect.name != "sqlite":
        return
    shown = engine.url.render_as_string(hide_password=True)
    try:
        with engine.connect() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_FAULTS})")]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(1)
            faults = [line.strip() for line in found if line != "ok"]
            faults += [f"rows of {table} that belong to none of {other}" for table, _, other, _ in orphans]
            faults = faults or find_damage(connection, _FAULTS)
    except SQLAlchemyError as error:
        raise StoreError(f"The store {shown!r} is damaged: {_cause(error)}. {MEND}") from error
    if faults:
        said = "; ".join(" ".join(fault.split()) for fault in faults)
        raise StoreError(f"The store {shown!r} is damaged: {said}. {MEND}")


def database_sentence(error: BaseException) -> str | None:
    """Return what to tell a user of an error that a database raised anywhere; None of any other error."""
    sqlite3 = sys.modules.get("sqlite3")
    if not isinstance(error, SQLAlchemyError) and not (sqlite3 and isinstance(error, sqlite3.Error)):
        return None
    cause = _cause(error)
    if "is full" in cause:
        return "The disk of the store is full. Make room and run the same command again."
    mend = MEND if "malformed" in cause or "not a database" in cause else "See what it is: kharita doctor"
    return f"The database refused: {cause}. {mend}"


def _cause(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).partition("\n")[0].rstrip(".")
