"""What the dossiers of a place and of a story are put together from: a still map, bars over time, tables."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.render.exports.labels import Frame
from dashboard.render.exports.one_file import colour_variables, whole_page
from dashboard.render.exports.still_map import draw_map
from dashboard.render.map.layers import AREA_KINDS
from dashboard.render.markup import element, join, text
from dashboard.render.theme import STATIC, Palette
from dashboard.render.time.timeline import bars

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import pandas as pd

    from dashboard.core.models import Place
    from dashboard.render.exports.material import Handover
    from dashboard.words import Strings

__all__ = ["Sheet", "days_chart", "dossier_page", "section", "still_map", "table"]

_MAP = (880.0, 460.0)  # pixels
_BARS = (880.0, 84.0)
_LOWEST = 4.0  # pixels of a bar that counts something
_FILES = STATIC / "file"
# The page's own names of its colours, so that the drawing follows the reader's theme.
_NAMES = [item.name for item in fields(Palette) if item.name != "name"]
_COLOURS = Palette(name="light", **{name: f"var(--{name.replace('_', '-')})" for name in _NAMES})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier before it is a page: its title, what stands below it, its sections, and a line at the foot."""

    title: str
    head: Sequence[Markup]
    sections: Sequence[Markup | str]
    foot: str = ""


def dossier_page(sheet: Sheet, handover: Handover) -> str:
    """Return the page, which needs no network and runs no script."""
    words = handover.words
    said = " · ".join(handover.said) or words("export_all")
    head = [
        element("p", words("brand"), class_="brand"),
        element("h1", element("bdi", text(sheet.title), dir="auto")),
        *sheet.head,
        element("p", said, class_="said"),
    ]
    parts = [
        element("header", join(head)),
        element("main", join(sheet.sections)),
        element(
            "footer", join([element("p", line) for line in (words("picture_sources"), sheet.foot) if line])
        ),
    ]
    style = "\n".join([colour_variables(), (_FILES / "dossier.css").read_text(encoding="utf-8")])
    return whole_page(words, f"{sheet.title} · {words('brand')}", join(parts), style=style)


def section(title: str, *body: Markup | str, class_: str | None = None) -> Markup:
    """Return a section with its heading; nothing where there is nothing in it."""
    inside = [part for part in body if part]
    if not inside:
        return Markup("")
    return element("section", join([element("h2", title), *inside]), class_=class_)


def still_map(
    handover: Handover, places: pd.DataFrame, chosen: Place | None = None, room_km: float = 0.0
) -> Markup:
    """Return places drawn on a map.

    Parameters
    ----------
    places
        Columns `PLACE_COLUMNS`.
    chosen
        The place in the middle, which stands out; None = the map shows where most of the news is.
    room_km
        How far the map reaches round it, at least.
    """
    width, height = _MAP
    corners = _round(chosen, room_km) if chosen else None
    drawn_of = replace(handover, selection=replace(handover.selection, places=places), colours=_COLOURS)
    drawn = draw_map(drawn_of, Frame(width, height), corners)
    body = [drawn.drawing]
    if chosen and chosen.kind is not Kind.COUNTRY and chosen.kind not in AREA_KINDS:
        x, y = drawn.window.place(chosen.latitude, chosen.longitude)
        ring = {"fill": "none", "stroke": _COLOURS.accent, "stroke_width": "2.5"}
        most = float(places.loc[places["place_id"] == chosen.id, "articles"].max())
        radius = drawn.sizes.radius(int(most)) + 5
        body.append(element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}", **ring))
    words = handover.words
    picture = element(
        "svg", join(body), viewBox=f"0 0 {width:.0f} {height:.0f}", role="img", aria_label=words("file_map")
    )
    outside = element("figcaption", words("picture_outside", n=drawn.outside)) if drawn.outside else ""
    return element("figure", join([picture, outside]), class_="map")


def _round(place: Place, room_km: float) -> list[list[float]]:
    """Return the corners of a box round a place; farther from the equator it is as wide on the map."""
    degrees = room_km / 111.2
    south, north = max(-84.0, place.latitude - degrees), min(84.0, place.latitude + degrees)
    return [[south, place.longitude - degrees], [north, place.longitude + degrees]]


def days_chart(days: Sequence[tuple[date, int]], words: Strings) -> Markup:
    """Return articles over time as bars, with the first and the last stretch named; nothing for fewer than two."""
    if not days:
        return Markup("")
    step, found = bars(days, days[0][0], days[-1][0])
    if len(found) < 2:  # noqa: PLR2004 - one bar tells nothing
        return Markup("")
    width, height = _BARS
    most, wide = max(bar.articles for bar in found), width / len(found)
    marks = []
    for number, bar in enumerate(found):
        if not bar.articles:
            continue
        tall = max(_LOWEST, height * bar.articles / most)
        at = len(found) - 1 - number if words.rtl else number
        said = words(
            "timeline_bar",
            period=words.period(step, bar.first),
            articles=words("articles", n=bar.articles),
        )
        marks.append(
            element(
                "rect", element("title", said), x=f"{at * wide:.1f}", y=f"{height - tall:.1f}",
                width=f"{max(1.0, min(24.0, wide * 0.82)):.1f}", height=f"{tall:.1f}",
            )
        )  # fmt: skip
    drawing = element(
        "svg", join(marks), viewBox=f"0 0 {width:.0f} {height:.0f}", role="img", aria_label=words("timeline")
    )
    ends = [element("span", words.period(step, bar.first)) for bar in (found[0], found[-1])]
    peak = element("span", words("dossier_peak", articles=words("articles", n=most)))
    below = element("figcaption", join([ends[0], peak, ends[1]]))
    return element("figure", join([drawing, below]), class_="days")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a table; the first cell of each row is its heading."""
    titles = element("tr", join(element("th", title, scope="col") for title in head))
    lines = [
        element(
            "tr",
            join([element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:])]),
        )
        for row in rows
    ]
    return element("table", join([element("thead", titles), element("tbody", join(lines))]))
