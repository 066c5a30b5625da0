"""Stored articles read again: what another parser found in them gives way to what this one finds."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from dashboard.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.core.models import Article
    from dashboard.core.progress import Progress
    from dashboard.ingest.reading import ArticleReader, Reading
    from dashboard.store.store import Store

__all__ = ["parse_again"]

_BATCH = 64  # articles; each is a transaction


def _never() -> bool:
    return False


def parse_again(  # noqa: PLR0913 - what is read, by whom, and how
    store: Store,
    reader: ArticleReader,
    ids: Sequence[str],
    progress: Progress = silent,
    *,
    legs_only: bool = False,
    ahead: int = 0,
    stop: Callable[[], bool] = _never,
) -> int:
    """Read stored articles again, batch by batch, and return how many; corrections stay in force.

    The places and the legs of an article change together: broken off anywhere, an article has both of one reading.

    Parameters
    ----------
    legs_only
        Leave the places as they are.
    ahead
        How many further batches are handed to the reader before one is stored, > 0 for a pool of processes.
    stop
        Asked between batches; once it says so, the rest is left.
    """
    done = 0
    for readings in _delayed(_begun(store, reader, ids), ahead):
        if stop():
            break
        read = list(readings)
        if legs_only:
            store.replace_legs((one.id, reading.legs) for one, reading in read if reading.legs)
        else:
            store.replace_parses(
                [(one.id, reading.parse) for one, reading in read], [reading.legs for _, reading in read]
            )
        done += len(read)
        progress(done, len(ids), read[-1][0].title if read else "")
    return done


def _begun(
    store: Store, reader: ArticleReader, ids: Sequence[str]
) -> Iterator[tuple[list[Article], Iterator[Reading]]]:
    """Hand articles to the reader; one that is gone by now is passed over."""
    rest = iter(ids)
    while some := list(islice(rest, _BATCH)):
        articles = [found for ident in some if (found := store.article(ident)) is not None]
        yield articles, reader.read_many(articles)


def _delayed(
    begun: Iterator[tuple[list[Article], Iterator[Reading]]], ahead: int
) -> Iterator[Iterator[tuple[Article, Reading]]]:
    """Yield what was read of each batch when so many more have been begun, or none is left."""
    waiting: deque[tuple[list[Article], Iterator[Reading]]] = deque()
    for one in begun:
        waiting.append(one)
        if len(waiting) > ahead:
            articles, readings = waiting.popleft()
            yield zip(articles, readings, strict=True)
    for articles, readings in waiting:
        yield zip(articles, readings, strict=True)
