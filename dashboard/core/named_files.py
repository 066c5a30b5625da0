"""Files that a user names to be written: none is overwritten unasked, and never the store itself.

All of a file is there afterwards, or what was there before.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dashboard.core.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["refuse_taken", "replacing", "write_named"]

_NAME_KEPT = 80  # characters of a name in that of the file beside it


def refuse_taken(
    path: Path,
    *,
    force: bool = False,
    own: Iterable[Path] = (),
    again: Callable[[Path], bool] | None = None,
) -> None:
    """Refuse the name of a file that must not be written over; to be asked before any work is done.

    Parameters
    ----------
    force
        The user wants a file of this name to be replaced.
    own
        Files that are never replaced, also under another name: those of the store at hand.
    again
        Tells whether a file is an earlier one of the same kind, which is replaced without a question; None is never.

    Raises
    ------
    ExportError
        It is a folder, one of `own`, or there already.
    """
    shown = repr(str(path))
    try:
        if path.is_dir():
            raise ExportError(f"{shown} is a folder. Give the name of a file.")
        if any(_same(path, one) for one in own):
            raise ExportError(f"{shown} is the store itself. Give another name.")
        if force or not path.is_file() or (again is not None and again(path)):
            return  # a pipe or a device is written to, not replaced
    except OSError as error:
        raise ExportError(f"{shown} can't be written: {error.strerror or error}.") from error
    how = ", or --force to replace it" if again is None else ""
    raise ExportError(f"{shown} is there already. Give another name{how}.")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Lend the name of a file beside, which takes the place of `path` when the block is done.

    A link stays one, and what it leads to is replaced. A pipe or a device is lent itself.

    Raises
    ------
    OSError
        It can't be written; what was there is there still.
    """
    if path.exists() and not path.is_file():  # also `/dev/stdout`, whose link leads to no name
        yield path
        return
    target = path.resolve() if path.is_symlink() else path
    beside = target.with_name(f".{target.name[:_NAME_KEPT]}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def write_named(path: Path, content: bytes) -> None:
    """Write a file that a user named, after `refuse_taken`.

    Raises
    ------
    ExportError
        It can't be written.
    """
    try:
        with replacing(path) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise ExportError(f"{str(path)!r} can't be written: {error.strerror or error}.") from error


def _same(path: Path, other: Path) -> bool:
    if path.exists() and other.exists():
        return path.samefile(other)
    return path.resolve() == other.resolve()
