"""Fills a store as `desk_store` does, many times as fast: rows go in as they are, indexes are made at the end.

What `Store.add_many` finds out by looking, the maker of the articles knows: that each is new, and whose copy it is.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from desk_store import make_copies
from sqlalchemy import DDL, func, insert, select, update

from dashboard.core.text import folded_lines
from dashboard.store.boilerplate import insert_lines
from dashboard.store.dialect import AT_ONCE, continue_numbers, writing
from dashboard.store.records import link_rows, mention_rows, place_row, places_of
from dashboard.store.schema import (
    article_lines,
    article_places,
    articles,
    mentions,
    meta,
    metadata,
    parses,
    places,
    sources,
    story_anchors,
)
from dashboard.store.sketches import anchors, tell
from dashboard.store.writing import article_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Column, ColumnElement, Connection, Table

    from dashboard.core.models import Article, Parse
    from dashboard.gazetteer import Gazetteer
    from dashboard.store import Store

__all__ = ["fill_at_once", "multiply"]

_BATCH = 2000
_SAID_EVERY = 20_000  # articles
_SEARCH = "articles_folded"  # PostgreSQL's index of trigrams, which no table of SQLAlchemy names
_SEARCH_DDL = f"CREATE INDEX {_SEARCH} ON articles USING gin (folded gin_trgm_ops)"


class _Numbers:
    """A key for each id, in the order in which they come."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}

    def new(self, idents: Iterable[str]) -> list[str]:
        """Give keys to those that have none, and return them."""
        found = [ident for ident in dict.fromkeys(idents) if ident not in self.keys]
        for ident in found:
            self.keys[ident] = len(self.keys) + 1
        return found


class _Loader:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._places, self._sources = _Numbers(), _Numbers()
        self._done = 0

    def load(self, batch: Sequence[tuple[Article, Parse, int]]) -> int:
        """Write articles, each with the number of the first that told its story; return how many there are now."""
        now = datetime.now(UTC)
        pairs = [(article, parse) for article, parse, _ in batch]
        keys = range(self._done + 1, self._done + 1 + len(batch))
        lines = [folded_lines(article.text) for article, _ in pairs]
        rows = article_rows(pairs, lines, now)
        for key, row, (_, _, story) in zip(keys, rows, batch, strict=True):
            row |= {"key": key, "story": story}
        self._write(articles, rows)
        texts = {key: article.text for key, (article, _) in zip(keys, pairs, strict=True)}
        insert_lines(self._connection, texts, {}, dict(zip(keys, lines, strict=True)))
        self._number(pairs)
        found: dict[Table, list[dict[str, Any]]] = {mentions: [], article_places: [], parses: []}
        for row, (article, parse) in zip(rows, pairs, strict=True):
            about = SimpleNamespace(**{name: row[name] for name in ("key", "published", "language", "story")})
            found[mentions] += mention_rows(row["key"], article.text, parse, self._places.keys)
            found[article_places] += link_rows(
                about,  # type: ignore[arg-type] - as a row of the database
                self._sources.keys.get(article.source or ""),
                parse,
                self._places.keys,
            )
            read_by = {"parser_id": parse.parser_id, "gazetteer_id": parse.gazetteer_id, "parsed_at": now}
            found[parses].append({"article_key": row["key"], **read_by})
        for table, some in found.items():
            self._write(table, some)
        self._write(
            story_anchors, [one for row in rows if row["story"] == row["key"] for one in _anchored(row)]
        )
        self._done += len(batch)
        return self._done

    def _number(self, pairs: Sequence[tuple[Article, Parse]]) -> None:
        """Store the places and sources that are new."""
        known = {place.id: place for place in places_of(parse for _, parse in pairs)}
        self._write(
            places,
            [place_row(known[one]) | {"key": self._places.keys[one]} for one in self._places.new(known)],
        )
        named = self._sources.new(article.source for article, _ in pairs if article.source)
        self._write(sources, [{"id": one, "key": self._sources.keys[one]} for one in named])

    def _write(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)


def _anchored(row: dict[str, Any]) -> Iterator[dict[str, int]]:
    more = {name: row[name] for name in ("source", "origin", "address", "title")}
    told = tell(row["key"], row["folded"], row["published"], **more)
    return ({"anchor": one, "article_key": row["key"]} for one in anchors(told.runs))


def fill_at_once(store: Store, gazetteer: Gazetteer, count: int) -> float:
    """Write articles into an empty store; return the seconds that it took."""
    began = time.perf_counter()
    made = make_copies(gazetteer, count)
    with _without_indexes(store) as connection:
        loader = _Loader(connection.execution_options(**AT_ONCE))
        while batch := list(islice(made, _BATCH)):
            done = loader.load(batch)
            if done % _SAID_EVERY == 0:
                print(f"  {done:9,} articles, {time.perf_counter() - began:5.0f} s", flush=True)
    return time.perf_counter() - began


def multiply(store: Store, times: int) -> float:
    """Set each article of a store beside itself under other numbers, so that there are `times` as many; return seconds.

    They tell stories of their own, of the same days, sources and places; their texts end otherwise.
    """
    began = time.perf_counter()
    with _without_indexes(store) as connection:
        count = connection.scalar(select(func.max(articles.c.key))) or 0
        known = connection.scalar(select(func.max(mentions.c.id))) or 0
        for copy in range(1, times):
            for table in (articles, mentions, article_places, article_lines, parses, story_anchors):
                values = {
                    column.name: _again(column, copy, count, known).label(column.name)
                    for column in table.columns
                }
                first = (table.c.key if table is articles else table.c.article_key) <= count
                query = select(*values.values()).where(first)
                connection.execute(insert(table).from_select(list(values), query))
            print(f"  {(1 + copy) * count:9,} articles, {time.perf_counter() - began:5.0f} s", flush=True)
    return time.perf_counter() - began


def _again(column: Column[Any], copy: int, count: int, known: int) -> ColumnElement[Any]:
    """Return what a column of a row holds in the row's copy of this number."""
    if column is mentions.c.id:
        return column + copy * known
    if column is articles.c.key or column.name in {"article_key", "story", "replaced_by"}:
        return column + copy * count
    if column.table is articles and column.name in {"id", "content", "address"}:
        return column + f"-{copy}"
    if column.table is articles and column.name in {"text", "folded"}:
        return column + f" {copy} "
    return column


@contextmanager
def _without_indexes(store: Store) -> Iterator[Connection]:
    """Begin a transaction in which rows are not looked at one by one; they are indexed at its end."""
    with writing(store.engine).begin() as connection:
        _drop_indexes(connection)
        yield connection
        _make_indexes(connection)
        for table in metadata.sorted_tables:
            continue_numbers(connection, table)
        connection.execute(update(meta).where(meta.c.key == "data_version").values(value=meta.c.value + 1))
    store.optimize()


def _drop_indexes(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.drop(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(DDL(f"DROP INDEX {_SEARCH}"))
        # What refers to what is known to be there.
        connection.execute(DDL("SET LOCAL session_replication_role = replica"))


def _make_indexes(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(DDL("SET LOCAL maintenance_work_mem = '512MB'"))
        connection.execute(DDL(_SEARCH_DDL))
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection)
