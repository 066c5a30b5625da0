"""Which articles are copies of one agency's story, so that they can count once.

Copies share most of their runs of four words, whatever headline or credit each paper gives them; two reports
of one event share a quotation at most. An article whose runs are largely those of an earlier one within a few
days gets the number of that one as its `story`; any other begins a story of its own, and the smallest hashes of
its runs are kept in `story_anchors`, under which later copies find it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import xxhash
from sqlalchemy import bindparam, insert, select, update

from dashboard.store.schema import article_places, articles, story_anchors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray
    from sqlalchemy import Connection, Row

    _Runs = NDArray[np.uint64]

__all__ = ["assign_stories", "assign_to_untold", "likeness", "word_runs"]

_RUN = 4  # words
_ANCHORS = 16  # kept of a story
_SHARED_ANCHORS = 2  # that make two articles worth comparing
_COMMON = 64  # stories with an anchor, from which it is taken for boilerplate
_COMPARED = 4  # earlier stories compared with an article
_DAYS = 3  # between copies, where both are dated
# Set on the annotated briefs, LGL and TR-News, whose different articles share 0.12 at most, and on copies of
# them with another headline, cut by a third, or with words exchanged, of which 99 in 100 share more than 0.4.
_LIKE = 0.3  # share of common runs that makes a copy
_SHORT, _LIKE_SHORT = 24, 0.6  # runs of a text that is short, and the share asked for then
_CHUNK = 500  # values in one IN list
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = tuple(np.uint64(f) for f in (0x8EBC6AF09C88C6E3, 0x589965CC75374CC3, 0x1D8E4E27C47D124F, 1))


@dataclass(frozen=True, slots=True)
class _Told:
    """An article as it is compared: its key, its runs and its day."""

    key: int
    runs: _Runs
    day: date | None


def word_runs(folded: str) -> NDArray[np.uint64]:
    """Return hashes of all runs of four words in a folded text, rising, each once; empty for less."""
    words = np.array([_word(word) for word in folded.split()], dtype=np.uint64)
    if len(words) < _RUN:
        return np.empty(0, dtype=np.uint64)
    count = len(words) - _RUN + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for at, factor in enumerate(_FACTORS):
        mixed = mixed * _MIX + words[at : at + count] * factor
    mixed ^= mixed >> np.uint64(31)
    return np.unique(mixed * _MIX)


def likeness(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Return the share of runs that two texts have in common, of all that either has; 0 to 1."""
    if not len(one) or not len(other):
        return 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)


def assign_stories(connection: Connection, keys: Sequence[int]) -> dict[int, int]:
    """Find the stories of stored articles that have none yet, in the order of the keys given; return them."""
    stored = {
        row.key: _Told(row.key, word_runs(row.folded), row.published) for row in _rows(connection, keys)
    }
    new = [stored[key] for key in keys]
    postings = _postings(connection, {anchor for told in new for anchor in _anchors(told.runs)})
    earlier = _told(connection, {key for told in new for key in _candidates(told, postings)})
    stories: dict[int, int] = {}
    rows: list[dict[str, int]] = []
    for told in new:
        candidates = _candidates(told, postings)
        if missing := [key for key in candidates if key not in earlier]:
            earlier |= _told(connection, missing)  # an anchor became common meanwhile, so others moved up
        first = _first_told(told, [earlier[key] for key in candidates])
        stories[told.key] = told.key if first is None else first
        if first is None:
            earlier[told.key] = told
            for anchor in _anchors(told.runs):
                leaders = postings.setdefault(anchor, [])
                if len(leaders) < _COMMON:
                    leaders.append(told.key)
                    rows.append({"anchor": anchor, "article_key": told.key})
    statement = update(articles).where(articles.c.key == bindparam("told")).values(story=bindparam("first"))
    connection.execute(statement, [{"told": key, "first": first} for key, first in stories.items()])
    if rows:
        connection.execute(insert(story_anchors), rows)
    return stories


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


@lru_cache(maxsize=1 << 17)
def _word(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))


def _anchors(runs: _Runs) -> list[int]:
    """Return the smallest hashes, cut to 31 bits."""
    return [int(value) >> 33 for value in runs[:_ANCHORS]]


def _rows(connection: Connection, keys: Iterable[int]) -> list[Row[Any]]:
    wanted = list(keys)
    found: list[Row[Any]] = []
    columns = (articles.c.key, articles.c.folded, articles.c.published)
    for at in range(0, len(wanted), _CHUNK):
        chosen = articles.c.key.in_(wanted[at : at + _CHUNK])
        found.extend(connection.execute(select(*columns).where(chosen)))
    return found


def _postings(connection: Connection, anchors: Iterable[int]) -> dict[int, list[int]]:
    """Return the stories under each anchor."""
    wanted = sorted(anchors)
    found: dict[int, list[int]] = {}
    for at in range(0, len(wanted), _CHUNK):
        chosen = story_anchors.c.anchor.in_(wanted[at : at + _CHUNK])
        for anchor, key in connection.execute(select(story_anchors).where(chosen)):
            found.setdefault(anchor, []).append(key)
    return found


def _candidates(told: _Told, postings: dict[int, list[int]]) -> list[int]:
    """Return the stories that share most anchors with an article, the oldest of those that share as many."""
    shared: Counter[int] = Counter()
    for anchor in _anchors(told.runs):
        leaders = postings.get(anchor, ())
        if len(leaders) < _COMMON:
            shared.update(leaders)
    ranked = sorted((-count, key) for key, count in shared.items() if count >= _SHARED_ANCHORS)
    return [key for _, key in ranked[:_COMPARED]]


def _told(connection: Connection, keys: Iterable[int]) -> dict[int, _Told]:
    return {row.key: _Told(row.key, word_runs(row.folded), row.published) for row in _rows(connection, keys)}


def _first_told(told: _Told, candidates: Iterable[_Told]) -> int | None:
    """Return the earlier article that this one is most like, if it is like enough to be its copy."""
    best: tuple[float, int] | None = None
    for other in candidates:
        if told.day and other.day and abs((told.day - other.day).days) > _DAYS:
            continue
        least = _LIKE_SHORT if min(len(told.runs), len(other.runs)) < _SHORT else _LIKE
        found = likeness(told.runs, other.runs)
        if found >= least and (best is None or (found, -other.key) > best):
            best = (found, -other.key)
    return None if best is None else -best[1]
