"""`kharita run` and `kharita ingest`: the dashboard, and what it shows."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import JobsOption, StoreOption, progress_bar, settings_with
from dashboard.core.settings import data_path
from dashboard.web.launch import serve

if TYPE_CHECKING:
    from dashboard.core.settings import Settings

__all__ = ["ingest_paths", "run"]

_FEW = 400  # articles, from which on starting more processes pays


def run(
    store: StoreOption = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on [default: 8501].")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on [default: 127.0.0.1, this machine only].")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,  # noqa: FBT002 - Typer reads it so
) -> None:
    """Open the dashboard in the browser. An empty store is filled with the sample articles first."""
    settings = settings_with(store=store, port=port, host=host)
    status = serve(
        settings,
        lambda address: typer.echo(f"Kharita is open at {address}  (Ctrl+C stops it)"),
        prepare=lambda: _fill_if_empty(settings),
        browser=browser,
    )
    raise typer.Exit(status)


def _fill_if_empty(settings: Settings) -> None:
    """Open the store, so that what is wrong is said at once; give an empty one the sample articles."""
    from dashboard.ingest import ingest  # noqa: PLC0415 - while the server starts
    from dashboard.intake import read_paths  # noqa: PLC0415 - while the server starts
    from dashboard.store import open_store  # noqa: PLC0415 - while the server starts

    with open_store(settings.store_url) as opened:
        if opened.counts().articles:
            return
        from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - a filled store needs no gazetteer
        from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise

        with progress_bar() as progress:
            samples = read_paths([data_path() / "articles"])
            ingest(samples, opened, Geoparser(ensure_index(settings, progress)), progress)


def ingest_paths(
    paths: Annotated[
        list[Path], typer.Argument(help="Files (.txt, .md) and folders with articles.", show_default=False)
    ],
    store: StoreOption = None,
    jobs: JobsOption = None,
) -> None:
    """Read articles, find their places, and add them to the store.

    An article that is there already is left alone. One that can't be read is reported and skipped.
    """
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise
    from dashboard.geoparse.pool import AHEAD, ParserPool, usual_jobs  # noqa: PLC0415 - likewise
    from dashboard.ingest import ingest  # noqa: PLC0415 - likewise
    from dashboard.intake import read_paths  # noqa: PLC0415 - likewise
    from dashboard.store import open_store  # noqa: PLC0415 - likewise

    settings = settings_with(store=store)
    items = read_paths(paths)
    first = list(islice(items, _FEW))
    jobs = jobs or (usual_jobs() if len(first) == _FEW else 1)
    articles = chain(first, items)
    with progress_bar() as progress, open_store(settings.store_url) as opened:
        parser = Geoparser(ensure_index(settings, progress))
        if jobs == 1:
            report = ingest(articles, opened, parser, progress)
        else:
            with ParserPool(parser, jobs) as pool:
                report = ingest(articles, opened, pool, progress, ahead=AHEAD * jobs)
    for failure in report.failures:
        typer.echo(f"skipped {failure.path}: {failure.reason}", err=True)
    typer.echo(
        f"{report.added} articles added, {report.known} known already, {len(report.failures)} skipped; "
        f"{report.mentions} mentions of places; {report.seconds:.1f} s"
    )
    if report.failures and not report.added and not report.known:
        raise typer.Exit(1)
