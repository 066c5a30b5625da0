"""Two selections on one map: who names a place more, and which places only one of them names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from dashboard.core.models import Kind
from dashboard.render.map.layers import AREA_KINDS, UNSURE_BELOW, circle_size, fit_bounds, local_name

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.words import Strings

__all__ = ["MOST_ALONE", "MOST_SIGNS", "SIDE_COLOURS", "Side", "Sides", "comparison_data", "side_of"]

MOST_SIGNS, MOST_ALONE = 900, 300  # places drawn: of most articles, and of most that only one side names
ALIKE = 0.2  # lean within which both name a place about as often: shares within a factor of 1.5
_FAINT, _AREA, _CHOSEN = 1, 2, 4


class Side(StrEnum):
    """Who names a place; in the order of the legend."""

    ONLY_FIRST = "only_first"
    MORE_FIRST = "more_first"
    ALIKE = "alike"
    MORE_SECOND = "more_second"
    ONLY_SECOND = "only_second"


# Blue against orange: told apart by every eye; what only one side names has a sign of its own as well.
SIDE_COLOURS = {
    "light": {
        Side.ONLY_FIRST: "#00507D",
        Side.MORE_FIRST: "#5BA3D0",
        Side.ALIKE: "#C9C4B8",
        Side.MORE_SECOND: "#F0A26B",
        Side.ONLY_SECOND: "#B34700",
    },
    "dark": {
        Side.ONLY_FIRST: "#6FC3F7",
        Side.MORE_FIRST: "#3C7FA8",
        Side.ALIKE: "#8B8880",
        Side.MORE_SECOND: "#B36A38",
        Side.ONLY_SECOND: "#FF9A55",
    },
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The two selections in words, and how many articles each has."""

    first: str
    second: str
    first_total: int
    second_total: int


def side_of(row: dict[str, Any]) -> Side:
    """Return who names a place of a compared frame."""
    if not row["second"]:
        return Side.ONLY_FIRST
    if not row["first"]:
        return Side.ONLY_SECOND
    if abs(row["lean"]) <= ALIKE:
        return Side.ALIKE
    return Side.MORE_FIRST if row["lean"] > 0 else Side.MORE_SECOND


def _drawn(compared: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """Return the places that are drawn; what only one side names is not crowded out by the big ones."""
    alone = [compared[compared[side] == 0].head(MOST_ALONE) for side in ("first", "second")]
    wanted = {
        chosen,
        *compared.head(MOST_SIGNS)["place_id"],
        *(place for part in alone for place in part["place_id"]),
    }
    return compared[compared["place_id"].isin(wanted)]


def comparison_data(
    compared: pd.DataFrame, sides: Sides, words: Strings, theme: str, chosen: str | None
) -> dict[str, Any]:
    """Return what the browser draws of a compared frame.

    A place is a list: id, name, number of its kind, latitude, longitude, articles of the first and of the
    second selection, number of its side, radius in pixels, state bits (1 faint, 2 no point but an area,
    4 chosen).
    """
    drawn = _drawn(compared, chosen)
    kinds = [kind for kind in Kind if kind.value in set(drawn["kind"])]
    at = {kind.value: number for number, kind in enumerate(kinds)}
    number = {side: place for place, side in enumerate(Side)}
    most = int(drawn["articles"].max()) if len(drawn) else 1
    rows = []
    for row in cast("list[dict[str, Any]]", drawn.to_dict("records")):
        state = _FAINT if row["confidence"] < UNSURE_BELOW else 0
        state |= _AREA if row["kind"] == Kind.COUNTRY or Kind(row["kind"]) in AREA_KINDS else 0
        state |= _CHOSEN if row["place_id"] == chosen else 0
        rows.append(
            [
                row["place_id"], local_name(row, words.language), at[row["kind"]],
                round(float(row["latitude"]), 3), round(float(row["longitude"]), 3),
                int(row["first"]), int(row["second"]), number[side_of(row)],
                circle_size(int(row["articles"]), most), state,
            ]
        )  # fmt: skip
    return {
        "rows": rows,
        "kinds": [words(f"kind_{kind.value}") for kind in kinds],
        "numbers": {str(n): words.number(n) for n in sorted({n for row in rows for n in row[5:7]})},
        "sides": [sides.first, sides.second],
        "colours": list(SIDE_COLOURS[theme].values()),
        "rtl": words.rtl,
        "fit": fit_bounds(compared),
    }
