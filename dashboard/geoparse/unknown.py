"""Names that the text itself calls a town, a quarter or a camp, and that the gazetteer does not know.

They get no pin, but are kept and counted: an analyst can add the place. Only what a head noun announces is taken
(قرية أويمياكون, the village of Hryshyne), and what is joined to it by "and", as a rare word that no list knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.geoparse.documents import Separator
from dashboard.geoparse.lexicon import WordClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["find_unknown"]

# In the training part of our gold and in TR-News and LGL, 15 of 15 such words are names of places.
_RARE_ZIPF = 2.0
_SHORTEST, _LONGEST = 3, 3  # letters at least, words at most
_SETTLED = (Kind.CITY, Kind.NEIGHBOURHOOD, Kind.CAMP)
_OF = frozenset(("of", "de", "du", "d"))
_ARABIC, _ADJECTIVE = 16, 4  # bits of the column "shape"
_AND = ("و", "and", "et")
_NO_NAME = ~(WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.GIVEN_NAME)


def find_unknown(
    vocabulary: Vocabulary, batch: Batch, taken: NDArray[np.bool_]
) -> Iterator[tuple[int, int, int]]:
    """Yield first and last word (inclusive) of each such name, and how many letters of a particle it carries.

    Parameters
    ----------
    taken
        Marks the words that mentions hold already, one entry a word of the batch.
    """
    settled = sum(1 << place for place, kind in enumerate(Kind) if kind in _SETTLED)
    kinds = vocabulary.column("head_kinds")[batch.words].astype(np.int64)
    heads = np.flatnonzero((kinds != 0) & (kinds & ~settled == 0))
    # Few heads are followed, at once or after "of", by a word that may be such a name.
    heads = heads[_unfamiliar(vocabulary, batch, heads + 1) | _unfamiliar(vocabulary, batch, heads + 2)]
    for head in heads.tolist():
        if vocabulary.folded[batch.words[head]].startswith("ال"):
            continue  # "the town" names nothing
        at, joined = head + 1, 0
        if vocabulary.folded[batch.words[at]] in _OF:
            at += 1
        while (last := _name(vocabulary, batch, taken, at, joined)) is not None:
            yield at, last, joined
            at, joined = _next(vocabulary, batch, last + 1)


def _name(vocabulary: Vocabulary, batch: Batch, taken: NDArray[np.bool_], at: int, joined: int) -> int | None:
    """Return the last word of an unknown name that begins at a word, None where none does."""
    if not _unknown(vocabulary, batch, taken, at, joined):
        return None
    if vocabulary.column("shape")[batch.words[at]] & _ARABIC:
        return at
    last = at
    while last - at + 1 < _LONGEST and not batch.before[last + 1] & Separator.BREAKS_NAME:
        if not _unknown(vocabulary, batch, taken, last + 1, 0):
            break
        last += 1
    return last


def _unknown(vocabulary: Vocabulary, batch: Batch, taken: NDArray[np.bool_], at: int, joined: int) -> bool:
    word = batch.words[at]
    column = vocabulary.column
    breaks = batch.before[at] & Separator.BREAKS_NAME and not joined
    if taken[at] or breaks or batch.sentence[at] != batch.sentence[at - 1]:
        return False
    if not _unfamiliar(vocabulary, batch, at):
        return False
    shape = int(column("shape")[word])
    if len(vocabulary.folded[word]) - joined < _SHORTEST or shape & _ADJECTIVE:
        return False
    return bool(shape & _ARABIC or column("capital")[word] == 1)


def _unfamiliar(vocabulary: Vocabulary, batch: Batch, at: NDArray[np.intp] | int) -> NDArray[np.bool_]:
    """Tell which words of the batch are rare and on no list."""
    words = batch.words[at]
    listed = (vocabulary.column(name)[words] != 0 for name in ("readings", "classes", "demonym"))
    rare = vocabulary.column("frequency")[words] < _RARE_ZIPF
    return np.asarray(rare & ~np.any(list(listed), axis=0))


def _next(vocabulary: Vocabulary, batch: Batch, at: int) -> tuple[int, int]:
    """Return where the next name of a list may begin, and the letters of its particle."""
    folded = vocabulary.folded[batch.words[at]]
    if folded in _AND[1:]:
        return at + 1, 0
    return at, 1 if folded.startswith(_AND[0]) else 0
