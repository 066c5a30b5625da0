"""The side panel at rest: the places, ranked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.query import Filters
from dashboard.render.cards import place_list, place_matches
from dashboard.render.markup import element, join, visit
from dashboard.render.notice import notice
from dashboard.ui.cache import cached_places_named

if TYPE_CHECKING:
    from dashboard.ui.context import Page
    from dashboard.ui.strings import Strings

__all__ = ["show_empty", "show_list"]


def show_list(page: Page) -> None:
    """Show the ranked list, or what to do when it is empty."""
    words = page.words
    named = cached_places_named(page.settings.store_url, page.version, page.visit.filters)
    anywhere = replace(page.visit, filters=replace(page.visit.filters, text=""))
    matches = place_matches(named, words, anywhere.place_address)
    if page.places.empty:
        everything = visit(page.visit.address(filters=Filters()), words("reset"), class_="kh-action")
        st.html(str(join([matches, notice(words("nothing_title"), words("nothing_body"), everything)])))
        return
    title = element("h2", join([words("main_list"), element("small", words.number(len(page.places)))], " "))
    st.html(str(join([matches, title, place_list(page.places, words, page.visit.place_address)])))


def show_empty(words: Strings) -> None:
    """Say how to get articles into an empty store."""
    command = element("pre", element("code", words("empty_command"), dir="ltr"))
    st.html(str(notice(words("empty_title"), words("empty_body"), command)))
