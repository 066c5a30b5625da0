"""Articles that come in, set against those that are there: known, the same words elsewhere, another version.

An article is known by its words. The same words at another address, or in another paper where no address is
given, are an article of their own, so that each link is kept; their id is made of the words and the address. An
article at the address of an older one with other words is a newer version of that: both are kept, and the older
says by which it was replaced.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select, update

from dashboard.core.links import plain_address
from dashboard.core.models import article_id
from dashboard.store.article_trail import changes_of
from dashboard.store.schema import articles, removed_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from dashboard.core.models import Article

__all__ = ["find_known", "known_article", "mark_versions", "sort_arrivals"]

_CHUNK = 400  # values in one IN list, twice in a statement


@dataclass(frozen=True, slots=True)
class _Where:
    """Where an article stands: its plain address, and its paper."""

    address: str | None
    source: str | None

    def is_elsewhere(self, other: _Where) -> bool:
        """Tell whether two places are surely not the same."""
        if self.address and other.address:
            return self.address != other.address
        return bool(self.source and other.source and self.source != other.source)


def sort_arrivals(connection: Connection, arriving: Sequence[Article]) -> list[Article | None]:
    """Say of each article whether it is new: the article, with the id that it will have, or None for a known one.

    Of articles that are the same in the input itself the first is new.
    """
    there = _stored(connection, [article.id for article in arriving])
    found: list[Article | None] = []
    for article in arriving:
        where = _Where(plain_address(article.url), article.source)
        same = there.setdefault(article.id, {})
        if any(not where.is_elsewhere(other) for other in same.values()):
            found.append(None)
            continue
        ident = article.id
        if same:
            place = where.address or where.source
            ident = hashlib.sha256(f"{ident}\0{place}".encode()).hexdigest()[:32]
        same[ident] = where
        found.append(article if ident == article.id else replace(article, id=ident))
    return found


def find_known(connection: Connection, article: Article) -> str | None:
    """Return the id under which an article is stored or was removed; None if it is new."""
    where = _Where(plain_address(article.url), article.source)
    content = article_id(article.text)
    there = _stored(connection, [content, article.id])
    same = {**there.get(content, {}), **there.get(article.id, {})}
    found = (ident for ident, other in same.items() if not where.is_elsewhere(other))
    return next((ident.partition("\0")[0] for ident in found), None)


def known_article(connection: Connection, article: Article) -> str | None:
    """Return the id of the stored article that an arriving one is; None for one that would be new, or was removed."""
    if sort_arrivals(connection, [article])[0] is not None:
        return None
    where = _Where(plain_address(article.url), article.source)
    same = or_(articles.c.content == article.id, articles.c.id == article.id)
    query = select(articles.c.id, articles.c.address, articles.c.source).where(same).order_by(articles.c.key)
    rows = connection.execute(query).all()
    alike = (row.id for row in rows if not where.is_elsewhere(_Where(row.address, row.source)))
    return next(alike, rows[0].id if rows else None)


def mark_versions(connection: Connection, keys: Sequence[int]) -> None:
    """Note of older articles at the addresses of new ones by which they were replaced, where they tell one story."""
    new, old = articles.alias(), articles.alias()
    found: dict[int, int] = {}
    for at in range(0, len(keys), _CHUNK):
        query = (
            select(old.c.key, new.c.key.label("by"))
            .join(new, new.c.address == old.c.address)
            .where(
                new.c.key.in_(keys[at : at + _CHUNK]),
                old.c.key < new.c.key,
                old.c.story == new.c.story,
                old.c.replaced_by.is_(None),
            )
            .order_by(new.c.key)
        )
        for key, by in connection.execute(query):
            found.setdefault(key, by)
    if found:
        change = (
            update(articles).where(articles.c.key == bindparam("row")).values(replaced_by=bindparam("by"))
        )
        connection.execute(change, [{"row": key, "by": by} for key, by in found.items()])


def _stored(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, _Where]]:
    """Return, by id or content, the ids and places of the stored articles that have it as either."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, dict[str, _Where]] = {}
    for at in range(0, len(wanted), _CHUNK):
        some = wanted[at : at + _CHUNK]
        for table in (articles, removed_articles):  # what a person removed does not come back by itself
            columns = (table.c.id, table.c.content, table.c.address, table.c.source)
            query = select(*columns).where(or_(table.c.content.in_(some), table.c.id.in_(some)))
            for row in connection.execute(query):
                where = _Where(row.address, row.source)
                for content in {row.content or row.id, row.id}:
                    found.setdefault(content, {})[row.id] = where
    _add_former(connection, found)
    return found


def _add_former(connection: Connection, found: dict[str, dict[str, _Where]]) -> None:
    """Add the addresses and papers that articles had before a person put them right: files still name them."""
    ids = [ident for same in found.values() for ident in same]
    trail = changes_of(connection, ids) if ids else {}
    for same in found.values():
        for ident, where in list(same.items()):
            before = [change.before for change in trail.get(ident, ())]
            places = {where.address, *(plain_address(one["url"]) for one in before if "url" in one)}
            papers = {where.source, *(one["source"] for one in before if "source" in one)}
            for number, (place, paper) in enumerate(product(places, papers)):
                same[f"{ident}\0{number}"] = _Where(place, paper)
