"""Who names which places, and which places are named together: what a program for graphs draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from dashboard.query.conditions import link_conditions
from dashboard.store.schema import UNKNOWN_SOURCE, article_places, places, sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["MOST_NAMED", "Network", "Report", "Together", "place_network"]

MOST_NAMED = 60  # places in an article; one of more is a list, which says nothing of which belong together


class _Link(NamedTuple):
    """That an article names a place; a tuple, since there are millions."""

    article_key: int
    place_key: int
    source_key: int
    day: int | None
    story: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A source that names a place.

    Attributes
    ----------
    source
        None stands for all articles whose source is unknown.
    articles, stories
        How many of its articles do, and how many stories these tell: copies of one count once.
    first, last
        Days of the earliest and latest of them; None when none has a day.
    """

    source: str | None
    place_id: str
    articles: int
    stories: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Together:
    """Two places, ids in order, that the same articles name."""

    one_id: str
    other_id: str
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Network:
    """What names what, and what stands beside what; each by falling number of articles.

    Attributes
    ----------
    lists
        Articles that name more than `MOST_NAMED` places: they say nothing of what is named together.
    left_out
        Pairs of places for which there was no room.
    """

    reports: tuple[Report, ...]
    together: tuple[Together, ...]
    lists: int = 0
    left_out: int = 0


def place_network(store: Store, filters: Filters, *, most_pairs: int = 50_000) -> Network:
    """Return who names what, and what is named together, in the articles that the filters let through.

    Parameters
    ----------
    most_pairs
        How many pairs of places are kept, those of most articles first.
    """
    link = article_places.c
    with store.engine.connect() as connection:
        query = (
            select(*(link[name] for name in _Link._fields))
            .where(*link_conditions(connection, filters))
            .order_by(link.article_key, link.place_key)
        )
        rows = list(map(_Link._make, connection.execute(query).all()))
        keys = connection.execute(select(places.c.key, places.c.id)).all()
        place_ids = dict(keys)
        source_names = _source_names(connection)
    pairs, lists = _pairs(rows)
    together = sorted(
        (_beside(place_ids, pair, stories) for pair, stories in pairs.items()),
        key=lambda item: (-item.articles, item.one_id, item.other_id),
    )
    return Network(
        reports=_reports(rows, place_ids, source_names),
        together=tuple(together[:most_pairs]),
        lists=lists,
        left_out=max(0, len(together) - most_pairs),
    )


def _source_names(connection: Connection) -> dict[int, str | None]:
    names: dict[int, str | None] = dict(connection.execute(select(sources.c.key, sources.c.id)).all())
    return names | {UNKNOWN_SOURCE: None}


def _story(row: _Link) -> int:
    return row.article_key if row.story is None else row.story


def _pairs(rows: Sequence[_Link]) -> tuple[dict[tuple[int, int], Counter[int]], int]:
    """Return for each pair of places the stories that name both, with their articles; and how many are lists."""
    found: dict[tuple[int, int], Counter[int]] = {}
    lists = 0
    for _, group in groupby(rows, key=attrgetter("article_key")):
        named = list(group)
        if len(named) > MOST_NAMED:
            lists += 1
            continue
        story = _story(named[0])
        for pair in combinations([row.place_key for row in named], 2):
            found.setdefault(pair, Counter())[story] += 1
    return found, lists


def _beside(place_ids: dict[int, str], pair: tuple[int, int], stories: Counter[int]) -> Together:
    one, other = sorted(place_ids[key] for key in pair)
    return Together(one, other, stories.total(), len(stories))


def _reports(
    rows: Sequence[_Link], place_ids: dict[int, str], source_names: dict[int, str | None]
) -> tuple[Report, ...]:
    by_pair: dict[tuple[int, int], list[_Link]] = {}
    for row in rows:
        by_pair.setdefault((row.source_key, row.place_key), []).append(row)
    found = []
    for (source, place), group in by_pair.items():
        days = [date.fromordinal(row.day) for row in group if row.day is not None]
        found.append(
            Report(
                source=source_names.get(source),
                place_id=place_ids[place],
                articles=len(group),
                stories=len({_story(row) for row in group}),
                first=min(days, default=None),
                last=max(days, default=None),
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.articles, item.source or "", item.place_id)))
