"""`kharita collections`: stores that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import settings_with
from dashboard.cli.saying import say
from dashboard.core.errors import KharitaError

if TYPE_CHECKING:
    from dashboard.core.collections import Collection

__all__ = ["app"]

app = typer.Typer(
    help="Keep several stores apart, each under a name.", no_args_is_help=True, rich_markup_mode=None
)
_Name = Annotated[str, typer.Argument(help="Name or id of a collection.", show_default=False)]
_NewName = Annotated[str, typer.Argument(help="The name that it gets.", show_default=False)]


@app.command("list")
def show(
    removed: Annotated[bool, typer.Option("--removed", help="Those that were removed.")] = False,  # noqa: FBT002 - Typer
) -> None:
    """List the collections: id, name, how many articles each holds, where its store lies."""
    settings = settings_with()
    kept = settings.collections
    for one in kept.removed() if removed else kept.all():
        day = f"  removed {one.removed[:10]}" if one.removed else ""
        say(f"{one.id:8}  {one.name or '(no name yet)'}  {_held(one)}{day}")


@app.command("new")
def new(
    name: _NewName,
    store: Annotated[
        str | None,
        typer.Option(
            help="SQLAlchemy URL of a store that is there already. Default: a new one.", show_default=False
        ),
    ] = None,
) -> None:
    """Begin a collection."""
    made = settings_with().collections.create(name, store or "")
    say(f"{made.name!r} is there; `kharita ingest PATH --collection {made.id}` fills it")


@app.command("rename")
def rename(collection: _Name, name: _NewName) -> None:
    """Give a collection another name; the first one is called 'main' until it has one."""
    named = settings_with().collections.rename(collection, name)
    say(f"{named.id} is called {named.name!r} now")


@app.command("remove")
def remove(collection: _Name) -> None:
    """Move a collection aside: nothing of it is deleted, and `restore` brings it back."""
    gone = settings_with().collections.remove(collection)
    say(
        f"{gone.name!r} is removed; `kharita collections restore {gone.id}` brings it back. Its articles stay in "
        f"{_shown(gone)}"
    )


@app.command("restore")
def restore(collection: _Name) -> None:
    """Bring back a collection that was removed."""
    back = settings_with().collections.restore(collection)
    say(f"{back.name!r} is back")


def _held(one: Collection) -> str:
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `new` needs none of it

    try:
        with open_store(one.url) as opened:
            count = opened.counts().articles
    except KharitaError as error:
        return str(error)
    return f"{count:,} articles  {_shown(one)}"


def _shown(one: Collection) -> str:
    """Return where a store lies, without a password."""
    from dashboard.store.opening import shown_address  # noqa: PLC0415 - as above

    return shown_address(one.url)
