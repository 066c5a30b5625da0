"""Parquet tables: an article a row, a group of rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.intake.formats.table import MAX_COLUMNS, cell_text, drafts_of_rows, look_at
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Content, Draft, Options, Part
    from dashboard.intake.formats.table import Row

__all__ = ["preview", "read"]

_BATCH = 256  # rows


def read(content: Content, options: Options) -> Iterator[Draft | Part]:
    """Give the articles of a table."""
    yield from drafts_of_rows(*_table(content), options)


def preview(content: Content, options: Options) -> TableView:
    """Describe a table for a page."""
    return look_at(*_table(content), options)


def _table(content: Content) -> tuple[list[str], Iterator[Row]]:
    if content.size == 0:
        raise refusal("empty")
    content.stream.seek(0)
    try:
        file = pq.ParquetFile(content.stream)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refusal("broken", format="Parquet", detail=str(error).partition("\n")[0]) from error
    names = list(file.schema_arrow.names)
    if len(names) > MAX_COLUMNS:
        raise refusal("wide", limit=MAX_COLUMNS)
    return names, _rows(file)


def _rows(file: pq.ParquetFile) -> Iterator[Row]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                number += 1
                yield f"#{number}", [cell_text(value) for value in values]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refusal("broken", format="Parquet", detail=str(error).partition("\n")[0]) from error
