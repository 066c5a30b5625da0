"""Formats in which a selection is handed over; the file's suffix chooses one."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from dashboard.core.errors import ExportError
from dashboard.core.named_files import replacing
from dashboard.render.exports.material import Handover

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["DOSSIER", "FORMATS", "Format", "Handover", "format_of", "write_file"]

_NAME_KEPT = 80  # letters of a file's name in that of its beginnings
_PART = re.compile(r"\.(.+)\.\d+\.part", re.DOTALL)
_LEFT_S = 3600.0  # how old a half-written file is of which nobody can be writing any more


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes
    ----------
    suffix
        How a file's name ends.
    whole
        Whether all sentences go out, so that the file grows with the selection.
    """

    suffix: str
    mime: str
    module: str
    function: str = "write"
    whole: bool = True

    def write(self, handover: Handover, path: Path) -> None:
        """Write a file, which must not exist yet."""
        # found when it is needed: some bring libraries that take a while to load
        found = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        cast("Callable[[Handover, Path], None]", found)(handover, path)


# In the order in which the page offers them, but for those of journeys, which it puts last.
# A longer suffix stands before the shorter one that ends it.
FORMATS: Mapping[str, Format] = {
    item.suffix: item
    for item in (
        Format(".html", "text/html", "page_file", whole=False),
        Format(".png", "image/png", "picture", whole=False),
        Format(".journeys.csv", "text/csv", "journeys", "write_csv", whole=False),
        Format(".journeys.geojson", "application/geo+json", "journeys", "write_geojson", whole=False),
        Format(".journeys.kml", "application/vnd.google-earth.kml+xml", "journeys", "write_kml", whole=False),
        Format(
            ".journeys.parquet", "application/vnd.apache.parquet", "journeys", "write_parquet", whole=False
        ),
        Format(".journeys.gexf", "application/gexf+xml", "journeys", "write_gexf", whole=False),
        Format(".journeys.graphml", "application/graphml+xml", "journeys", "write_graphml", whole=False),
        Format(".places.csv", "text/csv", "tables", "write_places", whole=False),
        Format(".semicolon.csv", "text/csv", "tables", "write_french"),
        Format(".csv", "text/csv", "tables"),
        Format(".geojson", "application/geo+json", "geojson"),
        Format(".kml", "application/vnd.google-earth.kml+xml", "kml"),
        Format(".gpkg", "application/geopackage+sqlite3", "geopackage"),
        Format(".parquet", "application/vnd.apache.parquet", "parquet"),
        Format(".gexf", "application/gexf+xml", "graphs", "write_gexf", whole=False),
        Format(".graphml", "application/graphml+xml", "graphs", "write_graphml", whole=False),
        Format(".ftm.json", "application/json+ftm", "follow_the_money"),
        Format(".zip", "application/zip", "pack"),
    )
}

# Of one place or one story, not of a selection: offered where it is open. It stands before `.html`, which ends it.
DOSSIER = Format(".dossier.html", "text/html", "dossier", whole=False)


def format_of(name: str) -> Format:
    """Return the format that a file's name asks for.

    Raises
    ------
    ExportError
        No format has its suffix.
    """
    known = (DOSSIER, *FORMATS.values())
    found = next((item for item in known if name.lower().endswith(item.suffix)), None)
    if found is None:
        suffixes = ", ".join([*FORMATS, DOSSIER.suffix])
        raise ExportError(f"{name!r} ends in none of the known suffixes: {suffixes}.")
    return found


def write_file(handover: Handover, path: Path) -> None:
    """Write what is handed over in the format of the file's suffix: all of it, or nothing.

    Raises
    ------
    ExportError
        No format has this suffix, or the file can't be written there.
    """
    chosen = format_of(path.name)
    try:
        _sweep(path.parent)
        with replacing(path) as beside:
            chosen.write(handover, beside)
    except OSError as error:
        raise ExportError(f"{str(path)!r} can't be written: {error.strerror or error}.") from error


def _sweep(folder: Path) -> None:
    """Take away what writers that were killed long ago have left in a folder, whatever they wrote."""
    for left in folder.glob(".*.part"):
        made = _PART.fullmatch(left.name)
        named = made and (len(made[1]) == _NAME_KEPT or made[1].lower().endswith(tuple(FORMATS)))
        if named and time.time() - left.stat().st_mtime > _LEFT_S:
            left.unlink(missing_ok=True)
