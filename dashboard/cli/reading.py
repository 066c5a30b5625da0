"""How `kharita ingest` is told to read files: what nobody but their user knows of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.core.errors import SettingsError
from dashboard.intake.columns import FIELDS, ColumnMapping, MappingMemory
from dashboard.intake.draft import Options
from dashboard.intake.recoding import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.core.settings import Settings

__all__ = ["ColumnOption", "ColumnsOption", "DateOrderOption", "EncodingOption", "options_of"]

_ORDERS = {"day": "dmy", "month": "mdy"}

DateOrderOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="day|month",
        help="What comes first in dates like 03/04/2025: 'day' or 'month' for all, 'Al-Wasat=day' for one source; "
        "may be repeated. Default: such dates are left out, and the report says so.",
        show_default=False,
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=HEADING",
        help=f"Which column of a table is what, such as text=Body; FIELD is one of {', '.join(FIELDS)}. May be "
        "repeated; what is not said is guessed, or as it was chosen on the page for tables with these headings.",
        show_default=False,
    ),
]
ColumnsOption = Annotated[
    Path | None,
    typer.Option(
        help='The same from a file of JSON: {"text": "Body", "title": "Head"}.',
        show_default=False,
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        help=f"Encoding of the texts, whatever they look like: {', '.join(ENCODINGS)}. Default: found out for each.",
        show_default=False,
    ),
]


def options_of(
    settings: Settings,
    orders: Iterable[str] | None,
    columns: Iterable[str] | None,
    file: Path | None,
    encoding: str | None,
) -> Options:
    """Return what a command says about how to read, over what was chosen on the page for tables.

    Raises
    ------
    SettingsError
        A value makes no sense.
    """
    mappings = dict(MappingMemory(settings.user_data / "columns.json").load())
    said = _columns_of(file) | dict(map(_column, columns or ()))
    if said:
        mappings[""] = ColumnMapping.from_dict(said)
    return Options(
        mappings=mappings,
        date_orders=dict(map(_order, orders or ())),
        encodings={"": _encoding(encoding)} if encoding else {},
    )


def _order(said: str) -> tuple[str, str]:
    source, _, order = said.rpartition("=")
    if order.strip().lower() not in _ORDERS:
        raise SettingsError(
            f"--date-order takes 'day' or 'month', or a source with it, such as 'Al-Wasat=day'; not {said!r}."
        )
    return source.strip(), _ORDERS[order.strip().lower()]


def _column(said: str) -> tuple[str, str]:
    field, found, heading = said.partition("=")
    if field not in FIELDS or not found or not heading.strip():
        raise SettingsError(
            f"--column takes a field and a heading, such as text=Body; not {said!r}. Fields: {', '.join(FIELDS)}."
        )
    return field, heading.strip()


def _columns_of(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"The file of columns {str(file)!r} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise SettingsError(f"The file of columns {str(file)!r} is no JSON: {error}.") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise SettingsError(
            f'The file of columns {str(file)!r} must hold an object such as {{"text": "Body", "title": "Head"}}.'
        )
    return dict(_column(f"{field}={heading}") for field, heading in found.items())


def _encoding(said: str) -> str:
    name = said.strip().lower().replace("_", "-").replace("cp125", "windows-125")
    name = {"utf8": "utf-8", "utf16": "utf-16"}.get(name, name)
    if name not in ENCODINGS:
        raise SettingsError(f"--encoding is one of {', '.join(ENCODINGS)}; not {said!r}.")
    return name
