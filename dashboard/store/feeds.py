"""The feeds that keep a store up to date, and how each of them fared; none is asked by being listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from dashboard.core.errors import StoreError
from dashboard.core.links import clean_title, plain_address, safe_url, shorten
from dashboard.store.dialect import aware
from dashboard.store.schema import articles, feeds, removed_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Row

    from dashboard.store.store import Store

__all__ = ["Feed", "add_feeds", "feeds_of", "known_links", "note_failure", "note_success", "remove_feeds"]

_LONGEST = 200  # code points of a name
_CHUNK = 400  # values in one IN list


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of a store's list.

    Attributes
    ----------
    etag, modified
        By which its server can tell whether it has changed.
    tried, succeeded
        When it was asked last, and when it gave something last; UTC, None for never.
    failure, step
        Why the last try gave nothing, or less than the feed lists, and what to do, in English; empty when all is well.
    failures
        How many tries in a row gave nothing.
    not_before
        Until when its server asks to be left alone; UTC.
    articles
        How many articles of the store it has brought.
    """

    url: str
    title: str
    language: str = ""
    etag: str = ""
    modified: str = ""
    tried: datetime | None = None
    succeeded: datetime | None = None
    failure: str = ""
    step: str = ""
    failures: int = 0
    not_before: datetime | None = None
    articles: int = 0

    def is_due(self, now: datetime, every: timedelta, longest: timedelta = timedelta(days=1)) -> bool:
        """Tell whether it is time to ask again; after each failure in a row twice the time has to pass.

        Parameters
        ----------
        longest
            That failures can make it wait.
        """
        if self.tried is not None and now < self.tried:
            return True  # a clock was ahead when this was noted: it says nothing of how long to wait
        if self.not_before is not None and now < self.not_before:
            return False
        wait = every * 2 ** min(self.failures, 16)
        return self.tried is None or now - self.tried >= max(every, min(wait, longest))


def feeds_of(store: Store) -> list[Feed]:
    """Return the feeds of the list, by name."""
    with store.engine.connect() as connection:
        return [_feed(row) for row in connection.execute(select(feeds).order_by(feeds.c.title, feeds.c.key))]


def add_feeds(store: Store, listed: Iterable[tuple[str, str, str]]) -> int:
    """Put feeds on the list: address, name and language of each; return how many are new.

    Raises
    ------
    StoreError
        An address is none of the web; nothing is added.
    """
    rows: dict[str, dict[str, object]] = {}
    now = datetime.now(UTC)
    for url, title, language in listed:
        address = safe_url(url)
        if address is None:
            raise StoreError(f"{url!r} is no address of a feed. Give one that begins with https://.")
        named = shorten(clean_title(title), _LONGEST) or address
        rows.setdefault(address, {"url": address, "title": named, "language": language[:20], "added_at": now})
    with store.transaction() as connection:
        there = {plain_address(url) for url in connection.scalars(select(feeds.c.url))}
        new = [row for url, row in rows.items() if plain_address(url) not in there]
        if new:
            connection.execute(insert(feeds), new)
    return len(new)


def remove_feeds(store: Store, urls: Iterable[str]) -> None:
    """Take feeds off the list; the articles that they brought stay."""
    with store.transaction() as connection:
        for url in urls:
            connection.execute(delete(feeds).where(feeds.c.url == url))


def note_success(  # noqa: PLR0913 - what there is to note
    store: Store, url: str, *, etag: str, modified: str, added: int, failure: str = "", step: str = ""
) -> None:
    """Note that a feed was read, and how many articles it brought.

    Parameters
    ----------
    failure, step
        What is wrong with some of what it lists, and what to do.
    """
    now = datetime.now(UTC)
    values = {
        "etag": etag,
        "modified": modified,
        "tried_at": now,
        "succeeded_at": now,
        "failure": failure,
        "step": step,
        "failures": 0,
        "not_before": None,
        "articles": feeds.c.articles + added,
    }
    with store.transaction() as connection:
        connection.execute(update(feeds).where(feeds.c.url == url).values(values))


def note_failure(store: Store, url: str, failure: str, step: str = "", wait_s: float = 0.0) -> None:
    """Note why a feed gave nothing.

    Parameters
    ----------
    wait_s
        How long its server asks to be left alone, seconds.
    """
    now = datetime.now(UTC)
    values = {
        "tried_at": now,
        "failure": failure,
        "step": step,
        "failures": feeds.c.failures + 1,
        "not_before": now + timedelta(seconds=wait_s) if wait_s else None,
    }
    with store.transaction() as connection:
        connection.execute(update(feeds).where(feeds.c.url == url).values(values))


def known_links(store: Store, links: Collection[str]) -> set[str]:
    """Return those links at which an article of the store stands, or one that a person removed."""
    plain: dict[str, list[str]] = {}
    for link in links:
        address = plain_address(link)
        if address:
            plain.setdefault(address, []).append(link)
    wanted = list(plain)
    found: set[str] = set()
    with store.engine.connect() as connection:
        for at in range(0, len(wanted), _CHUNK):
            some = wanted[at : at + _CHUNK]
            for column in (articles.c.address, removed_articles.c.address):
                found.update(connection.scalars(select(column).where(column.in_(some))))
    return {link for address in found for link in plain[address]}


def _feed(row: Row[tuple[object, ...]]) -> Feed:
    return Feed(
        url=row.url,
        title=row.title,
        language=row.language,
        etag=row.etag,
        modified=row.modified,
        tried=aware(row.tried_at),
        succeeded=aware(row.succeeded_at),
        failure=row.failure,
        step=row.step,
        failures=row.failures,
        not_before=aware(row.not_before),
        articles=row.articles,
    )
