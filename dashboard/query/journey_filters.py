r"""The filters of journeys, beside those of articles and places: read from an address, written to one.

    actor    who moves                        actor=actor:khalifa-haftar
    move     kinds of movement                move=visit,arrival
    status   whether it is so                 status=happened,planned
    origin   places that are left             origin=geonames:88319,country:FR,unknown
    goal     places that are reached          goal=geonames:2988507,unknown
    company  who else the sentences name      company=actor:saddam-haftar

`unknown` stands for journeys of which nobody says from where, or where to. This module alone knows how they are
written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dashboard.core.errors import FilterError
from dashboard.core.links import clean_title
from dashboard.journeys.models import LegKind, LegStatus
from dashboard.query.areas import PLACE_ID
from dashboard.query.url_lists import FilterIssue, FilterProblem, UrlReader, join_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "JOURNEY_FILTER_NAMES",
    "UNKNOWN_END",
    "JourneyFilters",
    "format_journey_filters",
    "parse_journey_filters",
]

JOURNEY_FILTER_NAMES = ("actor", "move", "status", "origin", "goal", "company")
UNKNOWN_END = "unknown"
_MOST = 50  # values of one filter
_LONGEST = 160  # code points of an actor's key
_KEY = re.compile(r"(actor|name|text):\S.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JourneyFilters:
    """Which journeys to show: filters combine with AND, the values of one with OR; an empty one lets all through.

    Attributes
    ----------
    actors, beside
        Keys of actors: who moves, and who else is named.
    kinds, statuses
        Values of `LegKind` and `LegStatus`; of either, `under way` is written `under-way`.
    origins, goals
        Ids of places, or `unknown`; a country or division stands for what lies in it.

    Raises
    ------
    FilterError
        A value makes no sense.
    """

    actors: tuple[str, ...] = ()
    kinds: tuple[LegKind, ...] = ()
    statuses: tuple[LegStatus, ...] = ()
    origins: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Bring the values to their one form."""
        for item in fields(self):
            object.__setattr__(self, item.name, _sorted(getattr(self, item.name)))
        for key in (*self.actors, *self.beside):
            if _actor(key) != key:
                raise FilterError(f"{key!r} is no actor.")
        for place in (*self.origins, *self.goals):
            if _end(place) != place:
                raise FilterError(f"{place!r} is no id of a place.")

    def __bool__(self) -> bool:
        """Tell whether any filter is set."""
        return any(getattr(self, item.name) for item in fields(self))


def parse_journey_filters(
    params: Mapping[str, str | Sequence[str]],
) -> tuple[JourneyFilters, list[FilterProblem]]:
    """Read the filters of an address; what can't be read is left out and reported, other names are ignored."""
    reader = UrlReader(params)
    return (
        JourneyFilters(
            actors=reader.values("actor", _actor, FilterIssue.BAD_ACTOR, _MOST),
            kinds=tuple(map(LegKind, reader.values("move", _kind, FilterIssue.BAD_MOVE))),
            statuses=tuple(map(LegStatus, reader.values("status", _status, FilterIssue.BAD_STATUS))),
            origins=reader.values("origin", _end, FilterIssue.BAD_PLACE, _MOST),
            goals=reader.values("goal", _end, FilterIssue.BAD_PLACE, _MOST),
            beside=reader.values("company", _actor, FilterIssue.BAD_ACTOR, _MOST),
        ),
        reader.problems,
    )


def format_journey_filters(filters: JourneyFilters) -> dict[str, str]:
    """Return the parameters of an address, in the order of `JOURNEY_FILTER_NAMES`, defaults left out."""
    values: dict[str, tuple[str, ...]] = {
        "actor": filters.actors,
        "move": tuple(kind.value for kind in filters.kinds),
        "status": tuple(status.value.replace(" ", "-") for status in filters.statuses),
        "origin": filters.origins,
        "goal": filters.goals,
        "company": filters.beside,
    }
    return {name: join_list(values[name]) for name in JOURNEY_FILTER_NAMES if values[name]}


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _actor(value: str) -> str | None:
    clean = clean_title(value)
    return clean if _KEY.match(clean) and len(clean) <= _LONGEST else None


def _kind(value: str) -> str | None:
    return value.lower() if value.lower() in set(LegKind) else None


def _status(value: str) -> str | None:
    found = value.lower().replace("-", " ").replace("_", " ")
    return found if found in set(LegStatus) else None


def _end(value: str) -> str | None:
    return value if value == UNKNOWN_END or PLACE_ID.fullmatch(value) else None
