"""A batch of articles as arrays of words, and the stretches of them that the gazetteer knows a name for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.text import WORD
from dashboard.geoparse.lexicon import LANGUAGES
from dashboard.geoparse.vocabulary import BOUNDARY_WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["PAD", "Batch", "Separator", "Spans", "find_spans", "read_batch"]

PAD = 3  # boundary words before, between and after articles, so that neighbours can be looked at without care
_MAX_WORDS = 7
_COMMON_ZIPF = 4.0  # once in 100 000 words
_CUT = re.compile(f"({WORD.pattern})")
_ARABIC_COLUMN = LANGUAGES.index("ar")


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
def _separator(text: str) -> int:
    """Classify what stands between two words."""
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


@dataclass(frozen=True, slots=True)
class Batch:
    """Words of several articles, laid end to end with `PAD` boundary words between.

    Attributes
    ----------
    words
        Vocabulary id of each word.
    before
        `Separator` bits of what stands before each word.
    sentence, article
        Running number of the sentence and the article of each word.
    start, end
        Offsets of each word in its own article, code points, end exclusive.
    texts, languages
        The articles; `language_column` is the column of `LANGUAGES` for each word.
    """

    words: NDArray[np.int32]
    before: NDArray[np.int32]
    sentence: NDArray[np.int32]
    article: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    first: NDArray[np.int32]
    texts: tuple[str, ...]
    languages: tuple[str, ...]

    def neighbour(self, at: NDArray[np.int32], away: int) -> NDArray[np.int32]:
        """Return the word so many words away from each of `at`, a boundary word where that is another sentence."""
        inside = self.sentence[at + away] == self.sentence[at]
        return np.where(inside, self.words[at + away], BOUNDARY_WORD)


def read_batch(vocabulary: Vocabulary, texts: Sequence[str], languages: Sequence[str]) -> Batch:
    """Cut articles into words and look each word up."""
    words: list[int] = [BOUNDARY_WORD] * PAD
    before: list[int] = [Separator.SENTENCE] * PAD
    lengths: list[int] = [0] * (2 * PAD)  # of separator and word in turn
    sizes = []
    cut = [_CUT.split(text) for text in texts]
    ids = vocabulary.intern([word for pieces in cut for word in pieces[1::2]])
    at = 0
    for pieces in cut:
        count = len(pieces) // 2
        sizes.append(count + PAD)
        words += ids[at : at + count]
        at += count
        before += map(_separator, pieces[0:-1:2])
        words += [BOUNDARY_WORD] * PAD
        before += [Separator.SENTENCE] * PAD
        lengths += map(len, pieces[:-1])
        lengths += [0] * (2 * PAD)
    ends = np.cumsum(np.array(lengths, np.int64))[1::2]
    starts = ends - np.array(lengths, np.int64)[1::2]
    article = np.repeat(np.arange(-1, len(texts)), [PAD, *sizes])
    first = np.cumsum([PAD, *sizes])[:-1]
    base = np.zeros(len(words), np.int64)
    base[PAD:] = np.repeat(ends[first - 1], sizes)
    marks = np.array(before, np.int32)
    return Batch(
        words=np.array(words, np.int32),
        before=marks,
        sentence=np.cumsum(marks & Separator.SENTENCE).astype(np.int32),
        article=article.astype(np.int32),
        start=(starts - base).astype(np.int32),
        end=(ends - base).astype(np.int32),
        first=first.astype(np.int32),
        texts=tuple(texts),
        languages=tuple(languages),
    )


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of a batch that may be names: first and last word (inclusive), reading, and toponym number.

    `clitic` is the number of folded letters of the first word that are not part of the name; `particle` has
    bit 1 for و or ف, bit 2 for ب, ل or ك; `usage` is the row of the name in `Vocabulary.usage`, 0 for
    several words.
    """

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    clitic: NDArray[np.int32]
    particle: NDArray[np.int32]
    toponym: NDArray[np.int32]
    usage: NDArray[np.int32]
    full: NDArray[np.int32]

    def take(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> Spans:
        """Return some of the stretches."""
        return Spans(*(getattr(self, name)[chosen] for name in self.__slots__))

    def __len__(self) -> int:
        """Return the number of stretches."""
        return len(self.first)


def find_spans(vocabulary: Vocabulary, batch: Batch) -> Spans:
    """Find every stretch of one to seven words that reads as a name of the gazetteer."""
    found: list[tuple[int, ...]] = []
    readings, folded = vocabulary.readings, vocabulary.folded
    words, before = batch.words.tolist(), batch.before.tolist()
    breaks = Separator.BREAKS_NAME
    for at in np.flatnonzero(vocabulary.column("named")[batch.words]).tolist():
        for reading in readings[words[at]]:
            if reading.toponym >= 0:
                found.append((at, at, reading.clitic, reading.particle, reading.toponym, reading.usage))
            if not reading.begins:
                continue
            name = reading.name
            for last in range(at + 1, at + _MAX_WORDS):
                if words[last] == BOUNDARY_WORD or (
                    before[last] & breaks and not _abbreviated(name, before[last])
                ):
                    break
                name += " " + folded[words[last]]
                toponym, begins = vocabulary.phrase(name)
                if toponym >= 0:
                    found.append((at, last, reading.clitic, reading.particle, toponym, 0))
                if not begins:
                    break
    headed = vocabulary.toponyms.headed
    spans = [span for span in found if not headed[span[4]]]
    full = _hearts(vocabulary, spans, [span for span in found if headed[span[4]]])
    table = np.column_stack((np.array(spans, np.int32).reshape(-1, 6), np.array(full, np.int32)))
    return _without_common_words(vocabulary, Spans(*(np.ascontiguousarray(column) for column in table.T)))


def _without_common_words(vocabulary: Vocabulary, spans: Spans) -> Spans:
    """Leave out common words that are a name only with a head noun, and stand without it (الشعب, ظهر)."""
    common = vocabulary.usage[spans.usage, 0] >= _COMMON_ZIPF
    return spans.take(~(common & vocabulary.toponyms.only_bare[spans.toponym] & (spans.full < 0)))


def _hearts(vocabulary: Vocabulary, spans: list[tuple[int, ...]], headed: list[tuple[int, ...]]) -> list[int]:
    """Find for each stretch the name with a generic head that it is the heart of.

    A head is no part of a mention.
    """
    full = [-1] * len(spans)
    if not headed:
        return full
    starting: dict[int, list[int]] = {}
    for number, span in enumerate(spans):
        starting.setdefault(span[0], []).append(number)
    rows = vocabulary.toponyms.rows
    for first, last, _, _, toponym, _ in headed:
        of_full = set(vocabulary.toponyms.headed_rows(toponym))
        for at in range(first, last + 1):
            for number in starting.get(at, ()):
                if spans[number][1] <= last and not of_full.isdisjoint(rows[spans[number][4]].tolist()):
                    full[number] = toponym
    return full


def _abbreviated(name: str, mark: int) -> bool:
    """Tell whether a full stop after the last word of a name is that of an abbreviation (St. Louis)."""
    last = name.rsplit(" ", 1)[-1]
    stop = mark & (Separator.SENTENCE | Separator.SPACE | Separator.LINE)
    return len(last) <= 2 and last.isascii() and stop == Separator.SENTENCE | Separator.SPACE  # noqa: PLR2004
