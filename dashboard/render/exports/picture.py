"""PNG: the map as a picture for a page or a slide, with title, legend, scale and sources.

It is drawn as SVG and turned into pixels here, with the page's own typeface: no browser, no system fonts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import resvg_py
from markupsafe import Markup

from dashboard.core.links import shorten
from dashboard.core.models import Kind
from dashboard.render.assets import asset_folders
from dashboard.render.exports.labels import Frame, text_width
from dashboard.render.exports.still_map import draw_map, isolated, sign_shape
from dashboard.render.map.layers import AREA_KINDS, COUNTRY_STEPS
from dashboard.render.markup import element, join
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.render.exports.material import Handover
    from dashboard.render.exports.still_map import StillMap

__all__ = ["map_svg", "png", "write"]

WIDTH, HEIGHT = 1400.0, 900.0
_ZOOM = 2  # pixels of the file for one of the drawing
_HEAD, _FOOT, _EDGE = 86.0, 34.0, 28.0
_ROW = 23.0  # of the legend
_FONTS = "'IBM Plex Sans', 'IBM Plex Sans Arabic'"
_ARABIC_FIRST = "'IBM Plex Sans Arabic', 'IBM Plex Sans'"
_SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class _Sheet:
    """Puts things where the reader's language has its beginning and end."""

    def __init__(self, handover: Handover) -> None:
        self.words, self.colours = handover.words, handover.colours
        self.rtl = handover.words.rtl

    def x(self, from_start: float, wide: float = 0.0) -> float:
        """Return the left edge of a thing so far from the side where lines begin."""
        return WIDTH - from_start - wide if self.rtl else from_start

    def line(
        self, value: str, from_start: float, y: float, size: float, *, end: bool = False, **look: object
    ) -> Markup:
        """Return a line of text that begins, or with `end` ends, at a distance from where lines begin."""
        anchor = "end" if self.rtl is not end else "start"
        look = {"fill": self.colours.ink} | look
        return element(
            "text", isolated(value, rtl=self.rtl), x=f"{self.x(from_start):.1f}", y=f"{y:.1f}",
            font_size=f"{size}", text_anchor=anchor, **look,
        )  # fmt: skip


def map_svg(handover: Handover) -> str:
    """Return the picture as SVG."""
    sheet, colours = _Sheet(handover), handover.colours
    high = HEIGHT - _HEAD - _FOOT
    rough = len(set(handover.selection.places["kind"])) + 3
    width, height = 236.0, rough * _ROW + 20
    corner = (sheet.x(WIDTH - width - 16, width), high - height - 14)
    kept = [(corner[0], corner[1], corner[0] + width, corner[1] + height)]
    drawn = draw_map(handover, Frame(WIDTH, high, kept))
    clip = element("clipPath", element("rect", width=WIDTH, height=high), id="frame")
    chart = element("g", drawn.drawing, clip_path="url(#frame)")
    body = [
        element("rect", width=WIDTH, height=HEIGHT, fill=colours.paper),
        _head(sheet, handover),
        element(
            "g", join([clip, chart, _scale(sheet, drawn, high), _legend(sheet, drawn, high)]),
            transform=f"translate(0 {_HEAD:g})",
        ),
        element("rect", y=_HEAD - 1, width=WIDTH, height=1, fill=colours.line),
        _foot(sheet, drawn),
    ]  # fmt: skip
    fonts = _ARABIC_FIRST if sheet.rtl else _FONTS
    drawing = element(
        "svg", join(body), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=f"{WIDTH:.0f}", height=f"{HEIGHT:.0f}", font_family=fonts,
    )  # fmt: skip
    return str(drawing)


def _head(sheet: _Sheet, handover: Handover) -> Markup:
    said = " · ".join(handover.said) or handover.words("export_all")
    size = 15.5
    most = int((WIDTH - 2 * _EDGE) / (size * 0.52))
    parts = [
        sheet.line(handover.title, _EDGE, 40, 26, font_weight="600"),
        sheet.line(shorten(said, most), _EDGE, 66, size, fill=sheet.colours.muted),
    ]
    name = f"{handover.words('brand')} · {'Kharita' if sheet.rtl else 'خريطة'}"
    brand = sheet.line(name, WIDTH - _EDGE, 38, 16, end=True, fill=sheet.colours.accent, font_weight="600")
    return join([*parts, brand])


def _foot(sheet: _Sheet, drawn: StillMap) -> Markup:
    words, y = sheet.words, HEIGHT - 12
    grey = sheet.colours.muted
    parts = [sheet.line(words("picture_sources"), _EDGE, y, 12.5, fill=grey)]
    if drawn.outside:
        note = words("picture_outside", n=drawn.outside)
        parts.append(sheet.line(note, WIDTH - _EDGE, y, 12.5, end=True, fill=grey))
    return join(parts)


def _scale(sheet: _Sheet, drawn: StillMap, high: float) -> Markup:
    """Return a bar of a round number of kilometres, true in the middle of the picture."""
    latitude = drawn.window.middle_latitude
    km = max(
        (km for km in _SCALES_KM if drawn.window.pixels(km, latitude) <= 190), default=_SCALES_KM[0]  # noqa: PLR2004 - pixels
    )  # fmt: skip
    wide, y = drawn.window.pixels(km, latitude), high - 24
    x = sheet.x(_EDGE, wide)
    label = sheet.words("picture_km", n=km)
    bar = f"M{x:.1f} {y - 6:.1f}v6h{wide:.1f}v-6"
    ink = {"fill": "none", "stroke_linejoin": "round"}
    return join(
        [
            element("path", d=bar, stroke=sheet.colours.halo, stroke_width="4.5", **ink),
            element("path", d=bar, stroke=sheet.colours.ink, stroke_width="1.4", **ink),
            element(
                "text", isolated(label, rtl=sheet.rtl), x=f"{x + wide / 2:.1f}", y=f"{y - 6:.1f}",
                font_size="12.5", text_anchor="middle", fill=sheet.colours.ink, stroke=sheet.colours.halo,
                stroke_width="3", paint_order="stroke",
            ),
        ]
    )  # fmt: skip


def _legend(sheet: _Sheet, drawn: StillMap, high: float) -> Markup:
    words = sheet.words
    kinds = [kind for kind in Kind if kind in drawn.kinds]
    if not kinds:
        return Markup("")
    names = [words(f"kind_{kind.value}") for kind in kinds]
    if drawn.unsure:
        names.append(words("legend_unsure"))
    width = max(150.0, 62 + max(text_width(name, 13.5) for name in names), 62 + _bubbles_width(drawn))
    bubbles = any(kind is not Kind.COUNTRY and kind not in AREA_KINDS for kind in kinds)
    height = len(names) * _ROW + 18 + (_bubbles_height(drawn) if bubbles else 0)
    start = WIDTH - width - 16  # from where lines begin: the box stands at the other side
    top = high - height - 14
    box = element(
        "rect", x=f"{sheet.x(start, width):.1f}", y=f"{top:.1f}", width=f"{width:.1f}", height=f"{height:.1f}",
        rx="9", fill=sheet.colours.paper, fill_opacity="0.9", stroke=sheet.colours.line,
    )  # fmt: skip
    parts = [box]
    for number, name in enumerate(names):
        y = top + 21 + number * _ROW
        kind = kinds[number] if number < len(kinds) else None
        parts.append(_swatch(sheet, kind, sheet.x(start + 24), y))
        parts.append(sheet.line(name, start + 44, y + 4.7, 13.5))
    if bubbles:
        parts.append(_bubbles(sheet, drawn, start, top + 20 + len(names) * _ROW))
    return join(parts)


def _swatch(sheet: _Sheet, kind: Kind | None, x: float, y: float) -> Markup:
    if kind is None:
        return element(
            "circle", cx=x, cy=y, r="6.5", fill=sheet.colours.muted, fill_opacity="0.25",
            stroke=sheet.colours.muted, stroke_width="1.3", stroke_dasharray="3 3",
        )  # fmt: skip
    colour = KIND_COLOURS[kind]
    if kind is Kind.COUNTRY:
        depth = COUNTRY_STEPS[-1]
        return element(
            "rect", x=x - 8, y=y - 6, width=16, height=12, rx="3", fill=sheet.colours.country,
            fill_opacity=depth, stroke=sheet.colours.country, stroke_opacity="0.7",
        )  # fmt: skip
    if kind in AREA_KINDS:
        return element(
            "circle", cx=x, cy=y, r="7", fill=colour, fill_opacity="0.16", stroke=colour, stroke_width="1.5",
            stroke_dasharray="0.1 4", stroke_linecap="round",
        )  # fmt: skip
    return sign_shape(kind, x, y, 6.5, fill=colour, fill_opacity="0.88")


def _counts(drawn: StillMap) -> list[int]:
    """Return numbers of articles whose circles the legend shows, from one to the most."""
    middle = round(drawn.sizes.most**0.5) if drawn.sizes.most > 3 else 0  # noqa: PLR2004 - too few for a circle between
    return sorted({1, middle or 1, drawn.sizes.most})


def _bubbles_width(drawn: StillMap) -> float:
    return sum(2 * drawn.sizes.radius(n) + 14 for n in _counts(drawn)) - 30


def _bubbles_height(drawn: StillMap) -> float:
    return 2 * drawn.sizes.radius(drawn.sizes.most) + 50


def _bubbles(sheet: _Sheet, drawn: StillMap, start: float, top: float) -> Markup:
    """Return what the size of a circle means."""
    colours, parts = sheet.colours, []
    rule = element(
        "rect",
        x=f"{sheet.x(start + 14, 118):.1f}",
        y=f"{top - 6:.1f}",
        width=118,
        height=1,
        fill=colours.line,
    )
    parts = [
        rule,
        sheet.line(sheet.words("picture_articles"), start + 16, top + 14, 12.5, fill=colours.muted),
    ]
    largest = drawn.sizes.radius(drawn.sizes.most)
    at, base = start + 16, top + 24 + 2 * largest
    for n in _counts(drawn):
        radius = drawn.sizes.radius(n)
        x = sheet.x(at + radius)
        parts.append(
            element(
                "circle", cx=f"{x:.1f}", cy=f"{base - radius:.1f}", r=f"{radius:.1f}", fill="none",
                stroke=colours.muted, stroke_width="1.2",
            )
        )  # fmt: skip
        parts.append(
            element(
                "text", sheet.words.number(n), x=f"{x:.1f}", y=f"{base + 13:.1f}", font_size="11.5",
                text_anchor="middle", fill=colours.muted,
            )
        )  # fmt: skip
        at += 2 * radius + 14
    return join(parts)


def png(handover: Handover) -> bytes:
    """Return the picture as PNG."""
    folders = {item.address.rpartition("/")[2]: item.folder for item in asset_folders()}
    fonts = [str(file) for name in ("sans", "arabic") for file in sorted(folders[name].glob("*.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=map_svg(handover), zoom=_ZOOM, skip_system_fonts=True, font_files=fonts,
            font_family="IBM Plex Sans",
        )
    )  # fmt: skip


def write(handover: Handover, path: Path) -> None:
    """Write the picture."""
    path.write_bytes(png(handover))
