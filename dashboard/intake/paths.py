"""Files and folders that the user named, to articles."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title
from dashboard.intake.article import MAX_ARTICLE_BYTES, parse_article
from dashboard.intake.failure import ReadFailure
from dashboard.intake.settling import Settling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.core.models import Article

__all__ = ["ARTICLE_SUFFIXES", "read_paths"]

ARTICLE_SUFFIXES = (".txt", ".md")
_BEING_WRITTEN = "The file is just being written, so it may not be whole."
_LATER = "It is left for the next time: run the same command again when it is saved."
_LEFT_OUT = ("readme.md", "readme.txt")


def read_paths(paths: Iterable[Path | str]) -> Iterator[Article | ReadFailure]:
    """Read every article in the files and folders, in sorted order, one at a time.

    A folder is read with all below it; left out are hidden files and folders, read-me files and other kinds
    of file. Linked folders inside it are not entered; a linked file is read only if it lies in the folder.
    """
    settling = Settling()
    for path in paths:
        named = Path(path)
        try:
            mode = named.stat().st_mode
        except FileNotFoundError:
            yield _failure(named, "There is no such file or folder.")
            continue
        except (OSError, ValueError) as error:  # a name that is too long, a folder that is closed to us
            yield _failure(named, f"The file can't be read: {getattr(error, 'strerror', None) or error}.")
            continue
        if stat.S_ISDIR(mode):
            yield from _read_folder(named, settling)
        elif named.suffix.lower() not in ARTICLE_SUFFIXES:
            yield _failure(named, f"Only files ending in {' or '.join(ARTICLE_SUFFIXES)} are read.")
        else:
            yield _read_file(named, settling)


def _read_folder(root: Path, settling: Settling) -> Iterator[Article | ReadFailure]:
    home = root.resolve()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield _failure(folder, f"The folder can't be read: {error.strerror}.")
            continue
        below = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                below.append(path)
            elif path.suffix.lower() not in ARTICLE_SUFFIXES or entry.name.lower() in _LEFT_OUT:
                continue
            elif entry.is_symlink() and not _lies_in(path, home):
                yield _failure(path, "The file is a link that leads out of the folder.")
            else:
                yield _read_file(path, settling)
        waiting.extend(reversed(below))


def _lies_in(path: Path, home: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):  # broken or circular
        return False


def _read_file(path: Path, settling: Settling) -> Article | ReadFailure:
    try:
        if not path.is_file():
            return _failure(path, "This is not an ordinary file.")
        if not settling.is_whole(path):
            return ReadFailure(clean_title(str(path)), _BEING_WRITTEN, _LATER, kind="left")
        with path.open("rb") as file:
            data = file.read(MAX_ARTICLE_BYTES + 1)
        return replace(parse_article(data, path.name), file=clean_title(str(path)))
    except ArticleFormatError as error:
        return _failure(path, str(error))
    except OSError as error:
        return _failure(path, f"The file can't be read: {error.strerror}.")


def _failure(path: Path, reason: str) -> ReadFailure:
    return ReadFailure(clean_title(str(path)), reason)
