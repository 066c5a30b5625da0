"""The map under everything: a folium map that asks nobody but its own server."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import folium
from folium.template import Template

from dashboard.render.assets import FRAME_ASSETS, FRAME_ROOT, MAP_SCRIPTS, MAP_STYLES
from dashboard.render.map.written import Written, script_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.render.theme import Palette

__all__ = ["OfflineMap", "make_base_map"]

_START = (28.0, 20.0)
_START_ZOOM = 4


class OfflineMap(folium.Map, Written):
    """A folium map whose scripts and style sheets lie on the dashboard's own server."""

    default_js = [(file, f"{FRAME_ASSETS}/{file}") for file in MAP_SCRIPTS]  # noqa: RUF012 - folium's own attribute
    default_css = [(file, f"{FRAME_ASSETS}/{file}") for file in MAP_STYLES]  # noqa: RUF012 - likewise


class _Base(Written):
    """The sea, the countries, the scale, and tiles where the user turned them on."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "kharita.base({{ this._parent.get_name() }}, {{ this.json }});"
        "{% endmacro %}"
    )

    def __init__(self, settings: dict[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "KharitaBase"
        self.json = script_json(settings)


def make_base_map(
    colours: Palette, *, tiles: str = "", attribution: str = "", own: Mapping[str, object] | None = None
) -> OfflineMap:
    """Make the map on which everything is drawn.

    Parameters
    ----------
    tiles
        URL template of an online base map; empty, the default, draws the country shapes instead.
    own
        Tiles on this machine: `address`, `vector`, `lowest` and `highest` zoom, `attribution`; None for none.
    """
    base = OfflineMap(
        location=_START, zoom_start=_START_ZOOM, tiles=None, prefer_canvas=True, min_zoom=2, max_zoom=17,
        world_copy_jump=False, zoom_snap=0.25, zoom_delta=0.5, wheel_px_per_zoom_level=90, max_bounds=True,
        min_lat=-75, max_lat=84, min_lon=-200, max_lon=200,
    )  # fmt: skip
    base.add_child(
        _Base(
            {
                "theme": colours.name,
                "colours": {key: value for key, value in asdict(colours).items() if key != "name"},
                "shapes": f"{FRAME_ASSETS}/basemap/countries.json",
                "context": {
                    **{
                        name: f"{FRAME_ASSETS}/basemap/{name}.json"
                        for name in ("coasts", "waters", "disputed", "divisions")
                    },
                    "towns": f"{FRAME_ROOT}/map/towns.json",
                },
                "tiles": tiles,
                "attribution": attribution,
                "own": dict(own) if own else None,
            }
        )
    )
    return base
