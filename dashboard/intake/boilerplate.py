"""What stands round articles and is not theirs, found without a list for any site: what recurs in a source.

The lines of an article are kept as hashes of their folded words without digits. Set against the lines of all
articles of its source, four kinds of line are not the article: those that many articles have, the titles of other
articles, what stands behind words that mostly lead such titles ("Read also: ..."), and blocks at the end whose lines
other articles have too, where the source has the habit of closing with such blocks. What is found depends on
the set of articles alone, not on the order in which they came.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.text import folded_lines, folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["LINE", "Lines", "Span", "find_boilerplate", "mark_lines"]

Span = tuple[int, int]

# start, end: code points of the text. words, lead, rest: hashes of the whole line, of what stands before its first
# colon and of what stands behind it; 0 for none.
LINE = np.dtype(
    [("start", "<u4"), ("end", "<u4"), ("words", "<u8"), ("lead", "<u8"), ("rest", "<u8")],
)
_DIGITS = re.compile("[0-9]+")
_LEAD = re.compile(r"[^\n:|]{2,32}[:|]")
_LEAST_LETTERS = 12  # of what is taken for the title of another article
# Set on the ANT corpus (29 000 articles of five outlets in 2018), by reading what was found. Background paragraphs,
# which news repeats while a story lasts, come in up to seven articles and within a few days.
_MANY, _DAYS = 8, 6  # articles that have a line, and days on which they were published
_SOME, _SHARE = 4, 0.3  # articles of a small source, and their share of all that it has
_TITLES, _TITLE_SHARE = (
    5,
    0.25,
)  # titles behind the same words, and their share of all that stands behind these
_TWICE = 3  # articles that have a line, from which on it may be of a block at the end
_BLOCK = 3  # lines
_BLOCKS, _BLOCK_SHARE = 10, 0.05  # articles of a source that end in a block, and their share of all


@dataclass(frozen=True, slots=True)
class Lines:
    """An article as its boilerplate is looked for.

    Attributes
    ----------
    story
        Number of its story: copies and versions count once.
    day
        Of its publication; None when unknown, and then taken for a day of its own.
    lines
        As `mark_lines` gives them; the first one is the title.
    """

    story: int
    day: int | None
    lines: NDArray[np.void]


def _words_hash(text: str) -> int:
    """Return a number that is the same for the same words, however they are spelt; 0 where there are no letters."""
    return _hash(folded_words(text))


def _hash(folded: str) -> int:
    words = " ".join(_DIGITS.sub("", folded).split())
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "little") or 1) if words else 0


def mark_lines(text: str, folded_text: Sequence[str] | None = None) -> NDArray[np.void]:
    """Return the lines of a text that hold anything, as `LINE`, without white space round them.

    Parameters
    ----------
    folded_text
        `folded_lines` of the text, where they are known.
    """
    found = []
    at = 0
    for raw, folded in zip(text.split("\n"), folded_text or folded_lines(text), strict=True):
        line = raw.strip()
        if line:
            start = at + len(raw) - len(raw.lstrip())
            found.append((start, start + len(line), _hash(folded), *_parts(line)))
        at += len(raw) + 1
    return np.array(found, LINE)


def _parts(line: str) -> tuple[int, int]:
    """Return hashes of what stands before and behind the colon of a line such as "Read also: a title"."""
    lead = _LEAD.match(line)
    rest = line[lead.end() :] if lead else ""
    behind = _words_hash(rest) if len(rest) > _LEAST_LETTERS else 0
    return (_words_hash(line[: -len(rest)]), behind) if behind else (0, 0)


def find_boilerplate(articles: Sequence[Lines]) -> list[tuple[Span, ...]]:
    """Return for each article of one source what is not the article, rising, without overlaps.

    The first line of an article, its title, is never taken.
    """
    if not articles:
        return []
    table = _Table(articles)
    taken = table.formulas() | table.related()
    taken |= table.closing_blocks(taken)
    return table.spans(taken)


class _Table:
    """The lines of all articles of a source, one below the other."""

    def __init__(self, articles: Sequence[Lines]) -> None:
        self._counts = np.array([len(article.lines) for article in articles])
        self._lines = np.concatenate([article.lines for article in articles])
        self._owner = np.repeat(np.arange(len(articles)), self._counts)
        self._edges = np.concatenate(([0], np.cumsum(self._counts)))
        self._titles = np.array([one.lines["words"][:1].sum() for one in articles], np.uint64)
        stories = np.array([article.story for article in articles])
        days = np.array(
            [-1 - number if one.day is None else one.day for number, one in enumerate(articles)]
        )  # an unknown day is one of its own
        self._body = np.ones(len(self._lines), bool)
        self._body[self._edges[:-1][self._counts > 0]] = False
        self._blank = self._lines["words"] == 0
        _, self._number = np.unique(self._lines["words"], return_inverse=True)
        stories_of = self._distinct(stories)
        self._articles = np.minimum(stories_of, self._distinct(self._titles))
        self._days = self._distinct(days)
        self._stories = len(np.unique(stories))

    def _distinct(self, values: NDArray[np.generic]) -> NDArray[np.intp]:
        """Count for each line how many values its articles have."""
        _, value = np.unique(values, return_inverse=True)
        pairs = np.unique(self._number.astype(np.int64) * (value.max() + 1) + value[self._owner])
        counts = np.bincount(pairs // (value.max() + 1), minlength=self._number.max(initial=0) + 1)
        return np.asarray(counts[self._number])

    def formulas(self) -> NDArray[np.bool_]:
        """Tell which lines many articles have."""
        many = (self._articles >= _MANY) & (self._days >= _DAYS)
        some = (self._articles >= _SOME) & (self._articles >= _SHARE * self._stories)
        found: NDArray[np.bool_] = (many | some) & self._body & ~self._blank
        return found

    def related(self) -> NDArray[np.bool_]:
        """Tell which lines name other articles of the source."""
        letters = self._lines["end"] - self._lines["start"]
        whole = self._is_title(self._lines["words"]) & (letters >= _LEAST_LETTERS)
        behind = self._is_title(self._lines["rest"])
        leads, number = np.unique(self._lines["lead"], return_inverse=True)
        titles = np.bincount(number, behind, len(leads))
        learned = (titles >= _TITLES) & (titles >= _TITLE_SHARE * np.bincount(number)) & (leads != 0)
        found: NDArray[np.bool_] = (whole | behind | learned[number]) & self._body & ~self._blank
        return found

    def _is_title(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        other = np.isin(hashes, self._titles[self._titles != 0]) & (hashes != self._titles[self._owner])
        return np.asarray(other)

    def closing_blocks(self, taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which lines belong to blocks at the end, if the source is one that has such blocks.

        Parameters
        ----------
        taken
            Lines that are known not to be the article, which may stand behind a block.
        """
        passed = taken | self._blank
        ends = self._articles >= _TWICE
        blocks: list[NDArray[np.intp]] = []
        for first, last in pairwise(self._edges.tolist()):
            at = last - 1
            while at > first and (passed[at] or ends[at]):
                at -= 1
            block = np.arange(at + 1, last)
            block = block[~passed[block]]
            if len(block) >= _BLOCK:
                blocks.append(block)
        found = np.zeros(len(taken), bool)
        if len(blocks) >= max(_BLOCKS, _BLOCK_SHARE * len(self._counts)):
            found[np.concatenate(blocks)] = True
        return found & self._body

    def spans(self, taken: NDArray[np.bool_]) -> list[tuple[Span, ...]]:
        """Return the lines taken of each article, neighbours as one stretch, with the ornaments beside them."""
        found: list[tuple[Span, ...]] = []
        for first, last in pairwise(self._edges.tolist()):
            chosen = taken[first:last]
            if not chosen.any():
                found.append(())
                continue
            beside = _beside(chosen, self._blank[first:last] & self._body[first:last])
            lines = self._lines[first:last]
            found.append(tuple(_runs(lines["start"].tolist(), lines["end"].tolist(), beside)))
        return found


def _beside(chosen: NDArray[np.bool_], blank: NDArray[np.bool_]) -> list[bool]:
    """Add to the lines chosen those without words that stand next to one of them."""
    found: list[bool] = chosen.tolist()
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for at in order:
            near = at - 1 if order.step > 0 else at + 1
            found[at] = found[at] or bool(blank[at] and found[near])
    return found


def _runs(starts: Sequence[int], ends: Sequence[int], chosen: Iterable[bool]) -> list[Span]:
    runs: list[Span] = []
    before = False
    for start, end, is_chosen in zip(starts, ends, chosen, strict=True):
        if is_chosen and before:
            runs[-1] = (runs[-1][0], end)
        elif is_chosen:
            runs.append((start, end))
        before = is_chosen
    return runs
