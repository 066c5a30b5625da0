"""Chunks of text between two spaces, cut into words once and remembered.

Most chunks of news are words that were met before, with or without a comma: reading a text is one dictionary
look-up a chunk, and everything else is gathered from arrays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.core.text import WORD
from dashboard.geoparse.arrays import Growing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

__all__ = ["ChunkTable", "Separator", "classify_separator"]

_CUT = re.compile(f"({WORD.pattern})")
_FIELDS: dict[str, type] = {
    "length": np.int64,  # code points
    "words": np.int64,  # how many
    "first": np.int64,  # row of the first word
}
_WORD_FIELDS: dict[str, type] = {
    "word": np.int32,  # vocabulary id
    "before": np.int32,  # `Separator` bits of what stands before it; a space before the first word of a chunk
    "start": np.int32,  # offsets in the chunk, end exclusive
    "end": np.int32,
}


class Separator:
    """Bits of what stands between two words."""

    SENTENCE = 1
    COMMA = 2
    OPEN_QUOTE = 4
    CLOSE_QUOTE = 8
    OPEN_BRACKET = 16
    CLOSE_BRACKET = 32
    DASH = 64
    COLON = 128
    BREAKS_NAME = 256
    LINE = 512
    APOSTROPHE = 1024
    SPACE = 2048
    ALL = 4095


_MARKS = {
    **dict.fromkeys(".!?؟؛;…•*|", Separator.SENTENCE),
    **dict.fromkeys(",،", Separator.COMMA),
    **dict.fromkeys("«“„‹", Separator.OPEN_QUOTE),
    **dict.fromkeys("»”›", Separator.CLOSE_QUOTE),
    **dict.fromkeys("([{", Separator.OPEN_BRACKET),
    **dict.fromkeys(")]}", Separator.CLOSE_BRACKET),
    **dict.fromkeys("-–—", Separator.DASH),
    **dict.fromkeys(":", Separator.COLON),
    **dict.fromkeys("'’ʼ`‘", Separator.APOSTROPHE),
}


@lru_cache(maxsize=4096)
def classify_separator(text: str) -> int:
    """Return the `Separator` bits of what stands between two words."""
    bits = Separator.SPACE if any(char.isspace() for char in text) else 0
    if "\n" in text:
        bits |= Separator.SENTENCE | Separator.LINE
    for char in text:
        if char == '"':
            bits |= Separator.OPEN_QUOTE if text.endswith('"') else Separator.CLOSE_QUOTE
        else:
            bits |= _MARKS.get(char, 0)
    if not (text.isspace() and "\n" not in text) and text not in ("-", "'", "’", "ʼ", "_", "‑", "`", "‘"):
        bits |= Separator.BREAKS_NAME
    return bits


class ChunkTable:
    """Chunks met so far; `intern_words` gives words their vocabulary ids."""

    def __init__(self, intern_words: Callable[[list[str]], list[int]]) -> None:
        self._intern_words = intern_words
        self._ids: dict[str, int] = {}
        self._columns = {name: Growing(kind) for name, kind in (_FIELDS | _WORD_FIELDS).items()}
        self.letters = 0  # code points of all chunks, a measure of the memory they take

    def column(self, name: str) -> NDArray[Any]:
        """Return one column: an entry a chunk (`length`, `words`, `first`), or an entry a word of a chunk."""
        return self._columns[name].values

    def intern(self, chunks: Sequence[str]) -> NDArray[np.int64]:
        """Return the ids of chunks, taking new ones in."""
        ids = np.fromiter(map(self._ids.get, chunks, repeat(-1)), np.int64, len(chunks))
        new = np.flatnonzero(ids < 0).tolist()
        if new:
            self._learn(list(dict.fromkeys(chunks[at] for at in new)))
            ids[new] = [self._ids[chunks[at]] for at in new]
        return ids

    def _learn(self, chunks: list[str]) -> None:
        """Cut new chunks into words."""
        words: list[str] = []
        rows: dict[str, list[int]] = {name: [] for name in self._columns if name != "word"}
        known = len(self._columns["word"])
        for chunk in chunks:
            pieces = _CUT.split(chunk)
            rows["length"].append(len(chunk))
            rows["words"].append(len(pieces) // 2)
            rows["first"].append(known + len(words))
            at = 0
            for place, (gap, word) in enumerate(zip(pieces[:-1:2], pieces[1::2], strict=True)):
                at += len(gap)
                rows["before"].append(classify_separator(gap) if place else Separator.SPACE)
                rows["start"].append(at)
                at += len(word)
                rows["end"].append(at)
                words.append(word)
        for name, values in rows.items():
            self._columns[name].extend(values)
        self._columns["word"].extend(self._intern_words(words))
        self._ids.update(zip(chunks, range(len(self._ids), len(self._ids) + len(chunks)), strict=True))
        self.letters += sum(map(len, chunks))
