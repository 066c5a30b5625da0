"""The views of the map beside the places: what the browser is given for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folium.template import Template

from dashboard.render.map.heat import HEAT_RAMPS, heat_cells, heat_places
from dashboard.render.map.layers import fit_bounds, map_data
from dashboard.render.map.written import DataLayer

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dashboard.words import Strings

__all__ = ["NAMED", "ViewLayer", "heat_data", "named_places_data"]

NAMED = 150  # places that a view without signs can name and lead to


class ViewLayer(DataLayer):
    """One view of an answer; the browser gets data, and no markup."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.featureGroup();"
        "kharita.view({{ this.view|tojson }}, {{ this.get_name() }}, {{ this.json }});{% endmacro %}"
    )

    def __init__(self, view: str, data: Mapping[str, Any]) -> None:
        super().__init__(view, data)
        self.view = view


def named_places_data(
    places: pd.DataFrame, everything: pd.DataFrame, words: Strings, chosen: str | None
) -> dict[str, Any]:
    """Return the biggest places and the chosen one, as `map_data` says them, fitted to all of them."""
    wanted = places.head(NAMED)
    if chosen is not None and chosen not in set(wanted["place_id"]):
        wanted = places[places["place_id"].isin([*wanted["place_id"], chosen])]
    return map_data(wanted, words, chosen=chosen) | {"fit": fit_bounds(everything)}


def heat_data(places: pd.DataFrame, words: Strings, theme: str, chosen: str | None) -> dict[str, Any]:
    """Return what the heat view draws: cells, colours, and the places that it names."""
    return {
        "heat": heat_cells(places),
        "ramp": HEAT_RAMPS[theme],
        "places": named_places_data(heat_places(places), places, words, chosen),
    }
