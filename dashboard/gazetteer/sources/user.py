"""A user's own table of places."""

from __future__ import annotations

import csv
import hashlib
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.models import Kind
from dashboard.gazetteer.sources.geonames import country_table
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.gazetteer.sources.tables import Row

__all__ = [
    "COLUMNS",
    "ID_PREFIX",
    "KINDS",
    "UserPlace",
    "place_id",
    "read_user_table",
    "unused_columns",
]

COLUMNS = (
    "name", "latitude", "longitude", "name_ar", "name_fr", "other_names", "kind", "country", "id",
    "radius_km", "population",
)  # fmt: skip
REQUIRED = COLUMNS[:3]
ID_PREFIX = "user:"
KINDS = tuple(kind for kind in Kind if kind is not Kind.COUNTRY)
_LARGEST_RADIUS_KM = 10_000.0
_MOST_PEOPLE = 100_000_000
_LATITUDE_LIMIT, _LONGITUDE_LIMIT = 90.0, 180.0
_BREAK = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_ID = re.compile(r"user:[^\s|]+")
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class UserPlace:
    """A place that the user gave.

    Attributes
    ----------
    name
        As it is to be shown, in any script.
    latitude, longitude
        WGS84 degrees.
    other_names
        Further spellings to look for.
    kind
        Any but a country.
    country
        ISO 3166-1 alpha-2; empty: that of the outline in which the point lies.
    id
        `user:…`; empty: to be made from the name and the point.
    radius_km
        Half its extent, in kilometres; 0 when unknown.
    population
        Inhabitants; 0 when unknown.
    """

    name: str
    latitude: float
    longitude: float
    name_ar: str = ""
    name_fr: str = ""
    other_names: tuple[str, ...] = ()
    kind: Kind = Kind.CITY
    country: str = ""
    id: str = ""
    radius_km: float = 0.0
    population: int = 0

    def check(self) -> None:
        """Refuse values that make no sense.

        Raises
        ------
        GazetteerSourceError
            The message says which, in one sentence.
        """
        problem = next((said for wrong, said in self._problems() if wrong), "")
        if problem:
            raise GazetteerSourceError(problem)

    def _problems(self) -> Iterator[tuple[bool, str]]:
        """Give what may be wrong, whether it is, and how it is said."""
        names = (self.name, self.name_ar, self.name_fr, *self.other_names)
        yield not self.name.strip(), "A place must have a name."
        yield (
            any(_BREAK.search(text) for text in names),
            f"A name must stand in one line, without control characters: {self.name!r}.",
        )
        yield (
            any("|" in text for text in names),
            f"A name can't hold the sign |, which separates names: {self.name!r}.",
        )
        yield (
            bool(self.id) and not _ID.fullmatch(self.id),
            f"The id of a place must be {ID_PREFIX}… without white space: {self.id!r}.",
        )
        yield (
            self.kind not in KINDS,
            f"The kind of a place must be one of {', '.join(KINDS)}: {str(self.kind)!r}.",
        )
        yield (
            bool(self.country) and self.country not in country_table(),
            f"No country has the code {self.country!r}: give ISO 3166-1 alpha-2, such as LY.",
        )
        for what, limit in (
            ("latitude", _LATITUDE_LIMIT),
            ("longitude", _LONGITUDE_LIMIT),
            ("radius_km", _LARGEST_RADIUS_KM),
            ("population", _MOST_PEOPLE),
        ):
            value = getattr(self, what)
            low = -limit if limit in (_LATITUDE_LIMIT, _LONGITUDE_LIMIT) else 0
            yield (
                not (math.isfinite(value) and low <= value <= limit),
                f"The {what} of {self.name!r} must lie between {low:g} and {limit:g}: {value!r}.",
            )

    def cells(self) -> dict[str, str]:
        """Return the place as a line of a table, by `COLUMNS`."""
        values = {column: getattr(self, column) for column in COLUMNS}
        values["other_names"] = "|".join(self.other_names)
        values["kind"] = self.kind.value
        return {column: "" if value in ("", 0) else str(value) for column, value in values.items()} | {
            "latitude": repr(float(self.latitude)),
            "longitude": repr(float(self.longitude)),
        }


def place_id(place: UserPlace) -> str:
    """Return the id that the name and the point of a place make."""
    content = f"{place.name}\0{place.latitude:.5f}\0{place.longitude:.5f}"
    return f"{ID_PREFIX}{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def read_user_table(path: Path) -> list[UserPlace]:
    """Read a table of places with the columns `name`, `latitude`, `longitude`, and others of `COLUMNS`.

    Columns may be separated by commas, semicolons or tabs, as spreadsheets do; further columns are left
    alone. Of two lines that say the same place the first counts.

    Raises
    ------
    GazetteerSourceError
        There is no such file, or a line is wrong; the message names file and line.
    """
    delimiter = _delimiter(_header(path))
    found: dict[str, UserPlace] = {}
    lines: dict[str, str] = {}
    for row in read_table(path, REQUIRED, delimiter):
        place = _place(row)
        own = bool(_cell(row, "id"))
        if own and place.id in lines:
            row.fail(f"id {place.id!r} stands at {lines[place.id]} too")
        if found.setdefault(place.id, place) is place:
            lines[place.id] = row.where
    return list(found.values())


def unused_columns(path: Path) -> list[str]:
    """Return the columns of a table that nothing is read from."""
    header = _header(path)
    names = next(csv.reader([header], delimiter=_delimiter(header)))
    return [name for name in names if name not in COLUMNS]


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _header(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            header = file.readline().strip()
    except UnicodeDecodeError as error:
        raise GazetteerSourceError(f"{path.name}: not UTF-8: {error}. Save it as CSV in UTF-8.") from error
    except OSError as error:
        raise GazetteerSourceError(f"{str(path)!r} can't be read: {error.strerror or error}.") from error
    if not header:
        raise GazetteerSourceError(
            f"{path.name}:1: the first line must name the columns: {', '.join(COLUMNS)}"
        )
    return header


def _cell(row: Row, column: str) -> str:
    return row.text(column) if column in row.cells else ""


def _place(row: Row) -> UserPlace:
    latitude, longitude = row.point()
    kind = _cell(row, "kind").casefold() or Kind.CITY.value
    if kind not in KINDS:
        row.fail(f"kind must be one of {', '.join(KINDS)}: {kind!r}")
    ident = _cell(row, "id").removeprefix(ID_PREFIX)
    place = UserPlace(
        name=row.required("name"),
        latitude=latitude,
        longitude=longitude,
        name_ar=_cell(row, "name_ar"),
        name_fr=_cell(row, "name_fr"),
        other_names=tuple(row.items("other_names")) if "other_names" in row.cells else (),
        kind=Kind(kind),
        country=_cell(row, "country").upper(),
        id=f"{ID_PREFIX}{ident}" if ident else "",
        radius_km=_number(row, "radius_km", _LARGEST_RADIUS_KM),
        population=int(_number(row, "population", _MOST_PEOPLE)),
    )
    try:
        place.check()
    except GazetteerSourceError as error:
        row.fail(str(error))
    if place.id:
        return place
    return replace(place, id=place_id(place))


def _number(row: Row, column: str, limit: float) -> float:
    return row.number(column, 0.0, limit, default=0.0) if column in row.cells else 0.0
