"""`kharita store`: copies of the store, putting them back, checking it, giving room back."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated

import typer

from dashboard.cli.common import CollectionOption, StoreOption, progress_bar, settings_with
from dashboard.cli.saying import say

__all__ = ["app"]

app = typer.Typer(
    help="Copy, restore, check and tidy the store.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="File to write.", show_default=False)],
    store: StoreOption = None,
    collection: CollectionOption = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,  # noqa: FBT002 - Typer
) -> None:
    """Copy the store to one file; it may be in use meanwhile."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.care import back_up  # noqa: PLC0415 - likewise

    with open_store(settings_with(store=store, collection=collection).store_url) as opened:
        size = back_up(opened.engine, file, force=force)
        counts = opened.counts()
    say(f"{counts.articles:,} articles copied to {file} ({size / 1e6:,.1f} MB)")


@app.command("restore")
def restore_file(
    file: Annotated[Path, typer.Argument(help="File that `backup` wrote.", show_default=False)],
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Put a copy in the place of the store; what the store holds now is kept in a file beside it."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.care import restore  # noqa: PLC0415 - likewise

    url = settings_with(store=store, collection=collection).store_url
    kept = restore(url, file)
    with open_store(url) as opened:
        counts = opened.counts()
    say(f"{counts.articles:,} articles restored from {file}")
    if kept is not None:
        say(f"What the store held before is kept in {kept}")


@app.command("copy")
def copy(
    source: Annotated[str, typer.Argument(help="SQLAlchemy URL of the store to copy.", show_default=False)],
    target: Annotated[str, typer.Argument(help="URL of an empty store, or a new one.", show_default=False)],
) -> None:
    """Copy all of a store into another database, SQLite or PostgreSQL, and compare what arrived."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.copying import copy_store  # noqa: PLC0415 - likewise

    with open_store(source) as opened, open_store(target) as other, progress_bar() as progress:
        rows = copy_store(opened.engine, other.engine, progress)
        other.optimize()
    say(
        f"{rows['articles']:,} articles and {rows['mentions']:,} mentions copied, "
        f"{sum(rows.values()):,} rows in all; every row arrived as it was"
    )


@app.command("check")
def check(store: StoreOption = None, collection: CollectionOption = None) -> None:
    """Look through all of the store for damage."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.care import check_store  # noqa: PLC0415 - likewise

    with open_store(settings_with(store=store, collection=collection).store_url) as opened:
        check_store(opened.engine)
        counts = opened.counts()
    say(f"sound: {counts.articles:,} articles, {counts.mentions:,} mentions")


@app.command("vacuum")
def vacuum(store: StoreOption = None, collection: CollectionOption = None) -> None:
    """Give the room of what was removed back to the disk, and mend the index of words if it is damaged."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.care import give_back_room  # noqa: PLC0415 - likewise

    with open_store(settings_with(store=store, collection=collection).store_url) as opened:
        give_back_room(opened.engine)
    say("The store is tidy.")
