"""`kharita reparse`: stored articles through a newer parser, by one process, by several, or by a cluster."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import CollectionOption, JobsOption, StoreOption, progress_bar, settings_with
from dashboard.cli.pools import SchedulerOption, cluster_pool
from dashboard.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.geoparse import Geoparser
    from dashboard.ingest.reading import ArticleReader

__all__ = ["reparse"]

_FEW = 400  # articles, from which on starting more processes pays


def reparse(
    store: StoreOption = None,
    collection: CollectionOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also articles parsed by the same.")] = False,  # noqa: FBT002 - Typer
    jobs: JobsOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Parse stored articles again that another parser or gazetteer has parsed; corrections stay in force.

    Likewise their journeys: also where nobody has looked for any yet, or the article's date was put right. Broken off,
    it goes on from there when it is called again.
    """
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise
    from dashboard.ingest import stop_on_signals  # noqa: PLC0415 - likewise
    from dashboard.ingest.again import parse_again  # noqa: PLC0415 - likewise
    from dashboard.ingest.reading import journey_parser  # noqa: PLC0415 - likewise
    from dashboard.store import open_store  # noqa: PLC0415 - likewise
    from dashboard.store.legs import legs_read_otherwise  # noqa: PLC0415 - likewise

    settings = settings_with(store=store, collection=collection)
    with progress_bar() as progress, open_store(settings.store_url, progress) as opened:
        gazetteer = ensure_index(settings, progress)
        parser = Geoparser(gazetteer)
        reads_legs = journey_parser(parser).id
        waiting = opened.parsed_by_others(parser.id, gazetteer.id, everything=everything)
        unread = legs_read_otherwise(opened, reads_legs)
        many = max(len(waiting), len(unread)) >= _FEW
        with stop_on_signals() as stop, _reader(parser, jobs, scheduler, many=many) as (reader, ahead):
            parsed = parse_again(opened, reader, waiting, progress, ahead=ahead, stop=stop)
            unread = legs_read_otherwise(opened, reads_legs)  # but those that have just been read
            read = parse_again(opened, reader, unread, progress, legs_only=True, ahead=ahead, stop=stop)
        if parsed or read:
            opened.optimize()
    say(f"{parsed} articles parsed again by {parser.id} with {gazetteer.id}")
    if read:
        say(f"journeys of {read} more articles read by {reads_legs}")
    if stop():
        say("Stopped: the same command goes on from there.")
    raise typer.Exit(stop.status)


@contextmanager
def _reader(
    parser: Geoparser, jobs: int | None, scheduler: str | None, *, many: bool
) -> Iterator[tuple[ArticleReader, int]]:
    """Yield who reads, and how many batches shall wait for it."""
    from dashboard.geoparse.pool import AHEAD, ParserPool, usual_jobs  # noqa: PLC0415 - heavy, see `reparse`
    from dashboard.ingest.reading import LocalReader, PooledReader  # noqa: PLC0415 - likewise

    jobs = jobs or (usual_jobs() if many else 1)
    if jobs == 1 and not scheduler:
        yield LocalReader(parser), 0
        return
    with cluster_pool(parser, scheduler) if scheduler else ParserPool(parser, jobs) as pool:
        yield PooledReader(pool), AHEAD * pool.jobs
