"""`kharita watch`: keeps a store up to date from feeds."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import (
    USUAL_LIMIT,
    CollectionOption,
    LimitOption,
    StoreOption,
    address_reader,
    progress_bar,
    settings_with,
)
from dashboard.cli.saying import say, shown
from dashboard.core.errors import ArticleFormatError, KharitaError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.progress import Progress
    from dashboard.core.settings import Settings
    from dashboard.geoparse import Geoparser
    from dashboard.ingest import IngestReport
    from dashboard.network import AddressReader
    from dashboard.store import Store
    from dashboard.store.feeds import Feed

__all__ = ["watch"]

_LOOK_S = 30.0  # how often it is looked whether a feed is due
_TICK_S = 0.5  # how often it is looked whether somebody wants to stop


def watch(  # noqa: PLR0913, PLR0917 - Typer reads the options from the signature
    feeds: Annotated[
        Path | None,
        typer.Argument(
            metavar="FEEDS.opml",
            help="A list of feeds, put on the list of the store; without one, all of the store's list is asked.",
            show_default=False,
        ),
    ] = None,
    builtin: Annotated[  # noqa: FBT002 - Typer reads it so
        bool, typer.Option("--builtin", help="Take the list of the region that comes with the program.")
    ] = False,
    every: Annotated[
        int, typer.Option(min=5, max=10_080, help="Minutes between two questions to one feed.")
    ] = 60,
    once: Annotated[  # noqa: FBT002 - likewise
        bool, typer.Option("--once", help="Ask each feed once, now, and end.")
    ] = False,
    show: Annotated[  # noqa: FBT002 - likewise
        bool, typer.Option("--list", help="Only show the list and how each feed fared; nobody is asked.")
    ] = False,
    limit: LimitOption = USUAL_LIMIT,
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Keep the store up to date from feeds, politely; Ctrl+C ends it after the articles at hand."""
    from dashboard.ingest import stop_on_signals  # noqa: PLC0415 - heavy, and other commands need none of it
    from dashboard.store import open_store  # noqa: PLC0415 - likewise

    settings = settings_with(store=store, collection=collection)
    with progress_bar() as progress, open_store(settings.store_url, progress) as opened:
        only = _listed(opened, feeds, builtin=builtin)
        wanted = _wanted(opened, only)
        if show:
            _show(wanted)
            return
        if not wanted:
            raise KharitaError(
                "The store's list has no feeds. Name a list (kharita watch FEEDS.opml), or take the one of the "
                "region (kharita watch --builtin)."
            )
        parser = _parser(settings, progress)
        with stop_on_signals() as stop, address_reader(settings, opened, limit, stop) as reader:
            rounds = _Rounds(opened, parser, reader, only, timedelta(minutes=every), stop, progress)
            status = rounds.ask(everything=True) if once else rounds.go_on()
    raise typer.Exit(status or stop.status)


def _parser(settings: Settings, progress: Progress) -> Geoparser:
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - as above
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise

    return Geoparser(ensure_index(settings, progress))


def _listed(store: Store, path: Path | None, *, builtin: bool) -> set[str] | None:
    """Put what was named on the store's list, and return it; None when nothing was named."""
    from dashboard.network.lists import builtin_feeds, read_list  # noqa: PLC0415 - as above
    from dashboard.store.feeds import add_feeds  # noqa: PLC0415 - likewise

    if path is None and not builtin:
        return None
    found = builtin_feeds() if builtin else []
    if path is not None:
        try:
            found += read_list(path.read_bytes(), path.name)
        except OSError as error:
            raise KharitaError(f"The list {str(path)!r} can't be read: {error.strerror}.") from error
        except ArticleFormatError as error:
            raise KharitaError(f"The list {str(path)!r} can't be used: {error}") from error
    added = add_feeds(store, [(one.url, one.title, one.language) for one in found])
    say(f"{added} feeds put on the list of the store.", err=True)
    return {one.url for one in found}


def _wanted(store: Store, only: set[str] | None) -> list[Feed]:
    from dashboard.core.links import plain_address  # noqa: PLC0415 - as above
    from dashboard.store.feeds import feeds_of  # noqa: PLC0415 - likewise

    plain = None if only is None else {plain_address(url) for url in only}
    return [one for one in feeds_of(store) if plain is None or plain_address(one.url) in plain]


def _show(feeds: list[Feed]) -> None:
    for one in feeds:
        when = f"{one.succeeded:%Y-%m-%d %H:%M} UTC" if one.succeeded else "never"
        say(f"{shown(one.title)}  {one.url}  last read: {when}; {one.articles} articles")
        if one.failure:
            say(f"    {one.failure} {one.step}".rstrip())
    say(f"{len(feeds)} feeds")


class _Rounds:
    """Asks the feeds that are due, again and again."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is asked, where it goes, how often
        self,
        store: Store,
        parser: Geoparser,
        reader: AddressReader,
        only: set[str] | None,
        every: timedelta,
        stop: Callable[[], bool],
        progress: Progress,
    ) -> None:
        self._store, self._parser, self._reader = store, parser, reader
        self._only, self._every, self._stop, self._progress = only, every, stop, progress

    def go_on(self) -> int:
        """Ask until somebody stops it."""
        while not self._stop():
            self.ask()
            until = time.monotonic() + _LOOK_S
            while not self._stop() and time.monotonic() < until:
                time.sleep(_TICK_S)
        return 0

    def ask(self, *, everything: bool = False) -> int:
        """Ask what is due, or everything; return the exit status: 1 when every feed failed."""
        from dashboard.ingest.watching import visit_feeds  # noqa: PLC0415 - as above

        now = datetime.now(UTC)
        feeds = [
            one for one in _wanted(self._store, self._only) if everything or one.is_due(now, self._every)
        ]
        if not feeds:
            return 0
        done = visit_feeds(
            feeds, self._store, self._parser, self._reader, self._progress, stop=self._stop, told=_tell
        )
        failed = sum(1 for file in done.files if file.failed)
        say(
            f"{now:%Y-%m-%d %H:%M} UTC: {len(feeds)} feeds asked; {done.added} articles added, {done.known} known "
            f"already; something failed in {failed}."
        )
        return int(
            len({failure.path for failure in done.failures}) >= len(feeds) and not done.added + done.known
        )


def _tell(feed: Feed, report: IngestReport) -> None:
    """Say what became of one feed, where there is something to say."""
    if report.added:
        say(f"{feed.title}: {report.added} added")
    for failure in report.failures:
        say(f"{feed.title}: {failure.path}: {failure.reason} {failure.step}".rstrip(), err=True)
