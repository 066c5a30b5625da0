"""CSV: a row for each place, article and sentence, or a row for each place.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, quoted
or not. Such texts get an apostrophe in front; numbers stay numbers.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from dashboard.render.exports.material import SENTENCE_COLUMNS, place_rows, sentence_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dashboard.render.exports.material import Handover

__all__ = ["PLACE_TABLE_COLUMNS", "guarded", "write", "write_places"]

PLACE_TABLE_COLUMNS = (
    "place_id", "name", "name_en", "name_ar", "kind", "country", "latitude", "longitude", "radius_km",
    "article_count", "mention_count", "source_count", "confidence",
)  # fmt: skip
# The last four are the same signs in the width of East Asian letters, which some spreadsheets read alike.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(value: object, *, raw: bool = False) -> object:
    """Return a cell that no spreadsheet runs: text that looks like a formula gets an apostrophe in front.

    Parameters
    ----------
    raw
        Leaves the text as it is.
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
    if raw or not (text.startswith(_FORMULA) or text.lstrip(" \u00a0").startswith(_FORMULA)):
        return text
    return f"'{text}"


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, object]], *, raw: bool) -> None:
    # The mark at the beginning tells Excel that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        out.writerows([guarded(row[name], raw=raw) for name in columns] for row in rows)


def write(handover: Handover, path: Path) -> None:
    """Write the sentences."""
    _write(path, SENTENCE_COLUMNS, sentence_rows(handover), raw=handover.raw)


def write_places(handover: Handover, path: Path) -> None:
    """Write the places."""
    _write(path, PLACE_TABLE_COLUMNS, place_rows(handover), raw=handover.raw)
