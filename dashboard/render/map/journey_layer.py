"""Journeys as arcs: those between the same two places are one bundle, that tells how many they are."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from dashboard.core.models import Kind
from dashboard.journeys.models import LegStatus
from dashboard.query import UNKNOWN_END, journey_days
from dashboard.render.map.layers import local_name
from dashboard.render.map.view_legends import legend_box
from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from dashboard.core.models import Place
    from dashboard.journeys import Journey
    from dashboard.words import Strings

__all__ = ["Sort", "bundle_journeys", "journey_data", "journey_legend", "sort_colour", "sort_of"]

MOST_BUNDLES = 1500
_EARTH = 85.0


class Sort(IntEnum):
    """How a journey is drawn, the most certain first."""

    SO = 0  # happened, or under way
    NOT_YET = 1  # planned, possible, usual
    TOLD = 2  # alleged
    NOT_SO = 3  # denied or cancelled


_SORTS = {
    LegStatus.HAPPENED: Sort.SO,
    LegStatus.UNDER_WAY: Sort.SO,
    LegStatus.PLANNED: Sort.NOT_YET,
    LegStatus.HYPOTHETICAL: Sort.NOT_YET,
    LegStatus.HABITUAL: Sort.NOT_YET,
    LegStatus.ALLEGED: Sort.TOLD,
    LegStatus.CANCELLED: Sort.NOT_SO,
    LegStatus.DENIED: Sort.NOT_SO,
}
# Safe for colour-blind eyes (after Okabe and Ito); dashes say the same without colour.
SORT_COLOURS = {Sort.SO: "#0072B2", Sort.NOT_YET: "#B87800", Sort.TOLD: "#A8518A", Sort.NOT_SO: "#C14A00"}
DARK_COLOURS = {Sort.SO: "#5AB4EC", Sort.NOT_YET: "#E6A83A", Sort.TOLD: "#DA8FC3", Sort.NOT_SO: "#F08450"}
DASHES = {Sort.SO: "", Sort.NOT_YET: "9 6", Sort.TOLD: "2 6", Sort.NOT_SO: "9 4 2 4"}


def sort_colour(sort: Sort) -> str:
    """Return the colour of a sort in the words of a style sheet, that of the theme in force."""
    return f"light-dark({SORT_COLOURS[sort]},{DARK_COLOURS[sort]})"


def sort_of(journey: Journey) -> Sort:
    """Return how a journey is drawn."""
    return _SORTS[journey.status]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The journeys from one place to another; None is an end that nobody names."""

    start: Place | None
    end: Place | None
    journeys: tuple[Journey, ...]

    @property
    def sort(self) -> Sort:
        """The most certain of them."""
        return min(map(sort_of, self.journeys))

    @property
    def independent(self) -> int:
        """Independent reports of the journey that has most."""
        return max(one.independent for one in self.journeys if sort_of(one) is self.sort)


def bundle_journeys(journeys: Sequence[Journey]) -> list[Bundle]:
    """Gather journeys by their two ends, the fullest bundles first; by way of a place is two arcs."""
    found: dict[tuple[str, str], tuple[Place | None, Place | None, list[Journey]]] = {}
    for one in journeys:
        ends = [end.place if end else None for end in (one.from_place, one.via, one.to_place)]
        stops = [ends[0], ends[2]] if ends[1] is None else ends
        if one.via is not None and (ends[0] is None or ends[2] is None):
            stops = [ends[0] or ends[1], ends[2] or ends[1]]
        for start, end in itertools.pairwise(stops):
            if start is not None and end is not None and start.id == end.id:
                start = None if one.from_place is None else start  # noqa: PLW2901 - the arc would be a point
            key = (start.id if start else "", end.id if end else "")
            found.setdefault(key, (start, end, []))[2].append(one)
    bundles = [Bundle(start, end, tuple(some)) for start, end, some in found.values()]
    return sorted(bundles, key=lambda one: (-len(one.journeys), one.sort))


def journey_data(  # noqa: PLR0913 - what is drawn, in which words and theme, and what is open
    journeys: Sequence[Journey],
    words: Strings,
    name: Callable[[str], str],
    *,
    opened: str | None = None,
    place: str | None = None,
    dark: bool = False,
) -> dict[str, Any]:
    """Return what the browser draws: places, and arcs between them by their numbers; -1 is an end that nobody names.

    An arc is: from, to, journeys, sort, independent reports, bits (4: open), first and last day as ordinals or null,
    what a click sets in the address, and the lines of its tip.
    """
    bundles = bundle_journeys(journeys)[:MOST_BUNDLES]
    spots: dict[str, Place] = {}
    counts: dict[str, int] = {}
    for bundle in bundles:
        for end in (bundle.start, bundle.end):
            if end is not None:
                spots[end.id] = end
                counts[end.id] = counts.get(end.id, 0) + len(bundle.journeys)
    at = {ident: number for number, ident in enumerate(spots)}
    return {
        "places": [
            [spot.id, _place_name(spot, words), round(spot.latitude, 4), round(spot.longitude, 4), counts[ident],
             int(ident == place), int(spot.kind is Kind.COUNTRY)]
            for ident, spot in spots.items()
        ],
        "arcs": [
            [
                at[bundle.start.id] if bundle.start else -1,
                at[bundle.end.id] if bundle.end else -1,
                len(bundle.journeys),
                int(bundle.sort),
                bundle.independent,
                4 * any(one.id == opened for one in bundle.journeys),
                [[day.toordinal() for day in days] for one in bundle.journeys if (days := journey_days(one))],
                _click(bundle),
                _tip(bundle, words, name),
            ]
            for bundle in bundles
        ],
        "colours": [(DARK_COLOURS if dark else SORT_COLOURS)[sort] for sort in Sort],
        "dashes": [DASHES[sort] for sort in Sort],
        "rtl": words.rtl,
        "fit": _fit(list(spots.values())),
        "noted": {str(n): words("journeys", n=n) for n in sorted(set(counts.values()))},
    }  # fmt: skip


def _place_name(place: Place, words: Strings) -> str:
    row = {"name": place.name, "name_ar": place.name_ar, "name_fr": place.name_fr}
    return local_name(row, words.language)


def _click(bundle: Bundle) -> dict[str, str]:
    """Return what opens a bundle: its one journey, or the list of those between its places."""
    if len(bundle.journeys) == 1:
        return {"journey": bundle.journeys[0].id}
    return {
        "origin": bundle.start.id if bundle.start else UNKNOWN_END,
        "goal": bundle.end.id if bundle.end else UNKNOWN_END,
    }


def _tip(bundle: Bundle, words: Strings, name: Callable[[str], str]) -> list[str]:
    start = _place_name(bundle.start, words) if bundle.start else words("journey_unknown")
    end = _place_name(bundle.end, words) if bundle.end else words("journey_unknown")
    actors = list(dict.fromkeys(name(one.actor) for one in bundle.journeys))
    shown = words("comma").join(actors[:3]) + (" …" if len(actors) > 3 else "")  # noqa: PLR2004 - three names
    lines = [words("journey_way", start=start, end=end), shown, words("journeys", n=len(bundle.journeys))]
    if len(bundle.journeys) == 1:
        lines[2] = words(f"leg_status_{bundle.journeys[0].status.value.replace(' ', '_')}")
        lines.append(words("journey_independent", n=bundle.independent))
    return lines


def _fit(places: Sequence[Place]) -> list[list[float]] | None:
    """Return the corners of what is drawn."""
    if not places:
        return None
    lats, lons = [place.latitude for place in places], [place.longitude for place in places]
    south, north = max(-_EARTH, min(lats) - 1), min(_EARTH, max(lats) + 1)
    return [[south, min(lons) - 1], [north, max(lons) + 1]]


def journey_legend(words: Strings) -> Markup:
    """Return the legend of the arcs."""
    rows = [
        join(
            [
                element(
                    "span",
                    class_=f"kh-arc kh-arc-{int(sort)}",
                    style=f"--k:{sort_colour(sort)}",
                    aria_hidden="true",
                ),
                words(f"journey_sort_{sort.name.lower()}"),
            ]
        )
        for sort in Sort
    ]
    return legend_box(
        words,
        element("ul", join(element("li", row) for row in rows)),
        element("p", words("journey_legend_note"), class_="kh-key-note"),
    )
