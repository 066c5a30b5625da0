"""A batch of articles as arrays of words, and the stretches of them that the gazetteer knows a name for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse.abbreviations import are_abbreviations
from dashboard.geoparse.arrays import rows_of_runs
from dashboard.geoparse.chunks import Separator, classify_separator
from dashboard.geoparse.vocabulary import BOUNDARY_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["PAD", "Batch", "Separator", "Spans", "find_spans", "read_batch"]

PAD = 3  # boundary words before, between and after articles, so that neighbours can be looked at without care
_MAX_WORDS = 7
_COMMON_ZIPF = 4.0  # once in 100 000 words
_DIGITS, _ARABIC = 8, 16  # bits of the column "shape"
_LEAST_SENTENCE = 3  # words
_LOOKED_BACK = 12  # code points before a sentence
_BEGINNING = re.compile(r"(?:^|[.!?\n])[^\w;…]*$")  # what stands before a sentence's first word
_STOP_BITS = Separator.SENTENCE | Separator.SPACE | Separator.LINE
_FULL_STOP = Separator.SENTENCE | Separator.SPACE


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
    vocabulary.make_room()
    whole = " ".join(texts)
    sizes = np.array([len(text) for text in texts], np.int64)
    text_start = np.cumsum(sizes + 1) - sizes - 1
    chunks = vocabulary.chunks
    ids = chunks.intern(whole.split(" "))
    length, count = chunks.column("length")[ids], chunks.column("words")[ids]
    rows = rows_of_runs(chunks.column("first")[ids], count)
    of_chunk = np.repeat(np.arange(len(ids)), count)
    base = (np.cumsum(length + 1) - length - 1)[of_chunk]
    start, end = chunks.column("start")[rows] + base, chunks.column("end")[rows] + base
    article = np.searchsorted(text_start, start, side="right") - 1
    marks = chunks.column("before")[rows]
    # A single space before a chunk's first word is what the chunk counts on; all else is looked at.
    leads = np.ones(len(rows), bool)
    leads[1:] = article[1:] != article[:-1]
    odd = leads.copy()
    odd[1:] |= (of_chunk[1:] != of_chunk[:-1]) & (start[1:] - end[:-1] != 1)
    after = np.concatenate(([0], end[:-1]))
    begin = np.where(leads, text_start[article], after)[odd]
    gaps = zip(begin.tolist(), start[odd].tolist(), strict=True)
    marks[odd] = [classify_separator(whole[a:b]) for a, b in gaps]
    counts = np.bincount(article, minlength=len(texts)) + PAD
    at = np.arange(len(rows)) + PAD * (article + 1)

    def spread(values: NDArray[np.integer[Any]], rest: int) -> NDArray[np.int32]:
        """Put boundary words around the articles."""
        room = np.full(len(rows) + PAD * (len(texts) + 1), rest, np.int32)
        room[at] = values
        return room

    before = spread(marks, Separator.SENTENCE)
    return Batch(
        words=spread(chunks.column("word")[rows], BOUNDARY_WORD),
        before=before,
        sentence=np.cumsum(before & Separator.SENTENCE).astype(np.int32),
        article=np.repeat(np.arange(-1, len(texts)), [PAD, *counts]).astype(np.int32),
        start=spread(start - text_start[article], 0),
        end=spread(end - text_start[article], 0),
        first=np.cumsum([PAD, *counts])[:-1].astype(np.int32),
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
    counts = vocabulary.column("readings")[batch.words]
    rows = rows_of_runs(vocabulary.column("first_reading")[batch.words], counts)
    first = np.repeat(np.arange(len(batch.words)), counts)
    small = vocabulary.reading("small")[rows]
    named = vocabulary.reading("toponym")[rows] >= 0
    if small.any():
        named &= ~small | _written_small(vocabulary, batch, first[small])[first]
    single = np.flatnonzero(named)
    reading, last, toponym = [single], [first[single]], [vocabulary.reading("toponym")[rows[single]]]
    active = np.flatnonzero(vocabulary.reading("begins")[rows])
    for places, ends, names in _longer_names(vocabulary, batch, first, rows, active):
        reading.append(places)
        last.append(ends)
        toponym.append(names)
    sizes = [len(places) for places in reading]
    places = np.concatenate(reading)
    # In the order of the text; at one word by reading, then the shorter first.
    order = np.argsort(places * _MAX_WORDS + np.repeat(np.arange(len(sizes)), sizes), kind="stable")
    places = places[order]
    usage = vocabulary.reading("usage")[rows[places]]
    found = Spans(
        first=first[places].astype(np.int32),
        last=np.concatenate(last)[order].astype(np.int32),
        clitic=vocabulary.reading("clitic")[rows[places]],
        particle=vocabulary.reading("particle")[rows[places]],
        toponym=np.concatenate(toponym)[order].astype(np.int32),
        usage=np.where(order < sizes[0], usage, 0),
        full=np.full(len(places), -1, np.int32),
    )
    found = _without_small_letters(vocabulary, batch, found)
    found = _without_abbreviations(vocabulary, batch, found)
    headed = vocabulary.toponyms.headed[found.toponym]
    spans = found.take(~headed)
    _find_hearts(vocabulary, spans, found.take(headed))
    return _without_common_words(vocabulary, spans)


def _written_small(
    vocabulary: Vocabulary, batch: Batch, asked: NDArray[np.integer[Any]]
) -> NDArray[np.bool_]:
    """Mark the words of sentences without a capital letter, of those that hold the words `asked`.

    What follows a semicolon or the like is no sentence by itself.
    """
    capital = vocabulary.column("capital")[batch.words] > 0
    size = np.bincount(batch.sentence, batch.words != BOUNDARY_WORD)
    capitals = np.bincount(batch.sentence, capital)
    marked = np.zeros(len(size), bool)
    for sentence in np.unique(batch.sentence[asked]).tolist():
        if capitals[sentence] or size[sentence] < _LEAST_SENTENCE:
            continue
        begin = int(np.searchsorted(batch.sentence, sentence))
        text, at = batch.texts[batch.article[begin]], int(batch.start[begin])
        marked[sentence] = _BEGINNING.search(text, max(0, at - _LOOKED_BACK), at) is not None
    return marked[batch.sentence]


def _without_small_letters(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> Spans:
    """Leave out names of several words in small letters (la salle) but where all is written so."""
    capital, shape = vocabulary.column("capital"), vocabulary.column("shape")
    small = spans.last > spans.first
    for at in (spans.first, spans.last):
        words = batch.words[at]
        small &= (capital[words] == 0) & (shape[words] & (_ARABIC | _DIGITS) == 0)
    rows = np.flatnonzero(small)
    if not len(rows):
        return spans
    small[rows] = ~_written_small(vocabulary, batch, spans.first[rows])[spans.first[rows]]
    return spans.take(~small)


def _without_abbreviations(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> Spans:
    """Leave out abbreviations of divisions that stand elsewhere than behind a town."""
    only = vocabulary.toponyms.only_abbreviates[spans.toponym]
    if not only.any():
        return spans
    return spans.take(~only | are_abbreviations(vocabulary, batch, spans))


def _longer_names(
    vocabulary: Vocabulary,
    batch: Batch,
    first: NDArray[np.int64],
    rows: NDArray[np.int64],
    active: NDArray[np.int64],
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]]:
    """Yield the names of two words, of three, and so on: which reading begins each, its last word, its toponym.

    Parameters
    ----------
    first, rows
        First word and row of each reading of the batch.
    active
        The readings that begin a name of several words.
    """
    phrases, folds = vocabulary.phrases, vocabulary.column("fold")
    node = vocabulary.reading("node")[rows[active]]
    for away in range(1, _MAX_WORDS):
        last = first[active] + away
        mark, word = batch.before[last], batch.words[last]
        # A full stop after the last word is that of an abbreviation (St. Louis), or ends the name.
        joined = (mark & Separator.BREAKS_NAME == 0) | (
            phrases.short[node] & (mark & _STOP_BITS == _FULL_STOP)
        )
        joined &= word != BOUNDARY_WORD
        active, last, word = active[joined], last[joined], word[joined]
        if not len(active):
            return
        folded = vocabulary.folded
        node = phrases.step(node[joined], folds[word], [folded[x] for x in word.tolist()])
        toponym = phrases.toponym[node]
        named = toponym >= 0
        yield active[named], last[named], toponym[named]
        begins = phrases.begins[node]
        active, node = active[begins], node[begins]


def _without_common_words(vocabulary: Vocabulary, spans: Spans) -> Spans:
    """Leave out common words that are a name only with a head noun, and stand without it (الشعب, ظهر)."""
    common = vocabulary.usage[spans.usage, 0] >= _COMMON_ZIPF
    return spans.take(~(common & vocabulary.toponyms.only_bare[spans.toponym] & (spans.full < 0)))


def _find_hearts(vocabulary: Vocabulary, spans: Spans, headed: Spans) -> None:
    """Note with each stretch the name with a generic head that it is the heart of.

    A head is no part of a mention.
    """
    lowest = np.searchsorted(spans.first, headed.first)
    counts = np.searchsorted(spans.first, headed.last, side="right") - lowest
    inner = rows_of_runs(lowest, counts)
    outer = np.repeat(np.arange(len(headed)), counts)
    inside = spans.last[inner] <= headed.last[outer]
    inner, full = inner[inside], headed.toponym[outer[inside]]
    is_full_form = vocabulary.toponyms.is_full_form
    pairs = zip(spans.toponym[inner].tolist(), full.tolist(), strict=True)
    hearts = np.array([is_full_form(*pair) for pair in pairs], bool)
    spans.full[inner[hearts]] = full[hearts]
