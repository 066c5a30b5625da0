"""The passage of time as data: which places are named in which days, weeks or months."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dashboard.core.models import Kind
from dashboard.render.map.layers import LARGEST_PX, SMALLEST_PX, UNSURE_BELOW, local_name
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from dashboard.render.time.time_tools import Bar, Step
    from dashboard.words import Strings

__all__ = ["MOST_PLAYED", "Film", "film_data", "journey_film"]

MOST_PLAYED = 400  # places that are played, those of most articles
_WINDOWS: Mapping[Step, tuple[int, ...]] = {
    "day": (1, 3, 7, 14),
    "week": (1, 2, 4, 13),
    "month": (1, 3, 6, 12),
    "year": (1, 2, 5),
}
_START_WITH = 1  # of these widths
_FAINT = 1


@dataclass(frozen=True, slots=True)
class Film:
    """What is played.

    Attributes
    ----------
    bars
        The bins with all their articles, from the first that the filters let through to the last.
    counts
        For each place: number of the bin and articles in it, rising.
    """

    step: Step
    bars: Sequence[Bar]
    counts: Mapping[str, list[tuple[int, int]]]


def film_data(film: Film, places: pd.DataFrame, words: Strings) -> dict[str, Any]:
    """Return what the browser plays.

    A place is a list: id, name, number of its kind, latitude, longitude, state bits (1 faint), and runs: the
    distance to the next bin that names it (the first from -1), and the articles in it, in turn.
    """
    kinds = [kind for kind in Kind if kind.value in set(places["kind"])]
    at = {kind.value: number for number, kind in enumerate(kinds)}
    rows = [
        [
            row["place_id"], local_name(row, words.language), at[row["kind"]],
            round(float(row["latitude"]), 3), round(float(row["longitude"]), 3),
            int(row["confidence"] < UNSURE_BELOW), _packed(film.counts[str(row["place_id"])]),
        ]
        for row in cast("list[dict[str, Any]]", places.to_dict("records"))
        if str(row["place_id"]) in film.counts
    ]  # fmt: skip
    totals = [bar.articles for bar in film.bars]
    widths = [width for width in _WINDOWS[film.step] if width <= len(totals)] or [1]
    sums = {sum(totals[max(0, end - width) : end]) for width in widths for end in range(1, len(totals) + 1)}
    usual = widths[min(_START_WITH, len(widths) - 1)]
    return {
        "bins": [words.period(film.step, bar.first) for bar in film.bars],
        "totals": totals,
        "windows": [[width, words(f"span_{film.step}", n=width)] for width in widths],
        "window": widths.index(usual),
        "counts": {str(n): words("articles", n=n) for n in sorted({0, *sums, *_peaks(film, usual)})},
        "kinds": [[words(f"kind_{kind.value}"), KIND_COLOURS[kind]] for kind in kinds],
        "places": rows,
        "most": max(_peaks(film, usual), default=1),
        "radius": [SMALLEST_PX - 2, LARGEST_PX],
    }


def journey_film(
    step: Step, bars: Sequence[Bar], spans: Sequence[tuple[date, date]], words: Strings
) -> dict[str, Any]:
    """Return what the browser plays where it draws journeys: the days of each bin, by which it chooses arcs.

    Parameters
    ----------
    spans
        First and last day of each journey; what began before the first bar, or after the last, is not played.
    """
    starts = [bar.first for bar in bars]
    totals = [0] * len(bars)
    for first, _ in spans:
        at = bisect_right(starts, first) - 1
        if at >= 0 and first <= bars[-1].last:
            totals[at] += 1
    widths = [width for width in _WINDOWS[step] if width <= len(totals)] or [1]
    sums = {sum(totals[max(0, end - width) : end]) for width in widths for end in range(1, len(totals) + 1)}
    return {
        "bins": [words.period(step, bar.first) for bar in bars],
        "days": [[bar.first.toordinal(), bar.last.toordinal()] for bar in bars],
        "totals": totals,
        "windows": [[width, words(f"span_{step}", n=width)] for width in widths],
        "window": min(_START_WITH, len(widths) - 1),
        "counts": {str(n): words("journeys", n=n) for n in sorted({0, *sums})},
        "kinds": [],
        "places": [],
        "most": 1,
        "radius": [SMALLEST_PX - 2, LARGEST_PX],
    }


def _packed(runs: list[tuple[int, int]]) -> list[int]:
    packed, last = [], -1
    for number, articles in runs:
        packed += [number - last, articles]
        last = number
    return packed


def _peaks(film: Film, width: int) -> set[int]:
    """Return for each place the most articles that any window of this width has."""
    peaks = set()
    for runs in film.counts.values():
        begin = total = most = 0
        for number, articles in runs:
            total += articles
            while runs[begin][0] <= number - width:
                total -= runs[begin][1]
                begin += 1
            most = max(most, total)
        peaks.add(most)
    return peaks
