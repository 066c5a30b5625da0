"""Rows into the tables, inside a transaction that the caller holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import delete, insert, select, update

from dashboard.core.errors import StoreError
from dashboard.core.links import plain_address
from dashboard.core.models import article_id
from dashboard.core.text import folded_lines
from dashboard.store.boilerplate import insert_lines, is_within, set_aside
from dashboard.store.dialect import upsert
from dashboard.store.links import rebuild_links
from dashboard.store.records import article_row, link_rows, mention_rows, place_row, places_of
from dashboard.store.schema import article_places, articles, mentions, meta, parses, places, sources
from dashboard.store.search import searched_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Pool, Row, Table

    from dashboard.core.models import Article, Parse, Place

__all__ = [
    "article_rows",
    "count_change",
    "insert_articles",
    "insert_parses",
    "insert_sources",
    "replace_parses",
]

_CHUNK = 500  # values in one IN list
# The copy of each place that this process wrote last; what was not committed is found missing and written again.
_WRITTEN: WeakKeyDictionary[Pool, dict[str, Place]] = WeakKeyDictionary()


def insert_articles(
    connection: Connection, pairs: Sequence[tuple[Article, Parse]], added_at: datetime
) -> list[int]:
    """Insert articles that are not stored yet; return their keys in the same order."""
    lines = [folded_lines(article.text) for article, _ in pairs]
    rows = article_rows(pairs, lines, added_at)
    connection.execute(insert(articles), rows)
    keys = _keys(connection, articles, [article.id for article, _ in pairs])
    ordered = [keys[article.id] for article, _ in pairs]
    texts = {key: article.text for key, (article, _) in zip(ordered, pairs, strict=True)}
    given = {keys[row["id"]]: row["boilerplate"] for row in rows if row["boilerplate"]}
    insert_lines(connection, texts, given, dict(zip(ordered, lines, strict=True)))
    return ordered


def article_rows(
    pairs: Sequence[tuple[Article, Parse]], lines: Sequence[Sequence[str]], added_at: datetime
) -> list[dict[str, Any]]:
    """Return the rows of new articles, without their keys; `lines` are the `folded_lines` of their texts."""
    return [
        article_row(article)
        | {
            "language": article.language or parse.language,
            "focus_place": parse.focus.place,
            "focus_country": parse.focus.country,
            "added_at": added_at,
            "folded": searched_text(folded),
            "content": article_id(article.text),
            "address": plain_address(article.url),
        }
        for (article, parse), folded in zip(pairs, lines, strict=True)
    ]


def insert_parses(
    connection: Connection, article_keys: Sequence[int], found: Sequence[Parse], parsed_at: datetime
) -> None:
    """Insert the mentions and places of stored articles, and who found them; what lies in boilerplate is set aside."""
    stored = _articles(connection, article_keys)
    place_keys = _insert_places(connection, found)
    source_keys = insert_sources(connection, {row.source for row in stored.values() if row.source})
    mention_list, link_list, parse_list = [], [], []
    aside: dict[int, list[dict[str, Any]]] = {}
    for key, parse in zip(article_keys, found, strict=True):
        row = stored[key]
        source_key = source_keys.get(row.source or "")
        found_rows = mention_rows(key, row.text, parse, place_keys)
        if row.boilerplate:
            aside[key] = [one for one in found_rows if is_within(one, row.boilerplate)]
            found_rows = [one for one in found_rows if not is_within(one, row.boilerplate)]
        mention_list += found_rows
        link_list += link_rows(row, source_key, parse, place_keys)
        parse_list.append(
            {
                "article_key": key,
                "parser_id": parse.parser_id,
                "gazetteer_id": parse.gazetteer_id,
                "parsed_at": parsed_at,
            }
        )
    for table, rows in ((mentions, mention_list), (article_places, link_list), (parses, parse_list)):
        if rows:
            connection.execute(insert(table), rows)
    set_aside(connection, aside)
    rebuild_links(connection, list(aside))


def replace_parses(connection: Connection, new: Mapping[str, Parse], parsed_at: datetime) -> list[int]:
    """Put new parses in the place of those that articles have, by article id; return the articles' keys.

    Raises
    ------
    StoreError
        There is no such article.
    """
    keys = _keys(connection, articles, new)
    for ident, parse in new.items():
        if ident not in keys:
            raise StoreError(f"The store holds no article {ident!r}.")
        key = keys[ident]
        for table in (mentions, article_places, parses):
            connection.execute(delete(table).where(table.c.article_key == key))
        about = {"focus_place": parse.focus.place, "focus_country": parse.focus.country}
        bare = {"corrected": False, "parsed_focus_place": None, "parsed_focus_country": None}
        connection.execute(update(articles).where(articles.c.key == key).values(**about, **bare))
    ordered = [keys[ident] for ident in new]
    insert_parses(connection, ordered, list(new.values()), parsed_at)
    return ordered


def count_change(connection: Connection) -> None:
    """Count up `data_version`, in a transaction that changes what views show."""
    statement = update(meta).where(meta.c.key == "data_version").values(value=meta.c.value + 1)
    connection.execute(statement)


def _insert_places(connection: Connection, found: Iterable[Parse]) -> dict[str, int]:
    """Store the newest copy of every place in use; return the key of each id."""
    wanted = {place.id: place for place in places_of(found)}
    if not wanted:
        return {}
    keys = _keys(connection, places, wanted)
    written = _WRITTEN.setdefault(connection.engine.pool, {})  # each writing engine has the pool of its store
    changed = [place for ident, place in wanted.items() if ident not in keys or written.get(ident) != place]
    if changed:
        connection.execute(upsert(connection, places, places.c.id), [place_row(one) for one in changed])
        keys |= _keys(connection, places, [one.id for one in changed if one.id not in keys])
        written |= {one.id: one for one in changed}
    return keys


def insert_sources(connection: Connection, names: set[str]) -> dict[str, int]:
    """Store the names of sources that are new; return the key of each."""
    if not names:
        return {}
    connection.execute(upsert(connection, sources, sources.c.id), [{"id": name} for name in sorted(names)])
    return _keys(connection, sources, names)


def _keys(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, int]:
    wanted, keys = list(ids), {}
    for at in range(0, len(wanted), _CHUNK):
        query = select(table.c.id, table.c.key).where(table.c.id.in_(wanted[at : at + _CHUNK]))
        keys.update(dict(connection.execute(query).all()))
    return keys


def _articles(connection: Connection, keys: Sequence[int]) -> dict[int, Row[Any]]:
    columns = [
        articles.c[name]
        for name in ("key", "text", "source", "published", "language", "story", "boilerplate")
    ]
    query = select(*columns).where(articles.c.key.in_(keys))
    return {row.key: row for row in connection.execute(query)}
