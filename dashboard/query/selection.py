"""What is handed over for filters: the places, and for each of them its articles with the sentences that name it.

Everything is read in one transaction and in batches. What is kept in memory grows with the number of pairs of
article and place by two whole numbers each, and with nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import and_, func, select

from dashboard.core.progress import silent
from dashboard.query.conditions import link_conditions, mention_conditions, place_conditions
from dashboard.query.frames import independent_counts, place_frame
from dashboard.query.naming import Mention, NamingArticle, mention_columns, naming_article
from dashboard.query.totals import Summary, summary
from dashboard.store.records import place_from_row
from dashboard.store.schema import article_places, articles, mentions, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from sqlalchemy import Connection, Select

    from dashboard.core.models import Place
    from dashboard.core.progress import Progress
    from dashboard.query.filters import Filters
    from dashboard.store.store import Store

__all__ = ["Selection", "named_in", "select_all"]

_PAIRS = 400  # pairs of article and place in one query
_PARTITION = 50_000  # rows of two numbers that are held at a time
_pair = attrgetter("article_key", "place_key")


@dataclass(frozen=True, slots=True)
class Selection:
    """What filters let through, to be handed over.

    Attributes
    ----------
    places
        Columns `PLACE_COLUMNS`, those of most articles first.
    independent
        How many different stories the articles that name a place tell, by its id.
    watch
        Told how many `sentences` are read of all, by pairs of article and place, where all are asked for.
    """

    store: Store
    filters: Filters
    places: pd.DataFrame
    summary: Summary
    independent: Mapping[str, int] = field(default_factory=dict)
    watch: Progress = silent

    def evidence(
        self, wanted: Sequence[str] | None = None, *, newest: int | None = None
    ) -> Iterator[tuple[str, Iterator[NamingArticle]]]:
        """Yield each place's id and its articles, newest first and undated last, read as they are asked for.

        Parameters
        ----------
        wanted
            Ids of places, in the order in which they come; None = all, as in `places`.
        newest
            How many articles of each place; None = all.
        """
        ids = list(self.places["place_id"]) if wanted is None else list(wanted)
        with self.store.engine.connect() as connection:
            pairs = _read_pairs(connection, self.filters, ids, newest)
            batches = pairs.chosen(newest)
            if newest is None:
                batches = _watched(batches, len(pairs.numbers), self.watch)
            found = _read_articles(connection, batches, self.filters)
            for number, rows in groupby(found, key=lambda pair: pair[0]):
                yield ids[number], (article for _, article in rows)


def _watched(
    batches: Iterable[list[tuple[int, int, int]]], total: int, watch: Progress
) -> Iterator[list[tuple[int, int, int]]]:
    done = 0
    for batch in batches:
        watch(done, total, "sentences")
        yield batch
        done += len(batch)


def named_in(
    store: Store, filters: Filters, article_ids: Sequence[str]
) -> dict[str, list[tuple[Place, NamingArticle]]]:
    """Return for each article the places that it names, of those that the filters let through, surest first."""
    article, mention, link = articles.c, mentions.c, article_places.c
    same = and_(link.article_key == mention.article_key, link.place_key == mention.place_key)
    found: dict[str, list[tuple[Place, NamingArticle]]] = {}
    with store.engine.connect() as connection:
        query = (
            select(*mention_columns(), places.c.id)
            .join(articles, article.key == mention.article_key)
            .join(article_places, same)
            .join(places, places.c.key == mention.place_key)
            .where(article.id.in_(list(article_ids)), *mention_conditions(filters))
            .where(*place_conditions(connection, filters))
            .order_by(mention.article_key, mention.place_key, mention.sentence_start, mention.start)
        )
        rows = [(row[-1], Mention._make(row[:-1])) for row in connection.execute(query)]
        ids = {place_id for place_id, _ in rows}
        known = connection.execute(select(places).where(places.c.id.in_(ids))).mappings()
        place_of = {row["id"]: place_from_row(row) for row in known}
    for (_, place_id), group in groupby(rows, key=lambda row: (row[1].article_key, row[0])):
        article_told = naming_article([told for _, told in group])
        found.setdefault(article_told.id, []).append((place_of[place_id], article_told))
    for named in found.values():
        named.sort(key=lambda pair: (-pair[1].surest.confidence, pair[0].id))
    return found


def select_all(store: Store, filters: Filters) -> Selection:
    """Return what the filters let through; its articles are read when they are asked for."""
    told = independent_counts(store, filters)
    return Selection(store, filters, place_frame(store, filters), summary(store, filters), told)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of place and article in the order of handing over; `numbers` count the places wanted."""

    place_keys: NDArray[np.int64]
    numbers: NDArray[np.int64]
    article_keys: NDArray[np.int64]

    def chosen(self, newest: int | None) -> Iterator[list[tuple[int, int, int]]]:
        """Yield batches of (number, place key, article key), of each place at most so many."""
        numbers, keys = self.numbers, self.article_keys
        if newest is not None:
            rank = np.arange(len(numbers)) - np.searchsorted(numbers, numbers, side="left")
            numbers, keys = numbers[rank < newest], keys[rank < newest]
        for at in range(0, len(numbers), _PAIRS):
            chunk = numbers[at : at + _PAIRS]
            yield list(
                zip(
                    chunk.tolist(),
                    self.place_keys[chunk].tolist(),
                    keys[at : at + _PAIRS].tolist(),
                    strict=True,
                )
            )


def _read_pairs(
    connection: Connection, filters: Filters, ids: Sequence[str], newest: int | None = None
) -> _Pairs:
    """Read which article names which place, of each place at most so many: one pass, two numbers a pair."""
    keys = select(places.c.id, places.c.key)
    few = len(ids) <= _PAIRS
    known = dict(connection.execute(keys.where(places.c.id.in_(ids)) if few else keys).all())
    place_keys = np.array([known.get(place, -1) for place in ids], dtype=np.int64)
    number_of = {int(key): number for number, key in enumerate(place_keys)}
    link = article_places.c
    query = select(link.place_key, link.article_key, func.coalesce(link.day, 0)).where(
        *link_conditions(connection, filters)
    )
    if few:
        query = query.where(link.place_key.in_(place_keys.tolist()))
    if newest is not None:  # the database counts off a million rows in less time than they take to come here
        order = (func.coalesce(link.day, 0).desc(), link.article_key.desc())
        rank = func.row_number().over(partition_by=link.place_key, order_by=order).label("rank")
        ranked = query.add_columns(rank).subquery()
        query = select(*list(ranked.c)[:3]).where(ranked.c.rank <= newest)
    # filled batch by batch, so that no list of rows is ever held
    parts: list[NDArray[np.int64]] = []
    result = connection.execute(query, execution_options={"yield_per": _PARTITION})
    for rows in result.partitions():
        part = np.array([(number_of.get(row[0], -1), row[1], row[2]) for row in rows], dtype=np.int64)
        parts.append(part[part[:, 0] >= 0])
    found = np.concatenate(parts) if parts else np.empty((0, 3), dtype=np.int64)
    found = found[np.lexsort((-found[:, 1], -found[:, 2], found[:, 0]))]
    return _Pairs(place_keys, found[:, 0].copy(), found[:, 1].copy())


def _read_articles(
    connection: Connection, batches: Iterable[list[tuple[int, int, int]]], filters: Filters
) -> Iterator[tuple[int, NamingArticle]]:
    """Yield each pair's article, in the order of the pairs."""
    for batch in batches:
        wanted = [(article, place) for _, place, article in batch]
        rows = map(Mention._make, connection.execute(_mentions(wanted, filters)).all())
        by_pair = {pair: list(group) for pair, group in groupby(rows, key=_pair)}
        for number, place, article in batch:
            if group := by_pair.get((article, place)):
                yield number, naming_article(group)


def _mentions(pairs: Sequence[tuple[int, int]], filters: Filters) -> Select[Any]:
    """Return the mentions of these articles and places; among them some of pairs that were not asked for."""
    article, mention = articles.c, mentions.c
    return (
        select(*mention_columns())
        .join(articles, article.key == mention.article_key)
        .where(mention.article_key.in_([article_key for article_key, _ in pairs]))
        # the sum keeps the database from trying every article with every place
        .where((mention.place_key + 0).in_({place_key for _, place_key in pairs}))
        .where(*mention_conditions(filters))
        .order_by(mention.article_key, mention.place_key, mention.sentence_start, mention.start)
    )
