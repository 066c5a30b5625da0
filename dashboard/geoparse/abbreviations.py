"""Abbreviations of divisions (Ga., N.C., PA): names behind a comma and a town only (Athens, Ga.)."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.chunks import Separator
from dashboard.geoparse.vocabulary import BOUNDARY_WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["are_abbreviations", "find_towns_before"]

_FIRST_LETTER, _ALL_LETTERS = 1, 2  # values of the column `capital`
_INITIALS = 2  # letters of a postal code
_NO_CASE = 8 | 16  # bits of the column `shape`: digits, Arabic
_STOP = Separator.SENTENCE | Separator.SPACE | Separator.BREAKS_NAME


def are_abbreviations(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell which stretches stand where a division is abbreviated.

    Behind a comma and a word with a capital a full stop follows, or it is of two capitals and what stands before is
    not all capitals; elsewhere a full stop that ends no sentence (Mass. legislators).
    """
    rows = np.flatnonzero(vocabulary.toponyms.abbreviates[spans.toponym] & (spans.first == spans.last))
    found = np.zeros(len(spans), bool)
    if not len(rows):
        return found
    at = spans.first[rows]
    capital, letters = vocabulary.column("capital"), vocabulary.column("letters")
    before, own = capital[batch.neighbour(at, -1)], capital[batch.words[at]]
    behind = (batch.before[at] & Separator.COMMA != 0) & (before > 0)
    code = (own == _ALL_LETTERS) & (letters[batch.words[at]] <= _INITIALS) & (before == _FIRST_LETTER)
    following = batch.words[at + 1]
    small = (capital[following] == 0) & (vocabulary.column("shape")[following] & _NO_CASE == 0)
    inside = small & (following != BOUNDARY_WORD) & (batch.before[at + 1] & ~_STOP == 0)
    inside &= (own == _FIRST_LETTER) & (letters[batch.words[at]] > _INITIALS)
    ends = zip(batch.article[at].tolist(), batch.end[at].tolist(), strict=True)
    stop = np.array([batch.texts[article][end - 1 : end + 1].find(".") >= 0 for article, end in ends], bool)
    found[rows] = (behind & (own > 0) & (code | stop)) | (inside & stop)
    return found


def find_towns_before(
    vocabulary: Vocabulary, spans: Spans, asked: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find the names just before abbreviated divisions that are borne by a place in them.

    Parameters
    ----------
    asked
        Rows of `spans` that are abbreviations.

    Returns
    -------
    towns, divisions
        Pairs of rows of `spans`.
    """
    pairs: list[tuple[int, int]] = []
    table = vocabulary.toponyms
    for row in asked.tolist():
        _, places, flags = table.options(spans.toponym[row : row + 1])
        divisions = places[flags & NameFlag.ABBREVIATION != 0]
        towns = np.flatnonzero(spans.last == spans.first[row] - 1).tolist()
        lie_there = [np.isin(table.divisions(int(spans.toponym[town])), divisions).any() for town in towns]
        pairs += [(town, row) for town in compress(towns, lie_there)]
    found = np.array(pairs, np.intp).reshape(-1, 2)
    return found[:, 0], found[:, 1]
