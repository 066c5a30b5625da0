"""Objects of JSON as rows of a table: an object inside an object gives columns such as `source.name`."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from dashboard.intake.draft import Part
from dashboard.intake.formats.table import MAX_COLUMNS, cell_text
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dashboard.intake.formats.table import Row

__all__ = ["table_of_records"]

_SAMPLE = 50  # objects whose keys make the headings
_DEEP = 2  # objects in objects that make columns


def table_of_records(
    records: Iterable[tuple[str, Mapping[str, object]] | Part],
) -> tuple[list[str], Iterator[Row | Part]]:
    """Return headings and rows.

    Parameters
    ----------
    records
        Where each object stands, and the object.
    """
    source = iter(records)
    first = list(islice(source, _SAMPLE))
    flat_first = [one if isinstance(one, Part) else (one[0], _flat(one[1])) for one in first]
    header: dict[str, None] = {}
    for one in flat_first:
        if not isinstance(one, Part):
            header.update(dict.fromkeys(one[1]))
    if not header and not any(isinstance(one, Part) for one in first):
        raise refusal("no_rows")
    if len(header) > MAX_COLUMNS:
        raise refusal("wide", limit=MAX_COLUMNS)
    rest = (one if isinstance(one, Part) else (one[0], _flat(one[1])) for one in source)
    return list(header), _rows(chain(flat_first, rest), list(header))


def _rows(records: Iterable[tuple[str, dict[str, str]] | Part], header: list[str]) -> Iterator[Row | Part]:
    for one in records:
        if isinstance(one, Part):
            yield one
        else:
            where, flat = one
            yield where, [flat.get(name, "") for name in header]


def _flat(record: Mapping[str, object], prefix: str = "", depth: int = 0) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            if depth < _DEEP:
                flat.update(_flat(value, f"{prefix}{key}.", depth + 1))
        elif isinstance(value, list):
            plain = [one for one in value if isinstance(one, (str, int, float))]
            if plain:
                flat[prefix + key] = cell_text(plain)
        else:
            flat[prefix + key] = cell_text(value)
    return flat
