"""The areas that the filters name, as thin lines on the map, and the words of the map's own buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folium.template import Template

from dashboard.render.map.written import DataLayer

if TYPE_CHECKING:
    from dashboard.query import Filters
    from dashboard.words import Strings

__all__ = ["AreaLayer", "area_data"]

_WORDS = ("here", "draw", "help", "done", "cancel", "home", "outside", "all_in_view")
_OWN = ("zoom_in", "zoom_out", "km", "m")  # what Leaflet says in English of its own accord


class AreaLayer(DataLayer):
    """The lines round the areas in force; the browser gets data, and no markup."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.featureGroup();"
        "kharita.area({{ this.get_name() }}, {{ this.json }});{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__("areas", data)


def area_data(filters: Filters, middle: tuple[float, float] | None, words: Strings) -> dict[str, Any]:
    """Return what the browser draws.

    Parameters
    ----------
    middle
        Of the circle, WGS84 `(lat, lon)`; None draws none.
    """
    box, near, shape = filters.box, filters.near, filters.shape
    frames: list[list[float]] = []
    if box and box.west <= box.east:
        frames = [[box.south, box.west, box.north, box.east]]
    elif box:  # across the date line: the map shows a piece of the Earth twice, at either side
        frames = [
            [box.south, box.west, box.north, box.east + 360],
            [box.south, box.west - 360, box.north, box.east],
        ]
    return {
        "frames": frames,
        "circle": [*middle, near.km] if near and middle else None,
        "shape": [list(corner) for corner in shape.corners] if shape else None,
        "rtl": words.rtl,
        "digits": words.digits("0123456789"),
        "words": {name: words(f"map_{name}") for name in (*_WORDS, *_OWN)},
    }
