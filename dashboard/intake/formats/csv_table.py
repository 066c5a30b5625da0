"""Tables of comma, semicolon or tab separated values: an article a row."""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING

from dashboard.intake.columns import field_of
from dashboard.intake.draft import Part
from dashboard.intake.formats.table import drafts_of_rows, look_at
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Content, Draft, Options
    from dashboard.intake.formats.table import Row

__all__ = ["preview", "read"]

_MAX_FIELD = 5 * 1024 * 1024  # characters of one cell
_SAMPLE = 64 * 1024  # bytes in which the separator is looked for
_LONG = 80  # characters; no heading is longer
_SEPARATORS = ",;\t|،"


def read(content: Content, options: Options) -> Iterator[Draft | Part]:
    """Give the articles of a table."""
    header, rows = _table(content)
    yield from drafts_of_rows(header, rows, options)


def preview(content: Content, options: Options) -> TableView:
    """Describe a table for a page."""
    return look_at(*_table(content), options)


def _table(content: Content) -> tuple[list[str], Iterator[Row | Part]]:
    stream = utf8_stream(content)
    begin = stream.tell()
    sample = stream.read(_SAMPLE).decode("utf-8", "ignore")
    stream.seek(begin)
    csv.field_size_limit(_MAX_FIELD)
    lines = io.TextIOWrapper(stream, "utf-8", newline="", errors="replace")
    # The wrapper must not close the stream, which belongs to the content.
    reader = csv.reader(
        (line.replace("\0", "") for line in _without_end(lines)), delimiter=_separator(sample)
    )
    first = _next(reader)
    while first is not None and not any(cell.strip() for cell in first):
        first = _next(reader)
    if first is None:
        raise refusal("no_rows")
    header, rest = _header(first)
    return header, _rows(reader, rest, len(header))


def _without_end(lines: io.TextIOWrapper) -> Iterator[str]:
    try:
        while line := lines.readline(_MAX_FIELD * 2):
            yield line
    finally:
        lines.detach()


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise refusal("broken", format="CSV", detail=error) from error


def _separator(sample: str) -> str:
    """Return what stands most often in the first line outside quotation marks."""
    quoted = False
    counts = dict.fromkeys(_SEPARATORS, 0)
    for char in sample.lstrip():
        if char == '"':
            quoted = not quoted
        elif char == "\n" and not quoted:
            break
        elif char in counts and not quoted:
            counts[char] += 1
    return max(counts, key=lambda char: counts[char]) if any(counts.values()) else ","


def _header(first: list[str]) -> tuple[list[str], list[list[str]]]:
    """Part headings from values: a first row that names no part of an article but is long or a link is a row."""
    names = [cell.strip() for cell in first]
    is_row = not any(field_of(name) for name in names) and any(
        len(name) > _LONG or name.startswith("http") for name in names
    )
    if is_row:
        return [str(place + 1) for place in range(len(first))], [first]
    return names, []


def _rows(reader: Iterator[list[str]], before: list[list[str]], width: int) -> Iterator[Row | Part]:
    numbered = enumerate(chain(before, reader), start=1)
    while True:
        try:
            number, row = next(numbered)
        except StopIteration:
            return
        except csv.Error as error:
            yield Part(refusal("bad_row", detail=error), "")
            return
        if any(cell.strip() for cell in row):
            yield f"#{number}", list(islice(row, width))
