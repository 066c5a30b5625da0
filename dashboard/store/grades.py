"""How many mentions of a place in one article are how sure, in one whole number.

The map counts, for every place of every article, the mentions that are sure enough. So that this needs no
look at the mentions themselves, `article_places.grades` holds nine counts of six bits: how many are at least
0.1, 0.2, … 0.9 sure. For another threshold, or more than `MAX_GRADED` mentions, they are counted one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Integer, case, func, literal, select

from dashboard.store.schema import article_places, mentions

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["MAX_GRADED", "pack_grades", "sure_mentions"]

_BITS = 6
_STEPS = tuple(step / 10 for step in range(1, 10))
MAX_GRADED = (1 << _BITS) - 1
# The number of one mention, by how many steps it reaches.
_ONE_EACH = tuple(sum(1 << (at * _BITS) for at in range(steps)) for steps in range(len(_STEPS) + 1))


def pack_grades(confidences: Collection[float]) -> int:
    """Return the number that stands for the confidences of an article's mentions of one place."""
    reached = [bisect_right(_STEPS, value) for value in confidences]
    if len(reached) <= MAX_GRADED:  # no count can be more than its bits hold
        return sum([_ONE_EACH[steps] for steps in reached])
    packed = 0
    for at in range(len(_STEPS)):
        packed |= min(MAX_GRADED, sum(1 for steps in reached if steps > at)) << (at * _BITS)
    return packed


def sure_mentions(min_confidence: float, *, actors: bool = True) -> ColumnElement[int]:
    """Return how many mentions behind a row of `article_places` are at least this sure, as SQL.

    Parameters
    ----------
    actors
        Whether those count that stand for a government or a team.
    """
    link, mention = article_places.c, mentions.c
    one_by_one = (
        select(func.count())
        .where(
            mention.article_key == link.article_key,
            mention.place_key == link.place_key,
            mention.confidence >= min_confidence,
            *(() if actors else (mention.metonymy.is_(False),)),
        )
        .scalar_subquery()
    )
    if not actors:
        return one_by_one
    all_sure = (link.least >= min_confidence, link.mentions)
    if min_confidence not in _STEPS:
        return case(all_sure, else_=one_by_one)
    shift = _STEPS.index(min_confidence) * _BITS
    graded = link.grades.bitwise_rshift(literal(shift, Integer)).bitwise_and(MAX_GRADED)
    return case(all_sure, (link.mentions <= MAX_GRADED, graded), else_=one_by_one)
