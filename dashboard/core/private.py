"""Files and folders that only their owner can read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["private_file", "private_folder", "write_privately"]

_FILE, _FOLDER = 0o600, 0o700


def private_folder(folder: Path) -> None:
    """Make a folder for its owner alone; one that is there is left as it is, and so are those above.

    Raises
    ------
    OSError
        It can't be made.
    """
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone; one that is there is left as it is.

    SQLite gives the files beside a database, `-wal` and `-shm`, the rights of the database itself.

    Raises
    ------
    OSError
        It can't be made.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE))
    except FileExistsError:
        return


def write_privately(path: Path, text: str) -> None:
    """Put a text in the place of a file for its owner alone: all of it is there afterwards, or what was before.

    Raises
    ------
    OSError
        It can't be written.
    """
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)  # what a killed program left may be open to others
    private_file(fresh)
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
