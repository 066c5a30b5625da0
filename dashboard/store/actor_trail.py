"""The trail of what people say of actors: change, undo, list, take over, and what is in force."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from dashboard.core.actor_changes import ActorChange, HeldOffice, signed_actor_change
from dashboard.core.errors import CorrectionError
from dashboard.store.journey_trail import ImportedDecisions
from dashboard.store.schema import actor_changes
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
    made = signed_actor_change(replace(change, decided_at=datetime.now(UTC), undone_at=None, undone_by=None))
    with store.transaction() as connection:
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
    if not who.strip():
        raise CorrectionError("Say who undoes the change.")
    table = actor_changes.c
    with store.transaction() as connection:
        row = connection.execute(select(actor_changes).where(table.id == change_id)).mappings().first()
        if row is None or row["undone_at"] is not None:
            raise CorrectionError("There is no such change of an actor, or it is undone already.")
        _mark_undone(connection, change_id, datetime.now(UTC), who.strip())
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
    wanted = {change.id: change for change in given}
    with store.transaction() as connection:
        rows = connection.execute(select(actor_changes)).mappings() if wanted else ()
        known = {row["id"]: row["undone_at"] for row in rows}
        added = [change for key, change in wanted.items() if key not in known]
        undone = [
            change
            for key, change in wanted.items()
            if change.undone_at is not None and key in known and known[key] is None
        ]
        if added:
            connection.execute(insert(actor_changes), [_row(change) for change in added])
        for change in undone:
            _mark_undone(connection, change.id, change.undone_at, change.undone_by)
        if added or undone:
            count_change(connection)
    return ImportedDecisions(len(added), len(undone), len(wanted) - len(added) - len(undone))


def actors_in_force(connection: Connection) -> list[ActorChange]:
    """Return for each actor the latest change that is not undone."""
    table = actor_changes.c
    query = select(actor_changes).where(table.undone_at.is_(None)).order_by(table.decided_at, table.id)
    latest = {row["actor"]: _change(row) for row in connection.execute(query).mappings()}
    return list(latest.values())


def _mark_undone(connection: Connection, ident: str, when: datetime | None, who: str | None) -> None:
    change = update(actor_changes).where(actor_changes.c.id == ident)
    connection.execute(change.values(undone_at=when, undone_by=who))


def _row(change: ActorChange) -> dict[str, Any]:
    row = {column.name: getattr(change, column.name) for column in actor_changes.columns}
    row |= {name: list(row[name]) for name in _LISTS}
    return row | {"offices": [asdict(one) for one in change.offices]}


def _change(row: RowMapping) -> ActorChange:
    values = dict(row) | {name: tuple(row[name]) for name in _LISTS}
    values["offices"] = tuple(HeldOffice(**one) for one in row["offices"])
    for name in ("decided_at", "undone_at"):
        values[name] = _aware(row[name]) if row[name] else None
    return ActorChange(**values)


def _aware(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
