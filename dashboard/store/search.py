"""Words looked for in articles, as conditions on `articles.key` or a column that refers to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, func, literal, literal_column, or_, select, table

from dashboard.core.text import fold_name, folded_words
from dashboard.store.dialect import SEARCH_TABLE
from dashboard.store.schema import articles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Select

__all__ = [
    "MAX_TERMS",
    "Term",
    "Terms",
    "ending_condition",
    "folded_text",
    "is_common",
    "parse_terms",
    "read_terms",
    "relevance",
    "search_conditions",
]

MAX_TERMS = 32
_TRIGRAM = 3
_EITHER = ("OR", "|")
_MOST_READ = 4 * MAX_TERMS
_TERM = re.compile(r'\||(-?)(?:"([^"]*)"|([^\s|]+))')
_FIRST_GLUED_SCRIPT = "\u0590"  # before it: Latin, Greek, Cyrillic, Armenian, which glue nothing to a word
_USUAL_LENGTH = 3000.0  # code points of an article, for ranking without BM25
_COMMON_SHARE = 8  # words in every eighth article are common (measured with 100 000 articles)

_search = table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE))


@dataclass(frozen=True, slots=True)
class Terms:
    """Folded words and phrases.

    Attributes
    ----------
    included, excluded
        Each of the first must occur, none of the second may.
    alternatives
        Of each group, one at least must occur.
    """

    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return bool(self.included or self.excluded or self.alternatives)

    @property
    def sought(self) -> tuple[str, ...]:
        """All words and phrases of which articles may hold some."""
        return (*self.included, *(term for group in self.alternatives for term in group))

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """All that must hold: of each group one term at least."""
        return (*((term,) for term in self.included), *self.alternatives)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a search: folded, as written, and where it stands, in code points, end exclusive.

    Attributes
    ----------
    alternative
        Whether it may stand for the term before it, as `OR` and `|` say.
    """

    folded: str
    text: str
    start: int
    end: int
    excluded: bool
    alternative: bool = False


def read_terms(query: str) -> list[Term]:
    """Return the words and phrases that a user typed, in their order, repetitions too."""
    found: list[Term] = []
    either = False
    for match in _TERM.finditer(query):
        minus, phrase, word = match.groups()
        text = phrase or word or ""
        if match.group() in _EITHER and (found or match.group() == "|"):
            either = bool(found)
        elif folded := fold_name(text):
            joined = either and not minus and not found[-1].excluded
            found.append(Term(folded, text.strip(), match.start(), match.end(), bool(minus), joined))
            either = False
    return found


def parse_terms(query: str) -> Terms:
    """Read what a user typed: words, `"a phrase"`, `-without`, `-"without a phrase"`, `one OR other`, `one|other`.

    What is joined without a space, as in Al-Jufra, is a phrase. Beyond `MAX_TERMS` nothing is read.
    """
    groups: list[list[str]] = []
    excluded: list[str] = []
    for term in read_terms(query)[:_MOST_READ]:
        if sum(map(len, groups)) + len(excluded) == MAX_TERMS:
            break
        if term.excluded:
            excluded.append(term.folded)
        elif term.alternative:
            groups[-1].append(term.folded)
        else:
            groups.append([term.folded])
    distinct = list(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups))
    return Terms(
        tuple(group[0] for group in distinct if len(group) == 1),
        tuple(dict.fromkeys(excluded)),
        tuple(group for group in distinct if len(group) > 1),
    )


def folded_text(text: str) -> str:
    """Return the words of a text as they are searched: folded, one space between and around them."""
    return f" {folded_words(text)} "


def searched_text(lines: Iterable[str]) -> str:
    """Return what `folded_text` does of a text whose folded lines are known."""
    return f" {' '.join(filter(None, lines))} "


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
            *(or_(*(key.in_(_scan(term)) for term in group)) for group in terms.groups),
            *(key.not_in(_scan(term)) for term in terms.excluded),
        ]
    conditions: list[ColumnElement[bool]] = []
    if terms.groups:
        conditions.append(key.in_(_match(_all_of(terms))))
    if terms.excluded:
        conditions.append(key.not_in(_match(" OR ".join(map(_any_of, terms.excluded)))))
    return conditions


def relevance(connection: Connection, terms: Terms) -> Select[Any]:
    """Return a query for the articles with these words: `key`, and `rank`, the lower the more they say of the words.

    SQLite ranks by BM25. Elsewhere it is how often each word occurs, less and less for each time more, and less in a
    long article than in a short one.
    """
    if connection.dialect.name == "sqlite":
        rank = func.bm25(literal_column(SEARCH_TABLE)).label("rank")
        matching = _search.c[SEARCH_TABLE].op("MATCH")(_all_of(terms))
        return select(_search.c.rowid.label("key"), rank).where(matching)
    folded = articles.c.folded
    length = func.length(folded)
    total: ColumnElement[Any] = literal(0.0)
    for term in terms.sought:
        bare = func.length(func.replace(folded, term, ""))
        times = (length - bare) / (1.0 * len(term))
        total = total + times / (times + 0.5 + length / _USUAL_LENGTH)
    return select(articles.c.key, (-total).label("rank")).where(
        *search_conditions(connection, articles.c.key, Terms(terms.included, (), terms.alternatives))
    )


def ending_condition(connection: Connection, key: ColumnElement[Any], end: str) -> ColumnElement[bool]:
    """Return what must hold for the articles with a word that ends so; folded, of two letters or more."""
    needle = f"{end} "
    if connection.dialect.name != "sqlite":
        return key.in_(select(articles.c.key).where(articles.c.folded.contains(needle, autoescape=True)))
    quoted = needle.replace('"', '""')
    return key.in_(_match(f'"{quoted}"'))


def is_common(connection: Connection, terms: Terms) -> bool:
    """Tell whether these words are in so many articles that looking each up costs more than a full pass."""
    if connection.dialect.name != "sqlite" or not terms.groups:
        return not terms.groups
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
    return " AND ".join(f"({' OR '.join(map(_any_of, group))})" for group in terms.groups)


def _any_of(term: str) -> str:
    quoted = ('"' + needle.replace('"', '""') + '"' for needle in _needles(term))
    return f"({' OR '.join(quoted)})"


def _match(expression: str) -> Select[Any]:
    return select(_search.c.rowid).where(_search.c[SEARCH_TABLE].op("MATCH")(expression))


def _scan(term: str) -> Select[Any]:
    found = (articles.c.folded.contains(needle, autoescape=True) for needle in _needles(term))
    return select(articles.c.key).where(or_(*found))
