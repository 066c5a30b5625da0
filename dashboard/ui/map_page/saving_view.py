"""The popover that saves the view which is open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import StoreError
from dashboard.render.markup import element, join, visit
from dashboard.store.saved import MAX_NAME, SavedKind, save_view
from dashboard.ui.parts.asking_view import place_title, sayings
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import NOTE, SAVE_NAME, SAVE_WATCH

if TYPE_CHECKING:
    from dashboard.ui.parts.context import Page

__all__ = ["show_copying", "show_saving"]

_PERSONAL = ("ui", "numerals", "page", "mention")  # not part of a view that others open too


def _title(page: Page) -> str:
    """Return a name for the view that is open."""
    parts = list(sayings(page, page.visit.filters))
    if page.visit.place:
        parts.insert(0, place_title(page.store, page.words, page.visit.place))
    return (" · ".join(parts) or page.words("saved_all"))[:MAX_NAME]


@needs(Role.CORRECT)
def _save(page: Page) -> None:
    """Save the view under the name that was typed."""
    parameters = page.visit.parameters()
    query = urlencode({name: value for name, value in parameters.items() if name not in _PERSONAL})
    name = st.session_state[SAVE_NAME] or _title(page)
    kind = SavedKind.WATCH if st.session_state[_watch_key(page)] else SavedKind.VIEW
    try:
        save_view(page.store, name, query, kind)
        st.session_state[NOTE] = page.words("save_done", name=name)
    except StoreError as error:
        st.session_state[NOTE] = str(error)
    st.session_state[SAVE_NAME] = ""


def show_copying(page: Page) -> None:
    """Show the button that copies the link of the view that is open."""
    words = page.words
    label = element("span", words("link_copy_short"))
    button = element(
        "button",
        label,
        type="button",
        class_="kh-tool",
        title=words("link_copy"),
        aria_label=words("link_copy"),
        data_copy_link=words("link_copied"),
    )
    with st.container(key="kh-copying"):
        st.html(str(button))


def show_saving(page: Page) -> None:
    """Show the popover that saves the view."""
    words = page.words
    with st.container(key="kh-saving"), st.popover(words("save_view"), use_container_width=False):
        if may(Role.CORRECT):
            st.text_input(words("save_name"), placeholder=_title(page), max_chars=MAX_NAME, key=SAVE_NAME)
            st.checkbox(words("save_watch"), value=page.visit.filters.in_area, key=_watch_key(page))
            st.button(words("save_button"), type="primary", on_click=_save, args=(page,))
        if note := st.session_state.pop(NOTE, ""):
            all_ = visit(page.visit.address(page="saved"), words("saved"), class_="kh-action")
            st.html(str(element("p", join([note, all_], " "), role="status", dir="auto")))


def _watch_key(page: Page) -> str:
    """Return the key of the choice to watch: one for areas, which are watched unless the user says no."""
    return SAVE_WATCH + ("_area" if page.visit.filters.in_area else "")
