"""The side panel at rest: the places or countries, ranked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.query import ARTICLES_A_PAGE, order_in_force
from dashboard.render.markup import element, join, visit
from dashboard.render.panel.area_card import area_list
from dashboard.render.panel.article_list import PLACES_A_PAGE, Paged, Ways, article_list, pages
from dashboard.render.panel.cards import country_list, place_list
from dashboard.render.panel.notice import notice
from dashboard.render.panel.printed import printed_rest
from dashboard.ui.map_page.area_view import shaded_areas
from dashboard.ui.parts.asking_view import nothing_found
from dashboard.ui.parts.job_view import show_job
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import add_key
from dashboard.web.answers import (
    cached_articles,
    cached_country_ranks,
    cached_curves,
    cached_journeys,
    cached_order,
)
from dashboard.web.filling import wait_for_filling
from dashboard.web.working import load_samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from markupsafe import Markup

    from dashboard.core.settings import Settings
    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["list_head", "show_empty", "show_list"]

_PATIENCE_S = 20.0  # for a server that starts
_CURVES = 40  # places at the head of the list that get a curve


def show_list(page: Page) -> None:
    """Show the ranked list, or what to do when it is empty."""
    if page.visit.rank in ("articles", "undated"):
        st.html(str(_articles(page)))
        return
    if page.places.empty:
        st.html(str(nothing_found(page)))
        return
    shaded = page.visit.view in ("countries", "divisions")
    ranked = _areas(page) if shaded else _countries(page) if page.visit.rank == "countries" else _places(page)
    st.html(str(ranked))


def _span(page: Page) -> tuple[date, date] | None:
    """Return the days that the curves span: those of the filters, else of all articles."""
    first = page.visit.filters.since or page.facets.first
    last = page.visit.filters.until or page.facets.last
    return (first, last) if first and last and first <= last else None


def _places(page: Page) -> Markup:
    words, span, first = page.words, _span(page), page.visit.skip
    order = cached_order(page.edition, page.visit.filters, words.language)
    listed = page.places.iloc[list(order[first : first + PLACES_A_PAGE])]
    curves: Mapping[str, Sequence[int]] = {}
    if span:
        shown = tuple(listed["place_id"].head(_CURVES))
        curves = cached_curves(page.edition, page.visit.filters, shown, span)
    here = Paged(first, len(listed), len(page.places), PLACES_A_PAGE)
    return join(
        [
            _title(page, len(page.places)),
            place_list(listed, words, page.visit.place_address, curves),
            printed_rest(len(listed), len(page.places) - first, words),
            _pages(page, here),
        ]
    )


def _pages(page: Page, here: Paged) -> Markup:
    return pages(here, page.words, lambda skip: page.visit.address(skip=skip))


def _articles(page: Page) -> Markup:
    """Return the articles; those without a date apart."""
    words, here = page.words, page.visit
    none_dated = page.summary.articles == page.summary.undated > 0
    undated = here.rank == "undated" or none_dated
    found = cached_articles(page.edition, here.filters, here.skip, undated=undated, order=here.sort)
    parts = [_title(page, found.total)]
    if undated or page.summary.undated:
        turns = [
            visit(
                here.address(rank=rank),
                words(name, n=count),
                aria_current="true" if (rank == "undated") is undated else None,
            )
            for rank, name, count in (
                ("articles", "articles_dated", page.summary.articles - page.summary.undated),
                ("undated", "articles_undated", page.summary.undated),
            )
        ]
        parts.append(
            element("nav", join(turns), class_="kh-rank kh-dated", aria_label=words("articles_by_date"))
        )
    if found.total > 1 and order_in_force(here.filters) == "relevance":
        parts.append(_order_switch(page))
    if not found.articles:
        parts.append(nothing_found(page))
    parts.append(
        article_list(found, words, Ways(here.article_address, here.place_address, here.story_address))
    )
    parts.append(_pages(page, Paged(found.first, len(found.articles), found.total, ARTICLES_A_PAGE)))
    put_right = visit(here.address(page="articles"), words("add_put_right"), class_="kh-action")
    parts.append(element("p", put_right, class_="kh-actions kh-to-put"))
    return join(parts)


def _order_switch(page: Page) -> Markup:
    """Return the choice between the usual order of a search and the newest first."""
    words, here = page.words, page.visit
    chosen = order_in_force(here.filters, here.sort)
    turns = [
        visit(
            here.address(sort="" if order == "relevance" else order),
            words(f"order_{order}"),
            aria_current="true" if order == chosen else None,
        )
        for order in ("relevance", "newest")
    ]
    return element("nav", join(turns), class_="kh-rank kh-dated", aria_label=words("order"))


def _areas(page: Page) -> Markup:
    """Return the countries or divisions that the map shades, with the numbers that it shades them by."""
    visit_, shaded = page.visit, shaded_areas(page)
    first, total = visit_.skip, len(shaded.frame)
    listed = area_list(
        replace(shaded, frame=shaded.frame.iloc[first : first + PLACES_A_PAGE]),
        page.words,
        page.colours.name,
        lambda area: visit_.address(area=area, place=None, article=None, mention=None),
    )
    here = Paged(first, min(PLACES_A_PAGE, total - first), total, PLACES_A_PAGE)
    return join(
        [_title(page, total), listed, printed_rest(here.shown, total - first, page.words), _pages(page, here)]
    )


def _countries(page: Page) -> Markup:
    visit_, span = page.visit, _span(page)
    words = page.words
    ranks = sorted(
        cached_country_ranks(page.edition, visit_.filters, span),
        key=lambda one: (-one.articles, words.sort_key(words.country(one.code))),
    )

    def only(code: str) -> str:
        return visit_.address(filters=replace(visit_.filters, countries=(code,)), rank="")

    return join([_title(page, len(ranks)), country_list(ranks, words, only)])


def _title(page: Page, count: int) -> Markup:
    """Return the list's title, and the ways to the other lists."""
    words, here = page.words, page.visit
    journeys = here.view == "journeys"
    chosen = "journeys" if journeys else "articles" if here.rank == "undated" else here.rank
    shaded = f"view_{here.view}" if here.view in ("countries", "divisions") else ""
    chosen = "" if shaded and chosen == "countries" else chosen
    number = element("small", words.number(count))
    plain = "" if journeys else here.view
    ways = [
        (rank, here.address(rank=rank, view=plain, journey=None)) for rank in ("", "countries", "articles")
    ]
    ways.append(("journeys", here.journeys_address()))
    turns = [
        visit(
            address,
            words((not rank and shaded) or f"rank_{rank or 'places'}"),
            aria_current="true" if rank == chosen else None,
        )
        for rank, address in ways
        if not (shaded and rank == "countries")
    ]
    switch = element("nav", join(turns), class_="kh-rank", aria_label=words("rank"))
    title = element("h2", join([words((not chosen and shaded) or f"rank_{chosen or 'places'}"), number], " "))
    return element("div", join([title, switch]), class_="kh-list-head")


def list_head(page: Page) -> Markup:
    """Return the head of the list of journeys."""
    return _title(page, len(cached_journeys(page.edition, page.visit.filters, page.visit.moves)))


def show_empty(here: Visit, words: Strings, settings: Settings) -> None:
    """Say how far an empty store is being filled; else offer the ways to fill it."""
    wait_for_filling(_PATIENCE_S)
    with st.container(key="kh-empty"):
        if show_job(words, settings, opens=True):
            return
        st.html(str(notice(words("empty_title"), words("empty_body"))))
        if not may(Role.CORRECT):
            return
        with st.container(key="kh-empty-ways", horizontal=True):
            st.button(
                words("empty_samples"),
                key=add_key("samples"),
                type="primary",
                on_click=needs(Role.CORRECT)(load_samples),
                args=(settings,),
            )
            st.html(str(visit(here.address(page="add"), words("empty_add"), class_="kh-button")))
        st.html(str(element("p", words("empty_command_hint"), class_="kh-quiet")))
        st.html(str(element("pre", element("code", words("empty_command"), dir="ltr"))))
