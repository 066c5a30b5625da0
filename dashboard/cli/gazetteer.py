"""`kharita gazetteer`: the places that Kharita knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import progress_bar, progress_lines, settings_with
from dashboard.cli.saying import say
from dashboard.core.errors import GazetteerError

if TYPE_CHECKING:
    from dashboard.core.settings import Settings

__all__ = ["app"]

app = typer.Typer(help="The places that Kharita knows.", no_args_is_help=True, rich_markup_mode=None)


PlacesOption = Annotated[
    list[Path] | None,
    typer.Option(
        help="Your own table of places, CSV in UTF-8 with the columns name, latitude, longitude and, if you like, "
        "name_ar, name_fr, other_names (separated by |), kind, country, id, radius_km, population. "
        "A copy is kept, and every gazetteer holds these places. May be repeated.",
        show_default=False,
    ),
]


GeonamesOption = Annotated[
    Path | None,
    typer.Option(
        help="GeoNames' allCountries.zip or .txt (download.geonames.org/export/dump): the gazetteer is made "
        "of it, and stays in force until a build without it.",
        show_default=False,
    ),
]
NamesOption = Annotated[
    Path | None,
    typer.Option(help="GeoNames' alternateNamesV2.zip or .txt: names by language.", show_default=False),
]
Admin1Option = Annotated[
    Path | None,
    typer.Option(
        "--admin1", help="GeoNames' admin1CodesASCII.txt: first-level divisions.", show_default=False
    ),
]
Admin2Option = Annotated[
    Path | None,
    typer.Option("--admin2", help="GeoNames' admin2Codes.txt: second-level divisions.", show_default=False),
]


@app.command("build")
def build(
    geonames: GeonamesOption = None,
    alternate_names: NamesOption = None,
    admin1: Admin1Option = None,
    admin2: Admin2Option = None,
    places: PlacesOption = None,
) -> None:
    """Compile the gazetteer, unless that has been done already and the file is sound.

    Without options: the default one, of the places of 500 inhabitants and more and of Kharita's own tables;
    a gazetteer made from GeoNames' dumps is then taken out of force. With --places alone, your places join
    the one in force.
    """
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    settings = settings_with()
    if geonames is None and any((alternate_names, admin1, admin2)):
        raise GazetteerError("The other dumps say nothing without --geonames allCountries.zip. Give it too.")
    _import_tables(settings, places or [])
    if geonames is not None:
        _build_full(settings, (geonames, alternate_names, admin1, admin2))
    elif not places:
        from dashboard.gazetteer.full import drop_full  # noqa: PLC0415 - as above

        if drop_full(settings):
            say("The gazetteer made from GeoNames' dumps is taken away; the default one is in force.")
    with progress_bar() as progress:
        gazetteer = ensure_index(settings, progress, verify=True)
    say(f"{gazetteer.id}: {len(gazetteer):,} places in {gazetteer.path}")


def _build_full(settings: Settings, paths: tuple[Path, Path | None, Path | None, Path | None]) -> None:
    from dashboard.gazetteer.full import build_full  # noqa: PLC0415 - as above
    from dashboard.gazetteer.sources import dump_files as files  # noqa: PLC0415 - as above
    from dashboard.gazetteer.sources.dump_spill import Dumps  # noqa: PLC0415 - as above

    names, first, second = (
        files.Dump(path, form) if path else None
        for path, form in zip(paths[1:], (files.ALTERNATE_NAMES, files.ADMIN1, files.ADMIN2), strict=True)
    )
    with progress_lines() as progress:
        report = build_full(
            settings, Dumps(files.Dump(paths[0], files.PLACES), names, first, second), progress
        )
    say(
        f"Built in {report.seconds / 60:.1f} minutes: {report.names:,} names, {report.size_bytes / 1e6:,.0f} MB."
    )


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


def _import_tables(settings: Settings, paths: list[Path]) -> None:
    from dashboard.gazetteer.sources.user import unused_columns  # noqa: PLC0415 - as above
    from dashboard.gazetteer.user_places import import_table  # noqa: PLC0415 - as above

    names = [path.stem for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise GazetteerError(f"Two tables are called {twice!r}. Rename one: each is kept under its name.")
    for path in paths:
        found = import_table(settings, path)
        left = unused_columns(path)
        unread = f" (nothing is read from: {', '.join(left)})" if left else ""
        say(f"{path.name}: {_places(len(found))} of your own{unread}")


@app.command("places")
def places(
    remove: Annotated[
        str | None,
        typer.Option(help="Take away a table by its name, or a place by its id.", show_default=False),
    ] = None,
) -> None:
    """List your own places, or take some away."""
    from dashboard.gazetteer.user_places import (  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
        remove_place,
        remove_table,
        user_tables,
    )

    settings = settings_with()
    if remove is not None:
        if not remove_table(settings, remove) and not remove_place(settings, remove):
            raise GazetteerError(
                f"No table of places and no place of yours is called {remove!r}. List them: kharita gazetteer places"
            )
        say(f"{remove} is taken away; the next command leaves it out.")
        return
    tables = user_tables(settings)
    if not tables:
        say("No places of your own. Add a table: kharita gazetteer build --places FILE.csv")
    for name, found in tables.items():
        say(f"{name}: {_places(len(found))}")
        for place in found:
            about = ", ".join(filter(None, (place.kind.value, place.country)))
            point = f"{place.latitude:.4f}, {place.longitude:.4f}"
            say(f"  {place.name}  ({about})  {point}  {place.id}")


@app.command("info")
def info() -> None:
    """Say what the gazetteer holds."""
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.gazetteer.describe import describe_gazetteer  # noqa: PLC0415 - likewise

    with progress_bar() as progress:
        told = describe_gazetteer(ensure_index(settings_with(), progress))
    say(f"{told.id}  {told.path}  {told.size_bytes / 1e6:.1f} MB")
    say(f"{told.places:,} places, {told.keys:,} distinct names, {told.demonyms:,} adjectives of countries")
    say(f"made from: {told.made_from}")
    for title, counts in (("by kind", told.by_kind), ("by source", told.by_source), ("words", told.words)):
        say(f"{title}: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))


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
        say(
            f"{place.name}{local}  ({about})  {place.latitude:.4f}, {place.longitude:.4f}{people}  {place.id}"
        )
    if len(found) > limit:
        say(f"… and {len(found) - limit} more (--limit {len(found)})")


def _ask_service(settings: Settings, name: str) -> None:
    """Tell what the service that the user named knows of a place that the gazetteer lacks; by default none is asked."""
    from dashboard.gazetteer.second_opinion import SecondOpinion  # noqa: PLC0415 - seldom needed

    answer = SecondOpinion(settings.nominatim, settings.cache / "second_opinion.sqlite").geocode(name)
    if answer is None:
        raise GazetteerError(
            f"No place is called {name!r}. Try another spelling, or add it: data/gazetteer/README.md"
        )
    say(
        f"{answer.address}  {answer.latitude:.4f}, {answer.longitude:.4f}  ({settings.nominatim}, not Kharita)"
    )
