"""The side panel at rest: the places or countries, ranked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.query import Filters
from dashboard.render.markup import element, join, visit
from dashboard.render.panel.cards import country_list, place_list
from dashboard.render.panel.notice import notice
from dashboard.ui.parts.asking_view import first_place
from dashboard.web.answers import cached_country_ranks, cached_curves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from markupsafe import Markup

    from dashboard.ui.parts.context import Page
    from dashboard.words import Strings

__all__ = ["show_empty", "show_list"]

_CURVES = 40  # places at the head of the list that get a curve


def show_list(page: Page) -> None:
    """Show the ranked list, or what to do when it is empty."""
    words = page.words
    if page.places.empty:
        everything = visit(page.visit.address(filters=Filters()), words("reset"), class_="kh-action")
        actions = join(filter(None, (first_place(page), everything)), " · ")
        st.html(str(notice(words("nothing_title"), words("nothing_body"), actions)))
        return
    ranked = _countries(page) if page.visit.rank == "countries" else _places(page)
    st.html(str(ranked))


def _span(page: Page) -> tuple[date, date] | None:
    """Return the days that the curves span: those of the filters, else of all articles."""
    first = page.visit.filters.since or page.facets.first
    last = page.visit.filters.until or page.facets.last
    return (first, last) if first and last and first <= last else None


def _places(page: Page) -> Markup:
    words, span = page.words, _span(page)
    curves: Mapping[str, Sequence[int]] = {}
    if span:
        shown = tuple(page.places["place_id"].head(_CURVES))
        curves = cached_curves(page.edition, page.visit.filters, shown, span)
    return join(
        [_title(page, len(page.places)), place_list(page.places, words, page.visit.place_address, curves)]
    )


def _countries(page: Page) -> Markup:
    visit_, span = page.visit, _span(page)
    ranks = cached_country_ranks(page.edition, visit_.filters, span)

    def only(code: str) -> str:
        return visit_.address(filters=replace(visit_.filters, countries=(code,)), rank="")

    return join([_title(page, len(ranks)), country_list(ranks, page.words, only)])


def _title(page: Page, count: int) -> Markup:
    """Return the list's title, and the way to the other ranking."""
    words = page.words
    chosen = page.visit.rank
    number = element("small", words.number(count))
    turns = [
        visit(
            page.visit.address(rank=rank),
            words(f"rank_{rank or 'places'}"),
            aria_current="true" if rank == chosen else None,
        )
        for rank in ("", "countries")
    ]
    switch = element("nav", join(turns), class_="kh-rank", aria_label=words("rank"))
    title = element("h2", join([words(f"rank_{chosen or 'places'}"), number], " "))
    return element("div", join([title, switch]), class_="kh-list-head")


def show_empty(words: Strings) -> None:
    """Say how to get articles into an empty store."""
    command = element("pre", element("code", words("empty_command"), dir="ltr"))
    st.html(str(notice(words("empty_title"), words("empty_body"), command)))
