"""Boilerplate in the store: what recurs in a source is marked in its articles, and mentions in it are set aside.

What is marked follows from the articles of a source alone, whichever came first: after articles arrived, left or were
put right, their sources are looked at again as a whole. Mentions in boilerplate count nowhere, but are kept, so that
they are back when a line turns out to belong to the article.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import bindparam, delete, false, insert, select, true, update

from dashboard.intake.boilerplate import LINE, Lines, find_boilerplate, mark_lines
from dashboard.store.links import rebuild_links
from dashboard.store.replay import replay_articles
from dashboard.store.schema import article_lines, articles, mentions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

    from dashboard.intake.boilerplate import Span

__all__ = [
    "insert_lines",
    "is_within",
    "look_again",
    "set_aside",
    "settle_sources",
    "take_back",
    "unsettled_sources",
]

_CHUNK = 400  # values in one IN list
_KEPT = tuple(column for column in mentions.columns if column.name not in ("id", "article_key"))
_PARSED = ("place_key", "confidence", "abstention")


def insert_lines(
    connection: Connection,
    texts: Mapping[int, str],
    given: Mapping[int, Any],
    folded: Mapping[int, Sequence[str]] | None = None,
) -> None:
    """Note the lines of stored articles, by key, and what the readers of their files took for boilerplate.

    Parameters
    ----------
    folded
        `folded_lines` of the texts, where they are known.
    """
    folded = folded or {}
    rows = [
        {
            "article_key": key,
            "lines": mark_lines(text, folded.get(key)).tobytes(),
            "given": given.get(key) or None,
        }
        for key, text in texts.items()
    ]
    if rows:
        connection.execute(insert(article_lines), rows)


def look_again(
    connection: Connection, keys: Iterable[int] = (), sources: Collection[str | None] = ()
) -> None:
    """Note that articles are not what they were, or that sources lost some: they will be looked at again."""
    line = article_lines.c
    concerned = list(keys)
    for source in sources:
        own = select(articles.c.key).where(_is_source(source)).limit(1)
        concerned += connection.scalars(own)
    for some in _chunks(concerned):
        connection.execute(
            update(article_lines)
            .where(line.article_key.in_(some), line.settled == true())
            .values(settled=False)
        )


def unsettled_sources(connection: Connection) -> list[str | None]:
    """Return the sources whose articles must be looked at; None stands for articles without one."""
    query = (
        select(articles.c.source)
        .join(article_lines, article_lines.c.article_key == articles.c.key)
        .where(article_lines.c.settled == false())
        .distinct()
    )
    return list(connection.scalars(query))


def settle_sources(connection: Connection, sources: Iterable[str | None]) -> int:
    """Find the boilerplate of all articles of sources anew; return how many articles show something else now."""
    changed = 0
    for source in sources:
        names = ("key", "story", "published", "address", "boilerplate", "whole")
        columns = (*(articles.c[name] for name in names), article_lines.c.lines, article_lines.c.given)
        rows = connection.execute(
            select(*columns)
            .join(article_lines, article_lines.c.article_key == articles.c.key)
            .where(_is_source(source))
            .order_by(articles.c.key)
        ).all()
        groups: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in rows:  # without a name, a source is known by its address
            groups[(row.address or "").partition("/")[0] if source is None else ""].append(row)
        wanted: dict[int, list[list[int]]] = {}
        for group in groups.values():
            for row, found in zip(group, find_boilerplate([_lines(row) for row in group]), strict=True):
                spans = [] if row.whole else _joined([*(row.given or ()), *found])
                if spans != (row.boilerplate or []):
                    wanted[row.key] = spans
        _mark(connection, wanted)
        changed += len(wanted)
        own = select(articles.c.key).where(_is_source(source))
        line = article_lines.c
        connection.execute(
            update(article_lines)
            .where(line.settled == false(), line.article_key.in_(own))
            .values(settled=True)
        )
    return changed


def set_aside(connection: Connection, aside: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    """Keep rows of `mentions` that lie in boilerplate, by article, in the place of those that were kept before."""
    rows = [{"row": key, "rows": [_bare(one) for one in found] or None} for key, found in aside.items()]
    if rows:
        connection.execute(
            update(article_lines)
            .where(article_lines.c.article_key == bindparam("row"))
            .values(aside=bindparam("rows")),
            rows,
        )


def take_back(connection: Connection, key: int) -> None:
    """Put back all mentions of an article, and leave it the boilerplate that the reader of its file found."""
    given = connection.scalar(select(article_lines.c.given).where(article_lines.c.article_key == key))
    _mark(connection, {key: []})
    connection.execute(update(articles).where(articles.c.key == key).values(boilerplate=given))


def _is_source(source: str | None) -> ColumnElement[bool]:
    return articles.c.source.is_(None) if source is None else articles.c.source == source


def _lines(row: Row[Any]) -> Lines:
    day = row.published.toordinal() if row.published else None
    return Lines(row.story or row.key, day, np.frombuffer(row.lines, LINE))


def _joined(spans: Iterable[Sequence[int] | Span]) -> list[list[int]]:
    """Return spans rising, those that touch as one."""
    found: list[list[int]] = []
    for start, end in sorted((int(start), int(end)) for start, end in spans):
        if found and start <= found[-1][1]:
            found[-1][1] = max(end, found[-1][1])
        else:
            found.append([start, end])
    return found


def _mark(connection: Connection, wanted: Mapping[int, list[list[int]]]) -> None:
    """Give articles their new boilerplate, move mentions in and out of it, and count what follows."""
    change = update(articles).where(articles.c.key == bindparam("row")).values(boilerplate=bindparam("spans"))
    for keys in _chunks(list(wanted)):
        connection.execute(change, [{"row": key, "spans": wanted[key] or None} for key in keys])
        moved = _move(connection, {key: wanted[key] for key in keys})
        rebuild_links(connection, moved)
        replay_articles(connection, moved)


def _move(connection: Connection, wanted: Mapping[int, list[list[int]]]) -> list[int]:
    """Set the mentions in boilerplate aside and put back the others; return the articles whose mentions changed."""
    line = article_lines.c
    kept = connection.execute(
        select(line.article_key, line.aside).where(line.article_key.in_(wanted), line.aside.is_not(None))
    )
    aside = {row.article_key: list(row.aside or ()) for row in kept}
    shown = connection.execute(
        select(mentions.c.id, mentions.c.article_key, *_KEPT).where(
            mentions.c.article_key.in_(wanted), mentions.c.by_hand == false()
        )
    ).mappings()
    gone: list[int] = []
    now: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for found in shown:
        row = dict(found)
        if is_within(row, wanted[row["article_key"]]):
            gone.append(row["id"])
            now[row["article_key"]].append(row)
    back: list[dict[str, Any]] = []
    for key, rows in aside.items():
        for row in rows:
            if is_within(row, wanted[key]):
                now[key].append(row)
            else:
                back.append(row | {"article_key": key})
    moved = {key for key in wanted if len(now[key]) != len(aside.get(key, ()))} | {
        one["article_key"] for one in back
    }
    for some in _chunks(gone):
        connection.execute(delete(mentions).where(mentions.c.id.in_(some)))
    if back:
        connection.execute(insert(mentions), back)
    set_aside(connection, {key: now[key] for key in sorted(moved)})
    return sorted(moved)


def is_within(row: Mapping[str, Any], spans: Iterable[Sequence[int]]) -> bool:
    """Tell whether a row of `mentions` touches one of the spans."""
    return any(row["start"] < end and start < row["end"] for start, end in spans)


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mention as its parser found it: what a person decided is put in force again when it is back."""
    bare = {str(column.name): row[column.name] for column in _KEPT if column.name in row}
    if bare.get("correction") is not None:
        bare |= {name: row[f"parsed_{name}"] for name in _PARSED}
    nothing = dict.fromkeys(("correction", *(f"parsed_{name}" for name in _PARSED)))
    return bare | nothing | {"by_hand": False}


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]
