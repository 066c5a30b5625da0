"""Countries and divisions shaded by the articles that name a place in them: classes, colours, data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dashboard.render.assets import FRAME_ASSETS
from dashboard.render.map.layers import UNSURE_BELOW, fit_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from dashboard.words import Strings

__all__ = [
    "AREA_RAMPS",
    "ShadedAreas",
    "Shading",
    "area_data",
    "class_colours",
    "class_of",
    "class_starts",
    "quantile_starts",
    "shading",
    "share_starts",
]

CLASSES = 5
# From few to many; one hue, lightness one way.
AREA_RAMPS = {
    "light": ("#D5E8E0", "#A5D0C0", "#69B09A", "#2E8A70", "#0A5743"),
    "dark": ("#22413A", "#2E6154", "#3F8A75", "#62B8A0", "#B4EBD9"),
}
_NICE = (1, 2, 3, 5, 10)
# Lowest shares of the classes; those for small shares when none is big, the same for all selections.
_SHARES = ((0.1, (0.0, 0.01, 0.05, 0.2, 0.5)), (0.0, (0.0, 0.001, 0.005, 0.01, 0.05)))
_FAINT, _CHOSEN = 1, 4
_FEW_AREAS = 10  # fewer are told apart by any classes
_SWALLOWED = 0.6  # of all areas in one class: the map would have one shade


@dataclass(frozen=True, slots=True)
class Shading:
    """How areas are shaded.

    Attributes
    ----------
    starts
        Lowest value of each class, rising: articles, or shares of `total`.
    total
        Articles of the whole selection.
    by_share
        Whether `starts` are shares.
    """

    starts: tuple[float, ...]
    total: int
    by_share: bool

    def of(self, articles: int) -> int:
        """Return the class of an area with so many articles."""
        return class_of(articles / max(1, self.total) if self.by_share else articles, self.starts)


def class_starts(most: int) -> tuple[float, ...]:
    """Return the lowest numbers of at most five classes that grow by about the same factor, rounded."""
    if most <= CLASSES:
        return tuple(float(value) for value in range(1, max(1, most) + 1))
    starts: list[float] = []
    for number in range(CLASSES):
        wanted = most ** (number / CLASSES)
        decade = 10 ** (len(str(int(wanted))) - 1)
        nice = min(_NICE, key=lambda step: abs(step * decade - wanted)) * decade
        if not starts or nice > starts[-1]:
            starts.append(float(nice))
    return tuple(starts)


def quantile_starts(values: Sequence[float]) -> tuple[float, ...]:
    """Return the lowest values of at most five classes with about as many areas each.

    Equal values are never parted: a value that many areas share takes a class of its own, and the rest is divided
    among the classes that are left.
    """
    rest = sorted(values)
    starts: list[float] = []
    for left in range(CLASSES, 0, -1):
        if not rest:
            break
        starts.append(float(rest[0]))
        wanted = len(rest) / left
        cut = rest[max(0, round(wanted) - 1)]
        below, upto = bisect_left(rest, cut), bisect_right(rest, cut)
        rest = rest[below if below > 0 and wanted - below <= upto - wanted else upto :]
    return tuple(starts)


def share_starts(most: float) -> tuple[float, ...]:
    """Return the lowest shares of the classes, for the biggest share."""
    return next(starts for least, starts in _SHARES if most >= least)


def class_of(value: float, starts: Sequence[float]) -> int:
    """Return the number of the class that a value belongs to."""
    return max(0, sum(1 for start in starts if value >= start) - 1)


def shading(areas: pd.DataFrame, total: int, *, by_share: bool) -> Shading:
    """Return the classes for a frame of areas: of equal numbers where one class would hold nearly all of them."""
    most = int(areas["articles"].max()) if len(areas) else 0
    starts = share_starts(most / max(1, total)) if by_share else class_starts(most)
    counts = [int(value) for value in areas["articles"]]
    if len(counts) < _FEW_AREAS or _fullest(starts, counts, total if by_share else 1) <= _SWALLOWED:
        return Shading(starts, total, by_share)
    if by_share:  # shares stay round: the table that tells most areas apart
        tables = [table for _, table in _SHARES]
        return Shading(min(tables, key=lambda table: _fullest(table, counts, total)), total, by_share)
    return Shading(quantile_starts(counts), total, by_share)


def _fullest(starts: Sequence[float], counts: Sequence[int], of: int) -> float:
    """Return the share of areas in the class that holds most of them."""
    return max(Counter(class_of(count / max(1, of), starts) for count in counts).values()) / len(counts)


@dataclass(frozen=True, slots=True)
class ShadedAreas:
    """What is shaded, and how.

    Attributes
    ----------
    frame
        Columns `AREA_COLUMNS`, of one level.
    names
        Of the areas, by id.
    chosen
        Id of the area whose places are listed.
    """

    frame: pd.DataFrame
    names: Mapping[str, str]
    shades: Shading
    chosen: str | None = None


def area_data(areas: ShadedAreas, places: pd.DataFrame, words: Strings, theme: str) -> dict[str, Any]:
    """Return what the browser shades; the map is fitted to `places` at first.

    An area is a list: code (the id without what stands before its colon), name, articles, class, state bits
    (1 faint, 4 chosen). What follows from the number of articles is told once, in a table.
    """
    records = cast("list[dict[str, Any]]", areas.frame.to_dict("records"))
    rows = [_packed(row, areas) for row in records]
    level = "division" if records and str(records[0]["area_id"]).startswith("adm1:") else "country"
    return {
        "level": level,
        "rows": rows,
        "counts": {str(n): _counted(n, areas.shades, words) for n in sorted({row[2] for row in rows})},
        "ramp": class_colours(areas.shades, theme),
        "shapes": f"{FRAME_ASSETS}/basemap/divisions.json",
        "rtl": words.rtl,
        "fit": fit_bounds(places),
    }


def class_colours(shades: Shading, theme: str) -> tuple[str, ...]:
    """Return the colour of each class: the darkest for the most, one of the middle for a single class."""
    ramp = AREA_RAMPS[theme]
    return ramp[-len(shades.starts) :] if len(shades.starts) > 1 else ramp[2:3]


def _packed(row: dict[str, Any], areas: ShadedAreas) -> list[Any]:
    area, articles = str(row["area_id"]), int(row["articles"])
    code = area.partition(":")[2]
    state = (_FAINT if row["confidence"] < UNSURE_BELOW else 0) | (_CHOSEN if area == areas.chosen else 0)
    return [code, areas.names.get(area, code), articles, areas.shades.of(articles), state]


def _counted(articles: int, shades: Shading, words: Strings) -> str:
    share = words("area_share", share=words.share(articles / max(1, shades.total)))
    return f"{words('articles', n=articles)} · {share}"
