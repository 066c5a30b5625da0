"""What GDELT's records say of places, to be set beside ours."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title
from dashboard.intake.draft import Content
from dashboard.intake.formats.zip_archive import members
from dashboard.intake.kinds import find_format
from dashboard.intake.streams import limited_lines, utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["GkgPlace", "GkgRecord", "read_gkg", "record_of"]

_MAX_LINE = 8 * 1024 * 1024  # bytes
_COLUMNS = 27
_ADDRESS, _LOCATIONS, _ENHANCED = 4, 9, 10
_COUNTRY = "1"  # a location's type
_NORTHEST, _EASTEST = 90.0, 180.0  # degrees


@dataclass(frozen=True, slots=True)
class GkgPlace:
    """A place that GDELT found in an article.

    Attributes
    ----------
    name
        As GDELT writes it: `Tobruk, Al Butnan, Libya`.
    latitude, longitude
        WGS84 degrees.
    is_country
        Whether it is a whole country, which GDELT draws at a point of its own.
    """

    name: str
    latitude: float
    longitude: float
    is_country: bool

    @property
    def own_name(self) -> str:
        """The name without what lies round it."""
        return self.name.partition(",")[0].strip()


@dataclass(frozen=True, slots=True)
class GkgRecord:
    """An article's address, and the places that GDELT found in it, each once, in the order of its record."""

    address: str
    places: tuple[GkgPlace, ...]


def read_gkg(path: Path) -> Iterator[GkgRecord]:
    """Read the records of a GKG file, also of a zip archive of them, as GDELT hands them out.

    Raises
    ------
    ArticleFormatError
        The file can't be read, or holds no such records.
    """
    given = False
    try:
        with path.open("rb") as stream:
            for content in _contents(Content(path.name, stream, os.fstat(stream.fileno()).st_size)):
                for line in limited_lines(utf8_stream(content), _MAX_LINE):
                    record = record_of(line) if line else None
                    if record is not None:
                        given = True
                        yield record
    except OSError as error:
        raise ArticleFormatError(f"{str(path)!r} can't be read: {error.strerror}.") from error
    except ArticleFormatError as error:
        raise ArticleFormatError(f"{str(path)!r}: {error}") from error
    if not given:
        raise ArticleFormatError(f"{str(path)!r} holds no GDELT GKG records (27 columns between tabs).")


def _contents(content: Content) -> Iterator[Content]:
    kind = find_format(content)
    if kind is None or kind.id != "zip_archive":
        yield content
        return
    for member in members(content):
        if hasattr(member, "content"):
            yield member.content


def record_of(line: bytes) -> GkgRecord | None:
    """Return the record of a line; None for a line that is none."""
    cells = line.decode("utf-8", "replace").split("\t")
    if len(cells) < _COLUMNS or not cells[_ADDRESS].startswith(("http://", "https://")):
        return None
    found = dict.fromkeys(_places(cells[_ENHANCED] or cells[_LOCATIONS], enhanced=bool(cells[_ENHANCED])))
    return GkgRecord(cells[_ADDRESS], tuple(found))


def _places(cell: str, *, enhanced: bool) -> Iterator[GkgPlace]:
    """Give the places of a cell; `enhanced` ones have another part before the point."""
    at = 5 if enhanced else 4
    for location in cell.split(";"):
        parts = location.split("#")
        if len(parts) < at + 2:
            continue
        try:
            latitude, longitude = float(parts[at]), float(parts[at + 1])
        except ValueError:
            continue
        name = clean_title(parts[1])[:200]
        on_earth = abs(latitude) <= _NORTHEST and abs(longitude) <= _EASTEST
        if name and math.isfinite(latitude + longitude) and on_earth:
            yield GkgPlace(name, latitude, longitude, parts[0] == _COUNTRY)
