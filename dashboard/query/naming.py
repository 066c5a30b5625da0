"""An article that names a place, with the sentences that do, made from the rows of its mentions.

A view of everything is millions of rows. So these are tuples with names, which are made and read in a fraction of
the time that a frozen dataclass, or a row of SQLAlchemy asked by name, takes.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func

from dashboard.core.links import clean_title, safe_url
from dashboard.store.schema import articles, mentions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

__all__ = ["Mention", "NamingArticle", "NamingSentence", "mention_columns", "naming_article"]

_sentence_start = attrgetter("sentence_start")


class Mention(NamedTuple):
    """A row of `mention_columns`: a mention, its article, and the sentence that it stands in."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    article_key: int
    place_key: int
    sentence_start: int
    sentence_end: int
    start: int
    end: int
    confidence: float
    metonymy: bool
    sentence: str


class NamingSentence(NamedTuple):
    """A sentence that names a place.

    Attributes
    ----------
    start, end
        Where it stands in the article's text; code points, end exclusive.
    text
        As it stands there, to the letter.
    spans
        Where the mentions stand in the article's text, in order.
    confidence
        Of the surest mention.
    metonymy
        True when every mention is a capital that probably stands for its government.
    """

    start: int
    end: int
    text: str
    spans: tuple[tuple[int, int], ...]
    confidence: float
    metonymy: bool

    @property
    def inner_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the mentions stand in `text`."""
        return tuple([(start - self.start, end - self.start) for start, end in self.spans])

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The place's name as each mention writes it."""
        return tuple([self.text[start - self.start : end - self.start] for start, end in self.spans])


class NamingArticle(NamedTuple):
    """An article that names a place, with the sentences that do; `title` and `url` are safe to show."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    sentences: tuple[NamingSentence, ...]

    @property
    def surest(self) -> NamingSentence:
        """The sentence that names the place most surely; of equal ones the first that is not the title."""
        if len(self.sentences) == 1:
            return self.sentences[0]
        return max(self.sentences, key=lambda sentence: (round(sentence.confidence, 2), sentence.start > 0))


_OF_ARTICLE = NamingArticle._fields[:-1]


def mention_columns() -> list[ColumnElement[Any]]:
    """Return the columns of `Mention`, to be selected from `articles` joined with `mentions`."""
    length = mentions.c.sentence_end - mentions.c.sentence_start
    sentence = func.substr(articles.c.text, mentions.c.sentence_start + 1, length)
    *stored, _ = Mention._fields
    return [*((articles.c if name in _OF_ARTICLE else mentions.c)[name] for name in stored), sentence]


def naming_article(rows: Sequence[Mention]) -> NamingArticle:
    """Return an article from the rows of its mentions of one place, in the order of the text."""
    first = rows[0]
    return NamingArticle(
        id=first.id,
        title=clean_title(first.title),
        source=first.source and clean_title(first.source),
        url=safe_url(first.url),
        published=first.published,
        language=first.language,
        sentences=tuple([_sentence(list(same)) for _, same in groupby(rows, key=_sentence_start)]),
    )


def _sentence(rows: Sequence[Mention]) -> NamingSentence:
    if len(rows) == 1:  # as nearly always
        one = rows[0]
        span = ((one.start, one.end),)
        return NamingSentence(
            one.sentence_start, one.sentence_end, one.sentence, span, one.confidence, one.metonymy
        )
    longest = max(rows, key=lambda row: row.sentence_end)
    return NamingSentence(
        start=longest.sentence_start,
        end=longest.sentence_end,
        text=longest.sentence,
        spans=tuple([(row.start, row.end) for row in rows]),
        confidence=max([row.confidence for row in rows]),
        metonymy=all(row.metonymy for row in rows),
    )
