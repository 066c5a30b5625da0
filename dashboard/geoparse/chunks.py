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

from dashboard.core.text import fold
from dashboard.geoparse.arrays import Growing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

__all__ = ["ChunkTable", "Separator", "classify_separator", "fold_word"]

# Vowel marks belong to their word, and so does what nobody sees (zero-width spaces, soft hyphens, direction marks),
# where letters go on behind it.
_MARKED = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_INITIALS = r"(?<![^\W_])[A-ZÀ-Þ](?:\.-?[A-ZÀ-Þ])+\.?(?![^\W_])"  # U.S., D.R.C., É.-U.
_PARTED = r"(?<=[a-zß-ÿ])-[ \t]*\n[ \t]*(?=[a-zß-ÿ])"  # a word parted at the end of a line
_CUT = re.compile(
    rf"({_INITIALS}|[^\W_]+(?:[{_MARKED}]+[^\W_]*|[{_UNSEEN}]+(?=[^\W_])[^\W_]+|{_PARTED}[^\W_]+)*)"
)
_NO_LETTERS = re.compile(rf"[{_UNSEEN}]+")
# ة and ى end words: where letters go on behind them, a space was lost (مدينةطبرق).
_JOINED = re.compile(
    rf"(?:(?<=[\u0629\u0649])|(?<=[\u0629\u0649][{_MARKED}])|(?<=[\u0629\u0649][{_MARKED}]{{2}}))"
    rf"(?![{_MARKED}])(?=(?:[\u0621-\u064a][{_MARKED}]*){{3}})"
)
_HUMPS = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])")  # of #SaveTobruk
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
    HASH = 4096
    CELL = 8192
    ALL = 16383


_MARKS = {
    **dict.fromkeys(".!?؟؛…•*", Separator.SENTENCE),
    **dict.fromkeys(";|", Separator.SENTENCE | Separator.CELL),
    **dict.fromkeys("#", Separator.HASH),
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
    text = _NO_LETTERS.sub("", text)
    bits = Separator.SPACE if any(char.isspace() for char in text) else 0
    if "\n" in text:
        bits |= Separator.SENTENCE | Separator.LINE
    cell = "\t" in text and " " not in text  # a tab among spaces is but white space
    if cell:
        bits |= Separator.SENTENCE | Separator.CELL
    for char in text:
        if char == '"':
            bits |= Separator.OPEN_QUOTE if text.endswith('"') else Separator.CLOSE_QUOTE
        else:
            bits |= _MARKS.get(char, 0)
    # One line break may stand within a name of a narrow column, an empty line may not.
    blank = text.isspace() and text.count("\n") <= 1 and not cell
    if not blank and text not in ("", "-", "'", "’", "ʼ", "_", "‑", "`", "‘"):
        bits |= Separator.BREAKS_NAME
    return bits


def fold_word(word: str) -> str:
    """Fold a word of a chunk; initials lose their full stops, and a word parted at a line's end is joined.

    Examples
    --------
    >>> fold_word("U.S."), fold_word("É.-U.")
    ('us', 'e u')
    """
    if "." in word:
        word = word.replace(".-", " ").replace(".", "")
    if "\n" in word:
        word = "".join(piece.strip(" \t-") for piece in word.split("\n"))
    return fold(word)


def _pieces(chunk: str) -> list[str]:
    """Cut a chunk into what stands between words and words, in turn; what stands between is first and last."""
    pieces = _CUT.split(chunk)
    hashed = "#" in chunk
    if not hashed and not _JOINED.search(chunk):
        return pieces
    found = pieces[:1]
    for place in range(1, len(pieces), 2):
        word = pieces[place]
        cut = _HUMPS if hashed and found[-1].endswith("#") else _JOINED
        first, *rest = cut.split(word)
        found.append(first)
        for part in rest:
            found += ["", part]
        found.append(pieces[place + 1])
    return found


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
        before, start, end = (rows[name] for name in ("before", "start", "end"))
        known, space = len(self._columns["word"]), int(Separator.SPACE)
        for chunk in chunks:
            pieces = _pieces(chunk)
            rows["length"].append(len(chunk))
            rows["words"].append(len(pieces) // 2)
            rows["first"].append(known + len(words))
            at = 0
            for place in range(1, len(pieces), 2):
                gap, word = pieces[place - 1], pieces[place]
                at += len(gap)
                before.append(classify_separator(gap) if place > 1 else space)
                start.append(at)
                at += len(word)
                end.append(at)
                words.append(chunk if word == chunk else word)  # of two equal strings one is let go
        for name, values in rows.items():
            self._columns[name].extend(values)
        self._columns["word"].extend(self._intern_words(words))
        self._ids.update(zip(chunks, range(len(self._ids), len(self._ids) + len(chunks)), strict=True))
        self.letters += sum(map(len, chunks))
