"""What is counted of whole articles: their rows of `article_places`, and what they are about."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from dashboard.core.models import Focus, Mention, Parse, Place, Resolution
from dashboard.geoparse.focus import find_focus
from dashboard.store.reading import read_places
from dashboard.store.records import link_rows
from dashboard.store.schema import article_places, articles, mentions, sources

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Row

__all__ = ["rebuild_links"]

_CHUNK = 500  # articles at a time


def rebuild_links(connection: Connection, article_keys: Sequence[int]) -> None:
    """Count anew what articles say of places, after corrections of their mentions or their boilerplate changed.

    An article with a correction or with boilerplate is about what its mentions now speak for; without, what its
    parser said.
    """
    known: dict[int, Place] = {}
    for at in range(0, len(article_keys), _CHUNK):
        _rebuild(connection, article_keys[at : at + _CHUNK], known)


def _rebuild(connection: Connection, keys: Sequence[int], known: dict[int, Place]) -> None:
    names = ("key", "source", "published", "language", "story", "corrected", "focus_place", "focus_country")
    parsed = ("parsed_focus_place", "parsed_focus_country")
    columns = [articles.c[name] for name in (*names, *parsed, "boilerplate")]
    query = select(*columns, func.length(articles.c.text).label("length")).where(articles.c.key.in_(keys))
    found: list[Any] = list(connection.execute(query))
    rows = _mentions(connection, keys)
    used = {int(row.place_key) for group in rows.values() for row in group if row.place_key is not None}
    known |= read_places(connection, used - known.keys())
    source_keys = _source_keys(connection, {row.source for row in found if row.source})
    place_keys = {place.id: key for key, place in known.items()}
    links: list[dict[str, Any]] = []
    about: list[dict[str, Any]] = []
    for article in found:
        group = rows.get(article.key, [])
        resolutions = tuple(_resolution(row, known) for row in group)
        corrected = bool(article.boilerplate) or any(row.correction is not None for row in group)
        said = Focus(article.focus_place, article.focus_country)
        if article.corrected:
            said = Focus(article.parsed_focus_place, article.parsed_focus_country)
        focus = find_focus(resolutions, article.length) if corrected else said
        about.append(_about(article.key, focus, said if corrected else None))
        parse = Parse(article.language or "", resolutions, focus, "", "")
        links += link_rows(article, source_keys.get(article.source or ""), parse, place_keys)
    values: dict[str, Any] = {
        name.removeprefix("to_"): bindparam(name) for name in _about(0, Focus(), None) if name != "row"
    }
    connection.execute(update(articles).where(articles.c.key == bindparam("row")).values(values), about)
    connection.execute(delete(article_places).where(article_places.c.article_key.in_(keys)))
    if links:
        connection.execute(insert(article_places), links)


def _mentions(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    names = ("article_key", "place_key", "start", "end", "confidence", "metonymy", "correction")
    query = (
        select(*(mentions.c[name] for name in names))
        .where(mentions.c.article_key.in_(keys))
        .order_by(mentions.c.article_key, mentions.c.start)
    )
    rows = connection.execute(query).all()
    return {key: list(group) for key, group in groupby(rows, key=lambda row: int(row.article_key))}


def _resolution(row: Row[Any], known: dict[int, Place]) -> Resolution:
    place = None if row.place_key is None else known[row.place_key]
    return Resolution(Mention(row.start, row.end, ""), place, row.confidence, metonymy=row.metonymy)


def _source_keys(connection: Connection, names: Collection[str]) -> dict[str, int]:
    query = select(sources.c.id, sources.c.key).where(sources.c.id.in_(names))
    return {row.id: row.key for row in connection.execute(query)}


def _about(key: int, focus: Focus, said: Focus | None) -> dict[str, Any]:
    """Return what an article is about; `said` is what the parser said, None when that is in force."""
    return {
        "row": key,
        "to_focus_place": focus.place,
        "to_focus_country": focus.country,
        "to_corrected": said is not None,
        "to_parsed_focus_place": said.place if said else None,
        "to_parsed_focus_country": said.country if said else None,
    }
