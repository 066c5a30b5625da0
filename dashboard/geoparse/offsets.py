"""From words back to the code points of the text as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.text import fold_with_offsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["span_offsets"]


def span_offsets(
    vocabulary: Vocabulary, batch: Batch, spans: Spans
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return start and end of each stretch in its article, particles left out; code points, end exclusive.

    Vowel marks and tatweel make a word longer than its folding; then the place where the particle ends is
    looked up.
    """
    start = batch.start[spans.first].copy()
    end = batch.end[spans.last]
    written = batch.end[spans.first] - batch.start[spans.first]
    plain = written == vocabulary.column("letters")[batch.words[spans.first]]
    start += np.where(plain, spans.clitic, 0)
    for row in np.flatnonzero(~plain & (spans.clitic > 0)).tolist():
        word = int(spans.first[row])
        text = batch.texts[batch.article[word]]
        _, places = fold_with_offsets(text[batch.start[word] : batch.end[word]])
        start[row] += places[int(spans.clitic[row])]
    return start, end
