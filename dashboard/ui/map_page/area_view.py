"""The side panel with a country or division: what is said of it, and the places in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.gazetteer.division_names import division_names
from dashboard.query import COUNTRY_PREFIX, AreaLevel
from dashboard.render.map.choropleth import ShadedAreas, shading
from dashboard.render.map.shown_order import in_shown_order
from dashboard.render.markup import join
from dashboard.render.panel.area_card import AreaFigures, AreaLinks, area_card
from dashboard.render.panel.article_list import PLACES_A_PAGE, Paged, pages
from dashboard.render.panel.cards import place_list
from dashboard.web.answers import cached_areas, cached_places_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.ui.parts.context import Page
    from dashboard.words import Strings

__all__ = ["area_names", "shaded_areas", "show_area"]


def area_names(areas: list[str], words: Strings) -> Mapping[str, str]:
    """Return the names of countries and divisions by id."""
    if all(area.startswith(COUNTRY_PREFIX) for area in areas):
        return {area: words.country(area.removeprefix(COUNTRY_PREFIX)) for area in areas}
    return division_names(words.language)


def shaded_areas(page: Page) -> ShadedAreas:
    """Return the countries or divisions that the view shades, and how."""
    level: AreaLevel = "country" if page.visit.view == "countries" else "division"
    areas = cached_areas(page.edition, page.visit.filters, level)
    shades = shading(areas, page.summary.articles, by_share=page.visit.by == "share")
    names = area_names(list(areas["area_id"]), page.words)
    listed = zip(areas["area_id"], areas["articles"], strict=True)
    keys = [(-int(n), page.words.sort_key(names.get(area, area))) for area, n in listed]
    areas = areas.iloc[sorted(range(len(areas)), key=keys.__getitem__)]
    return ShadedAreas(areas, names, shades, page.visit.area)


def show_area(page: Page, area: str) -> None:
    """Show a country or division, and the places in it that the filters let through."""
    words, visit = page.words, page.visit
    level: AreaLevel = "country" if area.startswith(COUNTRY_PREFIX) else "division"
    areas = cached_areas(page.edition, visit.filters, level)
    found = areas[areas["area_id"] == area].to_dict("records")
    figures = AreaFigures(
        articles=int(found[0]["articles"]) if found else 0,
        places=int(found[0]["places"]) if found else 0,
        total=page.summary.articles,
    )
    code = area.partition(":")[2]
    only = replace(visit.filters, countries=(code[:2],))
    filtered = visit.address(filters=only, area=None)
    links = AreaLinks(
        back=visit.address(area=None),
        card=visit.place_address(area) if page.store.place(area) else None,
        only=filtered if level == "country" and only != visit.filters else None,
    )
    country = words.country(code[:2]) if level == "division" else ""
    head = area_card(area_names([area], words).get(area, code), country, figures, words, links)
    inside = page.places[page.places["place_id"].isin(cached_places_in(page.edition, area))]
    inside = in_shown_order(inside, words)
    listed = inside.iloc[visit.skip : visit.skip + PLACES_A_PAGE]
    below = pages(
        Paged(visit.skip, len(listed), len(inside), PLACES_A_PAGE),
        words,
        lambda skip: visit.address(skip=skip),
    )
    st.html(str(join([head, place_list(listed, words, visit.place_address, {}), below])))
