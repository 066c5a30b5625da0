"""Reading of the project's own tables: a wrong line stops the build and is named."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import NoReturn

__all__ = ["Row", "read_table"]

_LIST_SEPARATOR = "|"
_LATITUDE_LIMIT = 90.0
_LONGITUDE_LIMIT = 180.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with its place in the file for messages."""

    where: str
    cells: Mapping[str, str]

    def fail(self, problem: str) -> NoReturn:
        """Stop: this line is wrong."""
        raise GazetteerSourceError(f"{self.where}: {problem}")

    def text(self, column: str) -> str:
        """Return a cell without outer white space; may be empty."""
        return self.cells[column].strip()

    def required(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.text(column)
        if not value:
            self.fail(f"{column} is empty")
        return value

    def items(self, column: str) -> list[str]:
        """Return the entries of a cell that holds a list; empty ones are left out."""
        return [item for part in self.cells[column].split(_LIST_SEPARATOR) if (item := part.strip())]

    def number(self, column: str, low: float, high: float, default: float | None = None) -> float:
        """Return a number of the range `low` to `high`, or `default` for an empty cell."""
        value = self.text(column)
        if not value and default is not None:
            return default
        try:
            number = float(value)
        except ValueError:
            self.fail(f"{column} is not a number: {value!r}")
        if not math.isfinite(number) or not low <= number <= high:
            self.fail(f"{column} must lie between {low:g} and {high:g}: {value!r}")
        return number

    def point(self) -> tuple[float, float]:
        """Return `(latitude, longitude)` in degrees."""
        return (
            self.number("latitude", -_LATITUDE_LIMIT, _LATITUDE_LIMIT),
            self.number("longitude", -_LONGITUDE_LIMIT, _LONGITUDE_LIMIT),
        )

    def country(self, *, required: bool = False) -> str:
        """Return the country code of the line, in capitals; empty for none."""
        value = self.required("country") if required else self.text("country")
        if value and not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):  # noqa: PLR2004
            self.fail(f"country is no ISO 3166-1 alpha-2 code: {value!r}")
        return value


def read_table(path: Path, columns: tuple[str, ...], delimiter: str = ",") -> Iterator[Row]:
    """Read a table whose first line names its columns; a missing file counts as an empty table.

    Raises
    ------
    GazetteerSourceError
        The file is not UTF-8, lacks one of `columns`, or a line has another number of cells.
    """
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            yield from _rows(path.name, reader, columns)
        except UnicodeDecodeError as error:
            raise GazetteerSourceError(f"{path.name}: not UTF-8: {error}") from error
        except csv.Error as error:
            raise GazetteerSourceError(f"{path.name}:{reader.line_num}: {error}") from error


def _rows(name: str, reader: Iterator[list[str]], columns: tuple[str, ...]) -> Iterator[Row]:
    header = next(reader, None)
    if header is None:
        return
    missing = [column for column in columns if column not in header]
    if missing:
        raise GazetteerSourceError(f"{name}:1: no column {', '.join(missing)}")
    for cells in reader:
        if not cells:
            continue
        where = f"{name}:{reader.line_num}"  # type: ignore[attr-defined]
        if len(cells) != len(header):
            raise GazetteerSourceError(f"{where}: {len(cells)} cells instead of {len(header)}")
        if any("\n" in cell or "\r" in cell for cell in cells):
            raise GazetteerSourceError(f"{where}: a line break within a cell")
        yield Row(where, dict(zip(header, cells, strict=True)))
