"""What people decided about journeys: which reports tell of one, which do not, and which tell of none."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StrictStr

from dashboard.core.errors import CorrectionError
from dashboard.core.record_types import SignedModel
from dashboard.core.signed_records import content_id, read_signed, written_times

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["JourneyDecision", "JourneyVerdict", "decision_record", "read_decision", "signed_decision"]

_RECORD = "journey"  # of a line, beside which lines are corrections of places and changes of articles
_REPORT = re.compile(r"[\w.\-]{1,80}:\d{1,9}:\d{1,9}\Z")
_MOST_OTHERS = 1000
_LONGEST = 500  # code points of a name or a reason


class JourneyVerdict(StrEnum):
    """What a person says of reports."""

    ONE = "one"  # the report tells of the journey that the others tell of
    APART = "apart"  # it tells of another
    NONE = "none"  # it tells of no journey at all


@dataclass(frozen=True, slots=True)
class JourneyDecision:
    """One decision of one person.

    Attributes
    ----------
    report, others
        Names of legs as reported: the article's id, where its cue begins, where its actor begins (code points).
        `others` are those that the report is joined with, or kept apart from.
    decided_at, undone_at
        Aware UTC.
    id
        32 hexadecimal digits made from all but `undone_at` and `undone_by`.
    """

    verdict: JourneyVerdict
    report: str
    others: tuple[str, ...]
    who: str
    why: str
    decided_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    id: str = ""


class _Model(SignedModel):
    verdict: JourneyVerdict
    report: StrictStr
    others: Annotated[list[StrictStr], Field(max_length=_MOST_OTHERS)]


def signed_decision(decision: JourneyDecision) -> JourneyDecision:
    """Return a decision with the id that its content makes.

    Raises
    ------
    CorrectionError
        Nobody made it, or it names no reports.
    """
    who, why = " ".join(decision.who.split()), " ".join(decision.why.split())
    decision = replace(decision, who=who, why=why, others=tuple(sorted(set(decision.others))))
    if not who:
        raise CorrectionError("Say who decides.")
    if max(len(who), len(why)) > _LONGEST:
        raise CorrectionError(f"A name and a reason have at most {_LONGEST} characters.")
    if (decision.verdict is JourneyVerdict.NONE) == bool(decision.others):
        raise CorrectionError(
            "a decision about a journey names other reports, unless it says that there is none"
        )
    if len(decision.others) > _MOST_OTHERS or decision.report in decision.others:
        raise CorrectionError("a decision about a journey names a report twice, or too many")
    for report in (decision.report, *decision.others):
        if not _REPORT.match(report):
            raise CorrectionError(f"{report!r} is no report of a journey")
    return replace(decision, id=content_id(decision_record(decision)))


def decision_record(decision: JourneyDecision) -> dict[str, Any]:
    """Return a decision as an object of JSON; its `record` tells it from other lines."""
    record = {**asdict(decision), "verdict": decision.verdict.value, "record": _RECORD}
    record["others"] = list(decision.others)
    return record | written_times(record)


def read_decision(record: object) -> JourneyDecision | None:
    """Read a decision from an object of JSON; None when the object is something else.

    Raises
    ------
    CorrectionError
        It is a decision, but makes no sense or was changed after it was written.
    """
    return read_signed(record, _RECORD, _Model, _decision, signed_decision)


def _decision(record: dict[str, Any], decided: dict[str, Any]) -> JourneyDecision:
    return JourneyDecision(
        verdict=JourneyVerdict(record["verdict"]),
        report=record["report"],
        others=tuple(record["others"]),
        **decided,
    )
