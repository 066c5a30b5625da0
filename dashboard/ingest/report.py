"""What became of each file: one line a file, for people and as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.core.named_files import replacing
from dashboard.intake.walk import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dashboard.core.models import Article
    from dashboard.intake.failure import ReadFailure

__all__ = ["COLUMNS", "FileReport", "Log", "Outcome", "file_of", "is_report", "report_csv", "write_report"]

COLUMNS = ("file", "outcome", "articles", "copies", "known", "failed", "reason", "next_step")
_MOST_REASONS = 5  # of one file that are spelt out
# A table program takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Outcome(StrEnum):
    """What became of one file, the best first."""

    READ = "read"  # at least one article of it is new
    COPY = "copy"  # its articles are new, and copies of stories that others told before
    KNOWN = "known"  # its articles were in the store already, or a feed says that nothing is new
    PARTLY = "partly"  # some of it went in, some failed
    IGNORED = "ignored"  # a kind of file that holds no articles
    LEFT = "left"  # still being written: the next run takes it
    FAILED = "failed"


@dataclass(slots=True)
class FileReport:
    """One file: how many of its articles are new, copies of others' stories, or known, and what went wrong.

    `articles` counts the new ones, copies included.
    """

    path: str
    articles: int = 0
    copies: int = 0
    known: int = 0
    failed: int = 0
    ignored: int = 0
    left: int = 0
    same: int = 0
    reasons: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What became of it, in one word."""
        good = self.articles + self.known
        if self.failed:
            return Outcome.PARTLY if good else Outcome.FAILED
        if good:
            if self.articles > self.copies:
                return Outcome.READ
            return Outcome.COPY if self.copies else Outcome.KNOWN
        if self.same:
            return Outcome.KNOWN
        return Outcome.LEFT if self.left else Outcome.IGNORED

    @property
    def reason(self) -> str:
        """What went wrong or is to be known, in sentences; empty when there is nothing to say."""
        return " ".join(self.reasons)

    @property
    def next_step(self) -> str:
        """What to do, in sentences; empty when there is nothing to do."""
        return " ".join(self.steps)


class Log:
    """Collects what becomes of each file while it happens; its lines come in the order of the input."""

    def __init__(self) -> None:
        self._files: dict[str, FileReport] = {}

    def files(self) -> tuple[FileReport, ...]:
        """Return a line for each file."""
        return tuple(self._files.values())

    def expect(self, article: Article) -> None:
        """Give the file of an article its place among the lines."""
        self._of(file_of(article))

    def read(self, article: Article, *, new: bool, copy: bool = False) -> None:
        """Note an article that is in the store now."""
        file = self._of(file_of(article))
        file.articles += new
        file.copies += copy
        file.known += not new
        for note in article.notes:
            _say(file.reasons, note)

    def failure(self, failure: ReadFailure) -> None:
        """Note what gave no article."""
        path = failure.path
        if failure.kind == "note":  # on what is packed in a file whose articles went in: no file of its own
            outer = path.partition(SEPARATOR)[0]
            path = outer if outer in self._files else path
        file = self._of(path)
        file.failed += failure.kind == "failed"
        file.ignored += failure.kind == "ignored"
        file.left += failure.kind == "left"
        file.known += failure.kind == "known"
        file.same += failure.kind == "same"
        _say(file.reasons, failure.reason)
        _say(file.steps, failure.step)

    def _of(self, path: str) -> FileReport:
        return self._files.setdefault(path, FileReport(path))


def file_of(article: Article) -> str:
    """Return the name under which an article's file is reported."""
    return article.file or article.path or article.id


def _say(said: list[str], sentence: str) -> None:
    if sentence and sentence not in said and len(said) < _MOST_REASONS:
        said.append(sentence)


def write_report(files: Iterable[FileReport], path: Path) -> None:
    """Write a line a file as CSV in UTF-8 with its mark, so that spreadsheets read Arabic.

    Raises
    ------
    OSError
        The file can't be written.
    """
    with replacing(path) as beside:
        beside.write_bytes(report_csv(files))


def is_report(path: Path) -> bool:
    """Tell whether a file is what `write_report` wrote before, which a new report may replace.

    Raises
    ------
    OSError
        It can't be read.
    """
    head = report_csv(())
    with path.open("rb") as file:
        return file.read(len(head)) == head


def report_csv(files: Iterable[FileReport]) -> bytes:
    """Return what `write_report` writes."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for file in files:
        counts = (file.articles, file.copies, file.known, file.failed)
        texts = (file.reason, file.next_step)
        rows.writerow((_cell(file.path), file.outcome.value, *counts, *map(_cell, texts)))
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
