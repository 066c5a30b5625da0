"""`kharita run` and `kharita ingest`: the dashboard, and what it shows."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import chain
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import (
    USUAL_LIMIT,
    CollectionOption,
    JobsOption,
    LimitOption,
    StoreOption,
    address_reader,
    progress_bar,
    settings_with,
)
from dashboard.cli.pools import SchedulerOption, cluster_pool
from dashboard.cli.reading import ColumnOption, ColumnsOption, DateOrderOption, EncodingOption, options_of
from dashboard.cli.saying import say
from dashboard.cli.told import tell
from dashboard.core.access import Role
from dashboard.core.named_files import refuse_taken
from dashboard.intake.registry import FORMATS
from dashboard.web.launch import check_host, serve, warning_of
from dashboard.web.login import check_login
from dashboard.web.own_tiles import open_tiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.core.models import Article
    from dashboard.core.settings import Settings
    from dashboard.intake import ReadFailure

__all__ = ["ingest_paths", "run"]


class Log(StrEnum):
    """How the server writes its log."""

    TEXT = "text"
    JSON = "json"


_FEW = 400  # articles, from which on starting more processes pays
_FEW_CHARACTERS = 1_000_000  # likewise


def run(  # noqa: PLR0913, PLR0917 - Typer reads the options from the signature
    store: StoreOption = None,
    collection: CollectionOption = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on [default: 8501].")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on [default: 127.0.0.1, this machine only].")
    ] = None,
    insecure: Annotated[  # noqa: FBT002 - Typer reads it so
        bool,
        typer.Option(
            "--insecure", help="Listen where others reach the dashboard, although there is no log-in."
        ),
    ] = False,
    login: Annotated[  # noqa: FBT002 - likewise
        bool,
        typer.Option(
            "--require-login", help="Let in only those who log in and are on the list of `kharita people`."
        ),
    ] = False,
    login_file: Annotated[
        Path | None,
        typer.Option(
            help="TOML file that names the provider of the log-in [default: login.toml in your data directory].",
            show_default=False,
        ),
    ] = None,
    trust_proxy: Annotated[
        list[str] | None,
        typer.Option(
            help="Address or network of a server in front, whose X-Forwarded-For, -Proto, -Host and -Prefix count; "
            "may be repeated "
            "[default: this machine].",
            show_default=False,
        ),
    ] = None,
    base_path: Annotated[
        str | None,
        typer.Option(
            help="Prefix of every address, such as /maps, where a server in front has other things beside.",
            show_default=False,
        ),
    ] = None,
    log: Annotated[
        Log | None,
        typer.Option(help="How the server writes its log [default: text].", show_default=False),
    ] = None,
    administrator: Annotated[
        str | None,
        typer.Option(help="Address of somebody who may administer from now on.", show_default=False),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            help="Name or address under which others reach it; may be repeated.", show_default=False
        ),
    ] = None,
    basemap: Annotated[
        Path | None,
        typer.Option(
            help="PMTiles file (vectors or pictures) with a base map of your own, drawn without a network.",
            show_default=False,
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,  # noqa: FBT002 - likewise
) -> None:
    """Open the dashboard in the browser. A new store is filled with the sample articles."""
    names = ",".join(allow_host) if allow_host else None
    settings = settings_with(
        store=store,
        collection=collection,
        port=port,
        host=host,
        insecure=insecure or None,
        login=login or None,
        log=log.value if log else None,
        trusted_proxies=",".join(trust_proxy) if trust_proxy else None,
        login_file=str(login_file) if login_file else None,
        base_path=base_path,
        allow_host=names,
        basemap=str(basemap) if basemap else None,
    )
    check_host(settings)
    _name_administrator(settings, administrator)
    check_login(settings)
    if settings.basemap:
        open_tiles(settings.basemap)
    if warning := warning_of(settings):
        typer.secho(warning, err=True, bold=True, fg="red")
    status = serve(
        settings,
        lambda address: say(f"Kharita is open at {address}  (Ctrl+C stops it)"),
        prepare=lambda: _open_store(settings),
        browser=browser,
    )
    raise typer.Exit(status)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _name_administrator(settings: Settings, address: str | None) -> None:
    """Put on the list who may administer; the first one is asked for where somebody sits at a terminal."""
    if address is None and settings.login and not settings.access.has_administrator and _at_terminal():
        address = typer.prompt("Nobody may administer this server yet. Address of who shall", err=True)
    if address is not None:
        settings.access.add_person(address, Role.ADMINISTER)


def _open_store(settings: Settings) -> None:
    """Open the store once, so that what is wrong with it is said here; tell of what an empty one waits for."""
    from dashboard.ingest.samples import is_untouched  # noqa: PLC0415 - while the server starts
    from dashboard.store import open_store  # noqa: PLC0415 - likewise

    with open_store(settings.store_url) as store:
        if is_untouched(store):
            say("The store is new: the page says what is being prepared, and opens by itself.", err=True)


def ingest_paths(  # noqa: PLR0913, PLR0917 - Typer reads the options from the signature
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL...",
            help="Files and folders with articles, of any of these kinds: "
            + ", ".join(one.name for one in FORMATS)
            + ". Or addresses of pages, feeds and sitemaps, which are asked for what they hold.",
            show_default=False,
        ),
    ],
    store: StoreOption = None,
    collection: CollectionOption = None,
    jobs: JobsOption = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Write what became of each file to this CSV file.", show_default=False),
    ] = None,
    limit: LimitOption = USUAL_LIMIT,
    date_order: DateOrderOption = None,
    column: ColumnOption = None,
    columns: ColumnsOption = None,
    encoding: EncodingOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Read articles, find their places, and add them to the store.

    An article that is there already is left alone. One that can't be read is reported and skipped. Ctrl+C
    stops after the articles at hand; the same command goes on from there.
    """
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise
    from dashboard.geoparse.pool import AHEAD, ParserPool, usual_jobs  # noqa: PLC0415 - likewise
    from dashboard.ingest import ingest, stop_on_signals  # noqa: PLC0415 - likewise
    from dashboard.ingest.reading import LocalReader, PooledReader  # noqa: PLC0415 - likewise
    from dashboard.ingest.report import is_report  # noqa: PLC0415 - likewise
    from dashboard.intake import read_paths  # noqa: PLC0415 - likewise
    from dashboard.network import is_address  # noqa: PLC0415 - likewise
    from dashboard.store import open_store  # noqa: PLC0415 - likewise
    from dashboard.store.care import files_of  # noqa: PLC0415 - likewise

    settings = settings_with(store=store, collection=collection)
    options = options_of(settings, date_order, column, columns, encoding)
    if report is not None:
        refuse_taken(report, own=files_of(settings.store_url), again=is_report)
    with progress_bar() as progress, open_store(settings.store_url, progress) as opened:
        parser = Geoparser(ensure_index(settings, progress))
        with stop_on_signals() as stop, address_reader(settings, opened, limit, stop) as reader:
            urls = [one for one in paths if is_address(one)]
            items = chain(
                read_paths((one for one in paths if not is_address(one)), options), reader.read(urls)
            )
            first, more = _look_ahead(items)
            jobs = jobs or (usual_jobs() if more else 1)
            articles = chain(first, items)
            if jobs == 1 and not scheduler:
                done = ingest(articles, opened, LocalReader(parser), progress, stop=stop)
            else:
                with cluster_pool(parser, scheduler) if scheduler else ParserPool(parser, jobs) as pool:
                    ahead = AHEAD * pool.jobs
                    done = ingest(articles, opened, PooledReader(pool), progress, ahead=ahead, stop=stop)
    raise typer.Exit(tell(done, report) or stop.status)


def _look_ahead(
    items: Iterator[Article | ReadFailure],
) -> tuple[list[Article | ReadFailure], bool]:
    """Take the first items, and say whether there is so much that more processes pay."""
    first: list[Article | ReadFailure] = []
    characters = 0
    for item in items:
        first.append(item)
        characters += len(getattr(item, "text", ""))
        if len(first) == _FEW or characters > _FEW_CHARACTERS:
            return first, True
    return first, False
