"""JSON lines: an object a line, an article an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from dashboard.intake.draft import Part
from dashboard.intake.formats.records import table_of_records
from dashboard.intake.formats.table import drafts_of_rows, look_at
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import limited_lines, utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Content, Draft, Options

__all__ = ["preview", "read"]

_MAX_LINE = 16 * 1024 * 1024  # bytes


def read(content: Content, options: Options) -> Iterator[Draft | Part]:
    """Give the articles, with the number of each line."""
    yield from drafts_of_rows(*table_of_records(_records(content)), options)


def preview(content: Content, options: Options) -> TableView:
    """Describe the table that the lines make, for a page."""
    return look_at(*table_of_records(_records(content)), options)


def _records(content: Content) -> Iterator[tuple[str, Mapping[str, object]] | Part]:
    for number, line in enumerate(limited_lines(utf8_stream(content), _MAX_LINE), start=1):
        where = f"#{number}"
        if line is None:
            yield Part(refusal("long_row", limit=_MAX_LINE // 1024**2), where)
        elif line.strip():
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield Part(refusal("bad_row", detail=error), where)
                continue
            if isinstance(record, dict):
                yield where, record
            else:
                yield Part(refusal("bad_row", detail="it is no object"), where)
