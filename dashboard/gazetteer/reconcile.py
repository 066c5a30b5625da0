"""Which places of the gazetteer the cells of somebody's table may mean, with a score for each.

The questions and answers are those of the Reconciliation Service API 0.2, which OpenRefine speaks; what travels
over the wire is made in `dashboard.web.reconcile`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.by_name import place_of
from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.user_places import user_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.core.models import Place
    from dashboard.core.settings import Settings
    from dashboard.gazetteer.index import Gazetteer

__all__ = ["PROPERTIES", "Asked", "Found", "known_place", "places_beginning", "property_values", "reconcile"]

# Names of the properties that a table may be compared by, and that columns may be filled from.
PROPERTIES: Mapping[str, str] = {
    "country": "Country (ISO 3166-1 alpha-2)",
    "admin1": "First-level division",
    "latitude": "Latitude (WGS 84, degrees)",
    "longitude": "Longitude (WGS 84, degrees)",
    "name_en": "Name in Latin script",
    "name_ar": "Arabic name",
    "name_fr": "French name",
    "kind": "Kind",
    "population": "Inhabitants",
    "feature_code": "GeoNames feature code",
}
_MOST_LOOKED_AT = 400  # places of one name
# What a score, 0 to 100, is made of: whether the name is the place's own, how prominent it is, whether the rest agrees.
_NAME, _PROMINENCE, _AGREES = 60.0, 20.0, 20.0
_GUESSED_NAME = 0.7  # of the name's part, for a spelling that was generated or is a bare part of the name
_HEARD_NAME = 0.5  # likewise for one that only sounds like it
_LIKE = 0.9  # likeness in sound from which a place is proposed
_LEAD = 15.0  # by which the first must lead the second to be called a match
_SURE = 75.0
_NEAR_KM = 25.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One cell, and what else its row says.

    Attributes
    ----------
    kinds
        Kinds of which the place must be; empty = any.
    properties
        Name of a property and the row's value; unknown names are ignored.
    """

    name: str
    kinds: tuple[Kind, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a cell may mean.

    Attributes
    ----------
    score
        0 to 100, higher better.
    match
        Whether it is so sure that nobody need look.
    """

    place: Place
    score: float
    match: bool = False
    features: Mapping[str, float] = field(default_factory=dict)


def reconcile(gazetteer: Gazetteer, settings: Settings, asked: Asked) -> list[Found]:
    """Return the places that a cell may mean, the likeliest first; may be empty."""
    named = [
        (place, quality)
        for place, quality in _named(gazetteer, settings, asked.name)
        if not asked.kinds or place.kind in asked.kinds
    ]
    whole = sum(map(_weight, (place for place, _ in named))) or 1.0
    given = [(name, value) for name, value in asked.properties if name in PROPERTIES and value.strip()]
    scored = []
    for place, quality in named:
        prominence = _weight(place) / whole
        agrees = _agreement(gazetteer, place, given)
        # without anything to compare by, prominence alone tells namesakes apart
        parts = (_NAME * quality, (_PROMINENCE + _AGREES * (not given)) * prominence, _AGREES * agrees)
        score = sum(parts) if not given or agrees else sum(parts) / 2
        features = {"name": round(quality, 3), "prominence": round(prominence, 3)}
        scored.append(
            Found(place, round(score, 2), features=features | ({"agrees": agrees} if given else {}))
        )
    scored.sort(key=lambda one: (-one.score, one.place.id))
    return _with_match(scored)[: asked.limit]


def _with_match(scored: list[Found]) -> list[Found]:
    """Call the first a match where it is sure and far ahead of the rest."""
    if not scored:
        return []
    first, second = scored[0], scored[1].score if len(scored) > 1 else 0.0
    sure = first.score >= _SURE and first.score - second >= _LEAD
    return [Found(first.place, first.score, sure, first.features), *scored[1:]]


def known_place(gazetteer: Gazetteer, settings: Settings, ident: str) -> Place | None:
    """Return a place by its id, the user's own included; None for an unknown one."""
    row = gazetteer.row(ident)
    if row is not None:
        return gazetteer.place(row)
    return next((place_of(place) for place in user_places(settings) if place.id == ident), None)


def places_beginning(gazetteer: Gazetteer, settings: Settings, typed: str, limit: int = 10) -> list[Place]:
    """Return the places that bear what is typed as a name, the likeliest first."""
    return [one.place for one in reconcile(gazetteer, settings, Asked(typed, limit=limit))]


def property_values(gazetteer: Gazetteer, place: Place, name: str) -> list[str | float]:
    """Return what a place has for one of `PROPERTIES`; empty when nothing is known."""
    if name == "admin1":
        row = gazetteer.row(place.admin1) if place.admin1 else None
        return [gazetteer.place(row).name] if row is not None else []
    value = {"name_en": place.name, "kind": place.kind.value}.get(name) or getattr(place, name, None)
    return [value] if value else []


def _named(gazetteer: Gazetteer, settings: Settings, name: str) -> Iterable[tuple[Place, float]]:
    """Return the places that bear a name, with how well it is theirs, 0 to 1; the user's own first."""
    folded = fold_name(name)
    found: dict[str, tuple[Place, float]] = {}
    if not folded:
        return []
    for own in user_places(settings):
        if folded in map(fold_name, (own.name, own.name_ar, own.name_fr, *own.other_names)):
            found[own.id] = (place_of(own), 1.0)
    for hit in gazetteer.lookup(name)[:_MOST_LOOKED_AT]:
        place = gazetteer.place(hit.row)
        guessed = hit.flags & (NameFlag.BARE | NameFlag.GENERATED)
        found.setdefault(place.id, (place, _GUESSED_NAME if guessed else 1.0))
    if not found and is_arabic(folded):
        for row in gazetteer.sounding_like(folded, _LIKE)[:_MOST_LOOKED_AT]:
            place = gazetteer.place(row)
            found.setdefault(place.id, (place, _HEARD_NAME))
    return found.values()


def _weight(place: Place) -> float:
    """Return how much a place is meant by a bare name: countries before all, towns by their inhabitants."""
    if place.kind is Kind.COUNTRY:
        return 1e8
    return (
        math.sqrt(place.population) * 100 + 1 if place.kind is Kind.CITY else math.sqrt(place.population) + 1
    )


def _agreement(gazetteer: Gazetteer, place: Place, given: list[tuple[str, str]]) -> float:
    """Return the share, 0 to 1, of what the row says that holds for a place."""
    if not given:
        return 0.0
    row = dict(given)
    points = [
        _holds(gazetteer, place, name, value)
        for name, value in given
        if name not in ("latitude", "longitude")
    ]
    if near := _is_near(place, row):
        points.append(near > 0)
    return sum(points) / len(points) if points else 0.0


def _is_near(place: Place, row: Mapping[str, str]) -> int:
    """Return 1 where the row's point is the place's, -1 where it is not, 0 where the row gives none."""
    try:
        lat, lon = float(row["latitude"]), float(row["longitude"])
    except (KeyError, ValueError):
        return 0
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return 0
    away = float(distance_km(lat, lon, place.latitude, place.longitude))
    return 1 if away <= max(_NEAR_KM, place.radius_km) else -1


def _holds(gazetteer: Gazetteer, place: Place, name: str, value: str) -> bool:
    """Tell whether a place has a value; countries and divisions may be given by any of their names."""
    wanted = fold_name(value)
    if name in ("country", "admin1"):
        held = f"country:{place.country}" if name == "country" and place.country else place.admin1
        if name == "country" and place.country and value.strip().upper() == place.country:
            return True
        row = gazetteer.row(held) if held else None
        return row is not None and (held == value or wanted in map(fold_name, gazetteer.names(row)))
    return any(fold_name(str(own)) == wanted for own in property_values(gazetteer, place, name))
