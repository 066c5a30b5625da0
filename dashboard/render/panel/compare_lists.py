"""The panel of a comparison: its two sides, and three ranked lists of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dashboard.core.models import Kind
from dashboard.render.map.comparison import Side, Sides, side_of
from dashboard.render.map.layers import local_name
from dashboard.render.map.legend import side_sign, swatch
from dashboard.render.map.shown_order import in_shown_order
from dashboard.render.markup import bdi, element, join, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["compare_head", "compare_hint", "compare_lists"]

_LIMIT = 40  # places in each list
_BOTH = (Side.MORE_FIRST, Side.ALIKE, Side.MORE_SECOND)


def compare_hint(words: Strings, suggestions: list[tuple[str, str]]) -> Markup:
    """Return what to do while nothing is compared: `suggestions` are what to call them, and their addresses."""
    links = [element("li", visit(address, bdi(name), class_="kh-action")) for name, address in suggestions]
    parts = [element("p", words("compare_hint"), class_="kh-quiet")]
    if links:
        parts.append(element("ul", join(links), class_="kh-contrasts"))
    return element("div", join(parts), class_="kh-compare-hint")


def compare_head(sides: Sides, words: Strings, theme: str, *, swap: str, stop: str) -> Markup:
    """Return the two sides with their numbers of articles; `swap` and `stop` are query strings."""
    rows = [
        element(
            "li",
            join(
                [
                    side_sign(side, theme),
                    element("b", letter),
                    bdi(name),
                    element("span", words("articles", n=total), class_="kh-quiet"),
                ]
            ),
        )
        for side, letter, name, total in (
            (Side.ONLY_FIRST, words("side_first"), sides.first, sides.first_total),
            (Side.ONLY_SECOND, words("side_second"), sides.second, sides.second_total),
        )
    ]
    links = [
        visit(swap, words("compare_swap"), class_="kh-action"),
        visit(stop, words("compare_stop"), class_="kh-action"),
    ]
    parts = [
        element("ul", join(rows), class_="kh-sides"),
        element("p", words("compare_what"), class_="kh-quiet"),
        element("p", join(links, " "), class_="kh-actions"),
    ]
    return element("div", join(parts), class_="kh-compare-head")


def compare_lists(
    compared: pd.DataFrame, words: Strings, theme: str, address: Callable[[str], str]
) -> Markup:
    """Return the places that only the first, only the second, and that both selections name."""
    rows = cast("list[dict[str, Any]]", in_shown_order(compared, words).to_dict("records"))
    groups: list[tuple[str, Side, list[dict[str, Any]]]] = [
        ("only_a", Side.ONLY_FIRST, [row for row in rows if not row["second"]]),
        ("only_b", Side.ONLY_SECOND, [row for row in rows if not row["first"]]),
        ("in_both", Side.ALIKE, [row for row in rows if row["first"] and row["second"]]),
    ]
    parts = []
    for key, side, found in groups:
        count = element("small", words.number(len(found)))
        title = join([side_sign(side, theme), words(f"compare_{key}"), count])
        items = [element("li", _row(row, words, theme, address)) for row in found[:_LIMIT]]
        parts.append(_group(title, items, len(found) - _LIMIT, words))
    return element("div", join(parts), class_="kh-compared")


def _group(title: Markup, items: list[Markup], rest: int, words: Strings) -> Markup:
    """Return one list below its title, and how many places it leaves out."""
    if items:
        body = element("ol", join(items), class_="kh-list")
    else:
        body = element("p", words("compare_none"), class_="kh-quiet")
    more = element("p", words("list_rest", n=rest), class_="kh-quiet") if rest > 0 else ""
    return element("details", join([element("summary", title), body, more]), open=True)


def _row(row: dict[str, Any], words: Strings, theme: str, address: Callable[[str], str]) -> Markup:
    name = local_name(row, words.language)
    kind = Kind(row["kind"])
    country = row["country"] if isinstance(row["country"], str) and kind is not Kind.COUNTRY else None
    label = join([bdi(name), element("small", bdi(words.country(country)))])
    first, second, side = int(row["first"]), int(row["second"]), side_of(row)
    counts: list[object]
    if side in _BOTH:
        counts = [
            side_sign(side, theme),
            element("b", words.number(first), title=words("side_first")),
            element("b", words.number(second), title=words("side_second")),
        ]
    else:
        counts = [element("b", words.number(first or second), title=words("articles", n=first or second))]
    parts = [
        swatch(kind),
        element("span", label, class_="kh-name"),
        element("span", join(counts), class_="kh-two"),
    ]
    return visit(address(str(row["place_id"])), join(parts), class_="kh-row kh-row-compared")
