"""The trail of what people decided about journeys: decide, undo, list, take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from dashboard.core.errors import CorrectionError
from dashboard.core.journey_decisions import JourneyDecision, JourneyVerdict, signed_decision
from dashboard.journeys.merge import Decisions
from dashboard.store.schema import journey_decisions
from dashboard.store.writing import count_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, RowMapping

    from dashboard.store.store import Store

__all__ = [
    "ImportedDecisions",
    "decide_journey",
    "find_decision",
    "import_decisions",
    "list_decisions",
    "read_decisions",
    "undo_decision",
]


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """How many decisions of a file were new, undone here because they are there, and known."""

    added: int
    undone: int
    known: int


def decide_journey(  # noqa: PLR0913 - what of which reports, and who says so
    store: Store, verdict: JourneyVerdict, report: str, others: Sequence[str], *, who: str, why: str = ""
) -> JourneyDecision:
    """Put a decision in force.

    Raises
    ------
    CorrectionError
        Nobody decides, or the reports make no sense; nothing is changed.
    """
    made = signed_decision(JourneyDecision(verdict, report, tuple(others), who, why, datetime.now(UTC)))
    with store.transaction() as connection:
        connection.execute(insert(journey_decisions), [_row(made)])
        count_change(connection)
    return made


def undo_decision(store: Store, decision_id: str, who: str) -> JourneyDecision:
    """Take a decision back; the trail keeps it.

    Raises
    ------
    CorrectionError
        There is no such decision, it is undone already, or nobody undoes it.
    """
    if not who.strip():
        raise CorrectionError("Say who undoes the decision.")
    decision = find_decision(store, decision_id)
    if decision.undone_at is not None:
        raise CorrectionError(f"The decision {decision.id} is undone already.")
    with store.transaction() as connection:
        _mark_undone(connection, decision.id, datetime.now(UTC), who.strip())
        count_change(connection)
    return decision


def find_decision(store: Store, beginning: str) -> JourneyDecision:
    """Return the decision whose id begins so.

    Raises
    ------
    CorrectionError
        None does, or more than one.
    """
    starts = journey_decisions.c.id.startswith(beginning, autoescape=True)
    with store.engine.connect() as connection:
        found = connection.execute(select(journey_decisions).where(starts).limit(2)).mappings().all()
    if len(found) != 1 or not beginning:
        raise CorrectionError(
            f"Not exactly one decision about a journey has an id that begins with {beginning!r}."
        )
    return _decision(found[0])


def list_decisions(store: Store) -> list[JourneyDecision]:
    """Return the trail, the latest first, undone decisions too."""
    table = journey_decisions.c
    with store.engine.connect() as connection:
        rows = connection.execute(select(journey_decisions).order_by(table.decided_at.desc(), table.id))
        return [_decision(row) for row in rows.mappings()]


def import_decisions(store: Store, given: Iterable[JourneyDecision]) -> ImportedDecisions:
    """Take over decisions; what is undone in one of the two is undone afterwards."""
    wanted = {decision.id: decision for decision in given}
    with store.transaction() as connection:
        rows = connection.execute(select(journey_decisions)).mappings() if wanted else ()
        known = {row["id"]: _decision(row) for row in rows}
        added = [decision for key, decision in wanted.items() if key not in known]
        undone = [
            decision
            for key, decision in wanted.items()
            if decision.undone_at is not None and key in known and known[key].undone_at is None
        ]
        if added:
            connection.execute(insert(journey_decisions), [_row(decision) for decision in added])
        for decision in undone:
            _mark_undone(connection, decision.id, decision.undone_at, decision.undone_by)
        if added or undone:
            count_change(connection)
    return ImportedDecisions(len(added), len(undone), len(wanted) - len(added) - len(undone))


def read_decisions(connection: Connection) -> tuple[Decisions, frozenset[str]]:
    """Return the decisions in force for merging, and the reports that tell of no journey; the later of two wins."""
    table = journey_decisions.c
    query = select(journey_decisions).where(table.undone_at.is_(None)).order_by(table.decided_at, table.id)
    pairs: dict[tuple[str, str], JourneyVerdict] = {}
    none = set()
    for row in connection.execute(query).mappings():
        verdict = JourneyVerdict(row["verdict"])
        if verdict is JourneyVerdict.NONE:
            none.add(str(row["report"]))
        for other in row["others"]:
            pairs[min(row["report"], other), max(row["report"], other)] = verdict
    sides = {
        verdict: frozenset(pair for pair, said in pairs.items() if said is verdict)
        for verdict in JourneyVerdict
    }
    return Decisions(sides[JourneyVerdict.ONE], sides[JourneyVerdict.APART]), frozenset(none)


def _mark_undone(connection: Connection, ident: str, when: datetime | None, who: str | None) -> None:
    change = update(journey_decisions).where(journey_decisions.c.id == ident)
    connection.execute(change.values(undone_at=when, undone_by=who))


def _row(decision: JourneyDecision) -> dict[str, Any]:
    names = ("id", "report", "who", "why", "decided_at", "undone_at", "undone_by")
    row = {name: getattr(decision, name) for name in names}
    return row | {"verdict": decision.verdict.value, "others": list(decision.others)}


def _decision(row: RowMapping) -> JourneyDecision:
    return JourneyDecision(
        verdict=JourneyVerdict(row["verdict"]),
        report=row["report"],
        others=tuple(row["others"]),
        who=row["who"],
        why=row["why"],
        decided_at=_aware(row["decided_at"]),
        undone_at=_aware(row["undone_at"]) if row["undone_at"] else None,
        undone_by=row["undone_by"],
        id=row["id"],
    )


def _aware(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
