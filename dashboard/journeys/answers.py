"""Legs as `kharita journeys` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.journeys.models import Leg, LegPlace

__all__ = ["leg_answer"]


def leg_answer(leg: Leg) -> dict[str, Any]:
    """Return a leg as an object of JSON; offsets are code points, end exclusive."""
    start, end = leg.actor.span
    return {
        "actor": {
            "start": start,
            "end": end,
            "name": leg.actor.name,
            "type": leg.actor.type.value,
            "id": leg.actor.key if leg.actor.key.startswith("actor:") else None,
        },
        "from": _place(leg.from_place),
        # Where nothing else is known, what is passed through is where it is drawn.
        "to": _place(leg.to_place or (leg.via if leg.from_place is None else None)),
        "via": _place(leg.via),
        "kind": leg.kind.value,
        "status": leg.status.value,
        "date": leg.date,
        "date_text": leg.date_text,
        "cue": list(leg.cue),
        "sentence": list(leg.sentence),
        "confidence": round(leg.confidence, 4),
        "mentions": [
            {"actor": list(one.actor), "cue": list(one.cue), "sentence": list(one.sentence)}
            for one in leg.sightings
        ],
    }


def _place(end: LegPlace | None) -> dict[str, Any] | None:
    if end is None:
        return None
    place = end.place
    return {
        "id": place.id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "kind": place.kind.value,
        "start": end.span[0],
        "end": end.span[1],
    }
