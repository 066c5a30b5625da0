"""The bar above everything: the name, the search, the filters, the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.core.access import Role
from dashboard.query import describe_filters
from dashboard.render.markup import bdi, element, join, visit
from dashboard.ui.parts.collection_switch import menu_entry, switch_of
from dashboard.ui.parts.entrance_view import show_leaving
from dashboard.ui.parts.filters_view import show_filters, show_search
from dashboard.ui.parts.suggest_view import show_suggestions
from dashboard.ui.parts.visitor import current_visitor, may
from dashboard.words import LANGUAGES

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.render.theme import Palette
    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_bar", "show_bare_bar", "way_back"]

_SHORT = {"ar": "ع", "en": "En", "fr": "Fr"}


def _brand(here: Visit, words: Strings) -> None:
    other = "Kharita" if words.language == "ar" else "خريطة"
    name = join([element("b", words("brand")), element("span", other)])
    home = visit(here.home_address(), element("h1", name, class_="kh-brand-name"), class_="kh-brand")
    st.html(str(join([home, switch_of(here, words)])))


def _links(here: Visit, words: Strings, colours: Palette) -> None:
    tongues = [
        visit(
            here.address(language=code),
            _SHORT[code],
            lang=code,
            title=words.tongue(code),
            data_remember=f"ui={code}",
            aria_current="true" if code == words.language else None,
        )
        for code in LANGUAGES
    ]
    other = "light" if colours.name == "dark" else "dark"
    switch = element(
        "button",
        words(f"theme_{other}"),
        type="button",
        data_theme_switch=other.capitalize(),
        class_="kh-theme",
    )
    pages = [
        visit(
            here.address(page="" if here.page == name else name, article=None, mention=None),
            words("add_paste" if name == "paste" else name),
            class_=f"kh-{name}",
            aria_current="page" if here.page == name else None,
        )
        for name in (
            ("add", "review", "saved", "about") if may(Role.CORRECT) else ("paste", "saved", "about")
        )
    ]
    group = element("span", join(tongues), class_="kh-tongues", role="group", aria_label=words("language"))
    parts = [menu_entry(here, words), *pages, switch, _digits(here, words) if words.rtl else "", group]
    button = element(
        "button",
        type="button",
        class_="kh-menu-button",
        aria_label=words("menu"),
        aria_expanded="false",
        aria_controls="kh-menu",
    )
    menu = element("div", join(parts), id="kh-menu", class_="kh-menu")
    st.html(str(element("nav", join([button, menu]), class_="kh-links", aria_label=words("pages"))))


def _digits(here: Visit, words: Strings) -> Markup:
    """Return the switch between the two ways in which Arabic writes numbers."""
    to = "latn" if words.numerals == "arab" else "arab"
    shown = "123" if to == "latn" else "١٢٣"
    return visit(
        here.address(numerals=to),
        bdi(shown),
        class_="kh-digits",
        title=words(f"numerals_{to}"),
        data_remember=f"numerals={to}",
    )


def show_bar(page: Page) -> None:
    """Show the bar with search and filters."""
    with st.container(key="kh-bar", horizontal=True, vertical_alignment="center"):
        _brand(page.visit, page.words)
        with st.container(key="kh-search"):
            show_search(page)
            show_suggestions(page)
        with st.container(key="kh-filters"):
            set_ = sum(len(part.values) for part in describe_filters(page.visit.filters) if part.name != "q")
            label = page.words("filters") + (f" · {page.words.number(set_)}" if set_ else "")
            with st.popover(label, use_container_width=False):
                show_filters(page)
        _links(page.visit, page.words, page.colours)
        show_leaving(current_visitor(), page.words)


def way_back(here: Visit, words: Strings, **changes: Any) -> Markup:  # noqa: ANN401 - fields of the visit
    """Return the link from a page to the map, the same on each; `changes` are fields that the page alone used."""
    return visit(here.address(page="", **changes), words("back"), class_="kh-back")


def show_bare_bar(visit_: Visit, words: Strings, colours: Palette) -> None:
    """Show the bar of a page without articles."""
    with st.container(key="kh-bar", horizontal=True, vertical_alignment="center"):
        _brand(visit_, words)
        _links(visit_, words, colours)
        show_leaving(current_visitor(), words)
