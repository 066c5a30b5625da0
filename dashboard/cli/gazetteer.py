"""`kharita gazetteer`: the places that Kharita knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import progress_bar, settings_with
from dashboard.core.errors import GazetteerError

if TYPE_CHECKING:
    from dashboard.core.settings import Settings

__all__ = ["app"]

app = typer.Typer(help="The places that Kharita knows.", no_args_is_help=True, rich_markup_mode=None)


@app.command("build")
def build() -> None:
    """Compile the gazetteer from its sources, unless that has been done already."""
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    with progress_bar() as progress:
        gazetteer = ensure_index(settings_with(), progress)
    typer.echo(f"{gazetteer.id}: {len(gazetteer):,} places in {gazetteer.path}")


@app.command("info")
def info() -> None:
    """Say what the gazetteer holds."""
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.gazetteer.describe import describe_gazetteer  # noqa: PLC0415 - likewise

    with progress_bar() as progress:
        told = describe_gazetteer(ensure_index(settings_with(), progress))
    typer.echo(f"{told.id}  {told.path}  {told.size_bytes / 1e6:.1f} MB")
    typer.echo(
        f"{told.places:,} places, {told.keys:,} distinct names, {told.demonyms:,} adjectives of countries"
    )
    for title, counts in (("by kind", told.by_kind), ("by source", told.by_source), ("words", told.words)):
        typer.echo(f"{title}: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))


@app.command("lookup")
def lookup(
    name: Annotated[str, typer.Argument(help="A name in any script and spelling.", show_default=False)],
    limit: Annotated[int, typer.Option(min=1, help="How many places to list.")] = 20,
) -> None:
    """List the places that bear a name."""
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.gazetteer.describe import find_named  # noqa: PLC0415 - likewise

    settings = settings_with()
    with progress_bar() as progress:
        found = find_named(ensure_index(settings, progress), name)
    if not found:
        _ask_service(settings, name)
        return
    for hit in found[:limit]:
        place = hit.place
        about = ", ".join(filter(None, (place.kind.value, place.feature_code, place.country)))
        people = f"  {place.population:,} people" if place.population else ""
        local = f"  {place.name_ar}" if place.name_ar else ""
        typer.echo(
            f"{place.name}{local}  ({about})  {place.latitude:.4f}, {place.longitude:.4f}{people}  {place.id}"
        )
    if len(found) > limit:
        typer.echo(f"… and {len(found) - limit} more (--limit {len(found)})")


def _ask_service(settings: Settings, name: str) -> None:
    """Tell what the service that the user named knows of a place that the gazetteer lacks; by default none is asked."""
    from dashboard.gazetteer.second_opinion import SecondOpinion  # noqa: PLC0415 - seldom needed

    answer = SecondOpinion(settings.nominatim, settings.cache / "second_opinion.sqlite").geocode(name)
    if answer is None:
        raise GazetteerError(
            f"No place is called {name!r}. Try another spelling, or add it: data/gazetteer/README.md"
        )
    typer.echo(
        f"{answer.address}  {answer.latitude:.4f}, {answer.longitude:.4f}  ({settings.nominatim}, not Kharita)"
    )
