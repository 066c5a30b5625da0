"""`kharita gdelt`: GDELT's places beside ours."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import CollectionOption, StoreOption, settings_with
from dashboard.cli.saying import say
from dashboard.core.named_files import refuse_taken, write_named

if TYPE_CHECKING:
    from dashboard.ingest.gdelt import Beside

__all__ = ["gdelt"]

_COLUMNS = (
    "named_by", "address", "title", "gdelt_name", "gdelt_latitude", "gdelt_longitude",
    "place_id", "name", "latitude", "longitude",
)  # fmt: skip


def gdelt(
    files: Annotated[
        list[Path], typer.Argument(help="GKG files of GDELT, .csv or .zip.", show_default=False)
    ],
    report: Annotated[
        Path | None,
        typer.Option(help="Write each place of each article to this CSV file.", show_default=False),
    ] = None,
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Say which places GDELT names in stored articles and Kharita does not, and the other way round.

    Records and articles are brought together by their address. Store the articles themselves first: of a record alone
    only the title is known.
    """
    from dashboard.ingest.gdelt import set_beside  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.intake.gkg import read_gkg  # noqa: PLC0415 - likewise
    from dashboard.store import open_store  # noqa: PLC0415 - likewise
    from dashboard.store.care import files_of  # noqa: PLC0415 - likewise

    counts: Counter[str] = Counter()
    articles = 0
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    url = settings_with(store=store, collection=collection).store_url
    if report is not None:
        refuse_taken(report, own=files_of(url), again=_is_report)
    with open_store(url) as opened:
        for file in files:
            for rows in set_beside(read_gkg(file), opened):
                articles += 1
                counts.update(row.named_by for row in rows)
                table.writerows(_row(row) for row in rows)
    say(
        f"{articles} articles of the records are stored; of their places {counts['both']} are named by both, "
        f"{counts['GDELT']} by GDELT alone, {counts['Kharita']} by Kharita alone."
    )
    if report is None:
        return
    write_named(report, out.getvalue().encode("utf-8-sig"))
    say(f"Each place of each article stands in {report}")


def _is_report(path: Path) -> bool:
    """Tell whether a file is an earlier report of this command, which a new one may replace."""
    head = ",".join(_COLUMNS).encode("utf-8-sig")
    with path.open("rb") as file:
        return file.read(len(head)) == head


def _row(row: Beside) -> list[object]:
    from dashboard.render.exports.tables import guarded  # noqa: PLC0415 - loads the formats of exports

    theirs = (row.theirs.name, row.theirs.latitude, row.theirs.longitude) if row.theirs else (None,) * 3
    ours = (row.ours.id, row.ours.name, row.ours.latitude, row.ours.longitude) if row.ours else (None,) * 4
    return [guarded(value) for value in (row.named_by, row.address, row.article.title, *theirs, *ours)]
