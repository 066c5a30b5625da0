"""Places by a name as a person types it, the user's own places included at once; and places given by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.models import Place
from dashboard.core.settings import data_path
from dashboard.core.text import fold_name
from dashboard.gazetteer.describe import find_named
from dashboard.gazetteer.shapes import CountryShapes, load_shapes
from dashboard.gazetteer.user_places import UserPlace, add_place, user_places

if TYPE_CHECKING:
    from dashboard.core.settings import Settings
    from dashboard.gazetteer.index import Gazetteer

__all__ = ["add_by_hand", "places_named"]


def places_named(gazetteer: Gazetteer, settings: Settings, name: str, *, limit: int = 8) -> list[Place]:
    """Return the places that bear a name, in any script and spelling: the user's own first, may be empty."""
    wanted = fold_name(name)
    own = [
        place_of(place)
        for place in user_places(settings)
        if wanted in map(fold_name, (place.name, place.name_ar, place.name_fr, *place.other_names))
    ]
    found = [*own, *(hit.place for hit in find_named(gazetteer, name))] if wanted else []
    return list({place.id: place for place in reversed(found)}.values())[::-1][:limit]


def add_by_hand(settings: Settings, place: UserPlace) -> Place:
    """Keep a place among the user's own, and return it; without a country it gets that of its point.

    Raises
    ------
    GazetteerSourceError
        A value makes no sense; the message says which.
    GazetteerError
        The user's folder can't be written.
    """
    place.check()
    country = place.country or _shapes().country_at(place.latitude, place.longitude) or ""
    kept = replace(place, country=country)
    return place_of(replace(kept, id=add_place(settings, kept)))


def place_of(place: UserPlace) -> Place:
    """Return a place of the user as one of the gazetteer."""
    return Place(
        id=place.id,
        name=place.name,
        kind=place.kind,
        latitude=place.latitude,
        longitude=place.longitude,
        country=place.country or None,
        name_ar=place.name_ar or None,
        name_fr=place.name_fr or None,
        radius_km=place.radius_km,
        population=place.population,
    )


@lru_cache(maxsize=1)
def _shapes() -> CountryShapes:
    return load_shapes(data_path() / "basemap" / "countries.geojson")
