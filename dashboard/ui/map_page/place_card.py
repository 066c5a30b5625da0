"""The side panel with a place: its card, what is counted of it, and the sentences that name it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.markup import element, join, visit
from dashboard.render.panel.article_list import Paged, pages
from dashboard.render.panel.by_source import SOURCES_A_PAGE, SourceWays, source_reports
from dashboard.render.panel.cards import PlaceFigures, place_card, place_evidence
from dashboard.render.panel.notice import notice
from dashboard.render.panel.place_sections import companion_links, found_names, independent_words, source_list
from dashboard.render.panel.trend import trend
from dashboard.ui.map_page.journeys_view import visitors_of
from dashboard.ui.map_page.timeline_view import time_address
from dashboard.ui.parts.asking_view import actions_of
from dashboard.web.answers import (
    EVIDENCE_ARTICLES,
    cached_evidence,
    cached_evidence_by_source,
    cached_profile,
)
from dashboard.web.visit import GROUPS

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from dashboard.query import PlaceProfile
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

    def when(since: date | None, until: date | None) -> str:
        return time_address(visit_, since, until)

    def only(source: str) -> str:
        return visit_.address(filters=replace(filters, sources=(source,)))

    span = (page.facets.first, page.facets.last)
    head = place_card(place, figures, words, back, independent_words(profile, words))
    st.html(str(join([head, found_names(place, profile, words), actions_of(page, place)])))
    parts: list[Markup] = []
    if span[0] and span[1]:
        parts.append(trend(profile.days, (span[0], span[1]), (filters.since, filters.until), words, when))
    parts.append(companion_links(profile.companions, words, visit_.place_address))
    parts.append(source_list(profile.sources, words, only))
    parts.append(visitors_of(page, place_id))
    parts += _said(page, place_id, profile)
    if below := join(parts):  # nothing under filters that leave the place out
        st.html(str(below))


def _said(page: Page, place_id: str, profile: PlaceProfile) -> list[Markup]:
    """Return what articles say of the place, the newest first or grouped by source, and the ways to other pages."""
    words, here = page.words, page.visit
    if not profile.articles:
        return []
    turns = [
        visit(
            here.address(group=group),
            words(f"card_group_{group or 'newest'}"),
            aria_current="true" if here.group == group else None,
        )
        for group in ("", *GROUPS)
    ]
    switch = element("nav", join(turns), class_="kh-rank kh-dated", aria_label=words("card_group"))
    title = element("h3", words("card_sentences"), class_="kh-section-title")
    if here.group:
        body, shown = _by_source(page, place_id, profile)
    else:
        evidence = cached_evidence(page.edition, place_id, here.filters, here.skip)
        body = place_evidence(evidence, words, here.article_address, here.story_address)
        found = int(evidence["article_id"].nunique())
        shown = Paged(here.skip, found, profile.articles, EVIDENCE_ARTICLES)
    return [title, switch, body, pages(shown, words, lambda skip: here.address(skip=skip))]


def _by_source(page: Page, place_id: str, profile: PlaceProfile) -> tuple[Markup, Paged]:
    words, here = page.words, page.visit
    reports = profile.first_to_report() if here.group == "first" else profile.reports
    listed = reports[here.skip : here.skip + SOURCES_A_PAGE]
    keys = tuple(report.key for report in listed)
    evidence = cached_evidence_by_source(page.edition, place_id, here.filters, keys)

    def every(source: str) -> str:
        return here.address(filters=replace(here.filters, sources=(source,)), group="")

    ways = SourceWays(here.article_address, here.story_address, every)
    shown = Paged(here.skip, len(listed), len(reports), SOURCES_A_PAGE)
    return source_reports(listed, evidence, words, ways), shown
