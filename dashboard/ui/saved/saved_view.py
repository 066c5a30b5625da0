"""The page of saved views and watched areas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import StoreError
from dashboard.render.markup import element
from dashboard.render.panel.asking import SavedRow, saved_head, saved_row
from dashboard.render.panel.notice import notice
from dashboard.store.saved import (
    MAX_NAME,
    SavedKind,
    delete_view,
    mark_seen,
    newest_article,
    rename_view,
    saved_views_of,
    watch_view,
)
from dashboard.ui.parts.asking_view import place_title, sayings
from dashboard.ui.parts.top_bar import way_back
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import NOTE, saved_key
from dashboard.web.answers import cached_news
from dashboard.web.visit import read_visit

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.store.saved import SavedView
    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit

__all__ = ["show_saved"]

_PLACES_TOLD = 3


def _opened(page: Page, view: SavedView) -> Visit:
    """Return the visit that opens a saved view, in the language of whoever opens it."""
    found, _ = read_visit(dict(parse_qsl(view.query, max_num_fields=40)))
    found = replace(found, collection=page.visit.collection)
    return replace(found, language=page.visit.language, numerals=page.visit.numerals, page="", mention=None)


def show_saved(page: Page) -> None:
    """Show the page."""
    words = page.words
    views = saved_views_of(page.store)
    newest = newest_article(page.store)
    with st.container(key="kh-saved"):
        back = way_back(page.visit, words)
        st.html(str(saved_head(back, words)))
        if note := st.session_state.pop(NOTE, ""):
            st.html(str(element("p", note, class_="kh-problem", role="status")))
        if not views:
            st.html(str(notice(words("saved_empty_title"), words("saved_empty_body"))))
        for view in views:
            with st.container(key=f"kh-saved-{view.key}", horizontal=True, vertical_alignment="center"):
                _show_one(page, view, newest)


def _show_one(page: Page, view: SavedView, newest: datetime) -> None:
    words, opened = page.words, _opened(page, view)
    watched = view.kind is SavedKind.WATCH
    news = ""
    fresh = None
    if watched:
        found = cached_news(page.edition, opened.filters, view.seen_until)
        news = words("saved_nothing_new")
        if found.articles:
            names = [place_title(page.store, words, place) for place in found.place_ids[:_PLACES_TOLD]]
            told = words("saved_new_places", n=found.places) if found.places else words("saved_no_places")
            news = words("saved_new", articles=words("saved_new_articles", n=found.articles), places=told)
            if names:
                news = f"{news}: {('، ' if words.rtl else ', ').join(names)}"
            fresh = opened.address(filters=replace(opened.filters, added=view.seen_until))
    row = SavedRow(
        name=view.name,
        watched=watched,
        address=opened.address(),
        sayings=sayings(page, opened.filters),
        created=view.created.date(),
        looked_at=view.looked_at.date() if watched else None,
        news=news,
        fresh=fresh,
    )
    st.html(str(saved_row(row, words)))
    if not may(Role.CORRECT):
        return
    step = needs(Role.CORRECT)
    if watched:
        st.button(
            words("saved_mark"),
            key=saved_key("mark", view.key),
            on_click=step(mark_seen),
            args=(page.store, view.key, newest),
            disabled=fresh is None,
        )
    st.button(
        words("saved_unwatch" if watched else "saved_watch_it"),
        key=saved_key("watch", view.key),
        on_click=step(watch_view),
        args=(page.store, view.key),
        kwargs={"watched": not watched},
    )
    with st.popover(words("saved_rename"), use_container_width=False):
        st.session_state.setdefault(saved_key("name", view.key), view.name)
        st.text_input(
            words("save_name"), max_chars=MAX_NAME, key=saved_key("name", view.key), on_change=_rename,
            args=(page, view.key),
        )  # fmt: skip
    with st.popover(words("saved_delete"), use_container_width=False):
        st.html(str(element("p", words("saved_delete_sure", name=view.name))))
        st.button(
            words("saved_delete"),
            key=saved_key("delete", view.key),
            type="primary",
            on_click=step(delete_view),
            args=(page.store, view.key),
        )


@needs(Role.CORRECT)
def _rename(page: Page, key: int) -> None:
    try:
        rename_view(page.store, key, st.session_state[saved_key("name", key)])
    except StoreError as error:
        st.session_state[NOTE] = str(error)
        del st.session_state[saved_key("name", key)]
