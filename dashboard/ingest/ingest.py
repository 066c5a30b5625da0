"""Articles into the store: known ones skipped, the rest parsed and stored batch by batch."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sized
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from dashboard.core.batches import bounded
from dashboard.core.errors import WorkerError
from dashboard.core.progress import silent
from dashboard.ingest.reading import ArticleReader, Reading
from dashboard.ingest.report import Log, file_of
from dashboard.intake.credits import find_origin
from dashboard.intake.failure import ReadFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dashboard.core.models import Article, Parse
    from dashboard.core.progress import Progress
    from dashboard.ingest.report import FileReport
    from dashboard.store.store import Store

__all__ = ["IngestReport", "TextParser", "ingest"]

_BATCH = 160  # each is a transaction, which the index of words takes the better the larger it is
_BATCH_CHARACTERS = 400_000  # parsing takes some 160 bytes of memory a character
_UNSTORABLE = "The text holds characters that can't be stored."
_TOO_BIG = "Finding its places needs more memory than there is."
_SPLIT = "Split the file into articles, or close other programs."


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
    files
        A line a file, in the order of the input.
    copies
        How many of those added are copies of a story that was told before.
    stopped
        True when somebody asked to stop: what is counted here is stored, and doing it again goes on.
    """

    added: int
    known: int
    failures: tuple[ReadFailure, ...]
    mentions: int
    seconds: float
    files: tuple[FileReport, ...] = ()
    copies: int = 0
    stopped: bool = False


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    log: Log = field(default_factory=Log)
    failures: list[ReadFailure] = field(default_factory=list)
    done: int = 0
    added: int = 0
    known: int = 0
    copies: int = 0
    mentions: int = 0
    stopped: bool = False

    def fail(self, failure: ReadFailure) -> None:
        """Note what gave no article."""
        self.log.failure(failure)
        self.known += failure.kind == "known"
        if failure.kind == "failed":
            self.failures.append(failure)


def _never() -> bool:
    return False


def ingest(  # noqa: PLR0913, PLR0917 - what is read, where it goes, and how
    articles: Iterable[Article | ReadFailure],
    store: Store,
    parser: TextParser | ArticleReader,
    progress: Progress = silent,
    batch: int = _BATCH,
    ahead: int = 0,
    *,
    stop: Callable[[], bool] = _never,
) -> IngestReport:
    """Parse and store the articles that the store does not know yet.

    Each batch is one transaction: if the work is broken off, whole batches are stored, and doing it again
    goes on from there. A file that could not be read is reported and stops nothing; neither does an article
    for which memory does not suffice.

    Parameters
    ----------
    parser
        What only finds places leaves the legs of the articles to be read later.
    progress
        Told after each batch how many items are done, of how many (0 unless `articles` has a length), and the
        last title.
    batch
        How many items are read before they are stored, > 0; fewer where they are long.
    ahead
        How many further batches are read and handed to the parser before one is stored. More than 0 pays with
        a parser that works beside this process from the call on; breaking off loses the work on as many.
    stop
        Asked between batches; once it says so, the batch at hand is stored and the rest left. An interrupt
        does the same, without the batch at hand.
    """
    began = time.monotonic()
    total = len(articles) if isinstance(articles, Sized) else 0
    tally = _Tally()
    try:
        for one in _delayed(_batches(articles, store, parser, tally, batch), ahead):
            if stop():
                tally.stopped = True
                break
            _store(one, store, parser, tally)
            progress(tally.done, total, one.title)
    except KeyboardInterrupt:
        tally.stopped = True
    except WorkerError:
        if not stop():  # else whoever asked this process to stop asked its workers too
            raise
        tally.stopped = True
    if not tally.stopped:
        store.find_copies()
        store.find_boilerplate()
        if tally.added:
            store.optimize()
    return IngestReport(
        tally.added,
        tally.known,
        tuple(tally.failures),
        tally.mentions,
        time.monotonic() - began,
        tally.log.files(),
        tally.copies,
        tally.stopped,
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some items that were read.

    Attributes
    ----------
    items
        How many.
    good
        Those that are articles.
    found
        For each of `good` the article as it will be stored, None for a known one; `new` without the gaps.
    title
        The last one.
    """

    items: int
    good: Sequence[Article]
    found: Sequence[Article | None]
    new: Sequence[Article]
    readings: Iterator[Reading] | None
    title: str


def _batches(
    articles: Iterable[Article | ReadFailure],
    store: Store,
    parser: TextParser | ArticleReader,
    tally: _Tally,
    size: int,
) -> Iterator[_Batch]:
    """Read batch by batch, and hand the new articles to the parser."""
    for chunk in bounded(articles, size, _characters, _BATCH_CHARACTERS):
        good = _sorted_out(chunk, tally)
        found = store.arrivals(good)
        new = [article for article in found if article is not None]
        yield _Batch(len(chunk), good, found, new, _begun(parser, new), good[-1].title if good else "")


def _begun(parser: TextParser | ArticleReader, articles: Sequence[Article]) -> Iterator[Reading] | None:
    """Hand articles to the parser; None when memory does not even suffice for that."""
    try:
        if not articles:
            return iter(())
        if isinstance(parser, ArticleReader):
            return parser.read_many(articles)
        return (Reading(parse, None) for parse in parser.parse_many(_texts(articles)))
    except MemoryError:
        return None


def _characters(item: Article | ReadFailure) -> int:
    return 0 if isinstance(item, ReadFailure) else len(item.text)


def _texts(articles: Iterable[Article]) -> list[tuple[str, str | None]]:
    return [(article.text, article.language) for article in articles]


def _store(batch: _Batch, store: Store, parser: TextParser | ArticleReader, tally: _Tally) -> None:
    """Store the parsed articles of a batch, and note what became of each of its articles."""
    read, failed = _parsed(batch, parser)
    for failure in failed.values():
        tally.fail(failure)
    pairs = [(article, reading.parse) for article, reading in read]
    stored = store.put_many(pairs, [reading.legs for _, reading in read])
    idents = {article.id: ident for (article, _), ident in zip(pairs, stored.ids, strict=True)}
    for article, found in zip(batch.good, batch.found, strict=True):
        if found is not None and found.id in failed:
            continue
        ident = idents.get(found.id) if found else None
        tally.log.read(article, new=ident is not None, copy=ident in stored.copies)
        tally.known += ident is None
    tally.added += stored.added
    tally.copies += len(stored.copies)
    parses = zip(stored.ids, pairs, strict=True)
    tally.mentions += sum(len(parse.resolutions) for ident, (_, parse) in parses if ident is not None)
    tally.done += batch.items


def _parsed(
    batch: _Batch, parser: TextParser | ArticleReader
) -> tuple[list[tuple[Article, Reading]], dict[str, ReadFailure]]:
    """Return the new articles with what was read, one by one if memory does not suffice for them together."""
    if batch.readings is not None:
        with suppress(MemoryError):
            return list(zip(batch.new, list(batch.readings), strict=True)), {}
    pairs: list[tuple[Article, Reading]] = []
    failed: dict[str, ReadFailure] = {}
    for article in batch.new:
        try:
            pairs += [(article, reading) for reading in _read_alone(parser, article)]
        except MemoryError:
            failed[article.id] = ReadFailure(file_of(article), _TOO_BIG, _SPLIT)
    return pairs, failed


def _read_alone(parser: TextParser | ArticleReader, article: Article) -> list[Reading]:
    begun = _begun(parser, [article])
    if begun is None:
        raise MemoryError
    return list(begun)


def _delayed(batches: Iterable[_Batch], ahead: int) -> Iterator[_Batch]:
    """Yield each batch when so many more have been read, or none is left."""
    waiting: deque[_Batch] = deque()
    for batch in batches:
        waiting.append(batch)
        if len(waiting) > ahead:
            yield waiting.popleft()
    yield from waiting


def _sorted_out(chunk: Iterable[Article | ReadFailure], tally: _Tally) -> list[Article]:
    """Return the articles; note the others, and articles that no database can hold."""
    good = []
    for item in chunk:
        if isinstance(item, ReadFailure):
            tally.fail(item)
        elif not _storable(item.text):
            tally.fail(ReadFailure(file_of(item), _UNSTORABLE, "Save it again as UTF-8."))
        else:
            tally.log.expect(item)
            good.append(item if item.origin else replace(item, origin=find_origin(item.text, item.source)))
    return good


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
