"""What the trails of people's decisions share: when somebody decided, took it back, and what another store brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import insert, select, update

from dashboard.store.dialect import aware
from dashboard.store.writing import count_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping, Table

    from dashboard.store.store import Store

__all__ = ["ImportedDecisions", "mark_undone", "new_and_undone", "take_over", "times_of"]


class _Decided(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def undone_at(self) -> datetime | None: ...
    @property
    def undone_by(self) -> str | None: ...


_One = TypeVar("_One", bound=_Decided)


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """How many decisions of a file were new, undone here because they are there, and known."""

    added: int
    undone: int
    known: int


def times_of(row: RowMapping) -> dict[str, Any]:
    """Return when the decision of a row was taken, and when it was undone."""
    return {name: aware(row[name]) for name in ("decided_at", "undone_at")}


def new_and_undone(wanted: Mapping[str, _One], known: Mapping[str, _One]) -> tuple[list[_One], list[_One]]:
    """Return of decisions that another store brings, by id, those that are new and those that are undone only there."""
    added = [one for key, one in wanted.items() if key not in known]
    undone = [
        one
        for key, one in wanted.items()
        if one.undone_at is not None and key in known and known[key].undone_at is None
    ]
    return added, undone


def mark_undone(connection: Connection, table: Table, undone: Iterable[_Decided]) -> None:
    """Note in a trail who took these decisions back, and when."""
    for one in undone:
        change = update(table).where(table.c.id == one.id)
        connection.execute(change.values(undone_at=one.undone_at, undone_by=one.undone_by))


def take_over(
    store: Store,
    table: Table,
    given: Iterable[_One],
    read: Callable[[RowMapping], _One],
    write: Callable[[_One], dict[str, Any]],
) -> ImportedDecisions:
    """Take over decisions that nothing else hangs on; what is undone in one of the two is undone afterwards."""
    wanted = {one.id: one for one in given}
    with store.transaction() as connection:
        rows = connection.execute(select(table)).mappings() if wanted else ()
        added, undone = new_and_undone(wanted, {row["id"]: read(row) for row in rows})
        if added:
            connection.execute(insert(table), list(map(write, added)))
        mark_undone(connection, table, undone)
        if added or undone:
            count_change(connection)
    return ImportedDecisions(len(added), len(undone), len(wanted) - len(added) - len(undone))
