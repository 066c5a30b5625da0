"""Files and folders that the user named, to articles."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.intake.draft import Content, Options
from dashboard.intake.failure import ReadFailure
from dashboard.intake.kinds import find_format, format_of_name, is_plain
from dashboard.intake.pool import ReaderPool
from dashboard.intake.registry import SUFFIXES
from dashboard.intake.sentences import refusal
from dashboard.intake.settling import Settling
from dashboard.intake.walk import Walk
from dashboard.intake.worker import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.intake.walk import Item

__all__ = ["ARTICLE_SUFFIXES", "files_of", "read_paths", "tasks_of"]

ARTICLE_SUFFIXES = SUFFIXES
_LEFT_OUT = ("readme.md", "readme.txt")


def read_paths(
    paths: Iterable[Path | str], options: Options | None = None, *, processes: int = 0
) -> Iterator[Item]:
    """Read every article in the files and folders, in sorted order, one at a time.

    A folder is read with all below it; left out are hidden files and folders and read-me files. Linked folders
    inside it are not entered; a linked file is read only if it lies in the folder. Text is read at once, all
    else in worker processes with limits of memory and time, a few files ahead.

    Parameters
    ----------
    options
        What the user said about columns and dates.
    processes
        How many read, > 0; 0 takes as many as there are cores, within reason.
    """
    with ReaderPool(processes) as pool:
        yield from pool.read(_tasks(paths, options or Options()))


def _tasks(paths: Iterable[Path | str], options: Options) -> Iterator[Task | Item]:
    settling = Settling()
    for found in files_of(paths):
        yield from [found] if isinstance(found, ReadFailure) else tasks_of(found, options, settling)


def files_of(paths: Iterable[Path | str]) -> Iterator[Path | ReadFailure]:
    """Find the files that paths name, those of folders in order; what can't be one is a failure in its place."""
    for path in paths:
        named = Path(path)
        try:
            mode = named.stat().st_mode
        except FileNotFoundError:
            yield ReadFailure.of(refusal("no_such"), str(named))
            continue
        except (OSError, ValueError) as error:  # a name that is too long, a folder that is closed to us
            detail = getattr(error, "strerror", None) or error
            yield ReadFailure.of(refusal("os", detail=detail), str(named))
            continue
        yield from _files(named) if stat.S_ISDIR(mode) else (named,)


def _files(root: Path) -> Iterator[Path | ReadFailure]:
    """Find the files of a folder, in order."""
    home = root.resolve()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield ReadFailure.of(refusal("os", detail=error.strerror), str(folder))
            continue
        below = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                below.append(path)
            elif entry.name.lower() in _LEFT_OUT or (entry.is_symlink() and path.is_dir()):
                continue
            elif entry.is_symlink() and not _lies_in(path, home):
                yield ReadFailure.of(refusal("link_out"), str(path))
            else:
                yield path
        waiting.extend(reversed(below))


def _lies_in(path: Path, home: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):  # broken or circular
        return False


def tasks_of(path: Path, options: Options, settling: Settling) -> Iterator[Task | Item]:
    """Read a text now; leave the rest to a worker."""
    try:
        if not path.is_file():
            yield ReadFailure.of(refusal("not_ordinary"), str(path))
            return
        if not settling.is_whole(path):
            yield ReadFailure.of(refusal("being_written"), str(path), "left")
            return
        named = format_of_name(path.name)
        if named is not None and not named.apart:
            with path.open("rb") as stream:
                content = Content(path.name, stream, os.fstat(stream.fileno()).st_size)
                if is_plain(content.head()) and find_format(content) is named:
                    yield from _text(content, path, options)
                    return
        yield Task(str(path), path.name, options, _folder(path))
    except OSError as error:
        yield ReadFailure.of(refusal("os", detail=error.strerror), str(path))


def _text(content: Content, path: Path, options: Options) -> Iterator[Item]:
    """Read a text in this process: nothing in it can grow, and it is quickly done."""
    for _, item in Walk(options, folder=_folder(path)).items(content, path.name):
        yield item


def _folder(path: Path) -> str:
    return str(path)[: -len(path.name)]
