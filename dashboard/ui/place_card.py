"""The side panel with a place: its card, and the sentences that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.cards import PlaceFigures, place_card, place_evidence
from dashboard.render.markup import join, visit
from dashboard.render.notice import notice
from dashboard.ui.asking_view import actions_of
from dashboard.ui.cache import cached_evidence

if TYPE_CHECKING:
    from dashboard.ui.context import Page

__all__ = ["show_place"]


def show_place(page: Page, place_id: str) -> None:
    """Show a place's card, or say that it is gone."""
    words, visit_ = page.words, page.visit
    back = visit_.home_address()
    place = page.store.place(place_id)
    if place is None:
        action = visit(back, words("back_list"), class_="kh-action")
        st.html(str(notice(words("gone_title"), words("gone_place"), action)))
        return
    found = page.places[page.places["place_id"] == place_id].to_dict("records")
    names = ("articles", "sources", "mentions", "confidence")
    figures = PlaceFigures(**{name: found[0][name] for name in names}) if found else None
    evidence = cached_evidence(page.settings.store_url, page.version, place_id, visit_.filters)
    card = place_card(place, figures, words, back)
    st.html(
        str(join([card, actions_of(page, place), place_evidence(evidence, words, visit_.article_address)]))
    )
