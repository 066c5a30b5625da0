"""Addresses to articles: a page is one, a feed or a sitemap lists some; the readers are those of files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.core.links import clean_title
from dashboard.core.models import Article, DateOrigin
from dashboard.intake.draft import Content, Hints, Options
from dashboard.intake.failure import ReadFailure
from dashboard.intake.kinds import find_format
from dashboard.intake.pool import ReaderPool
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.walk import SEPARATOR
from dashboard.intake.worker import Task
from dashboard.network.listed import feed_of_page, is_sitemap, read_sitemap
from dashboard.network.refusals import Unfetched

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from dashboard.intake.walk import Item
    from dashboard.network.fetch import Answer, Fetcher

__all__ = ["USUAL_LIMIT", "AddressReader", "FeedAnswer", "is_address"]

USUAL_LIMIT = 50  # entries of one feed or sitemap, and pages that are fetched for them
_TEASER = 600  # code points; an entry with a shorter text is looked up at its address
_MOST_SITEMAPS = 10  # of those that one sitemap lists
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_FEEDS = ("feed", "json_feed")


def is_address(text: str) -> bool:
    """Tell whether a text is the address of something, and not the name of a file."""
    return bool(_ADDRESS.match(text.strip()))


def _nothing(_links: Collection[str]) -> set[str]:
    return set()


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed's address gave: the answer itself, and its articles and failures as they are read."""

    answer: Answer
    items: Iterator[Item]


@dataclass(slots=True)
class AddressReader:
    """Reads addresses. Use it as a context manager: its readers are processes.

    Attributes
    ----------
    limit
        Entries of one feed or sitemap that are read, the newest; > 0.
    known
        Given links, returns those whose articles are there already: their pages are not asked for again.
    stop
        Asked between pages; once it says so, the rest is left.
    """

    fetcher: Fetcher
    options: Options = field(default_factory=Options)
    limit: int = USUAL_LIMIT
    known: Callable[[Collection[str]], set[str]] = _nothing
    stop: Callable[[], bool] = lambda: False
    _pool: ReaderPool = field(default_factory=lambda: ReaderPool(1))
    _turn: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the readers, and what is asked just now."""
        self.fetcher.close()
        self._pool.__exit__(kind, error, trace)

    def read(self, urls: Iterable[str]) -> Iterator[Item]:
        """Read addresses one after the other; what each of them gives is reported under it."""
        for url in urls:
            if self.stop():
                return
            url = url.strip()  # noqa: PLW2901 - as it was typed
            try:
                for item in self._of_answer(self.fetcher.fetch(url), url):
                    yield _under(item, url)
            except Refusal as why:
                yield ReadFailure.of(why, url)

    def feed(self, url: str, *, etag: str = "", modified: str = "") -> FeedAnswer:
        """Ask a feed; the articles of one that has not changed are none.

        A page that names a feed as its own leads there.

        Raises
        ------
        Refusal
            It gives nothing, or no feed.
        """
        answer = self.fetcher.fetch(url, etag=etag, modified=modified)
        if answer.unchanged:
            return FeedAnswer(answer, iter(()))
        if self._kind(answer) == "html":
            own = feed_of_page(answer.data, answer.url)
            if own:
                answer = replace(self.fetcher.fetch(own), etag="", modified="")  # they are another address's
        if self._kind(answer) not in _FEEDS:
            raise refusal("net_no_feed", host=urlsplit(answer.url).hostname)
        return FeedAnswer(answer, (_under(item, url) for item in self._of_feed(answer)))

    def _kind(self, answer: Answer) -> str:
        found = find_format(_content(answer))
        return found.id if found else ""

    def _of_answer(self, answer: Answer, asked: str) -> Iterator[Item]:
        if is_sitemap(answer.data):
            yield from self._of_sitemap(answer, asked)
        elif self._kind(answer) in _FEEDS:
            yield from self._of_feed(answer)
        else:
            yield from self._parsed(answer)

    def _parsed(self, answer: Answer) -> list[Item]:
        """Read what came with the readers of files, in a process of its own."""
        task = Task(answer.data, answer.url, self.options, hints=_hints(answer))
        with self._turn:
            return list(self._pool.read([task]))

    def _of_feed(self, answer: Answer) -> Iterator[Item]:
        """Give a feed's entries; those that are only teasers as their pages tell them."""
        items = self._parsed(answer)
        entries = items[: self.limit]
        links = [one.url for one in entries if isinstance(one, Article) and one.url and _is_teaser(one)]
        there = self.known(links) if links else set()
        for one in entries:
            if self.stop():
                return
            if isinstance(one, Article) and one.url and _is_teaser(one):
                yield _known(one.url) if one.url in there else self._told_by_page(one, one.url)
            else:
                yield one
        if len(items) > self.limit:
            yield _left(answer.url, len(items) - self.limit, self.limit)

    def _told_by_page(self, teaser: Article, link: str) -> Item:
        """Return the article behind a teaser; the teaser itself where its page is closed to us."""
        try:
            found = self._parsed(self.fetcher.fetch(link))
        except Unfetched as why:
            if why.passing:
                return _failed_page(why, link)
            return replace(teaser, notes=(*teaser.notes, str(refusal("net_teaser")), str(why)))
        pages = [one for one in found if isinstance(one, Article)]
        if not pages or len(pages[0].text) < len(teaser.text):
            return teaser
        return _joined(pages[0], teaser, link)

    def _of_sitemap(self, answer: Answer, asked: str) -> Iterator[Item]:
        links, failures, total = self._listed(answer)
        yield from failures
        if not links and not failures:
            raise refusal("no_articles")
        there = self.known(links)
        for link in links:
            if self.stop():
                return
            if link in there:
                yield _known(link)
                continue
            try:
                yield from self._parsed(self.fetcher.fetch(link))
            except Refusal as why:
                yield _failed_page(why, link)
        if total > len(links):
            yield _left(asked, total - len(links), self.limit)

    def _listed(self, answer: Answer) -> tuple[list[str], list[ReadFailure], int]:
        """Return the newest pages of a sitemap and of those that it lists, what failed, and how many there are."""
        found = read_sitemap(_content(answer))
        pages = dict.fromkeys(found.pages)
        failures = []
        for url in found.sitemaps[:_MOST_SITEMAPS]:
            if len(pages) >= self.limit or self.stop():
                break
            try:
                pages |= dict.fromkeys(read_sitemap(_content(self.fetcher.fetch(url))).pages)
            except Refusal as why:
                failures.append(_failed_page(why, url))
        return list(pages)[: self.limit], failures, len(pages)


def _hints(answer: Answer) -> Hints:
    return Hints(url=answer.url, charset=answer.charset, media_type=answer.media_type)


def _content(answer: Answer) -> Content:
    return Content.of(answer.data, answer.url, _hints(answer))


def _is_teaser(entry: Article) -> bool:
    return len(entry.text) < _TEASER


def _joined(page: Article, teaser: Article, link: str) -> Article:
    """Return the article of a page with what only its feed knows."""
    host = (urlsplit(page.url or link).hostname or "").removeprefix("www.")
    nameless = not page.source or page.source == host
    dated = page if page.date_origin is DateOrigin.METADATA or not teaser.published else teaser
    return replace(
        page,
        url=page.url or link,
        source=(teaser.source if nameless else None) or page.source,
        language=page.language or teaser.language,
        author=page.author or teaser.author,
        published=dated.published,
        published_edtf=dated.published_edtf,
        date_origin=dated.date_origin,
        date_suspect=dated.date_suspect,
    )


def _under(item: Item, url: str) -> Item:
    """Return an item under the address that a user gave, which is what a report has lines for."""
    shown = clean_title(url)
    if isinstance(item, Article):
        return replace(item, file=shown)
    return replace(item, path=shown + item.path if item.path.startswith(SEPARATOR) else shown)


def _failed_page(why: Refusal, link: str) -> ReadFailure:
    """Return the failure of one page that a feed or sitemap lists: a line of its own below that of the list."""
    return replace(ReadFailure.of(why, link), path=SEPARATOR + clean_title(link))


def _known(link: str) -> ReadFailure:
    return ReadFailure(clean_title(link), "", kind="known")


def _left(url: str, count: int, limit: int) -> ReadFailure:
    return ReadFailure.of(refusal("net_left", count=count, limit=limit), url, "note")
