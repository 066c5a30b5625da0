"""Asking: what the search was understood to say, what to ask about a place, the areas on the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.query import Filters, Near, days_meant, spelt_otherwise, widened_words
from dashboard.render.actor_words import actor_name
from dashboard.render.map.area_layer import AreaLayer, area_data
from dashboard.render.markup import visit as visit_link
from dashboard.render.panel.asking import (
    Offer,
    OfferGroup,
    ReadingLinks,
    place_actions,
    understood_line,
    ways_out,
)
from dashboard.render.panel.notice import notice
from dashboard.web.answers import (
    are_journeys_quick,
    cached_actors,
    cached_spellings,
    cached_summary,
    cached_understood,
    journey_book,
)
from dashboard.web.filter_words import filter_labels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from markupsafe import Markup

    from dashboard.core.models import Place
    from dashboard.query import PlaceReading, Understood, UnnamedPlace
    from dashboard.store import Store
    from dashboard.ui.parts.context import Page
    from dashboard.words import Strings

__all__ = [
    "actions_of",
    "area_layer",
    "days_words",
    "nothing_found",
    "place_title",
    "reading_links",
    "sayings",
    "show_understood",
    "suggested",
]

_ACTORS = 3  # that are offered


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
    """Say which places and words a search was understood to mean, and offer the places, people and days."""
    with st.container(key="kh-asked"):  # there without a search too, or what stands below would be made anew
        if page.visit.filters.text:
            found = page.summary.articles
            offers = offers_for(page, page.visit.filters.text)
            st.html(str(understood_line(_understood(page), found, page.words, reading_links(page), offers)))


def offers_for(page: Page, search: str) -> list[OfferGroup]:
    """Return what a search may mean beside places and words: people, days, names in the other script."""
    words = page.words
    return [
        *_widened(page, search),
        OfferGroup(words("ask_actor"), tuple(_people(page, search))),
        OfferGroup(words("ask_days"), tuple(_days(page, search))),
        OfferGroup(words("ask_spellings"), tuple(_spellings(page, search))),
    ]


def suggested(page: Page, typed: str) -> list[OfferGroup]:
    """Return what may be meant by what is being typed, beside places."""
    words = page.words
    people = _people(page, typed) if are_journeys_quick(page.edition) else ()
    return [
        OfferGroup(words("ask_actor"), tuple(people)),
        OfferGroup(words("ask_days"), tuple(_days(page, typed))),
    ]


def _asking(page: Page, text: str) -> str:
    return page.visit.address(filters=replace(page.visit.filters, text=text))


def _widened(page: Page, search: str) -> Iterator[OfferGroup]:
    """Yield which words are looked for in the other script too, each with the way back to what was typed."""
    words, filters = page.words, page.visit.filters
    for one in widened_words(search):
        alone = cached_summary(page.edition, replace(filters, text=one.exact)).articles
        label = words("ask_widened_too" if alone else "ask_widened", words=one.typed, other=one.other)
        back = Offer(
            words("ask_exact", words=one.typed), _asking(page, one.exact), words("articles", n=alone)
        )
        yield OfferGroup(label, (back,))


def _people(page: Page, search: str) -> Iterator[Offer]:
    """Yield those who move whose name is looked for; where that would take long, the way to look among them."""
    if not are_journeys_quick(page.edition):
        asked = page.visit.journeys_address(actors=())
        yield Offer(page.words("ask_actor_look", words=search), asked)
        return
    words, names = page.words, journey_book(page.edition).names
    visit = replace(page.visit, filters=replace(page.visit.filters, text=""))
    for one in cached_actors(page.edition, search)[:_ACTORS]:
        name = actor_name(names, one.key, words)
        yield Offer(
            name,
            visit.journeys_address(actors=(one.key,)),
            words("journeys", n=one.journeys),
            words("ask_open", name=name),
        )


def _days(page: Page, search: str) -> Iterator[Offer]:
    words, filters = page.words, page.visit.filters
    days = days_meant(search, datetime.now().astimezone().date())
    if days is None:
        return
    kept = replace(filters, text=days.rest).between(days.first, days.last)
    shown = days_words(days.first, days.last, words)
    found = cached_summary(page.edition, kept).articles
    address = page.visit.address(filters=kept)
    yield Offer(shown, address, words("articles", n=found), words("ask_days_hint", days=shown))


def days_words(first: date, last: date, words: Strings) -> str:
    """Return a day, or a stretch of days, in words."""
    if first == last:
        return words.day(first)
    return words("journey_days", first=words.day(first), last=words.day(last))


def _spellings(page: Page, search: str) -> Iterator[Offer]:
    """Yield what the words that are looked for may be in the other script."""
    words = page.words
    for word, before, after in spelt_otherwise(search):
        for spelling in cached_spellings(page.edition, word):
            yield Offer(
                spelling.text,
                _asking(page, f"{before}{word} OR {spelling.text}{after}"),
                words("articles", n=spelling.articles),
                words("ask_spelling_hint", words=spelling.text),
            )


def nothing_found(page: Page) -> Markup:
    """Say that nothing matches, with what the search may have meant and the way back to everything."""
    words, visit, search = page.words, page.visit, page.visit.filters.text
    everything = visit_link(visit.address(filters=Filters()), words("reset"), class_="kh-action")
    groups = offers_for(page, search) if search else []
    links = reading_links(page)
    places = [
        _place_offer(page, one, links.opening(one)) for one in (_understood(page).places if search else ())
    ]
    groups.insert(0, OfferGroup(words("ask_place"), tuple(places)))
    if not any(group.offers for group in groups):
        return notice(words("nothing_title"), words("nothing_body"), everything)
    return notice(words("nothing_title"), words("nothing_meant"), ways_out(groups, everything))


def _place_offer(page: Page, reading: PlaceReading, address: str) -> Offer:
    words, name = page.words, place_title(page.store, page.words, reading.place.id)
    return Offer(name, address, words("articles", n=reading.place.articles), words("ask_open", name=name))


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
