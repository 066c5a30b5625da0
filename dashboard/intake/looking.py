"""Files are looked at before they are stored: what each holds, how it was read, and what only its user can say."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from dashboard.core.models import Article
from dashboard.intake.draft import Content
from dashboard.intake.failure import ReadFailure
from dashboard.intake.paths import files_of, tasks_of
from dashboard.intake.pool import ReaderPool
from dashboard.intake.sentences import recognise
from dashboard.intake.settling import Settling
from dashboard.intake.worker import Glance, Task, glance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from dashboard.core.models import DateOrigin
    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Options
    from dashboard.intake.walk import Item

__all__ = ["MOST_ARTICLES", "MOST_FILES", "Looked", "look_at_files"]

MOST_ARTICLES = 500  # of one file that are looked at
MOST_FILES = 300  # of a folder, likewise
_TITLES = 3
_NOTES = 4
_FAILURES = 20
_SAMPLE = 300  # code points


@dataclass(slots=True)
class Looked:
    """What one file holds, as far as it was looked at.

    Attributes
    ----------
    path, name
        Where it lies, and what its user calls it.
    kind
        Id of its format; empty for none that is read.
    articles
        How many it gave; `more` when it holds others beyond `MOST_ARTICLES`.
    first, last
        The earliest and the latest day of them; None when none has a day.
    undated, suspect
        Articles without any date, and with one that may be wrong.
    origins
        Where the dates were read, and how often.
    titles
        Of the first articles.
    sample
        The beginning of the first article's text.
    encoding
        In which the file is read; empty where none makes sense of it, None for what is no text.
    notes
        Sentences about how it was read: its encoding, the score of a PDF, columns that were not read.
    failures
        What of it can't be read, or is no article by its nature.
    table
        The head of a table, with the mapping in force; None for other kinds.
    asked
        By source, a date of it that can be read in two ways.
    """

    path: str
    name: str
    kind: str = ""
    articles: int = 0
    more: bool = False
    first: date | None = None
    last: date | None = None
    undated: int = 0
    suspect: int = 0
    origins: Counter[DateOrigin] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    sample: str = ""
    encoding: str | None = None
    notes: list[str] = field(default_factory=list)
    failures: list[ReadFailure] = field(default_factory=list)
    table: TableView | None = None
    asked: dict[str, str] = field(default_factory=dict)

    def take(self, item: Item) -> None:
        """Count an article or a failure of the file."""
        if isinstance(item, ReadFailure):
            if item.kind == "note":
                self._note(item.reason)
            elif len(self.failures) < _FAILURES:
                self.failures.append(item)
            return
        self.articles += 1
        self._date(item)
        if item.source:
            self.sources[item.source] += 1
        if item.language:
            self.languages[item.language] += 1
        if len(self.titles) < _TITLES:
            self.titles.append(item.title)
        self.sample = self.sample or item.text[:_SAMPLE]
        for note in item.notes:
            found = recognise(note)
            if found and found.code == "date_order":
                self.asked.setdefault(item.source or "", found.values["value"].strip("'"))
            else:
                self._note(note)

    def _date(self, item: Article) -> None:
        if item.date_origin:
            self.origins[item.date_origin] += 1
        self.undated += not (item.published or item.published_edtf)
        self.suspect += item.date_suspect
        if item.published:
            self.first = min(self.first or item.published, item.published)
            self.last = max(self.last or item.published, item.published)

    def _note(self, note: str) -> None:
        if note not in self.notes and len(self.notes) < _NOTES:
            self.notes.append(note)


def look_at_files(
    paths: Iterable[Path | str],
    options: Options,
    *,
    name: Callable[[Path], str] = str,
    stop: Callable[[], bool] = lambda: False,
    skip: Callable[[str], bool] = lambda _: False,
) -> Iterator[Looked]:
    """Look at each file that paths name, one after the other, and store nothing.

    Parameters
    ----------
    name
        What the user calls a file.
    stop
        Asked before each file and each article; once it says so, the rest is left.
    skip
        Told the path of each file; those for which it says so are left out.
    """
    settling = Settling()
    files = files_of(paths)
    pool = ReaderPool()
    try:
        for number, file in enumerate(files):
            if stop() or number == MOST_FILES:
                return
            if skip(file.path if isinstance(file, ReadFailure) else str(file)):
                continue
            if isinstance(file, ReadFailure):
                yield Looked(file.path, file.path, failures=[file])
                continue
            looked = Looked(str(file), name(file))
            if not _look(looked, _items(file, options, settling, pool), stop):
                # what the pool reads ahead of a file that is left would stop its processes for good
                pool.__exit__(None, None, None)
                pool = ReaderPool()
            looked.failures = [
                replace(one, path=_shown(one.path, file, looked.name)) for one in looked.failures
            ]
            yield looked
    finally:
        pool.__exit__(None, None, None)


def _look(looked: Looked, items: Iterator[Item | Glance], stop: Callable[[], bool]) -> bool:
    """Take what a file gives; tell whether that was all of it."""
    for item in items:
        if isinstance(item, Glance):
            looked.kind, looked.table, looked.encoding = item.kind, item.table, item.encoding
            continue
        if stop():
            return False
        if looked.articles == MOST_ARTICLES and isinstance(item, Article):
            looked.more = True
            return False
        looked.take(item)
    return True


def _items(file: Path, options: Options, settling: Settling, pool: ReaderPool) -> Iterator[Item | Glance]:
    for task in tasks_of(file, options, settling):
        if isinstance(task, Task):
            yield from cast("Iterator[Item | Glance]", pool.read([replace(task, look=True)]))
        else:  # a text that is read in this process, or what is wrong with the file
            with suppress(OSError), file.open("rb") as stream:
                yield glance(
                    Content(file.name, stream, os.fstat(stream.fileno()).st_size), options, str(file)
                )
        yield from pool.read([task])


def _shown(path: str, file: Path, name: str) -> str:
    """Return the path of a part of a file with the name that the user knows."""
    return name + path[len(str(file)) :] if path.startswith(str(file)) else path
