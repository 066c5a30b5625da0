"""The articles that the filters let through, page by page, each with the sentence that shows why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dashboard.core.text import sentences, tokens
from dashboard.query.conditions import article_conditions
from dashboard.query.order import in_order, keys_in_order
from dashboard.query.selection import named_in
from dashboard.store.schema import articles
from dashboard.store.search import parse_terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection, Row

    from dashboard.core.models import Place
    from dashboard.query.filters import Filters
    from dashboard.query.naming import NamingArticle
    from dashboard.store.store import Store

__all__ = ["ARTICLES_A_PAGE", "ArticlePage", "ListedArticle", "article_page", "found_sentence"]

ARTICLES_A_PAGE = 30
_LONGEST = 420  # code points of a sentence in the list

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as the list shows it.

    Attributes
    ----------
    sentence, spans
        The sentence that shows why the article is here, and what of it is to be marked, in its code points: the words
        that are looked for, else the places.
    places
        Those that it names surely enough, of those that the filters let through, surest first.
    printings, origins
        Articles that tell the same story, this one among them, and the sources that they come from.
    """

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    sentence: str
    spans: tuple[Span, ...]
    places: tuple[Place, ...]
    printings: int = 1
    origins: int = 1


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some of the articles: `first` of them stand before these, `total` there are."""

    articles: tuple[ListedArticle, ...]
    first: int
    total: int


def article_page(  # noqa: PLR0913 - what to list, in which order, which part
    store: Store,
    filters: Filters,
    order: str = "",
    *,
    undated: bool = False,
    first: int = 0,
    limit: int = ARTICLES_A_PAGE,
) -> ArticlePage:
    """Return one page of the articles, in the order that `order_in_force` says.

    Parameters
    ----------
    order
        What the reader asked for, if anything.
    undated
        Those without a date, and only these; else those with one.
    first
        How many articles stand before the page; beyond the last one the page is empty.
    """
    article = articles.c
    with store.engine.connect() as connection:
        day = article.published.is_(None) if undated else article.published.is_not(None)
        conditions = [*article_conditions(connection, filters), day]
        total = connection.scalars(select(func.count()).select_from(articles).where(*conditions)).one()
        columns = [
            article[name]
            for name in ("id", "title", "source", "url", "published", "language", "story", "text")
        ]
        ranked = keys_in_order(connection, filters, order)
        ranked = ranked.where(*conditions).order_by(*in_order(ranked.selected_columns))
        page = ranked.limit(limit).offset(first).subquery()
        query = select(*columns).join(page, page.c.key == article.key).order_by(*in_order(page.c))
        rows = connection.execute(query).all()
        told = _stories(connection, {row.story for row in rows if row.story is not None})
    named = named_in(store, filters, [row.id for row in rows])
    wanted = parse_terms(filters.text).sought
    found = tuple(_listed(row, named.get(row.id, []), wanted, told) for row in rows)
    return ArticlePage(found, first, total)


def _stories(connection: Connection, keys: set[int]) -> dict[int, tuple[int, int]]:
    """Return the number of articles and of sources of each story; articles of unknown source count as one."""
    story, source = articles.c.story, articles.c.source
    counted = (
        select(story, func.count(), func.count(source.distinct()), func.count() - func.count(source))
        .where(story.in_(keys))
        .group_by(story)
    )
    return {key: (n, known + (unknown > 0)) for key, n, known, unknown in connection.execute(counted)}


def _listed(
    row: Row[Any],
    named: Sequence[tuple[Place, NamingArticle]],
    wanted: Sequence[str],
    told: dict[int, tuple[int, int]],
) -> ListedArticle:
    sentence, spans = found_sentence(row.text, wanted) if wanted else ("", ())
    if not sentence and named:
        surest = named[0][1].surest
        sentence, spans = surest.text, surest.inner_spans
    if not sentence:
        sentence = _lead(row.text)
    printings, origins = told.get(row.story, (1, 1))
    return ListedArticle(
        row.id, row.title, row.source, row.url, row.published, row.language,
        sentence[:_LONGEST], tuple(span for span in spans if span[1] <= _LONGEST),
        tuple(place for place, _ in named), printings, origins,
    )  # fmt: skip


def _lead(text: str) -> str:
    """Return the first sentence after the title; the title where there is nothing else."""
    body = text.find("\n") + 1
    found = sentences(text)
    start, end = next((span for span in found if span[0] >= body), found[0] if found else (0, 0))
    return text[start:end]


def found_sentence(text: str, wanted: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Return the sentence that holds most of the words looked for, and where they stand in it.

    Parameters
    ----------
    wanted
        Folded words and phrases, as `parse_terms` gives them; a word counts as found inside a longer one.

    Returns
    -------
    sentence, spans
        The earliest of several that hold as many, spans in its code points; empty when none holds any.
    """
    words = tokens(text)
    hits: list[tuple[int, int, str]] = []
    for term in wanted:
        parts = term.split()
        hits.extend(
            (words[at][0], words[at + len(parts) - 1][1], term)
            for at in range(len(words) - len(parts) + 1)
            if all(part in words[at + more][2] for more, part in enumerate(parts))
        )
    best: tuple[int, str, tuple[Span, ...]] = (0, "", ())
    for start, end in sentences(text):
        inside = [hit for hit in hits if start <= hit[0] and hit[1] <= end]
        kinds = len({term for _, _, term in inside})
        if kinds > best[0]:
            spans = sorted({(first - start, last - start) for first, last, _ in inside})
            best = (kinds, text[start:end], tuple(spans))
    return best[1], best[2]
