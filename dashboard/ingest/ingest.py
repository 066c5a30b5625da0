"""Articles into the store: known ones skipped, the rest parsed and stored batch by batch."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sized
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from dashboard.core.progress import silent
from dashboard.intake.failure import ReadFailure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.core.models import Article, Parse
    from dashboard.core.progress import Progress
    from dashboard.store.store import Store

__all__ = ["IngestReport", "TextParser", "ingest"]

_BATCH = 64


class TextParser(Protocol):
    """What finds the places in texts."""

    def parse_many(self, texts: Iterable[tuple[str, str | None]]) -> Iterator[Parse]:
        """Parse pairs of text and language (None: find out), and give the parses in the same order."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of what was read.

    Attributes
    ----------
    added, known
        Articles stored now, and articles that were there before or stood twice in the input.
    failures
        What could not be read, in the order of the input.
    mentions
        Mentions in the articles stored now.
    seconds
        Wall time.
    """

    added: int
    known: int
    failures: tuple[ReadFailure, ...]
    mentions: int
    seconds: float


def ingest(  # noqa: PLR0913, PLR0917 - what is read, where it goes, and how
    articles: Iterable[Article | ReadFailure],
    store: Store,
    parser: TextParser,
    progress: Progress = silent,
    batch: int = _BATCH,
    ahead: int = 0,
) -> IngestReport:
    """Parse and store the articles that the store does not know yet.

    Each batch is one transaction: if the work is broken off, whole batches are stored, and doing it again
    goes on from there. A file that could not be read is reported and stops nothing.

    Parameters
    ----------
    progress
        Told after each batch how many items are done, of how many (0 unless `articles` has a length), and the
        last title.
    batch
        How many items are read before they are stored, > 0.
    ahead
        How many further batches are read and handed to the parser before one is stored. More than 0 pays with
        a parser that works beside this process from the call on; breaking off loses the work on as many.
    """
    began = time.monotonic()
    total = len(articles) if isinstance(articles, Sized) else 0
    failures: list[ReadFailure] = []
    done = added = known = mentions = 0
    for one in _delayed(_batches(articles, store, parser, failures, batch), ahead):
        parses = list(one.parses)
        count = store.add_many(zip(one.new, parses, strict=True)) if one.new else 0
        added += count
        known += one.good - count
        mentions += sum(len(parse.resolutions) for parse in parses)
        done += one.items
        progress(done, total, one.title)
    store.find_copies()
    if added:
        store.optimize()
    return IngestReport(added, known, tuple(failures), mentions, time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some items that were read: how many, how many of them articles, which are new, their parses, the last title."""

    items: int
    good: int
    new: Sequence[Article]
    parses: Iterator[Parse]
    title: str


def _batches(
    articles: Iterable[Article | ReadFailure],
    store: Store,
    parser: TextParser,
    failures: list[ReadFailure],
    size: int,
) -> Iterator[_Batch]:
    """Read batch by batch, and hand the new articles to the parser."""
    items = iter(articles)
    while chunk := list(islice(items, size)):
        good = _sorted_out(chunk, failures)
        unique = {article.id: article for article in good}
        stored = store.has(unique)
        new = [article for key, article in unique.items() if key not in stored]
        texts = [(article.text, article.language) for article in new]
        parses = parser.parse_many(texts) if new else iter(())
        yield _Batch(len(chunk), len(good), new, parses, good[-1].title if good else "")


def _delayed(batches: Iterable[_Batch], ahead: int) -> Iterator[_Batch]:
    """Yield each batch when so many more have been read, or none is left."""
    waiting: deque[_Batch] = deque()
    for batch in batches:
        waiting.append(batch)
        if len(waiting) > ahead:
            yield waiting.popleft()
    yield from waiting


def _sorted_out(chunk: Iterable[Article | ReadFailure], failures: list[ReadFailure]) -> list[Article]:
    """Return the articles; append to `failures` the others, and articles that no database can hold."""
    good = []
    for item in chunk:
        if isinstance(item, ReadFailure):
            failures.append(item)
        elif not _storable(item.text):
            failures.append(
                ReadFailure(item.path or item.id, "The text holds characters that can't be stored.")
            )
        else:
            good.append(item)
    return good


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
