"""Files and folders that only their owner can read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["private_file", "private_folder"]

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
