"""HTML: one file that opens without any network, with the map, the list, the sentences and the links inside.

The list is plain HTML, so that it can be read, searched by the browser and printed without a script. The policy
in its head lets nothing be fetched, and no script run but the two that are named by their hash. There is a limit
to its size; what was left out is said in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.core.models import Kind
from dashboard.render.assets import asset_folders
from dashboard.render.exports.material import place_rows
from dashboard.render.exports.one_file import colour_variables, raw, whole_page
from dashboard.render.exports.outline import compact_land
from dashboard.render.exports.page_journeys import page_journeys
from dashboard.render.exports.stories import place_entry, story
from dashboard.render.map.layers import (
    AREA_KINDS,
    DEFAULT_RADIUS_KM,
    UNSURE_BELOW,
    WIDEST_KM,
    circle_size,
    country_depth,
    fit_bounds,
)
from dashboard.render.map.written import script_json
from dashboard.render.markup import element, join, line
from dashboard.render.theme import KIND_COLOURS, STATIC

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markupsafe import Markup

    from dashboard.render.exports.material import Handover, PlaceRow
    from dashboard.render.exports.page_journeys import PageJourneys
    from dashboard.words import Strings

__all__ = ["MOST_PLACES", "html", "write"]

MOST_PLACES = 2000
_STORIES = 8000  # of all places together, as far as each may have the least
_LEAST_EACH, _MOST_EACH = 3, 30
_BUDGET = 6_000_000  # characters of the list
_OWN_FILES = STATIC / "file"
_REMOTE = re.compile(r"url\((?!['\"]?data:)[^)]*\)")


@dataclass(slots=True)
class _List:
    """The list of places as it grows, and what found no room in it."""

    entries: list[Markup] = field(default_factory=list)
    size: int = 0
    left_places: int = 0
    left_articles: int = 0


def write(handover: Handover, path: Path) -> None:
    """Write the page."""
    path.write_text(html(handover), encoding="utf-8", newline="\n")


def html(handover: Handover) -> str:
    """Return the page."""
    words = handover.words
    rows = [row for row, _ in zip(place_rows(handover), range(MOST_PLACES), strict=False)]
    listed = _list(handover, rows)
    moved = page_journeys(handover)
    leaflet = next(item.folder for item in asset_folders() if item.address.endswith("/leaflet"))
    scripts = [
        (leaflet / "leaflet.js").read_text(encoding="utf-8").partition("//# sourceMappingURL")[0],
        (_OWN_FILES / "file.js").read_text(encoding="utf-8"),
    ]
    sheets = [
        _REMOTE.sub("none", (leaflet / "leaflet.css").read_text(encoding="utf-8")),
        colour_variables(),
        (_OWN_FILES / "file.css").read_text(encoding="utf-8"),
    ]
    data = script_json(_map_data(handover, rows) | {"arcs": moved.arcs()})
    body = [
        _header(handover),
        element("div", id="map", role="region", aria_label=words("file_map")),
        element("main", _list_parts(listed, moved, words), class_="list", aria_label=words("file_list")),
        _footer(listed, moved, words),
        raw("script", data, type="application/json", id="data"),
        *(raw("script", script) for script in scripts),
    ]
    title = f"{handover.title} · {words('brand')}"
    return whole_page(words, title, join(body), style="\n".join(sheets), scripts=scripts)


def _header(handover: Handover) -> Markup:
    words = handover.words
    said = " · ".join(handover.said) or words("export_all")
    search = element(
        "input", type="search", placeholder=words("file_search"), aria_label=words("file_search"),
        autocomplete="off", spellcheck="false",
    )  # fmt: skip
    parts = [
        element("div", join([element("h1", line(handover.title)), element("p", line(said))])),
        search,
        element("button", words("file_dark"), type="button", aria_label=words("file_theme")),
        element("span", words("brand"), class_="brand"),
    ]
    return element("header", join(parts), class_="head")


def _list(handover: Handover, rows: Sequence[PlaceRow]) -> _List:
    """Make the entries of the places, each with its newest articles as long as there is room."""
    listed = _List(left_places=len(handover.selection.places) - len(rows))
    known = {row["place_id"]: row for row in rows}
    each = max(_LEAST_EACH, min(_MOST_EACH, _STORIES // max(1, len(rows))))
    for place_id, articles in handover.selection.evidence(list(known), newest=each):
        stories = []
        for article in articles:
            if listed.size > _BUDGET:
                break
            told = story(article, handover.words)
            stories.append(told)
            listed.size += len(told)
        rest = known[place_id]["article_count"] - len(stories)
        listed.left_articles += rest
        entry = place_entry(known[place_id], stories, rest, handover.words)
        listed.entries.append(entry)
    return listed


def _list_parts(listed: _List, moved: PageJourneys, words: Strings) -> Markup:
    no_script = element("noscript", element("p", words("file_no_script")))
    found = element("p", class_="found", role="status")
    none = element("p", words("export_nothing"), class_="none") if not listed.entries else ""
    return join([no_script, found, none, *listed.entries, moved.section()])


def _footer(listed: _List, moved: PageJourneys, words: Strings) -> Markup:
    parts = []
    items = [
        words(f"file_left_{what}", n=n)
        for what, n in (("places", listed.left_places), ("articles", listed.left_articles))
        if n > 0
    ] + ([words("journeys", n=moved.left)] if moved.left else [])
    if items:
        parts.append(element("p", words("file_left_out", items=("، " if words.rtl else ", ").join(items))))
    parts.append(element("p", words("picture_sources")))
    return element("footer", join(parts), class_="foot")


def _map_data(handover: Handover, rows: Sequence[PlaceRow]) -> dict[str, Any]:
    """Return what the page's script draws; the places in the order of the list."""
    words = handover.words
    points = [row["article_count"] for row in rows if _is_point(row)]
    countries = [row["article_count"] for row in rows if row["kind"] == Kind.COUNTRY.value]
    peaks = (max(points, default=1), max(countries, default=1))
    return {
        "places": [_packed(row, peaks, words) for row in rows],
        "land": compact_land(),
        "fit": fit_bounds(handover.selection.places),
        "words": {
            "light": words("file_light"),
            "dark": words("file_dark"),
            "found": words("file_found", n="#"),
            "none": words("file_none"),
        },
    }


def _is_point(row: PlaceRow) -> bool:
    kind = Kind(row["kind"])
    return kind is not Kind.COUNTRY and kind not in AREA_KINDS


def _packed(row: PlaceRow, peaks: tuple[int, int], words: Strings) -> list[Any]:
    """Return name, note, kind, colour, latitude, longitude, size, radius, depth, faint, country."""
    kind, count = Kind(row["kind"]), row["article_count"]
    size, depth, radius = 0.0, 0.1, 0.0
    if _is_point(row):
        size = circle_size(count, peaks[0]) * (0.75 if kind is Kind.FACILITY else 1.0)
    elif kind is Kind.COUNTRY:
        depth = country_depth(count, peaks[1])
    elif row["radius_km"] <= WIDEST_KM:
        radius = row["radius_km"] or DEFAULT_RADIUS_KM
        depth = round(max(0.03, min(0.12, 12 / radius)), 3)
    code = row["country"] or row["place_id"].removeprefix("country:")
    country = words.country(row["country"]) if kind is not Kind.COUNTRY else ""
    note = " · ".join(filter(None, (words(f"kind_{kind.value}"), country, words("articles", n=count))))
    return [
        row["name"],
        note,
        kind.value,
        KIND_COLOURS[kind],
        round(row["latitude"], 4),
        round(row["longitude"], 4),
        round(size, 1),
        radius,
        depth,
        int(row["confidence"] < UNSURE_BELOW),
        code,
    ]
