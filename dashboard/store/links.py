"""What is counted of whole articles: their rows of `article_places`, and what they are about."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from dashboard.core.models import Focus, Mention, Parse, Place, Resolution
from dashboard.geoparse.focus import find_focus
from dashboard.store.reading import read_places
from dashboard.store.records import link_rows
from dashboard.store.schema import article_places, articles, mentions, sources

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

__all__ = ["rebuild_links"]

_CHUNK = 500  # articles at a time
_KEY = tuple(article_places.primary_key.columns.keys())
_WHOLE = ("focus", "leads")  # what a row says of its article as a whole: another place's row may turn it
_ABOUT = ("focus_place", "focus_country", "corrected", "parsed_focus_place", "parsed_focus_country")


def rebuild_links(connection: Connection, article_keys: Sequence[int]) -> None:
    """Count anew what articles say of places, after corrections of their mentions or their boilerplate changed.

    An article with a correction or with boilerplate is about what its mentions now speak for; without, what its
    parser said.
    """
    known: dict[int, Place] = {}
    for at in range(0, len(article_keys), _CHUNK):
        _rebuild(connection, article_keys[at : at + _CHUNK], known)


def _rebuild(connection: Connection, keys: Sequence[int], known: dict[int, Place]) -> None:
    names = ("key", "source", "published", "language", "story", *_ABOUT)
    columns = [articles.c[name] for name in (*names, "boilerplate")]
    query = select(*columns, func.length(articles.c.text).label("length")).where(articles.c.key.in_(keys))
    found: list[Any] = list(connection.execute(query))
    rows = _mentions(connection, keys)
    used = {row.place_key for group in rows.values() for row in group if row.place_key is not None}
    known |= read_places(connection, used - known.keys())
    source_keys = _source_keys(connection, {row.source for row in found if row.source})
    place_keys = {place.id: key for key, place in known.items()}
    links: list[dict[str, Any]] = []
    about: list[dict[str, Any]] = []
    for article in found:
        group = rows.get(article.key, [])
        resolutions = tuple([_resolution(row, known) for row in group])
        corrected = bool(article.boilerplate) or any(row.correction is not None for row in group)
        said = Focus(article.focus_place, article.focus_country)
        if article.corrected:
            said = Focus(article.parsed_focus_place, article.parsed_focus_country)
        focus = find_focus(resolutions, article.length) if corrected else said
        now = _about(focus, said if corrected else None)
        if now != tuple(getattr(article, name) for name in _ABOUT):
            about.append({"row": article.key, **{f"to_{k}": v for k, v in zip(_ABOUT, now, strict=True)}})
        parse = Parse(article.language or "", resolutions, focus, "", "")
        links += link_rows(article, source_keys.get(article.source or ""), parse, place_keys)
    if about:
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in _ABOUT}
        connection.execute(update(articles).where(articles.c.key == bindparam("row")).values(values), about)
    _write(connection, keys, links)


def _write(connection: Connection, keys: Sequence[int], links: Sequence[dict[str, Any]]) -> None:
    """Make these the rows of the articles; of ten that an article has, a decision changes two or three."""
    own = [name for name in article_places.c.keys() if name not in _WHOLE]  # noqa: SIM118 - no mapping
    columns = [article_places.c[name] for name in (*own, *_WHOLE)]
    rows = connection.execute(select(*columns).where(article_places.c.article_key.in_(keys))).all()
    stored = {row[:-2]: row[-2:] for row in rows}
    wanted = {tuple([link[name] for name in own]): link for link in links}
    gone = [_named(own, values) for values in stored.keys() - wanted.keys()]
    new = [link for values, link in wanted.items() if values not in stored]
    turned = [
        {**_named(own, values), **{f"to_{name}": wanted[values][name] for name in _WHOLE}}
        for values in stored.keys() & wanted.keys()
        if stored[values] != tuple([wanted[values][name] for name in _WHOLE])
    ]
    same = [article_places.c[name] == bindparam(f"old_{name}") for name in _KEY]
    if gone:
        connection.execute(delete(article_places).where(*same), gone)
    if new:
        connection.execute(insert(article_places), new)
    if turned:
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in _WHOLE}
        connection.execute(update(article_places).where(*same).values(values), turned)


def _named(own: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """Return the key of a row, as the conditions name it."""
    told = dict(zip(own, values, strict=True))
    return {f"old_{name}": told[name] for name in _KEY}


class _Mention(NamedTuple):
    """What counts of a mention; a tuple, since a decision may reach tens of thousands."""

    article_key: int
    place_key: int | None
    start: int
    end: int
    confidence: float
    metonymy: bool
    correction: str | None


def _mentions(connection: Connection, keys: Sequence[int]) -> dict[int, list[_Mention]]:
    query = (
        select(*(mentions.c[name] for name in _Mention._fields))
        .where(mentions.c.article_key.in_(keys))
        .order_by(mentions.c.article_key, mentions.c.start)
    )
    rows = map(_Mention._make, connection.execute(query).all())
    return {key: list(group) for key, group in groupby(rows, key=attrgetter("article_key"))}


def _resolution(row: _Mention, known: dict[int, Place]) -> Resolution:
    place = None if row.place_key is None else known[row.place_key]
    return Resolution(Mention(row.start, row.end, ""), place, row.confidence, metonymy=row.metonymy)


def _source_keys(connection: Connection, names: Collection[str]) -> dict[str, int]:
    query = select(sources.c.id, sources.c.key).where(sources.c.id.in_(names))
    return {row.id: row.key for row in connection.execute(query)}


def _about(focus: Focus, said: Focus | None) -> tuple[object, ...]:
    """Return `_ABOUT` of an article; `said` is what the parser said, None when that is in force."""
    parsed = (said.place, said.country) if said else (None, None)
    return (focus.place, focus.country, said is not None, *parsed)
