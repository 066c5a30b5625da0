"""Asking: what the search was understood to say, what to ask about a place, the areas on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.query import Near, spelt_otherwise
from dashboard.render.map.area_layer import AreaLayer, area_data
from dashboard.render.markup import visit as visit_link
from dashboard.render.panel.asking import ReadingLinks, place_actions, understood_line
from dashboard.web.answers import cached_spellings, cached_understood
from dashboard.web.filter_words import filter_labels

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.core.models import Place
    from dashboard.query import Filters, OtherSpelling, PlaceReading, Understood, UnnamedPlace
    from dashboard.store import Store
    from dashboard.ui.parts.context import Page
    from dashboard.words import Strings

__all__ = [
    "actions_of",
    "area_layer",
    "first_place",
    "place_title",
    "reading_links",
    "sayings",
    "show_understood",
]


def place_title(store: Store, words: Strings, place_id: str) -> str:
    """Return the name of a place for a sentence about the filters; its id when the store lacks it."""
    place = store.place(place_id)
    return place.name_in(words.language) if place else place_id


def sayings(page: Page, filters: Filters) -> tuple[str, ...]:
    """Return what filters say, value by value."""
    return filter_labels(filters, page.words, lambda place: place_title(page.store, page.words, place))


def _understood(page: Page) -> Understood:
    return cached_understood(page.edition, page.visit.filters, page.summary.articles)


def reading_links(page: Page) -> ReadingLinks:
    """Return where the readings of a search lead."""
    visit, filters = page.visit, page.visit.filters

    def opening(reading: PlaceReading) -> str:
        return replace(visit, filters=replace(filters, text=reading.rest)).place_address(reading.place.id)

    def keeping(reading: PlaceReading) -> str:
        kept = replace(filters, text=reading.rest, at=(*filters.at, reading.place.id))
        return visit.address(filters=kept)

    def around(found: UnnamedPlace, km: int) -> str:
        middle = (found.place.latitude, found.place.longitude)
        return visit.address(filters=_only_near(replace(filters, text=found.rest), Near(km, point=middle)))

    return ReadingLinks(opening, keeping, around)


def show_understood(page: Page) -> None:
    """Say which places and words a search was understood to mean, and offer the places."""
    with st.container(key="kh-asked"):  # there without a search too, or what stands below would be made anew
        if page.visit.filters.text:
            line = understood_line(
                _understood(page), page.summary.articles, page.words, reading_links(page), _spellings(page)
            )
            st.html(str(line))


def _spellings(page: Page) -> list[tuple[OtherSpelling, str]]:
    """Return what the words that are looked for may be in the other script, each with where it is looked for too."""
    filters = page.visit.filters
    found = []
    for word, before, after in spelt_otherwise(filters.text):
        for spelling in cached_spellings(page.edition, word):
            text = f"{before}{word} OR {spelling.text}{after}"
            found.append((spelling, page.visit.address(filters=replace(filters, text=text))))
    return found


def first_place(page: Page) -> Markup | None:
    """Return a link to the place that a search most likely means; None when it means none."""
    readings = _understood(page).places if page.visit.filters.text else ()
    if not readings:
        return None
    address = reading_links(page).opening(readings[0])
    name = place_title(page.store, page.words, readings[0].place.id)
    return visit_link(address, page.words("ask_open", name=name), class_="kh-action")


def actions_of(page: Page, place: Place) -> Markup:
    """Return what can be asked about an open place."""
    visit, filters, words = page.visit, page.visit.filters, page.words
    near = filters.near
    on = place.id in filters.together
    others = tuple(other for other in filters.together if other != place.id)
    together = replace(filters, together=others if on else (*others, place.id))
    return place_actions(
        place.name_in(words.language),
        near.km if near and near.place == place.id else None,
        words,
        lambda km: visit.address(filters=_only_near(filters, Near(km, place=place.id) if km else None)),
        (visit.address(filters=together), on),
    )


def _only_near(filters: Filters, near: Near | None) -> Filters:
    """Return the filters with one area: a circle, or none."""
    return replace(filters, near=near, box=None, shape=None)


def area_layer(page: Page) -> AreaLayer:
    """Return the lines round the areas in force."""
    near = page.visit.filters.near
    middle = near.point if near else None
    if near and near.place:
        place = page.store.place(near.place)
        middle = (place.latitude, place.longitude) if place else None
    return AreaLayer(area_data(page.visit.filters, middle, page.words))
