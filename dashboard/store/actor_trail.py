"""The trail of what people say of actors: change, undo, list, take over, and what is in force."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from dashboard.core.actor_changes import ActorChange, HeldOffice, signed_actor_change
from dashboard.core.errors import CorrectionError
from dashboard.core.record_types import person
from dashboard.store.clock import time_after
from dashboard.store.schema import actor_changes
from dashboard.store.trail import ImportedDecisions, mark_undone, take_over, times_of
from dashboard.store.writing import count_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, RowMapping

    from dashboard.store.store import Store

__all__ = [
    "actors_in_force", "change_actor", "import_actor_changes", "list_actor_changes", "undo_actor_change",
]  # fmt: skip

_LISTS = ("names_ar", "names_en", "names_fr")


def change_actor(store: Store, change: ActorChange) -> ActorChange:
    """Put what somebody says of an actor in force, now.

    Raises
    ------
    CorrectionError
        Nobody says it, or it makes no sense; nothing is changed.
    """
    with store.transaction() as connection:
        now = time_after(connection, actor_changes.c.decided_at)
        made = signed_actor_change(replace(change, decided_at=now, undone_at=None, undone_by=None))
        connection.execute(insert(actor_changes), [_row(made)])
        count_change(connection)
    return made


def undo_actor_change(store: Store, change_id: str, who: str) -> None:
    """Take a change back: what was in force before it is so again; the trail keeps it.

    Raises
    ------
    CorrectionError
        There is no such change, it is undone already, or nobody undoes it.
    """
    name = person(who, "Say who undoes the change.")
    table = actor_changes.c
    with store.transaction() as connection:
        row = connection.execute(select(actor_changes).where(table.id == change_id)).mappings().first()
        if row is None or row["undone_at"] is not None:
            raise CorrectionError("There is no such change of an actor, or it is undone already.")
        gone = replace(_change(row), undone_at=datetime.now(UTC), undone_by=name)
        mark_undone(connection, actor_changes, [gone])
        count_change(connection)


def list_actor_changes(store: Store, actor: str | None = None) -> list[ActorChange]:
    """Return the trail, the latest first, undone changes too; of one actor, or of all."""
    table = actor_changes.c
    query = select(actor_changes).order_by(table.decided_at.desc(), table.id)
    if actor is not None:
        query = query.where(table.actor == actor)
    with store.engine.connect() as connection:
        return [_change(row) for row in connection.execute(query).mappings()]


def import_actor_changes(store: Store, given: Iterable[ActorChange]) -> ImportedDecisions:
    """Take over changes; what is undone in one of the two is undone afterwards."""
    return take_over(store, actor_changes, given, _change, _row)


def actors_in_force(connection: Connection) -> list[ActorChange]:
    """Return for each actor the latest change that is not undone."""
    table = actor_changes.c
    query = select(actor_changes).where(table.undone_at.is_(None)).order_by(table.decided_at, table.id)
    latest = {row["actor"]: _change(row) for row in connection.execute(query).mappings()}
    return list(latest.values())


def _row(change: ActorChange) -> dict[str, Any]:
    row = {column.name: getattr(change, column.name) for column in actor_changes.columns}
    row |= {name: list(row[name]) for name in _LISTS}
    return row | {"offices": [asdict(one) for one in change.offices]}


def _change(row: RowMapping) -> ActorChange:
    values = dict(row) | {name: tuple(row[name]) for name in _LISTS}
    values["offices"] = tuple(HeldOffice(**one) for one in row["offices"])
    return ActorChange(**(values | times_of(row)))
