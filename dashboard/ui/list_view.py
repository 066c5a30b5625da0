"""The side panel at rest: the places, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.query import Filters
from dashboard.render.cards import place_list
from dashboard.render.markup import element, join, visit
from dashboard.render.notice import notice
from dashboard.ui.asking_view import first_place

if TYPE_CHECKING:
    from dashboard.ui.context import Page
    from dashboard.ui.strings import Strings

__all__ = ["show_empty", "show_list"]


def show_list(page: Page) -> None:
    """Show the ranked list, or what to do when it is empty."""
    words = page.words
    if page.places.empty:
        everything = visit(page.visit.address(filters=Filters()), words("reset"), class_="kh-action")
        actions = join(filter(None, (first_place(page), everything)), " · ")
        st.html(str(notice(words("nothing_title"), words("nothing_body"), actions)))
        return
    title = element("h2", join([words("main_list"), element("small", words.number(len(page.places)))], " "))
    st.html(str(join([title, place_list(page.places, words, page.visit.place_address)])))


def show_empty(words: Strings) -> None:
    """Say how to get articles into an empty store."""
    command = element("pre", element("code", words("empty_command"), dir="ltr"))
    st.html(str(notice(words("empty_title"), words("empty_body"), command)))
