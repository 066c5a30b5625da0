"""`kharita export` and `kharita verify`: a view as a file, and the check of an evidence pack."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

import typer

from dashboard.cli.common import CollectionOption, StoreOption, settings_with
from dashboard.cli.saying import say
from dashboard.core.errors import FilterError
from dashboard.core.named_files import refuse_taken
from dashboard.web.launch import stop_on_request

__all__ = ["Language", "export", "verify"]

_MOST_PARAMETERS = 60


class Language(StrEnum):
    """A language of the interface."""

    ARABIC = "ar"
    ENGLISH = "en"
    FRENCH = "fr"


class Delimiter(StrEnum):
    """What may stand between the cells of CSV."""

    COMMA = ","
    SEMICOLON = ";"
    TAB = "tab"


def export(  # noqa: PLR0913, PLR0917 - Typer reads the options from the signature
    file: Annotated[
        Path,
        typer.Argument(
            help="File to write; its suffix chooses the format: .html, .png, .csv, .places.csv, .geojson, "
            ".kml, .gpkg, .parquet, .gexf, .graphml, .ftm.json, .zip. "
            "All about the place or story that the view has open: .dossier.html. "
            "Journeys: .journeys.csv, .journeys.geojson, .kml, .parquet, .gexf and .graphml likewise. "
            "A table for spreadsheets in French: .semicolon.csv.",
            show_default=False,
        ),
    ],
    store: StoreOption = None,
    collection: CollectionOption = None,
    view: Annotated[
        str,
        typer.Option(
            help="What to export: the address of the page, or what follows its '?'.", show_default=False
        ),
    ] = "",
    ui: Annotated[
        Language | None,
        typer.Option(help="Language of the file; else that of the view, else English.", show_default=False),
    ] = None,
    raw_csv: Annotated[  # noqa: FBT002 - Typer reads it so
        bool, typer.Option("--raw-csv", help="CSV without the guard against formulas in spreadsheets.")
    ] = False,
    delimiter: Annotated[
        Delimiter, typer.Option(help="What stands between the cells of CSV.")
    ] = Delimiter.COMMA,
    force: Annotated[  # noqa: FBT002 - likewise
        bool, typer.Option("--force", help="Replace the file if there is one of this name.")
    ] = False,
) -> None:
    """Write what a view shows into one file: a page, a picture, a table, a layer, or an evidence pack."""
    from dashboard.render.exports import DOSSIER, format_of, write_file  # noqa: PLC0415 - heavy, and `--help` needs none of it
    from dashboard.store import open_store  # noqa: PLC0415 - likewise
    from dashboard.store.care import files_of  # noqa: PLC0415 - likewise
    from dashboard.web.hand_over import make_handover, refuse  # noqa: PLC0415 - likewise
    from dashboard.web.visit import PARAMETERS, read_visit  # noqa: PLC0415 - likewise
    from dashboard.words import strings  # noqa: PLC0415 - likewise

    chosen = format_of(file.name)
    parameters = _parameters(view)
    if unknown := [name for name in parameters if name not in PARAMETERS]:
        raise FilterError(
            f"The view has an unknown parameter: {unknown[0]!r}. Known: {', '.join(PARAMETERS)}."
        )
    visit, problems = read_visit(parameters)
    refuse(problems)
    words = strings(ui.value if ui else visit.language, visit.numerals)
    between = "\t" if delimiter is Delimiter.TAB else delimiter.value
    settings = settings_with(
        store=store, collection=collection or (None if store else visit.collection or None)
    )
    refuse_taken(file, force=force, own=files_of(settings.store_url))
    with stop_on_request(), open_store(settings.store_url) as opened:
        is_story = visit.page == "story"
        handover = make_handover(
            opened,
            visit.filters,
            words,
            raw=raw_csv,
            delimiter=between,
            order=visit.sort,
            moves=visit.moves,
            place="" if is_story else visit.place or "",
            story=(visit.article or "") if is_story else "",
        )
        write_file(handover, file)
    if chosen is DOSSIER:
        about = f"the story of {handover.story}" if is_story else f"the place {handover.place}"
        say(f"{file}: a dossier of {about}, {file.stat().st_size / 1e3:.0f} kB")
        return
    english = strings("en")
    found = handover.selection.summary
    counted = f"{english('places', n=found.places)} named in {english('articles', n=found.articles)}"
    say(f"{file}: {counted}, {file.stat().st_size / 1e6:.1f} MB")


def _parameters(view: str) -> dict[str, str]:
    """Return the parameters of an address, or of what follows its question mark."""
    try:
        query = urlsplit(view).query if "://" in view.partition("?")[0] else view.strip().removeprefix("?")
        return dict(parse_qsl(query, max_num_fields=_MOST_PARAMETERS, strict_parsing=bool(query)))
    except ValueError as error:
        raise FilterError(f"The view {view!r} is no address of the page: {error}.") from error


def verify(
    pack: Annotated[
        Path, typer.Argument(help="Evidence pack (.zip) that `kharita export` made.", show_default=False)
    ],
) -> None:
    """Check an evidence pack: every hash, and every sentence against the text of its article."""
    from dashboard.render.exports.verify import verify_pack  # noqa: PLC0415 - `--help` needs none of it

    found = verify_pack(pack)
    say(
        f"{pack}: sound, if the fingerprint below is the one that the sender told you. "
        f"{found.articles} articles, {found.sentences} sentences, {found.members} files."
    )
    say(f"fingerprint {found.fingerprint}")
