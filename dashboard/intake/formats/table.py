"""What the formats of tables share: rows to drafts by a mapping of columns."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from dashboard.core.models import DateOrigin
from dashboard.intake.columns import TableView, view_table
from dashboard.intake.draft import DateClue, Draft, Part
from dashboard.intake.formats.markup import fragment_text
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.intake.columns import ColumnMapping
    from dashboard.intake.draft import Options

    Row = tuple[str, Sequence[str]]  # where it stands in its file, and its values

__all__ = ["MAX_COLUMNS", "cell_text", "drafts_of_rows", "look_at"]

MAX_COLUMNS = 2000
_SAMPLE = 50


def look_at(header: Sequence[str], rows: Iterable[Row | Part], options: Options) -> TableView:
    """Describe a table for a page: its headings, three rows, and which column is what."""
    sample = [row[1] for row in islice((row for row in rows if not isinstance(row, Part)), _SAMPLE)]
    return view_table(header, sample, options.mappings)


def drafts_of_rows(
    header: Sequence[str], rows: Iterable[Row | Part], options: Options
) -> Iterator[Draft | Part]:
    """Give a draft for each row with words; at the end a note names the columns that were not read.

    A table without a column of texts gives titles with links.

    Raises
    ------
    Refusal
        No column holds words, or there is no row.
    """
    if len(header) > MAX_COLUMNS:
        raise refusal("wide", limit=MAX_COLUMNS)
    source = iter(rows)
    first = list(islice(source, _SAMPLE))
    if not first:
        raise refusal("no_rows")
    if not header:  # rows that can't be read, and nothing else
        yield from (row for row in chain(first, source) if isinstance(row, Part))
        return
    view = look_at(header, first, options)
    if not view.mapping.usable:
        raise refusal("no_text_column", columns=", ".join(name for name in header if name) or "–")
    places = _places(header, view.mapping)
    for row in chain(first, source):
        yield row if isinstance(row, Part) else _draft(row, places)
    if view.unread:
        yield Part(refusal("unread", columns=", ".join(view.unread)), kind="note")


def _places(header: Sequence[str], mapping: ColumnMapping) -> dict[str, int]:
    at = {name: place for place, name in reversed(list(enumerate(header)))}  # of two of one name the left
    return {field: at[name] for field, name in mapping.columns().items() if name in at}


def _draft(row: Row, places: dict[str, int]) -> Draft | Part:
    where, values = row
    found = {field: values[at].strip() for field, at in places.items() if at < len(values)}
    text = found.get("text", "")
    if text.startswith("<") or "</p>" in text or "<br" in text:
        text = fragment_text(text)
    if not text and not found.get("title"):
        return Part(refusal("no_text"), where, "ignored")
    date = found.get("date", "")
    return Draft(
        text=text,
        title=found.get("title", ""),
        language=found.get("language", ""),
        source=found.get("source", ""),
        url=found.get("url", ""),
        author=found.get("author", ""),
        dates=(DateClue(DateOrigin.METADATA, date),) if date else (),
        place=where,
    )


def cell_text(value: object) -> str:
    """Write a value of a cell as text: dates as ISO, whole numbers without a point, nothing as nothing."""
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(cell_text(one) for one in value)
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)
