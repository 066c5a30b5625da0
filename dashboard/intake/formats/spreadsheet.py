"""Excel and OpenDocument spreadsheets: an article a row; the sheet with the most words is read."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import python_calamine as calamine

from dashboard.intake.formats.table import MAX_COLUMNS, cell_text, drafts_of_rows, look_at
from dashboard.intake.formats.zip_archive import BAD_ZIP
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.streams import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Content, Draft, Options, Part
    from dashboard.intake.formats.table import Row

__all__ = ["preview", "read"]

_MAX_ROWS = 1_048_576
_MAX_CELLS = 50_000_000
_MAX_SHEETS = 100


def read(content: Content, options: Options) -> Iterator[Draft | Part]:
    """Give the articles of every sheet that has some."""
    sheets = _sheets(content)
    failures: list[Exception] = []
    for name, header, rows in sheets:
        mark = f"#{name}!" if len(sheets) > 1 else "#"
        placed = [(f"{mark}{where}", values) for where, values in rows]
        try:
            yield from drafts_of_rows(header, placed, options)
        except ValueError as error:  # a sheet of notes beside the sheet of articles
            failures.append(error)
    if len(failures) == len(sheets):
        raise failures[0] if failures else refusal("no_rows")


def preview(content: Content, options: Options) -> TableView:
    """Describe the first sheet with rows, for a page."""
    for _, header, rows in _sheets(content):
        return look_at(header, rows, options)
    raise refusal("no_rows")


def _sheets(content: Content) -> list[tuple[str, list[str], list[Row]]]:
    """Return name, headings and rows of each sheet that has any."""
    if content.head(2) == b"PK":
        _check_size(content)
    content.stream.seek(0)
    try:
        with calamine.load_workbook(content.stream) as book:
            names = book.sheet_names[:_MAX_SHEETS]
            return [found for name in names if (found := _sheet(book.get_sheet_by_name(name), name))]
    except calamine.PasswordError as error:
        raise refusal("locked") from error
    except (calamine.CalamineError, OSError) as error:
        raise refusal("broken", format="spreadsheet", detail=error) from error


def _check_size(content: Content) -> None:
    """Count what is packed before the library unpacks it into memory."""
    content.stream.seek(0)
    bounds = Unpacking(content.size)
    try:
        with zipfile.ZipFile(content.stream) as packed:
            for info in packed.infolist():
                bounds.part()
                bounds.count(info.file_size)
    except Refusal:
        raise
    except BAD_ZIP as error:
        raise refusal("broken", format="spreadsheet", detail=error) from error


def _sheet(sheet: calamine.CalamineSheet, name: str) -> tuple[str, list[str], list[Row]] | None:
    if sheet.height > _MAX_ROWS or sheet.height * sheet.width > _MAX_CELLS:
        raise refusal("wide", limit=MAX_COLUMNS)
    filled = [
        (str(number), [cell_text(cell) for cell in row])
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        if any(cell not in ("", None) for cell in row)
    ]
    if not filled:
        return None
    header = [value.strip() for value in filled[0][1]]
    return (name, header, list(filled[1:])) if len(filled) > 1 else None
