"""One journey, many reports: legs of several articles that tell of one movement.

Precision before recall: nothing is joined that two readers would keep apart, and what contradicts stays side by
side. A person's decisions (these two are one, these two are not) go before the rules.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.core.edtf import Precision, bounds, overlap, precision_of
from dashboard.core.models import Kind
from dashboard.journeys.gather import UNSAID, same_spot
from dashboard.journeys.models import ActorType, LegKind, LegStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dashboard.journeys.models import Leg, LegPlace

__all__ = ["Conflict", "Contradiction", "Decisions", "Journey", "Report", "merge_journeys"]

# Days within which reports speak of one movement; readers of 2018's news kept apart what lies further.
_DATED_DAYS = 1  # between two dates that agree
_DISPUTED_DAYS = 3  # between two dates of one movement that don't
_UNDATED_DAYS = 4  # between publications of reports without a date
_AROUND_DAYS = 7  # from a date to the publication of a report without one
_TOLD = frozenset({LegStatus.HAPPENED, LegStatus.UNDER_WAY, LegStatus.ALLEGED})
_UNDONE = frozenset({LegStatus.CANCELLED, LegStatus.DENIED})
_APART = frozenset({LegStatus.HABITUAL, LegStatus.HYPOTHETICAL})  # joined only with their like
_EXACT = (
    Precision.DAY,
    Precision.INTERVAL,
    Precision.MONTH,
    Precision.SEASON,
    Precision.YEAR,
    Precision.NONE,
)
_NAMED_WORDS = 2  # of a name that stands in no table, so that two bearers are unlikely


class Conflict(StrEnum):
    """In what reports of one journey contradict each other."""

    STATUS = "status"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Report:
    """A leg as one article tells it.

    Attributes
    ----------
    article
        Id of the article.
    origin
        What makes reports dependent: the story of which the article is a copy, else its source, else the article.
    published
        Day of publication; None when unknown.
    source
        Of the article; None when unknown.
    """

    article: str
    leg: Leg
    origin: str
    published: date | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """The same for the same leg of the same article: decisions name reports by it."""
        return f"{self.article}:{self.leg.cue[0]}:{self.leg.actor.span[0]}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided: pairs of report keys that are one journey, and pairs that are not."""

    joined: frozenset[tuple[str, str]] = frozenset()
    parted: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Reports of one journey that can't all be right; each value with the reports that give it."""

    conflict: Conflict
    sides: tuple[tuple[str, tuple[Report, ...]], ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """One movement with everything that was reported of it.

    Attributes
    ----------
    reports
        By day of publication; the earliest leads.
    independent
        How many of them don't copy each other: distinct origins.
    """

    id: str
    actor: str
    name: str
    type: ActorType
    kind: LegKind
    status: LegStatus
    from_place: LegPlace | None
    to_place: LegPlace | None
    via: LegPlace | None
    date: str | None
    reports: tuple[Report, ...]
    independent: int
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def earliest(self) -> Report:
        """The first report."""
        return self.reports[0]

    @property
    def articles(self) -> int:
        """How many articles report it."""
        return len({report.article for report in self.reports})


def merge_journeys(reports: Iterable[Report], decisions: Decisions | None = None) -> list[Journey]:
    """Join the reports of one movement.

    Parameters
    ----------
    reports
        In any order; the result does not hang on it.
    decisions
        What people decided; it goes before the rules.

    Returns
    -------
    journeys
        By the day of their first report, each report in exactly one.
    """
    decided = decisions or Decisions()
    groups: dict[str, list[list[Report]]] = {}
    for report in sorted(reports, key=_order):
        journeys = groups.setdefault(report.leg.actor.key, [])
        home = next((some for some in journeys if _belongs(report, some, decided)), None)
        if home is None:
            journeys.append([report])
        else:
            home.append(report)
    found = _join_decided([some for journeys in groups.values() for some in journeys], decided)
    return sorted(map(_journey, found), key=lambda one: _order(one.earliest))


def _order(report: Report) -> tuple[date, str]:
    return (report.published or date.max, report.key)


def _pair(one: Report, other: Report) -> tuple[str, str]:
    return (one.key, other.key) if one.key < other.key else (other.key, one.key)


def _belongs(report: Report, reports: Collection[Report], decided: Decisions) -> bool:
    """Tell whether a report tells of a journey: it agrees with every report of it, so that no chain joins strangers."""
    if any(_pair(report, other) in decided.parted for other in reports):
        return False
    return all(_pair(report, other) in decided.joined or same_movement(report, other) for other in reports)


def _join_decided(journeys: list[list[Report]], decided: Decisions) -> list[list[Report]]:
    """Join journeys that people said are one."""
    for one, other in sorted(decided.joined):
        sides = [some for some in journeys if any(report.key in (one, other) for report in some)]
        if len(sides) == 2:  # noqa: PLR2004 - both are there, and apart
            journeys = [some for some in journeys if some not in sides]
            journeys.append(sorted([*sides[0], *sides[1]], key=_order))
    return journeys


def same_movement(one: Report, other: Report) -> bool:
    """Tell whether two reports speak of one movement: of one actor, to or from one place, at one time."""
    a, b = one.leg, other.leg
    if a.actor.key != b.actor.key or not _same_way(a, b):
        return False
    if (a.status in _APART or b.status in _APART) and a.status is not b.status:
        return False
    if not _is_somebody(a):
        return bool(a.date and b.date) and overlap(a.date, b.date)
    return _same_time(one, other)


def _is_somebody(leg: Leg) -> bool:
    """Tell whether a key names one actor: an entry of the table, or a name of several words; no «جنود»."""
    kind, _, name = leg.actor.key.partition(":")
    return kind == "actor" or (kind == "name" and len(name.split()) >= _NAMED_WORDS)


def _same_way(a: Leg, b: Leg) -> bool:
    """Tell whether two legs go to one place, or, where neither says where to, come from one."""
    if a.kind.group != b.kind.group:
        return False
    if a.to_place and b.to_place:
        return _same_end(a.to_place, b.to_place)
    if a.to_place or b.to_place:
        return _same_end(a.from_place, b.from_place)
    return _same_end(a.from_place or a.via, b.from_place or b.via)


def _same_end(one: LegPlace | None, other: LegPlace | None) -> bool:
    return one is not None and other is not None and same_spot(one.place, other.place)


def _days(one: date | None, other: date | None) -> int | None:
    return abs((one - other).days) if one and other else None


def _same_time(one: Report, other: Report) -> bool:
    a, b = one.leg.date, other.leg.date
    apart = _days(one.published, other.published)
    if a and b:
        if overlap(a, b, _DATED_DAYS):
            exact = Precision.DAY in (precision_of(a), precision_of(b)) or "/" in a + b
            return exact or apart is None or apart <= _AROUND_DAYS
        disputed = overlap(a, b, _DISPUTED_DAYS) and apart is not None and apart <= _DISPUTED_DAYS
        return disputed and {one.leg.status, other.leg.status} <= _TOLD | _UNDONE
    if a or b:
        dated, undated = (one, other) if a else (other, one)
        near = undated.published is not None and _near(dated.leg.date, undated.published)
        return near and (_is_short(dated.leg.date) or (apart is not None and apart <= _UNDATED_DAYS))
    return apart is not None and apart <= _UNDATED_DAYS


def _near(edtf: str | None, day: date) -> bool:
    first, last = bounds(edtf)
    slack = timedelta(days=_AROUND_DAYS)
    return first is not None and last is not None and first - slack <= day <= last + slack


def _is_short(edtf: str | None) -> bool:
    first, last = bounds(edtf)
    return first is not None and last is not None and (last - first).days <= _AROUND_DAYS


def _journey(reports: list[Report]) -> Journey:
    ordered = tuple(sorted(reports, key=_order))
    status = _status_of(ordered)
    telling = [report for report in ordered if report.leg.status is status] or list(ordered)
    lead = max(telling, key=lambda report: (report.leg.confidence, report.key))
    dated = sorted(
        (report for report in telling if report.leg.date),
        key=lambda one: _EXACT.index(precision_of(one.leg.date)),
    )
    kinds = Counter(report.leg.kind for report in ordered)
    leg = lead.leg
    return Journey(
        id=hashlib.sha256(ordered[0].key.encode()).hexdigest()[:16],
        actor=leg.actor.key,
        name=leg.actor.name,
        type=leg.actor.type,
        kind=max(kinds, key=lambda kind: (kinds[kind], kind.value)),
        status=status,
        from_place=_exactest([report.leg.from_place for report in telling]),
        to_place=_exactest([report.leg.to_place for report in telling]),
        via=_exactest([report.leg.via for report in telling]),
        date=dated[0].leg.date if dated else None,
        reports=ordered,
        independent=len({report.origin for report in ordered}),
        contradictions=tuple(_contradictions(ordered)),
    )


def _status_of(reports: tuple[Report, ...]) -> LegStatus:
    """Return the status that most origins give; of equal ones the latest, since plans become deeds."""
    origins: dict[LegStatus, set[str]] = {}
    for report in reports:
        origins.setdefault(report.leg.status, set()).add(report.origin)
    told = [status for status in origins if status in _TOLD and _says_so(reports, status)]
    if told and not any(status in _UNDONE for status in origins):
        origins = {status: origins[status] for status in told}
    latest = {report.leg.status: place for place, report in enumerate(reports)}
    return max(origins, key=lambda status: (len(origins[status]), status in _UNDONE, latest[status]))


def _says_so(reports: tuple[Report, ...], status: LegStatus) -> bool:
    """Tell whether a report says that something was so, and not only a noun of which nothing else is said."""
    telling = [report for report in reports if report.leg.status is status]
    return any(all(reason.code != UNSAID for reason in report.leg.reasons) for report in telling)


def _exactest(places: list[LegPlace | None]) -> LegPlace | None:
    known = [place for place in places if place]
    return max(known, key=lambda one: (one.place.kind is not Kind.COUNTRY, one.confidence), default=None)


def _contradictions(reports: tuple[Report, ...]) -> Iterable[Contradiction]:
    """Yield what the reports disagree on: told and denied, two dates that exclude each other."""
    statuses = {report.leg.status for report in reports}
    if statuses & _TOLD and statuses & _UNDONE:
        yield Contradiction(
            Conflict.STATUS, _sides(reports, {report.key: report.leg.status.value for report in reports})
        )
    dates = {report.leg.date for report in reports if report.leg.date}
    if any(not overlap(one, other) for one in dates for other in dates):
        yield Contradiction(
            Conflict.DATE, _sides(reports, {x.key: x.leg.date for x in reports if x.leg.date})
        )


def _sides(reports: tuple[Report, ...], values: dict[str, str]) -> tuple[tuple[str, tuple[Report, ...]], ...]:
    return tuple(
        (value, tuple(report for report in reports if values.get(report.key) == value))
        for value in dict.fromkeys(values.values())
    )
