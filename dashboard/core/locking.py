"""One process at a time: a file that others wait for, and what a killed one left."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["BUILDING", "locked", "sweep"]

BUILDING = "building-"  # begins the name of a folder in which an index is made


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file against other processes and threads; waits for it."""
    with path.open("a+b") as file:
        if sys.platform == "win32":
            msvcrt = import_module("msvcrt")
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import_module("fcntl").flock(file, import_module("fcntl").LOCK_EX)
        yield  # closing the file frees the lock


def sweep(folder: Path) -> None:
    """Take away what builds that were killed left in a folder; its lock must be held, so that none is at work."""
    for left in folder.glob(f"{BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)
