"""How telling the words beside a name are: learned once, kept as a table of words.

For the word before, the word two before, and the word after a stretch, the table holds the log-odds that the
stretch is a toponym, less the log-odds of any stretch. The names themselves have no row, so nothing is
learned by heart but the company that names keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["CONTEXT_COLUMNS", "WordContext", "count_context", "neighbour_keys"]

CONTEXT_COLUMNS = ("word_before", "word_before2", "word_after")
_PRIOR = 4.0  # how many stretches' worth of doubt a word starts with
_FEWEST = 3  # stretches beside which a word must have been seen to have a row


@dataclass(frozen=True, slots=True)
class WordContext:
    """The table: sorted keys of folded words, and for each a row of log-odds as in `CONTEXT_COLUMNS`."""

    keys: NDArray[np.uint64]
    values: NDArray[np.float32]

    def look_up(self, neighbours: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the log-odds of the neighbours of stretches, shape (n, 3); 0 for unknown words."""
        if not len(self.keys):
            return np.zeros(neighbours.shape, np.float32)
        at = np.minimum(np.searchsorted(self.keys, neighbours), len(self.keys) - 1)
        known = self.keys[at] == neighbours
        return np.where(known, self.values[at, np.arange(neighbours.shape[1])], 0).astype(np.float32)


def neighbour_keys(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.uint64]:
    """Return the keys of the words beside each stretch in its own sentence, shape (n, 3)."""
    keys = vocabulary.column("key")
    sides = ((spans.first, -1), (spans.first, -2), (spans.last, 1))
    return np.stack([keys[batch.neighbour(at, away)] for at, away in sides], axis=1)


def count_context(
    neighbours: NDArray[np.uint64], label: NDArray[np.int8], weight: NDArray[np.float32]
) -> WordContext:
    """Make a table from labelled stretches (1 toponym, 0 not)."""
    keys, where = np.unique(neighbours, return_inverse=True)
    where = where.reshape(neighbours.shape)
    base = float(np.average(label, weights=weight))
    values = np.zeros((len(keys), len(CONTEXT_COLUMNS)), np.float32)
    seen = np.zeros(len(keys))
    for column in range(len(CONTEXT_COLUMNS)):
        seen += np.bincount(where[:, column], minlength=len(keys))
        right = np.bincount(where[:, column], weight * label, minlength=len(keys))
        wrong = np.bincount(where[:, column], weight * (1 - label), minlength=len(keys))
        odds = (right + _PRIOR * base) / (wrong + _PRIOR * (1 - base))
        values[:, column] = np.log(odds) - np.log(base / (1 - base))
    kept = (seen >= _FEWEST) & (keys != 0)
    return WordContext(keys[kept], values[kept])
