"""The user's own places: tables in the user's data folder that every gazetteer includes, however it is made.

`places/*.csv` there are copies of tables that the user gave (`kharita gazetteer build --places`);
`places/added.csv` holds what was added one by one. A changed table takes effect when the gazetteer is next
asked for (`ensure_index`).
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerError, GazetteerSourceError
from dashboard.core.locking import locked
from dashboard.gazetteer.sources.user import COLUMNS, ID_PREFIX, UserPlace, place_id, read_user_table
from dashboard.gazetteer.user_folder import tables_digest, tables_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dashboard.core.settings import Settings

__all__ = [
    "ADDED",
    "UserPlace",
    "add_place",
    "import_table",
    "remove_place",
    "remove_table",
    "tables_digest",
    "user_places",
    "user_tables",
]

ADDED = "added.csv"


def user_tables(settings: Settings) -> dict[str, list[UserPlace]]:
    """Return the user's places by the file name of their table, in the order of these names.

    Raises
    ------
    GazetteerSourceError
        A line is wrong, or two have one id; the message names file and line.
    """
    found: dict[str, list[UserPlace]] = {}
    taken: dict[str, str] = {}
    for path in sorted(tables_folder(settings).glob("*.csv")):
        places = found[path.name] = []
        for place in read_user_table(path):
            if taken.setdefault(place.id, path.name) == path.name:
                places.append(place)
            elif not _is_made(place):
                raise GazetteerSourceError(
                    f"{path.name}: the id {place.id!r} stands in {taken[place.id]} too. Change one of them."
                )
    return found


def user_places(settings: Settings) -> list[UserPlace]:
    """Return all places of the user, each with its id; may be empty."""
    return [place for places in user_tables(settings).values() for place in places]


def add_place(settings: Settings, place: UserPlace) -> str:
    """Keep one place in `added.csv`; one that has the same id there is replaced.

    Parameters
    ----------
    place
        With an id (`user:…`), or an empty one: it is then made from the name and the point.

    Returns
    -------
    id
        That of the place.

    Raises
    ------
    GazetteerSourceError
        A value makes no sense, or another table holds the id.
    GazetteerError
        The folder can't be written.
    """
    place.check()
    kept = place if place.id else replace(place, id=place_id(place))
    with _writing(settings) as folder:
        tables = user_tables(settings)
        for name, places in tables.items():
            if name != ADDED and any(other.id == kept.id for other in places):
                raise GazetteerSourceError(f"The table {name} has a place of the id {kept.id!r} already.")
        own = {other.id: other for other in tables.get(ADDED, [])}
        own[kept.id] = kept
        _write_added(folder / ADDED, own)
    return kept.id


def remove_place(settings: Settings, ident: str) -> bool:
    """Take one place away, from `added.csv` or from the copy of a table; False if there is none.

    Raises
    ------
    GazetteerError
        The folder can't be written.
    """
    with _writing(settings) as folder:
        for name, places in user_tables(settings).items():
            left = {place.id: place for place in places if place.id != ident}
            if len(left) == len(places):
                continue
            if left:
                _write_added(folder / name, left)
            else:
                (folder / name).unlink()
            return True
    return False


def import_table(settings: Settings, path: Path) -> list[UserPlace]:
    """Keep a copy of a table under its own name, in place of an earlier copy; return its places.

    Raises
    ------
    GazetteerSourceError
        There is no such file, a line is wrong, or an id stands in another table.
    GazetteerError
        The folder can't be written.
    """
    name = f"{path.stem}.csv"
    if name == ADDED:
        raise GazetteerSourceError(
            f"{ADDED} holds the places added by hand. Give {str(path)!r} another name."
        )
    places = read_user_table(path)
    mine = {place.id for place in places if not _is_made(place)}
    with _writing(settings) as folder:
        for other, theirs in user_tables(settings).items():
            shared = sorted(mine & {place.id for place in theirs}) if other != name else []
            if shared:
                raise GazetteerSourceError(
                    f"{path.name}: the id {shared[0]!r} stands in {other} too. Change one of them."
                )
        _write(folder / name, path.read_bytes())
    return places


def remove_table(settings: Settings, name: str) -> bool:
    """Take the copy of a table away, by its file name with or without `.csv`; False if there is none."""
    file_name = name if name.endswith(".csv") else f"{name}.csv"
    with _writing(settings) as folder:
        for path in folder.glob("*.csv"):
            if path.name == file_name:
                path.unlink()
                return True
    return False


def _is_made(place: UserPlace) -> bool:
    """Tell whether the id says no more than the name and the point do."""
    return place.id == place_id(place)


@contextmanager
def _writing(settings: Settings) -> Iterator[Path]:
    """Hold the folder of tables, made if need be, against other writers."""
    folder = tables_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / ".lock"):
            yield folder
    except OSError as error:
        raise GazetteerError(
            f"Places can't be kept in {str(folder)!r}: {error}. "
            "Set KHARITA_USER_DATA to a folder that can be written."
        ) from error


def _write_added(path: Path, places: Mapping[str, UserPlace]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**place.cells(), "id": place.id.removeprefix(ID_PREFIX)} for place in places.values())
    _write(path, text.getvalue().encode())


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step: readers see the old one or the new one, whatever happens."""
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    beside = path.parent / name
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
