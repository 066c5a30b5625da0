"""What an article is mainly about: the place and the country that its mentions speak for most."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dashboard.core.models import Focus, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.core.models import Resolution

__all__ = ["find_focus"]

_LEAD = 0.15  # share of the text that counts as headline and lead
_LEAD_WEIGHT = 2.0
_METONYMY_WEIGHT = 0.5  # a capital that stands for its government is seldom where it happens
_COUNTRY_ITSELF = 1.5  # a country named outright, against one of its towns
_LEAST = 0.3  # confidence below which a mention says nothing of the focus


def find_focus(resolutions: Iterable[Resolution], length: int) -> Focus:
    """Choose the main place (a country only when nothing smaller is named) and the main country.

    Parameters
    ----------
    length
        Code points of the text.
    """
    places: dict[str, float] = defaultdict(float)
    countries: dict[str, float] = defaultdict(float)
    wide: set[str] = set()
    for resolution in resolutions:
        place = resolution.place
        if place is None or resolution.confidence < _LEAST:
            continue
        weight = resolution.confidence
        weight *= _LEAD_WEIGHT if resolution.mention.start < _LEAD * length else 1.0
        # A country is meant whether it or its government is named; a capital is not what the article is about.
        acting = resolution.metonymy and place.kind is not Kind.COUNTRY
        weight *= _METONYMY_WEIGHT if acting else 1.0
        places[place.id] += weight
        if place.country:
            countries[place.country] += weight * (_COUNTRY_ITSELF if place.kind is Kind.COUNTRY else 1.0)
        if place.kind is Kind.COUNTRY or place.country is None:
            wide.add(place.id)
    small = {place: weight for place, weight in places.items() if place not in wide}
    return Focus(_first(small or places), _first(countries))


def _first(weights: dict[str, float]) -> str | None:
    return min(weights, key=lambda key: (-weights[key], key)) if weights else None
