"""The feeds of a store's list: several hosts side by side, each feed stored and noted by itself.

A feed is noted as read only once its articles are in the store: whatever breaks off in between is read again.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from queue import Empty, Queue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.core.progress import silent
from dashboard.ingest.ingest import IngestReport, ingest
from dashboard.intake.failure import ReadFailure
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.walk import SEPARATOR
from dashboard.store.feeds import note_failure, note_success

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dashboard.core.progress import Progress
    from dashboard.ingest.ingest import TextParser
    from dashboard.ingest.reading import ArticleReader
    from dashboard.intake.walk import Item
    from dashboard.network import AddressReader
    from dashboard.store import Store
    from dashboard.store.feeds import Feed

__all__ = ["add_up", "visit_feeds"]

_SIDE_BY_SIDE = 4  # hosts
_TICK_S = 0.2  # how often it is looked whether somebody wants to stop
_MINUTE_S = 60
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one feed gave: its items, or why there are none."""

    feed: Feed
    items: list[Item] = field(default_factory=list)
    etag: str = ""
    modified: str = ""
    why: Refusal | None = None


def _never() -> bool:
    return False


def visit_feeds(  # noqa: PLR0913 - what is asked, where it goes, and how
    feeds: Sequence[Feed],
    store: Store,
    parser: TextParser | ArticleReader,
    reader: AddressReader,
    progress: Progress = silent,
    *,
    stop: Callable[[], bool] = _never,
    told: Callable[[Feed, IngestReport], None] = lambda _feed, _report: None,
) -> IngestReport:
    """Ask feeds what is new, store it, and note how each fared.

    A feed whose server asks to be left alone is left alone.

    Parameters
    ----------
    progress
        Told how many feeds are done, of how many, and the name of the last.
    told
        Called after each feed with what became of it.
    """
    now = datetime.now(UTC)
    waiting = [feed for feed in feeds if _asks_to_wait(feed, now)]
    ready = [feed for feed in feeds if feed not in waiting]
    reports = [ingest([_left_alone(feed, now)], store, parser) for feed in waiting]
    answers: Queue[_Asked] = Queue()
    hosts: Queue[list[Feed]] = Queue()
    for group in _by_host(ready):
        hosts.put(group)
    for _ in range(min(_SIDE_BY_SIDE, hosts.qsize())):
        threading.Thread(
            target=_ask_hosts, args=(hosts, answers, reader, stop), name="kharita-feeds", daemon=True
        ).start()
    done = len(waiting)
    stopped = False
    while done < len(feeds) and not stopped:
        try:
            asked = answers.get(timeout=_TICK_S)
        except Empty:
            stopped = stop()
            continue
        report = _store(asked, store, parser, stop)
        stopped = report.stopped or stop()
        reports.append(report)
        done += 1
        told(asked.feed, report)
        progress(done, len(feeds), asked.feed.title)
    return replace(add_up(reports), stopped=stopped)


def add_up(reports: Iterable[IngestReport]) -> IngestReport:
    """Return several reports as one."""
    found = list(reports)
    return IngestReport(
        sum(one.added for one in found),
        sum(one.known for one in found),
        tuple(failure for one in found for failure in one.failures),
        sum(one.mentions for one in found),
        sum(one.seconds for one in found),
        tuple(file for one in found for file in one.files),
        sum(one.copies for one in found),
        any(one.stopped for one in found),
    )


def _asks_to_wait(feed: Feed, now: datetime) -> bool:
    """Tell whether a server wants to be left alone; what it wanted while a clock was ahead counts no more."""
    return feed.not_before is not None and (feed.tried or now) <= now < feed.not_before


def _by_host(feeds: Iterable[Feed]) -> list[list[Feed]]:
    """Return feeds by host: of one host, one is asked after the other."""
    found: dict[str, list[Feed]] = {}
    for feed in feeds:
        found.setdefault(urlsplit(feed.url).hostname or "", []).append(feed)
    return list(found.values())


def _ask_hosts(
    hosts: Queue[list[Feed]], answers: Queue[_Asked], reader: AddressReader, stop: Callable[[], bool]
) -> None:
    while True:
        try:
            group = hosts.get_nowait()
        except Empty:
            return
        for feed in group:
            if stop():
                return
            answers.put(_ask(feed, reader))


def _ask(feed: Feed, reader: AddressReader) -> _Asked:
    try:
        found = reader.feed(feed.url, etag=feed.etag, modified=feed.modified)
        if found.answer.unchanged:
            same = ReadFailure.of(refusal("net_same"), feed.url, "same")
            return _Asked(feed, [same], feed.etag, feed.modified)
        return _Asked(feed, list(found.items), found.answer.etag, found.answer.modified)
    except Refusal as why:
        return _Asked(feed, why=why)
    except Exception:  # noqa: BLE001 - whoever waits for the answer must never wait for ever
        _log.exception("The feed %r can't be read", feed.url)
        return _Asked(feed, why=refusal("crashed"))


def _store(
    asked: _Asked, store: Store, parser: TextParser | ArticleReader, stop: Callable[[], bool]
) -> IngestReport:
    """Store what a feed gave, and note how it fared."""
    url = asked.feed.url
    if asked.why is not None:
        note_failure(store, url, str(asked.why), asked.why.step, getattr(asked.why, "wait_s", 0.0))
        return ingest([ReadFailure.of(asked.why, url)], store, parser)
    report = ingest(asked.items, store, parser, stop=stop)
    if report.stopped:
        return report
    first = next(iter(report.failures), None)
    if first is not None and SEPARATOR not in first.path and not report.added + report.known:
        note_failure(store, url, first.reason, first.step)
        return report
    note_success(
        store,
        url,
        # Where a page failed, the feed must be read again though it has not changed.
        etag=asked.etag if first is None else "",
        modified=asked.modified if first is None else "",
        added=report.added,
        failure=first.reason if first else "",
        step=first.step if first else "",
    )
    return report


def _left_alone(feed: Feed, now: datetime) -> ReadFailure:
    """Return the line of a feed that is not asked, since its server wants that."""
    assert feed.not_before is not None  # noqa: S101 - it was looked at
    minutes = max(1, round((feed.not_before - now).total_seconds() / _MINUTE_S))
    why = refusal("net_busy", host=urlsplit(feed.url).hostname, minutes=minutes)
    return ReadFailure.of(why, feed.url, "left")
