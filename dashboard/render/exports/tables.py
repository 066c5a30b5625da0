"""CSV: a row for each place, article and sentence, or a row for each place.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, quoted
or not. Such texts get an apostrophe in front; numbers stay numbers. It holds no more than 32 767 characters in a cell.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.render.exports.material import SENTENCE_COLUMNS, place_rows, sentence_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dashboard.render.exports.material import Handover

__all__ = [
    "LONGEST_CELL",
    "PLACE_TABLE_COLUMNS",
    "Look",
    "guarded",
    "write",
    "write_french",
    "write_places",
    "write_rows",
]

LONGEST_CELL = 32_767  # of a spreadsheet, which counts a letter outside the basic plane as two

PLACE_TABLE_COLUMNS = (
    "place_id", "name", "name_en", "name_ar", "kind", "country", "country_name", "latitude", "longitude", "radius_km",
    "article_count", "independent_count", "mention_count", "source_count", "confidence",
)  # fmt: skip
# The last four are the same signs in the width of East Asian letters, which some spreadsheets read alike.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_RISKY = re.compile(rf"[ \u00a0]*[{re.escape(''.join(_FORMULA))}]")


def guarded(value: object, *, raw: bool = False) -> object:
    """Return a cell that no spreadsheet runs: text that looks like a formula gets an apostrophe in front.

    Parameters
    ----------
    raw
        Leaves the text as it is, however long.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    text = " | ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if raw:
        return text
    if text.startswith(_FORMULA) or text.lstrip(" \u00a0").startswith(_FORMULA):
        text = f"'{text}"
    return _cut(text)


def _cut(text: str) -> str:
    """Return a text that a cell can hold; what is left out is told by three dots."""
    if 2 * len(text) <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is written: what stands between cells, the point of a number, and whether texts are guarded."""

    delimiter: str
    raw: bool
    point: str = "."

    def cell(self, value: object) -> object:
        """Return a cell."""
        # nearly every cell, and there are millions
        if type(value) is str and 2 * len(value) <= LONGEST_CELL and not _RISKY.match(value):
            return value
        if type(value) is int:
            return value
        made = guarded(value, raw=self.raw)
        return str(made).replace(".", self.point) if isinstance(made, float) else made

    def cells(self, values: Iterable[object]) -> list[object]:
        """Return the cells of a row, or of a part of one."""
        return [self.cell(value) for value in values]

    def sentences(self, handover: Handover) -> Iterator[list[object]]:
        """Yield a row for each place, article and sentence; what is told of a place or article is made once."""
        place = article = None
        place_cells: list[object] = []
        both: list[object] = []
        for own_place, own_article, sentence in sentence_rows(handover):
            if own_place is not place:
                place, place_cells = own_place, self.cells(own_place)
                article = None
            if own_article is not article:
                article, both = own_article, place_cells + self.cells(own_article)
            yield both + self.cells(sentence)


def _write_table(
    path: Path, columns: tuple[str, ...], rows: Iterable[Sequence[object]], delimiter: str
) -> None:
    """Write rows of cells below the names of the columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\ufeff")  # tells Excel that this is UTF-8
        out = csv.writer(file, delimiter=delimiter)
        out.writerow(columns)
        out.writerows(rows)


def write_rows(
    path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, object]], look: Look
) -> None:
    """Write these columns of rows."""
    cells = (look.cells(row[name] for name in columns) for row in rows)
    _write_table(path, columns, cells, look.delimiter)


def write(handover: Handover, path: Path) -> None:
    """Write the sentences."""
    look = Look(handover.delimiter, handover.raw)
    _write_table(path, SENTENCE_COLUMNS, look.sentences(handover), look.delimiter)


def write_french(handover: Handover, path: Path) -> None:
    """Write the sentences as a spreadsheet in French, or in much of Europe, opens them: semicolons, decimal commas."""
    look = Look(";", handover.raw, ",")
    _write_table(path, SENTENCE_COLUMNS, look.sentences(handover), look.delimiter)


def write_places(handover: Handover, path: Path) -> None:
    """Write the places."""
    write_rows(path, PLACE_TABLE_COLUMNS, place_rows(handover), Look(handover.delimiter, handover.raw))
