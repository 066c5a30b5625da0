"""The trail of what people decided about journeys: decide, undo, list, take over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from dashboard.core.errors import CorrectionError
from dashboard.core.journey_decisions import JourneyDecision, JourneyVerdict, signed_decision
from dashboard.core.record_types import person
from dashboard.journeys.merge import Decisions
from dashboard.store.clock import time_after
from dashboard.store.schema import journey_decisions
from dashboard.store.trail import ImportedDecisions, mark_undone, take_over, times_of
from dashboard.store.writing import count_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, RowMapping

    from dashboard.store.store import Store

__all__ = [
    "decide_journey",
    "find_decision",
    "import_decisions",
    "list_decisions",
    "read_decisions",
    "undo_decision",
]


def decide_journey(  # noqa: PLR0913 - what of which reports, and who says so
    store: Store, verdict: JourneyVerdict, report: str, others: Sequence[str], *, who: str, why: str = ""
) -> JourneyDecision:
    """Put a decision in force.

    Raises
    ------
    CorrectionError
        Nobody decides, or the reports make no sense; nothing is changed.
    """
    with store.transaction() as connection:
        now = time_after(connection, journey_decisions.c.decided_at)
        made = signed_decision(JourneyDecision(verdict, report, tuple(others), who, why, now))
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
    name = person(who, "Say who undoes the decision.")
    decision = find_decision(store, decision_id)
    if decision.undone_at is not None:
        raise CorrectionError(f"The decision {decision.id} is undone already.")
    with store.transaction() as connection:
        gone = replace(decision, undone_at=datetime.now(UTC), undone_by=name)
        mark_undone(connection, journey_decisions, [gone])
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
    return take_over(store, journey_decisions, given, _decision, _row)


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
        **times_of(row),
        undone_by=row["undone_by"],
        id=row["id"],
    )
