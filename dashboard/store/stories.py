"""Which articles tell one story, so that they can count once.

Copies of an agency's dispatch, updates of an article, and the same words at another address get the number of the
article that came first as their `story`; any other begins a story of its own. What makes a copy stands in
`sketches`; here is how copies find each other: the smallest hashes of the first article of a story are kept in
`story_anchors`, where an article looks for its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from dashboard.store.schema import article_places, articles, story_anchors
from dashboard.store.sketches import Told, anchors, is_copy, likeness, tell, word_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Row

__all__ = ["assign_stories", "assign_to_untold", "likeness", "word_runs"]

_SHARED_ANCHORS = 2  # that make two articles worth comparing
_COMMON = 64  # stories with an anchor, from which it is taken for boilerplate
_COMPARED = 6  # earlier stories compared with an article
_CHUNK = 500  # values in one IN list
_NAMES = ("key", "story", "folded", "published", "source", "origin", "address", "title", "content")


class _Known:
    """What has been read of earlier articles, so that each is read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.told: dict[int, Told] = {}
        self.story: dict[int, int | None] = {}
        self.content: dict[int, str | None] = {}

    def read(self, keys: Iterable[int]) -> None:
        """Read articles that are not known yet."""
        for row in _rows(self.connection, [key for key in keys if key not in self.told]):
            self.note(row)

    def note(self, row: Row[Any]) -> Told:
        """Remember a row."""
        more = {name: getattr(row, name) for name in ("source", "address", "title")}
        told = tell(row.key, row.folded, row.published, origin=row.origin, **more)
        self.told[row.key], self.story[row.key], self.content[row.key] = told, row.story, row.content
        return told


def assign_stories(connection: Connection, keys: Sequence[int]) -> dict[int, int]:
    """Find the stories of stored articles that have none yet, in the order of the keys given; return them."""
    known = _Known(connection)
    known.read(keys)
    new = [known.told[key] for key in keys]
    same_words = _same(connection, "content", [known.content[key] for key in keys], keys)
    same_address = _same(connection, "address", [told.address for told in new], keys)
    postings = _postings(connection, {anchor for told in new for anchor in anchors(told.runs)})
    found = {told.key: _candidates(told, postings) for told in new}
    known.read(key for candidates in found.values() for key in candidates)
    known.read(key for keys_ in same_address.values() for key in keys_)
    stories: dict[int, int] = {}
    rows: list[dict[str, int]] = []
    for told in new:
        twins = [key for key in same_words.get(known.content[told.key] or "", ()) if key < told.key]
        first = twins[0] if twins else _first_told(told, known, postings, same_address)
        story = told.key if first is None else stories.get(first) or known.story.get(first) or first
        stories[told.key] = story
        if first is None:
            for anchor in anchors(told.runs):
                leaders = postings.setdefault(anchor, [])
                if len(leaders) < _COMMON:
                    leaders.append(told.key)
                    rows.append({"anchor": anchor, "article_key": told.key})
    statement = update(articles).where(articles.c.key == bindparam("told")).values(story=bindparam("first"))
    connection.execute(statement, [{"told": key, "first": first} for key, first in stories.items()])
    if rows:
        connection.execute(insert(story_anchors), rows)
    return stories


def _first_told(
    told: Told, known: _Known, postings: dict[int, list[int]], same_address: dict[str, list[int]]
) -> int | None:
    """Return the earlier article that this one is most like, if it is its copy or update."""
    here = [key for key in same_address.get(told.address or "", ()) if key < told.key]
    candidates = dict.fromkeys([*here[-_COMPARED:], *_candidates(told, postings)])
    known.read(candidates)
    best = max(((is_copy(told, known.told[key]), -key) for key in candidates), default=(0.0, 0))
    return -best[1] if best[0] else None


def assign_to_untold(connection: Connection, most: int) -> int:
    """Find the stories of the oldest articles that have none yet; return how many these were, 0 when done."""
    untold = select(articles.c.key).where(articles.c.story.is_(None)).order_by(articles.c.key).limit(most)
    keys = list(connection.scalars(untold))
    if keys:
        assign_stories(connection, keys)
        story = select(articles.c.story).where(articles.c.key == article_places.c.article_key)
        links = update(article_places).where(article_places.c.article_key.in_(keys))
        connection.execute(links.values(story=story.scalar_subquery()))
    return len(keys)


def _rows(connection: Connection, keys: Iterable[int]) -> list[Row[Any]]:
    wanted = list(keys)
    found: list[Row[Any]] = []
    columns = [articles.c[name] for name in _NAMES]
    for at in range(0, len(wanted), _CHUNK):
        chosen = articles.c.key.in_(wanted[at : at + _CHUNK])
        found.extend(connection.execute(select(*columns).where(chosen)))
    return found


def _same(
    connection: Connection, name: str, values: Iterable[str | None], new: Iterable[int]
) -> dict[str, list[int]]:
    """Return the keys of the articles whose column has each of these values, rising; new articles alone count not."""
    wanted = sorted({value for value in values if value is not None})
    column = articles.c[name]
    found: dict[str, list[int]] = {}
    for at in range(0, len(wanted), _CHUNK):
        query = select(column, articles.c.key).where(column.in_(wanted[at : at + _CHUNK]))
        for value, key in connection.execute(query.order_by(articles.c.key)):
            found.setdefault(value, []).append(key)
    fresh = set(new)
    return {value: keys for value, keys in found.items() if len(keys) > 1 or keys[0] not in fresh}


def _postings(connection: Connection, wanted_anchors: Iterable[int]) -> dict[int, list[int]]:
    """Return the stories under each anchor."""
    wanted = sorted(wanted_anchors)
    found: dict[int, list[int]] = {}
    for at in range(0, len(wanted), _CHUNK):
        chosen = story_anchors.c.anchor.in_(wanted[at : at + _CHUNK])
        for anchor, key in connection.execute(select(story_anchors).where(chosen)):
            found.setdefault(anchor, []).append(key)
    return found


def _candidates(told: Told, postings: dict[int, list[int]]) -> list[int]:
    """Return the stories that share most anchors with an article, the oldest of those that share as many."""
    shared: Counter[int] = Counter()
    for anchor in anchors(told.runs):
        leaders = postings.get(anchor, ())
        if len(leaders) < _COMMON:
            shared.update(leaders)
    ranked = sorted((-count, key) for key, count in shared.items() if count >= _SHARED_ANCHORS)
    return [key for _, key in ranked[:_COMPARED]]
