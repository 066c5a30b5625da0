"""Articles taken out of what is shown, kept whole, and put back as they were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from dashboard.store.boilerplate import insert_lines, look_again, take_back
from dashboard.store.links import rebuild_links
from dashboard.store.replay import replay_articles
from dashboard.store.schema import (
    article_lines,
    article_places,
    articles,
    leg_parses,
    legs,
    mentions,
    parses,
    removed_articles,
    story_anchors,
)
from dashboard.store.stories import assign_stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, RowMapping

__all__ = ["put_back", "take_out"]

_CHUNK = 400  # values in one IN list


def take_out(connection: Connection, keys: Sequence[int]) -> None:
    """Move articles with their mentions to where nothing is shown from; stories that they led get a new head."""
    for key in keys:
        take_back(connection, key)
        row = connection.execute(select(articles).where(articles.c.key == key)).mappings().one()
        found = connection.execute(select(mentions).where(mentions.c.article_key == key)).mappings().all()
        parse = connection.execute(select(parses).where(parses.c.article_key == key)).mappings().first()
        read = (
            connection.execute(select(leg_parses).where(leg_parses.c.article_key == key)).mappings().first()
        )
        moved = connection.execute(select(legs).where(legs.c.article_key == key)).mappings().all()
        kept = {
            "id": row["id"],
            "content": row["content"],
            "address": row["address"],
            "source": row["source"],
            "removed_at": datetime.now(UTC),
            "article": _kept(row, "key"),
            "mentions": [_kept(mention, "id", "article_key") for mention in found],
            "parse": _kept(parse, "article_key") if parse else None,
            "legs": [_kept(leg, "id", "article_key") for leg in moved],
            "leg_parse": _kept(read, "article_key") if read else None,
        }
        connection.execute(insert(removed_articles), [kept])
        for table in (mentions, legs, leg_parses, article_places, article_lines, parses, story_anchors):
            connection.execute(delete(table).where(table.c.article_key == key))
        connection.execute(delete(articles).where(articles.c.key == key))
        _lead_anew(connection, key)
        look_again(connection, sources={row["source"]})


def put_back(connection: Connection, ids: Sequence[str]) -> list[int]:
    """Put articles back with the mentions that they had; return their new keys."""
    keys = []
    for ident in ids:
        query = select(removed_articles).where(removed_articles.c.id == ident)
        kept = connection.execute(query).mappings().one()
        connection.execute(insert(articles), [_typed(kept["article"]) | {"story": None, "replaced_by": None}])
        key = int(connection.scalars(select(articles.c.key).where(articles.c.id == ident)).one())
        article = kept["article"]
        insert_lines(connection, {key: article["text"]}, {key: article["boilerplate"]})
        rows = [mention | {"article_key": key} for mention in kept["mentions"]]
        if rows:
            connection.execute(insert(mentions), rows)
        if kept["parse"]:
            connection.execute(insert(parses), [_typed(kept["parse"]) | {"article_key": key}])
        if kept["legs"]:
            connection.execute(insert(legs), [leg | {"article_key": key} for leg in kept["legs"]])
        if kept["leg_parse"]:
            connection.execute(insert(leg_parses), [_typed(kept["leg_parse"]) | {"article_key": key}])
        connection.execute(delete(removed_articles).where(removed_articles.c.id == ident))
        keys.append(key)
    if keys:
        assign_stories(connection, keys)
        rebuild_links(connection, keys)
        replay_articles(connection, keys)
    return keys


def _lead_anew(connection: Connection, gone: int) -> None:
    """Let the next article of a story lead it, after the one that did is gone."""
    query = select(articles.c.key).where(articles.c.story == gone).order_by(articles.c.key)
    led = list(connection.scalars(query))
    if not led:
        return
    connection.execute(update(articles).where(articles.c.key.in_(led)).values(story=None))
    assign_stories(connection, led[:1])
    head = connection.scalars(select(articles.c.story).where(articles.c.key == led[0])).one()
    for at in range(0, len(led), _CHUNK):
        some = led[at : at + _CHUNK]
        connection.execute(update(articles).where(articles.c.key.in_(some)).values(story=head))
        links = update(article_places).where(article_places.c.article_key.in_(some))
        connection.execute(links.values(story=head))


def _kept(row: RowMapping, *without: str) -> dict[str, Any]:
    """Return a row as JSON holds it."""
    return {
        str(name): value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if name not in without
    }


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a kept row with its times and dates."""
    times = {name: datetime.fromisoformat(row[name]) for name in ("added_at", "parsed_at") if row.get(name)}
    day = {"published": date.fromisoformat(row["published"])} if row.get("published") else {}
    return row | times | day
