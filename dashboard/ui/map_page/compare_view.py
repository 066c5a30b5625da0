"""The side panel of a comparison: what is compared, and the places of one side, the other and both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.core.errors import FilterError
from dashboard.query import Filters, describe_filters, halves
from dashboard.render.map.comparison import Sides
from dashboard.render.markup import element, join
from dashboard.render.panel.compare_lists import compare_head, compare_hint, compare_lists
from dashboard.ui.parts.date_field import LONGEST, date_problem, read_now
from dashboard.ui.state import widget_key
from dashboard.web.answers import cached_compared, cached_summary
from dashboard.web.comparing import compared_filters, difference, differing
from dashboard.web.filter_words import part_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["compared", "show_comparison", "sides_of"]

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "sources": ("source",),
    "periods": ("from", "to"),
    "searches": ("q",),
}
_MODE, _FIRST, _SECOND, _SEEN = (
    widget_key(f"compare_{name}") for name in ("mode", "first", "second", "seen")
)


def compared(page: Page) -> pd.DataFrame | None:
    """Return the places of both selections; None while nothing is compared."""
    other = page.visit.other
    if other is None:
        return None
    return cached_compared(page.edition, page.visit.filters, other)


def sides_of(page: Page, other: Filters) -> Sides:
    """Return both selections in words, with their numbers of articles."""
    differ = differing(page.visit.filters, other)
    return Sides(
        _said(page.visit.filters, differ, page.words),
        _said(other, differ, page.words),
        page.summary.articles,
        cached_summary(page.edition, other).articles,
    )


def _said(filters: Filters, names: list[str], words: Strings) -> str:
    """Return some of the filters in words; all articles, when none of them is set."""
    found = [part for part in describe_filters(filters) if part.name in names]
    said = [part_label(part.name, value, words) for part in found for value in part.values]  # noqa: PD011 - no frame
    return " ".join(said) or words("compare_all")


def show_comparison(page: Page) -> None:
    """Show the form, and below it the lists or what could be compared."""
    words, visit, other = page.words, page.visit, page.visit.other
    st.html(str(element("h2", words("view_compare"))))
    with st.container(key="kh-compare"):
        _show_form(page)
    frame = compared(page)
    if frame is None or other is None:
        st.html(str(compare_hint(words, _suggestions(page))))
        return
    theme = page.colours.name
    swap = visit.address(filters=other, versus=difference(other, visit.filters))
    head = compare_head(sides_of(page, other), words, theme, swap=swap, stop=visit.address(versus=""))
    st.html(str(join([head, compare_lists(frame, words, theme, visit.place_address)])))


def _show_form(page: Page) -> None:
    """Show the two sides of one way to compare; once both are given, the address says so."""
    words, visit = page.words, page.visit
    compared_now = (visit.filters, visit.versus)
    fresh = st.session_state.get(_SEEN) != compared_now
    st.session_state[_SEEN] = compared_now
    if fresh or _MODE not in st.session_state:
        st.session_state[_MODE] = _mode_of(visit, st.session_state.get(_MODE))
    st.radio(
        words("compare_by"),
        list(_FIELDS),
        format_func=lambda mode: words(f"compare_{mode}"),
        key=_MODE,
        horizontal=True,
        label_visibility="collapsed",
    )
    mode = str(st.session_state[_MODE])
    show: Callable[..., None] = {"sources": _source, "periods": _period, "searches": _search}[mode]
    for key, label, filters in ((_FIRST, "side_first", visit.filters), (_SECOND, "side_second", visit.other)):
        given = f"{key}_{mode}"
        if fresh or given not in st.session_state:  # a side given before the other must not be lost
            st.session_state[given] = _shown(mode, filters, page)
        show(page, words(label), {"key": given, "on_change": _keep, "args": (visit, mode)})


def _mode_of(visit: Visit, before: str | None) -> str:
    """Return the way to compare that the address speaks of, or else the one chosen before."""
    names = differing(visit.filters, visit.other) if visit.other else []
    found = next((mode for mode, fields in _FIELDS.items() if set(fields) & set(names)), None)
    return found or before or "sources"


def _shown(mode: str, filters: Filters | None, page: Page) -> Any:  # noqa: ANN401 - what the widget of the mode takes
    """Return what a widget shows of a selection."""
    if mode == "periods":
        days = (filters.since, filters.until) if filters else (None, None)
        if page.visit.other is None or not all(days):
            return ""
        return page.words("date_range", first=page.words.day(days[0]), last=page.words.day(days[1]))
    if filters is None:
        return None if mode == "sources" else ""
    if mode == "sources":
        return filters.sources[0] if len(filters.sources) == 1 else None
    return filters.text


def _source(page: Page, label: str, wiring: dict[str, Any]) -> None:
    options = [item.value for item in page.facets.sources]
    chosen = st.session_state[wiring["key"]]
    if chosen and chosen not in options:
        options.append(chosen)
    st.selectbox(label, options, placeholder=page.words("compare_source"), **wiring)


def _period(page: Page, label: str, wiring: dict[str, Any]) -> None:
    if page.facets.first is None:
        st.html(str(element("p", page.words("compare_undated"), class_="kh-quiet")))
        return
    words, typed = page.words, st.session_state[wiring["key"]]
    with st.container(key=f"kh-date-{wiring['key']}"):
        st.text_input(label, placeholder=words("date_range_hint"), max_chars=LONGEST, **wiring)
        if typed and read_now(typed) is None:
            st.html(date_problem(words, typed))


def _search(page: Page, label: str, wiring: dict[str, Any]) -> None:
    st.text_input(label, placeholder=page.words("compare_words"), max_chars=500, **wiring)


def _keep(visit: Visit, mode: str) -> None:
    """Put what both sides say into the address; nothing while one is missing."""
    first, second = (_given(mode, st.session_state.get(f"{key}_{mode}")) for key in (_FIRST, _SECOND))
    if not first or not second or first == second:
        return
    try:
        changed = _comparing(visit, first, second)
    except FilterError:
        return  # the lists stay as they are
    st.query_params.from_dict(changed.parameters())


def _given(mode: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - what a widget of the mode gives
    """Return the fields of the filters that a widget sets; empty while it says nothing."""
    if mode == "sources":
        return {"sources": (value,)} if value else {}
    if mode == "searches":
        return {"text": value} if value and Filters(text=value).text else {}
    found = read_now(value) if value else None
    return {"since": found.first, "until": found.last, "undated": False} if found else {}


def _comparing(visit: Visit, first: dict[str, Any], second: dict[str, Any]) -> Visit:
    """Return the visit that compares two changes of its filters."""
    filters, other = compared_filters(visit.filters, visit.other, first, second)
    return replace(
        visit, filters=filters, versus=difference(filters, other), place=None, article=None, mention=None
    )


def _suggestions(page: Page) -> list[tuple[str, str]]:
    """Return comparisons that this store allows: the two biggest sources, the two halves of its time."""
    words, visit = page.words, page.visit
    pairs: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str]]] = []
    if len(page.facets.sources) > 1:
        one, two = (item.value for item in page.facets.sources[:2])
        pairs.append(({"sources": (one,)}, {"sources": (two,)}, (one, two)))
    first, last = page.facets.first, page.facets.last
    if first and last and first < last:
        early, late = halves(first, last)
        names = (words("part_to", value=words.day(early[1])), words("part_from", value=words.day(late[0])))
        sides = [{"since": start, "until": end, "undated": False} for start, end in (early, late)]
        pairs.append((sides[0], sides[1], names))
    return [
        (words("compare_pair", first=names[0], second=names[1]), _comparing(visit, one, two).address())
        for one, two, names in pairs
    ]
