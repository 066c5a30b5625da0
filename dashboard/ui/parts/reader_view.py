"""The side panel with an article: the reader."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from dashboard.query import article_reports
from dashboard.render.actor_words import actor_name
from dashboard.render.map.minimap import minimap
from dashboard.render.markup import bdi, element, join, visit
from dashboard.render.panel.notice import notice
from dashboard.render.panel.reader import (
    Marking,
    article_body,
    article_head,
    article_places,
    folded_places,
    mention_panel,
)
from dashboard.store.corrections import mention_checks
from dashboard.ui.parts.reader_controls import beside_mention, show_boilerplate, show_corrections, show_missed
from dashboard.web.answers import cached_printings, journey_book

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.core.models import Focus, Place, Resolution
    from dashboard.journeys import Report
    from dashboard.ui.parts.context import Page

__all__ = ["counted_places", "focus_place", "place_meant", "show_article"]


def counted_places(resolutions: Sequence[Resolution], least: float) -> list[tuple[Place, int]]:
    """Return the places of an article that are sure enough, with their number of mentions, most first."""
    found = [
        resolution.place for resolution in resolutions if resolution.place and resolution.confidence >= least
    ]
    return Counter(found).most_common()


def place_meant(resolutions: Sequence[Resolution], mention: int | None) -> str | None:
    """Return the id of the place of the open mention; None where none is open, or it has no place."""
    if mention is None or mention >= len(resolutions):
        return None
    place = resolutions[mention].place
    return place.id if place else None


def focus_place(focus: Focus, named: Collection[str]) -> str | None:
    """Return the id of the place that an article is about, or else its country; None unless it is named."""
    ids = (focus.place, f"country:{focus.country}")
    return next((place for place in ids if place in named), None)


def show_article(page: Page, article_id: str) -> None:
    """Show an article with its mentions marked, or say that it is gone."""
    words, here = page.words, page.visit
    article = page.store.article(article_id)
    if article is None:
        action = visit(here.home_address(), words("back_list"), class_="kh-action")
        st.html(str(notice(words("gone_title"), words("gone_article"), action)))
        return
    resolutions = page.store.resolutions(article_id)
    counted = counted_places(resolutions, here.filters.min_confidence)
    focus = focus_place(page.store.focus(article_id), {place.id for place, _ in counted})
    place = page.store.place(here.place) if here.place else None
    back = here.address(article=None, mention=None, leg=None)
    back_label = words("back_place", name=place.name_in(words.language)) if place else words("back_list")
    places = article_places(counted, focus, words, here.place_address)
    reports = article_reports(page.store, article_id)
    chosen = next((one.leg for one in reports if one.key == f"{article_id}:{here.leg}"), None)
    marking = Marking(resolutions, words, lambda number: here.address(mention=number), here.mention, chosen)
    told = cached_printings(page.edition, article_id)
    story = Markup("")
    if told > 1:
        story = visit(here.story_address(article_id), words("story_open", n=told), class_="kh-action")
    parts: list[Markup] = [article_head(article, marking, back, back_label, story)]
    if counted:
        drawn = minimap(counted, focus, words.language, page.colours)
        parts.append(folded_places(counted, drawn, places, words))
    if reports:
        parts += [element("h4", words("journey_in_article")), _legs(page, reports)]
    parts.append(article_body(article, marking))
    if here.mention is None:
        parts.append(element("p", words("pick_mention"), class_="kh-quiet"))
    st.html(str(element("article", join(parts), class_="kh-reader", data_select=words("select_place"))))
    if here.mention is None or here.mention >= len(resolutions):
        show_boilerplate(page, article)
        show_missed(page, article, resolutions)
        return
    resolution, check = resolutions[here.mention], mention_checks(page.store, article_id).get(here.mention)
    close, beside = here.address(mention=None), beside_mention(page, resolution, check)
    with st.container(key="kh-mention"):
        st.html(str(mention_panel(resolution, words, here.place_address, close, beside)))
        show_corrections(page, article, resolution, check)


def _legs(page: Page, reports: Sequence[Report]) -> Markup:
    """Return the journeys that an article tells as small links, each of which marks its words below."""
    words, here = page.words, page.visit
    names, chips = journey_book(page.edition).names, []
    for report in reports:
        _, cue, actor = report.key.rsplit(":", 2)
        ends = [one for one in (report.leg.from_place, report.leg.via, report.leg.to_place) if one]
        arrow = " ← " if words.rtl else " → "
        where = join((bdi(one.place.name_in(words.language)) for one in ends), arrow)
        if len(ends) == 1:
            where = join([arrow.strip(), where] if report.leg.to_place else [where, arrow.strip()], " ")
        said = join([bdi(actor_name(names, report.leg.actor.key, words)), where], " ")
        opened = here.leg == f"{cue}:{actor}"
        address = here.address(leg=None if opened else f"{cue}:{actor}", mention=None)
        chips.append(visit(address, said, class_="kh-chip", aria_current="true" if opened else None))
    return element("div", join(chips), class_="kh-chips")
