"""The filters in words: for the page's sentence, for saved views, and for what is handed over."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dashboard.query import describe_filters
from dashboard.query.areas import parse_near

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.query import Filters, Near
    from dashboard.words import Strings

__all__ = ["filter_labels", "part_label"]


def part_label(name: str, value: str, words: Strings, place_name: Callable[[str], str] = str) -> str:
    """Return one value of one filter in words; `place_name` gives the name of a place's id."""
    wording: dict[str, Callable[[str], str]] = {
        "lang": words.tongue,
        "country": words.country,
        "kind": lambda v: words(f"kind_{v}"),
        "sure": lambda v: words.share(float(v)),
        "independent": lambda v: words.number(int(v)),
        "from": lambda v: words.day(date.fromisoformat(v)),
        "to": lambda v: words.day(date.fromisoformat(v)),
        "at": place_name,
        "with": place_name,
        "near": lambda v: _circle(parse_near(v), words, place_name),
        "added": lambda v: words.day(datetime.fromisoformat(v).date()),
    }
    if name == "actors":
        return words("part_actors")
    if name == "undated":
        return words("part_undated" if value == "0" else "part_undated_too")
    return words(f"part_{name}", value=wording.get(name, str)(value))


def filter_labels(
    filters: Filters, words: Strings, place_name: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Return what filters say, value by value; `place_name` gives the name of a place's id."""
    return tuple(
        part_label(part.name, value, words, place_name)
        for part in describe_filters(filters)
        for value in part.values
    )


def _circle(near: Near, words: Strings, place_name: Callable[[str], str]) -> str:
    """Return how far from what, in words."""
    km = words.number(near.km) if near.km >= 1 else words.digits(f"{near.km:g}")
    if near.point is None:
        return words("near_of", km=km, place=place_name(near.place or ""))
    latitude, longitude = (words.digits(f"{degrees:.2f}") for degrees in near.point)
    return words("near_of", km=km, place=words("near_point", latitude=latitude, longitude=longitude))
