"""How many articles name a place in each country or first-level division."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import case, func, select

from dashboard.query.columns import AREA_COLUMNS, make_frame
from dashboard.query.conditions import link_conditions, place_conditions
from dashboard.store.records import DIVISION_PREFIX
from dashboard.store.schema import LEADS_COUNTRY, LEADS_DIVISION, article_places, places

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import ColumnElement, Select

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["COUNTRY_PREFIX", "AreaLevel", "area_frame", "places_in_area"]

AreaLevel = Literal["country", "division"]
COUNTRY_PREFIX = "country:"
_BITS = {"country": LEADS_COUNTRY, "division": LEADS_DIVISION}


def area_frame(store: Store, filters: Filters, level: AreaLevel) -> pd.DataFrame:
    """Return the countries or divisions with a place that the filters let through: `AREA_COLUMNS`.

    An article that names several places of a country counts once for it. Most articles first, then by id.
    """
    area = _area_of(level)
    with store.engine.connect() as connection:
        conditions = link_conditions(connection, filters)
        # While no filter picks among the places of an area, the surest row of each article stands for all of them.
        led = filters.actors and not place_conditions(connection, replace(filters, countries=()))
        query = _by_leading_rows(area, level, conditions) if led else _one_by_one(area, conditions)
        rows = connection.execute(query).all()
    found = sorted((row for row in rows if row.articles), key=lambda row: (-row.articles, row.area))
    return make_frame(
        [(row.area, int(row.articles), row.places, row.confidence) for row in found], AREA_COLUMNS
    )


def places_in_area(store: Store, area: str) -> frozenset[str]:
    """Return the ids of the stored places that lie in a country or division, or are it."""
    level: AreaLevel = "country" if area.startswith(COUNTRY_PREFIX) else "division"
    with store.engine.connect() as connection:
        return frozenset(connection.scalars(select(places.c.id).where(_area_of(level) == area)))


def _area_of(level: AreaLevel) -> ColumnElement[Any]:
    """Return the id of the area that a place lies in, null where there is none."""
    if level == "country":
        return COUNTRY_PREFIX + places.c.country
    is_one = places.c.id.startswith(DIVISION_PREFIX, autoescape=True)
    return func.coalesce(places.c.admin1, case((is_one, places.c.id)))


def _by_leading_rows(
    area: ColumnElement[Any], level: AreaLevel, conditions: list[ColumnElement[bool]]
) -> Select[Any]:
    link, bit = article_places.c, _BITS[level]
    by_place = (
        select(
            link.place_key,
            func.sum(link.leads.bitwise_and(bit)).label("led"),
            func.max(link.confidence).label("confidence"),
        )
        .where(*conditions)
        .group_by(link.place_key)
        .subquery()
    )
    return (
        select(
            area.label("area"),
            (func.sum(by_place.c.led) / bit).label("articles"),
            func.count().label("places"),
            func.max(by_place.c.confidence).label("confidence"),
        )
        .join(by_place, by_place.c.place_key == places.c.key)
        .where(area.is_not(None))
        .group_by(area)
    )


def _one_by_one(area: ColumnElement[Any], conditions: list[ColumnElement[bool]]) -> Select[Any]:
    link = article_places.c
    return (
        select(
            area.label("area"),
            func.count(link.article_key.distinct()).label("articles"),
            func.count(link.place_key.distinct()).label("places"),
            func.max(link.confidence).label("confidence"),
        )
        .join(article_places, link.place_key == places.c.key)
        .where(area.is_not(None), *conditions)
        .group_by(area)
    )
