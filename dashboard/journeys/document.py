"""A text as journeys look at it: words with what is known of each, in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dashboard.core.text import WORD
from dashboard.journeys.vocabulary import CUE, PLACE_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.journeys.lexicon import Lexicon
    from dashboard.journeys.models import Span
    from dashboard.journeys.vocabulary import Knowledge, WordInfo

__all__ = ["Document", "Word", "read_document"]

_SENTENCE = re.compile(r"[.!?؟…](?=\s|$|[\"'»”)])|\n")
_OPENING = 2  # first sentences of a text, which name people in full


class Word(NamedTuple):
    """A word of a text; `gap` is what stands between it and the one before."""

    start: int
    end: int
    text: str
    gap: str
    sentence: int
    info: WordInfo


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into words and sentences.

    Attributes
    ----------
    sentences
        First word and one past the last of each.
    spans
        The sentences in code points, from one stop to the next.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    lexicon: Lexicon

    def word_at(self, offset: int) -> int:
        """Return the word that holds an offset, or the first one after it."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def is_headline(self, sentence: int) -> bool:
        """Tell whether a sentence is the first line, or a line that ends without a stop."""
        start, end = self.spans[sentence]
        return (
            self.text[end : end + 1] in ("", "\n")
            and self.text[end - 1 : end] not in ".؟?!…"
            and end - start < _LINE
        )


_LINE = 140  # code points; longer lines are paragraphs


def read_document(
    knowledge: Knowledge, text: str, language: str, places: Sequence[int] | None = None
) -> Document:
    """Cut a text into words and sentences, and look each word up.

    Parameters
    ----------
    places
        Where the text names places, code points, rising. Given, only the sentences that may state a leg are read,
        with those before them and the first two, where people are named in full; none if no sentence may.
    """
    language = language if language in knowledge.lexicons else "en"
    pieces = list(_sentences(text))
    if places is not None:
        pieces = [pieces[at] for at in _telling(knowledge, pieces, language, places)]
    infos = knowledge.infos((word for _, _, some in pieces for word in some), language)
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    spans: list[Span] = []
    for number, (begin, end, _) in enumerate(pieces):
        first, before = len(words), -1
        for match in WORD.finditer(text, begin, end):
            start, stop = match.span()
            written = match.group()
            gap = text[before:start] if before >= 0 else ""
            words.append(Word(start, stop, written, gap, number, infos[written]))
            before = stop
        sentences.append((first, len(words)))
        spans.append((words[first].start, _stop(text, before, end)))
    return Document(
        text, language, tuple(words), tuple(sentences), tuple(spans), knowledge.lexicons[language]
    )


def _sentences(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each sentence that has any words: where it begins, the end of its stop, and the words."""
    begin = 0
    for cut in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        found = WORD.findall(text, begin, cut)
        if found:
            yield begin, cut, found
        begin = cut


def _telling(
    knowledge: Knowledge,
    pieces: Sequence[tuple[int, int, list[str]]],
    language: str,
    places: Sequence[int],
) -> list[int]:
    """Return the sentences that hold a cue and a place, and those that say who is meant; empty if none does."""
    kept: set[int] = set()
    marks_of = knowledge.marks[language].__getitem__
    for number, (start, end, found) in enumerate(pieces):
        marks = 0
        for mark in map(marks_of, found):
            marks |= mark
        begin = bisect_left(places, start)
        placed = begin < len(places) and places[begin] < end
        if marks & CUE and (placed or marks & PLACE_WORD):
            kept.update((max(0, number - 1), number))
    return sorted(kept | set(range(min(_OPENING, len(pieces))))) if kept else []


def _stop(text: str, word_end: int, cut: int) -> int:
    """Return the end of a sentence with its stop, without white space."""
    return max(word_end, word_end + len(text[word_end:cut].rstrip()))
