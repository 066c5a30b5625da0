"""Features of the sentence that a stretch stands in: how it is written, its quotation marks, what else it locates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse.documents import Separator
from dashboard.geoparse.lexicon import WordClass
from dashboard.geoparse.vocabulary import BOUNDARY_WORD

if TYPE_CHECKING:
    from dashboard.geoparse.columns import Columns
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["NAMING", "add_surroundings"]

# Nouns that take a town's name to name something else.
NAMING = (
    WordClass.STREET,
    WordClass.VENUE,
    WordClass.EVENT,
    WordClass.WORK,
    WordClass.VESSEL,
    WordClass.UNIT,
    WordClass.CLUB,
    WordClass.MEDIA,
    WordClass.OFFICE,
    WordClass.FAMILY,
)
_PLACE = 4.0  # of the column `strong`, from which a word is a place for all that is known
_REACH = 7  # words behind a name within which the sentence may say where it all is
_SHORT_QUOTE, _LONG_QUOTE = 4, 12  # words: a title or nickname; a saying
_SHORT_TEXT = 40.0  # words


def add_surroundings(columns: Columns, vocabulary: Vocabulary, batch: Batch, spans: Spans) -> None:
    """Add the features of the sentence and of quotation marks."""
    _add_sentence(columns, vocabulary, batch, spans)
    _add_quotes(columns, vocabulary, batch, spans)
    _add_located(columns, vocabulary, batch, spans)


def _add_sentence(columns: Columns, vocabulary: Vocabulary, batch: Batch, spans: Spans) -> None:
    """Add how the sentence is written: its share of capitals, its length; and whether the name passes a line's end."""
    capital = vocabulary.column("capital")[batch.words]
    letters = vocabulary.column("letters")[batch.words] > 3  # noqa: PLR2004 - "of" is small in titles too
    long_words = np.bincount(batch.sentence, letters)
    capitals = np.bincount(batch.sentence, letters & (capital > 0))
    whole = np.bincount(batch.sentence, letters & (capital == 2))  # noqa: PLR2004
    size = np.bincount(batch.sentence, batch.words != BOUNDARY_WORD)
    of = batch.sentence[spans.first]
    columns.add("sentence_capitals", (capitals / np.maximum(long_words, 1))[of])
    columns.add("sentence_all_capitals", (whole / np.maximum(long_words, 1))[of])
    columns.add("sentence_small", ((capitals == 0) & (long_words > 0))[of])
    columns.add("sentence_words", np.minimum(size[of], _SHORT_TEXT) / _SHORT_TEXT)
    alone = size[of] == spans.last - spans.first + 1
    columns.add("sentence_alone", alone)
    french = np.array([language == "fr" for language in batch.languages], bool)
    columns.add("in_french", french[batch.article[spans.first]])
    lines = np.cumsum(batch.before & Separator.LINE != 0)
    columns.add("passes_line", lines[spans.last] > lines[spans.first])


def _add_quotes(columns: Columns, vocabulary: Vocabulary, batch: Batch, spans: Spans) -> None:
    """Add whether the name stands within quotation marks, how long what they hold is, and what noun stands before."""
    before = batch.before
    at = np.arange(len(before))
    opens = np.where(before & Separator.OPEN_QUOTE != 0, at, -1)
    closes = np.where(before & Separator.CLOSE_QUOTE != 0, at, len(before))
    opened = np.maximum.accumulate(opens)[spans.first]
    closed = np.minimum.accumulate(closes[::-1])[::-1]
    ends = closed[np.minimum(spans.last + 1, len(before) - 1)]
    # A quotation is one when it opens in this sentence and nothing closes between its opening and the name.
    inside = (opened >= 0) & (batch.sentence[opened] == batch.sentence[spans.first])
    inside &= closed[np.minimum(opened + 1, len(before) - 1)] > spans.first
    length = ends - opened
    name = spans.last - spans.first + 1
    columns.add("quoted_alone", inside & (length == name))
    columns.add("quoted_short", inside & (length > name) & (length <= _SHORT_QUOTE))
    columns.add("quoted_middling", inside & (length > _SHORT_QUOTE) & (length <= _LONG_QUOTE))
    columns.add("quoted_long", inside & (length > _LONG_QUOTE))
    columns.add("quote_begins", inside & (opened == spans.first))
    classes = vocabulary.column("classes").astype(np.int64)
    head = batch.words[np.maximum(opened - 1, 0)]
    same = inside & (batch.sentence[np.maximum(opened - 1, 0)] == batch.sentence[spans.first])
    bits = np.where(same, classes[head], 0)
    for word_class in NAMING:
        columns.add(f"quote_of_{(word_class.name or '').lower()}", bits & int(word_class) != 0)


def _add_located(columns: Columns, vocabulary: Vocabulary, batch: Batch, spans: Spans) -> None:
    """Add whether the sentence says soon behind the name, or before it, where it all is.

    Who is taken to X hospital in Y is in Y.
    """
    classes = vocabulary.column("classes").astype(np.int64)
    strong = vocabulary.column("strong")[batch.words] >= _PLACE
    locative = np.zeros(len(batch.words), bool)
    locative[1:] = classes[batch.words[:-1]] & int(WordClass.LOCATIVE | WordClass.HEAD_GENERIC) != 0
    locative |= vocabulary.column("glued")[batch.words]
    count = np.concatenate(([0], np.cumsum(strong & locative)))
    sentence = batch.sentence
    begins = np.searchsorted(sentence, sentence[spans.first], side="left")
    ends = np.searchsorted(sentence, sentence[spans.last], side="right")
    reach = np.minimum(spans.last + 1 + _REACH, ends)
    columns.add("located_after", count[reach] > count[spans.last + 1])
    columns.add("located_before", count[spans.first] > count[np.maximum(begins, spans.first - _REACH)])
