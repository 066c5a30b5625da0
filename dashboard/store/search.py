"""Words looked for in articles, as conditions on `articles.key` or a column that refers to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, func, or_, select, table

from dashboard.core.text import fold_name, folded_words
from dashboard.store.dialect import SEARCH_TABLE
from dashboard.store.schema import articles

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

__all__ = [
    "MAX_TERMS",
    "Term",
    "Terms",
    "folded_text",
    "is_common",
    "parse_terms",
    "read_terms",
    "search_conditions",
]

MAX_TERMS = 32
_TRIGRAM = 3
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_FIRST_GLUED_SCRIPT = "\u0590"  # before it: Latin, Greek, Cyrillic, Armenian, which glue nothing to a word
_COMMON_SHARE = 8  # words in every eighth article are common (measured with 100 000 articles)

_search = table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE))


@dataclass(frozen=True, slots=True)
class Terms:
    """Folded words and phrases: each of `included` must occur, none of `excluded` may."""

    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return bool(self.included or self.excluded)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a search: folded, as written, and where it stands, in code points, end exclusive."""

    folded: str
    text: str
    start: int
    end: int
    excluded: bool


def read_terms(query: str) -> list[Term]:
    """Return the words and phrases that a user typed, in their order, repetitions too."""
    found = []
    for match in _TERM.finditer(query):
        minus, phrase, word = match.groups()
        text = phrase or word or ""
        if folded := fold_name(text):
            found.append(Term(folded, text.strip(), match.start(), match.end(), bool(minus)))
    return found


def parse_terms(query: str) -> Terms:
    """Read what a user typed: words, `"a phrase"`, `-without` and `-"without a phrase"`.

    What is joined without a space, as in Al-Jufra, is a phrase. Beyond `MAX_TERMS` nothing is read.
    """
    wanted: dict[bool, list[str]] = {True: [], False: []}
    for term in read_terms(query):
        same = wanted[not term.excluded]
        if term.folded not in same and len(wanted[True]) + len(wanted[False]) < MAX_TERMS:
            same.append(term.folded)
    return Terms(tuple(wanted[True]), tuple(wanted[False]))


def folded_text(text: str) -> str:
    """Return the words of a text as they are searched: folded, one space between and around them."""
    return f" {folded_words(text)} "


def search_conditions(
    connection: Connection, key: ColumnElement[Any], terms: Terms
) -> list[ColumnElement[bool]]:
    """Return what must hold for the articles with these words.

    A term in Arabic is found anywhere in a word, since conjunctions and prepositions are glued to it; one of
    two letters at either end of a word. A term in Latin, Greek or Cyrillic script is found at the beginning
    of a word; one of two letters as a whole word. A single letter is always a whole word.

    Parameters
    ----------
    key
        The expression that must equal the article's key.
    """
    if connection.dialect.name != "sqlite":
        return [
            *(key.in_(_scan(term)) for term in terms.included),
            *(key.not_in(_scan(term)) for term in terms.excluded),
        ]
    conditions: list[ColumnElement[bool]] = []
    if terms.included:
        conditions.append(key.in_(_match(_all_of(terms))))
    if terms.excluded:
        conditions.append(key.not_in(_match(" OR ".join(map(_any_of, terms.excluded)))))
    return conditions


def is_common(connection: Connection, terms: Terms) -> bool:
    """Tell whether these words are in so many articles that looking each up costs more than a full pass."""
    if connection.dialect.name != "sqlite" or not terms.included:
        return not terms.included
    limit = (connection.scalar(select(func.max(articles.c.key))) or 0) // _COMMON_SHARE
    found = _match(_all_of(terms)).limit(limit).subquery()
    return bool(connection.scalars(select(func.count()).select_from(found)).one() >= limit)


def _needles(term: str) -> tuple[str, ...]:
    """Return the strings of which one must stand in the folded text, each of three characters or more."""
    if len(term) == 1:
        return (f" {term} ",)
    if term[0] < _FIRST_GLUED_SCRIPT:
        return (f" {term} " if len(term) < _TRIGRAM else f" {term}",)
    return (f" {term}", f"{term} ") if len(term) < _TRIGRAM else (term,)


def _all_of(terms: Terms) -> str:
    return " AND ".join(map(_any_of, terms.included))


def _any_of(term: str) -> str:
    quoted = ('"' + needle.replace('"', '""') + '"' for needle in _needles(term))
    return f"({' OR '.join(quoted)})"


def _match(expression: str) -> Select[Any]:
    return select(_search.c.rowid).where(_search.c[SEARCH_TABLE].op("MATCH")(expression))


def _scan(term: str) -> Select[Any]:
    found = (articles.c.folded.contains(needle, autoescape=True) for needle in _needles(term))
    return select(articles.c.key).where(or_(*found))
