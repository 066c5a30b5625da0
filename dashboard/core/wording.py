"""How two texts differ, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.core.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_WORDS", "Wording", "compare_wording"]

MOST_WORDS = 4000  # of a text that are compared
_LEAST_IN_COMMON = 2  # words in a row: a single one between two changes holds nothing together

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """What one text says otherwise than another.

    Attributes
    ----------
    first, second
        Stretches of each text that the other lacks; code points, end exclusive, in order.
    common
        Share of the words of both texts that stand in both, in the same order; 0 to 1.
    whole
        Whether both texts were compared to their end; else only their first `MOST_WORDS` words were.
    """

    first: tuple[Span, ...]
    second: tuple[Span, ...]
    common: float
    whole: bool

    @property
    def same(self) -> bool:
        """Whether both texts have the same words in the same order."""
        return self.whole and not self.first and not self.second


def compare_wording(first: str, second: str) -> Wording:
    """Compare two texts by their folded words: spelling, signs and white space make no difference."""
    words = [tokens(text) for text in (first, second)]
    whole = all(len(found) <= MOST_WORDS for found in words)
    one, other = (found[:MOST_WORDS] for found in words)
    # words that are everywhere only prolong what is found by others: so the time stays bounded
    matcher = SequenceMatcher(None, [word for _, _, word in one], [word for _, _, word in other])
    blocks = _holding(matcher.get_matching_blocks())
    shared = sum(size for _, _, size in blocks)
    count = len(one) + len(other)
    return Wording(
        _between([(at, size) for at, _, size in blocks], one),
        _between([(at, size) for _, at, size in blocks], other),
        2 * shared / count if count else 1.0,
        whole,
    )


def _holding(blocks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Leave out matches too short to hold anything, unless nothing on one side parts them from the next."""
    kept = [(0, 0, 0)]
    for block, (next_one, next_other, _) in pairwise(blocks):
        at_one, at_other, size = block
        before_one, before_other, before = kept[-1]
        beside = at_one == before_one + before or at_other == before_other + before
        followed = at_one + size == next_one or at_other + size == next_other
        if size >= _LEAST_IN_COMMON or beside or followed:
            kept.append(block)
    return [*kept[1:], blocks[-1]]


def _between(blocks: list[tuple[int, int]], words: list[tuple[int, int, str]]) -> tuple[Span, ...]:
    """Return the stretches of a text before, between and after the blocks of words."""
    spans = []
    at = 0
    for start, size in blocks:
        if start > at:
            spans.append((words[at][0], words[start - 1][1]))
        at = start + size
    return tuple(spans)
