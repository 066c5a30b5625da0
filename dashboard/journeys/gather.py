"""Many statements of one movement in one text are one leg: headline and body, country and town."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.core.edtf import bounds, overlap
from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.journeys.models import LegKind, LegStatus, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.core.models import Place
    from dashboard.journeys.models import Leg, LegPlace

__all__ = ["UNSAID", "gather_legs", "same_spot"]

_NEAR_KM = 25.0
UNSAID = "status_unsaid"  # reason of a leg whose sentence leaves it to a noun that it happened
_ORDER = (
    LegKind.RETURN,
    LegKind.VISIT,
    LegKind.ARRIVAL,
    LegKind.MEETING,
)  # one occasion bears the first of these
_BROAD = (Kind.COUNTRY, Kind.REGION, Kind.ADMIN)


def same_spot(one: Place | None, other: Place | None) -> bool:
    """Tell whether two places may be one destination: the same, one in the other, or near each other."""
    if one is None or other is None:
        return False
    if one.id == other.id:
        return True
    for broad, exact in ((one, other), (other, one)):
        if broad.kind is Kind.COUNTRY:
            if exact.country == broad.country:
                return True
        elif exact.admin1 == broad.id:
            return True
    if Kind.COUNTRY in (one.kind, other.kind):
        return False
    km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return float(km) <= _NEAR_KM + min(one.radius_km, other.radius_km)


def gather_legs(legs: Iterable[Leg]) -> list[Leg]:
    """Join the legs of one text that are one movement, told more than once.

    Returns
    -------
    legs
        In the order of their first statement; `sightings` holds every statement.
    """
    gathered: list[Leg] = []
    for leg in legs:
        for place, other in enumerate(gathered):
            if _same_movement(other, leg):
                gathered[place] = _join(other, leg)
                break
        else:
            gathered.append(replace(leg, sightings=(Sighting(leg.actor.span, leg.cue, leg.sentence),)))
    return gathered


def _place(leg: Leg) -> Place | None:
    end = leg.to_place or leg.from_place or leg.via
    return end.place if end else None


def _apart(one: LegPlace | None, other: LegPlace | None) -> bool:
    return one is not None and other is not None and not same_spot(one.place, other.place)


def _same_movement(one: Leg, other: Leg) -> bool:
    if (
        one.actor.key != other.actor.key
        or _apart(one.to_place, other.to_place)
        or _apart(one.from_place, other.from_place)
    ):
        return False
    arriving = one.to_place is not None and other.to_place is not None
    leaving = one.from_place is not None and other.from_place is not None
    if not arriving and not leaving:
        complementary = (one.to_place is None) != (other.to_place is None)
        alike = one.status == other.status or {one.status, other.status} <= set(_TOLD)
        return (
            complementary
            and alike
            and one.sentence == other.sentence
            and abs(one.cue[0] - other.cue[0]) < _ONE_STATEMENT
        )
    if one.kind.group != other.kind.group and not (arriving and {one.kind.group, other.kind.group} <= _ALIKE):
        return arriving and leaving
    spots = {_place(one), _place(other)}
    if LegStatus.HYPOTHETICAL in (one.status, other.status) and one.status != other.status and len(spots) > 1:
        return False  # invited to the country, while a meeting in its capital was called off
    mixed = (one.status in _TOLD) != (other.status in _TOLD) and LegStatus.PLANNED in (
        one.status,
        other.status,
    )
    if mixed and one.date and other.date and one.date != other.date:
        return False  # he is in the country, and will be in a town of it tomorrow
    told = {one.status, other.status} <= {LegStatus.HAPPENED, LegStatus.UNDER_WAY}
    return not (one.date and other.date and not overlap(one.date, other.date, 1 if told else _UNSURE_DAYS))


_TOLD = (LegStatus.HAPPENED, LegStatus.UNDER_WAY)
_UNDONE = (LegStatus.CANCELLED, LegStatus.DENIED)  # outweigh another sentence that does not say so
_SETTLED = (LegStatus.PLANNED, *_UNDONE)  # outweigh a noun that says nothing of it
_UNSURE_DAYS = 10  # between the dates of one thing planned, told twice
_ONE_STATEMENT = 160  # code points: غادرتا طرطوس ووصلتا إلى طبرق
_ALIKE = {"arrive", "transfer", "deployment", "leave"}


def _fullness(leg: Leg) -> float:
    """Return how much one statement says: places, date, a named actor, a cue that is a verb."""
    return (
        2.0 * (leg.to_place is not None)
        + 1.5 * (leg.from_place is not None)
        + 1.0 * (leg.date is not None)
        + 0.5 * (leg.actor.name == leg.actor.text)
        + leg.confidence
    )


def _better_place(first: LegPlace | None, second: LegPlace | None) -> LegPlace | None:
    """Return the more exact of two places; the surer where they are alike."""
    if first is None or second is None:
        return first or second
    broad_first, broad_second = first.place.kind in _BROAD, second.place.kind in _BROAD
    if broad_first != broad_second:
        return second if broad_first else first
    return first if first.confidence >= second.confidence else second


def _unsaid(leg: Leg) -> bool:
    """Tell whether that a leg happened is only what a noun is taken for where nothing else is said."""
    return any(reason.code == UNSAID for reason in leg.reasons)


def _weighs(told: Leg, undone: Leg) -> bool:
    """Tell whether a statement that something was not so outweighs one that it was: as sure, and of the same kind."""
    return undone.kind is told.kind or undone.confidence >= told.confidence or _unsaid(told)


def _join(one: Leg, other: Leg) -> Leg:
    best, rest = (one, other) if _fullness(one) >= _fullness(other) else (other, one)
    kind = best.kind
    kinds = {one.kind, other.kind}
    if kinds <= set(_ORDER):
        kind = next(some for some in _ORDER if some in kinds)
    undone = best.status in _TOLD and rest.status in _UNDONE and _weighs(best, rest)
    unsaid = _unsaid(best) and rest.status in _SETTLED
    status = rest.status if undone or unsaid else best.status
    sightings = tuple(
        sorted([*one.sightings, Sighting(other.actor.span, other.cue, other.sentence)], key=lambda x: x.cue)
    )
    dated = best if best.date or not rest.date else rest
    first = bounds(dated.date)[0]
    start, goal = _better_place(best.from_place, rest.from_place), _better_place(best.to_place, rest.to_place)
    if best.to_place and best.status in _TOLD and rest.status not in _TOLD:
        goal = best.to_place  # he is in the country; whether he reached the town is another matter
    if start and goal and start.place.id == goal.place.id:  # he left what he had visited
        start = None
    return replace(
        best,
        kind=kind,
        status=status,
        from_place=start,
        to_place=goal,
        via=best.via or rest.via,
        date=dated.date if first or dated.date else None,
        date_text=dated.date_text,
        confidence=1 - (1 - best.confidence) * (1 - 0.5 * rest.confidence),
        sightings=sightings,
        beside=tuple({other.key: other for other in (*best.beside, *rest.beside)}.values()),
    )
