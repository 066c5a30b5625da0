"""The side panel with a place: its card, what is counted of it, and the sentences that name it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.markup import element, join, visit
from dashboard.render.panel.article_list import Paged, pages
from dashboard.render.panel.cards import PlaceFigures, place_card, place_evidence
from dashboard.render.panel.notice import notice
from dashboard.render.panel.place_sections import companion_links, independent_words, source_list
from dashboard.render.panel.trend import trend
from dashboard.ui.map_page.timeline_view import time_address
from dashboard.ui.parts.asking_view import actions_of
from dashboard.web.answers import EVIDENCE_ARTICLES, cached_evidence, cached_profile

if TYPE_CHECKING:
    from datetime import date

    from dashboard.ui.parts.context import Page

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
    filters = visit_.filters
    found = page.places[page.places["place_id"] == place_id].to_dict("records")
    names = ("articles", "sources", "mentions", "confidence")
    figures = PlaceFigures(**{name: found[0][name] for name in names}) if found else None
    profile = cached_profile(page.edition, place_id, filters)
    evidence = cached_evidence(page.edition, place_id, filters, visit_.skip)

    def when(since: date | None, until: date | None) -> str:
        return time_address(visit_, since, until)

    def only(source: str) -> str:
        return visit_.address(filters=replace(filters, sources=(source,)))

    span = (page.facets.first, page.facets.last)
    head = place_card(place, figures, words, back, independent_words(profile, words))
    parts = [head, actions_of(page, place)]
    if span[0] and span[1]:
        parts.append(trend(profile.days, (span[0], span[1]), (filters.since, filters.until), words, when))
    parts.append(companion_links(profile.companions, words, visit_.place_address))
    parts.append(source_list(profile.sources, words, only))
    if len(evidence):
        parts.append(element("h3", words("card_sentences"), class_="kh-section-title"))
    parts.append(place_evidence(evidence, words, visit_.article_address, visit_.story_address))
    shown = int(evidence["article_id"].nunique())
    here = Paged(visit_.skip, shown, figures.articles if figures else 0, EVIDENCE_ARTICLES)
    parts.append(pages(here, words, lambda skip: visit_.address(skip=skip)))
    st.html(str(join(parts)))
