"""Small curves over time beside the rankings: articles of a place or country in equal stretches of days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, case, func, literal, select

from dashboard.query.conditions import link_conditions
from dashboard.store.schema import LEADS_COUNTRY, article_places, places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["CURVE_STEPS", "CountryRank", "country_ranks", "place_curves"]

# Each stretch of time has a letter, and the database strings together a place's letters: this takes it a tenth
# of the time of grouping by place and stretch, for which it would have to sort.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWX"
CURVE_STEPS = len(_LETTERS)
_Curve = tuple[int, ...]
_Span = tuple["date", "date"]


@dataclass(frozen=True, slots=True)
class CountryRank:
    """A country, how many articles name a place in it, and these over time."""

    code: str
    articles: int
    curve: _Curve


def place_curves(store: Store, filters: Filters, place_ids: Sequence[str], span: _Span) -> dict[str, _Curve]:
    """Count the dated articles of places in `CURVE_STEPS` equal stretches, oldest first.

    Parameters
    ----------
    span
        The first and last day of the curves, both included; articles before and after are in none.
    """
    link = article_places.c
    with store.engine.connect() as connection:
        keys = select(places.c.key, places.c.id).where(places.c.id.in_(place_ids))
        ids = {row.key: row.id for row in connection.execute(keys)}
        query = (
            select(link.place_key, _letters(link.day, span))
            .where(link.place_key.in_(ids), *link_conditions(connection, filters))
            .group_by(link.place_key)
        )
        rows = connection.execute(query).all()
    return {ids[key]: _counts(letters) for key, letters in rows}


def country_ranks(store: Store, filters: Filters, span: _Span | None) -> tuple[CountryRank, ...]:
    """Return the countries with a place that the filters let through, those of most articles first.

    An article that names several places of a country counts once for it.

    Parameters
    ----------
    span
        The first and last day of the curves, both included; None, when no article has a day, leaves them flat.
    """
    with store.engine.connect() as connection:
        conditions = link_conditions(connection, filters)
        # While no filter picks among a country's places, the surest row of each article stands for all of them.
        led = filters.actors and not replace(filters, countries=()).about_places
        query = (_by_leading_rows if led else _one_by_one)(conditions, span)
        rows = connection.execute(query).all()
    counts: Counter[str] = Counter()
    letters: dict[str, str] = {}
    for code, articles, some in rows:
        counts[code] += int(articles)
        letters[code] = letters.get(code, "") + (some or "")
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(CountryRank(code, counts[code], _counts(letters[code])) for code in ranked)


def _by_leading_rows(conditions: list[ColumnElement[bool]], span: _Span | None) -> Select[Any]:
    """Return a row for each place: the articles in which it stands for its country."""
    link = article_places.c
    by_place = (
        select(link.place_key, func.count().label("articles"), _letters(link.day, span).label("letters"))
        .where(link.leads.bitwise_and(LEADS_COUNTRY) > 0, *conditions)
        .group_by(link.place_key)
        .subquery()
    )
    return (
        select(places.c.country, by_place.c.articles, by_place.c.letters)
        .join(by_place, by_place.c.place_key == places.c.key)
        .where(places.c.country.is_not(None))
    )


def _one_by_one(conditions: list[ColumnElement[bool]], span: _Span | None) -> Select[Any]:
    """Return a row for each country, its articles told apart one by one."""
    link = article_places.c
    pairs = (
        select(places.c.country, link.article_key, link.day)
        .join(article_places, link.place_key == places.c.key)
        .where(places.c.country.is_not(None), *conditions)
        .distinct()
        .subquery()
    )
    return select(pairs.c.country, func.count(), _letters(pairs.c.day, span)).group_by(pairs.c.country)


def _letters(day: ColumnElement[int], span: _Span | None) -> ColumnElement[str]:
    """Return the letters of the stretches in which a group's articles lie, as one string."""
    if span is None:
        return func.max("")
    first, last = (end.toordinal() for end in span)
    step = (day - first) // literal(-(-(last - first + 1) // CURVE_STEPS), Integer)
    letter = case((day.between(first, last), func.substr(_LETTERS, step + 1, 1)))
    return func.aggregate_strings(letter, "")


def _counts(letters: str | None) -> _Curve:
    counts = Counter(letters or "")
    return tuple(counts[letter] for letter in _LETTERS)
