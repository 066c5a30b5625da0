"""One story: every article that tells it, and which places each of them names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.core.links import clean_title, safe_url
from dashboard.store.records import place_from_row
from dashboard.store.schema import article_places, articles, places

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dashboard.core.models import Place
    from dashboard.store.store import Store

__all__ = ["MOST_PRINTINGS", "Printing", "Story", "StoryPlace", "count_printings", "story_of"]

MOST_PRINTINGS = 200  # that are read of one story, the first ones
_CHUNK = 400  # values in one IN list


@dataclass(frozen=True, slots=True)
class Printing:
    """An article that tells a story; `title` and `url` are safe to show.

    Attributes
    ----------
    origin
        The agency that it credits; None if it credits none.
    edtf
        The date as it is known, where it is no single day.
    text
        To the letter.
    words
        Of the text, in number.
    is_replaced
        Whether a newer version stands at the same address.
    """

    id: str
    title: str
    source: str | None
    origin: str | None
    url: str | None
    published: date | None
    edtf: str | None
    language: str | None
    text: str
    words: int
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """A place that a story names, and the ids of the articles that name it."""

    place: Place
    named_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Story:
    """What tells one story.

    Attributes
    ----------
    printings
        The articles, oldest first, those without a date last; at most `MOST_PRINTINGS`.
    places
        Those that some of `printings` name surely enough: what most of them name first.
    total
        Articles that tell the story, also those beyond `printings`.
    """

    printings: tuple[Printing, ...]
    places: tuple[StoryPlace, ...]
    total: int

    @property
    def origins(self) -> int:
        """How many sources the printings come from; those of unknown source count as one."""
        return len({one.source for one in self.printings})

    def only_in(self, one: str, other: str) -> tuple[Place, ...]:
        """Return the places that one printing names and another leaves out, by their ids."""
        return tuple(
            told.place for told in self.places if one in told.named_by and other not in told.named_by
        )


def story_of(store: Store, article_id: str, min_confidence: float = 0.0) -> Story | None:
    """Return the story that an article tells, itself among the printings; None if there is no such article.

    Parameters
    ----------
    min_confidence
        Of the surest mention of a place in an article, for the article to name it; 0 to 1.
    """
    article = articles.c
    with store.engine.connect() as connection:
        asked = connection.execute(
            select(article.key, article.story).where(article.id == article_id)
        ).one_or_none()
        if asked is None:
            return None
        # an article whose story nobody has looked for yet tells its own
        told = article.key == asked.key if asked.story is None else article.story == asked.story
        total = connection.scalars(select(func.count()).select_from(articles).where(told)).one()
        columns = [
            article[name]
            for name in ("key", "id", "title", "source", "origin", "url", "published", "published_edtf")
        ]
        found = connection.execute(
            select(*columns, article.language, article.text, article.folded, article.replaced_by)
            .where(told)
            # the article asked for is among them, however many there are
            .order_by((article.id == article_id).desc(), article.published.asc().nulls_last(), article.key)
            .limit(MOST_PRINTINGS)
        ).all()
        rows = sorted(found, key=lambda row: (row.published is None, row.published or date.min, row.key))
        named = _named(connection, {row.key: row.id for row in rows}, min_confidence)
    printings = tuple(
        Printing(
            id=row.id,
            title=clean_title(row.title),
            source=row.source and clean_title(row.source),
            origin=row.origin and clean_title(row.origin),
            url=safe_url(row.url),
            published=row.published,
            edtf=row.published_edtf,
            language=row.language,
            text=row.text,
            words=len(row.folded.split()),
            is_replaced=row.replaced_by is not None,
        )
        for row in rows
    )
    return Story(printings, named, total)


def _named(connection: Connection, ids: dict[int, str], least: float) -> tuple[StoryPlace, ...]:
    """Return the places that articles, given as key and id, name: what most of them name first."""
    link = article_places.c
    by_place: dict[int, set[str]] = {}
    weight: dict[int, float] = {}
    query = select(link.place_key, link.article_key, link.confidence).where(
        link.article_key.in_(list(ids)), link.confidence >= least
    )
    for place, article, confidence in connection.execute(query).all():
        by_place.setdefault(place, set()).add(ids[article])
        weight[place] = max(weight.get(place, 0.0), confidence)
    known: dict[int, Place] = {}
    keys = list(by_place)
    for at in range(0, len(keys), _CHUNK):
        found = select(places).where(places.c.key.in_(keys[at : at + _CHUNK]))
        known |= {row["key"]: place_from_row(row) for row in connection.execute(found).mappings()}
    ranked = sorted(by_place, key=lambda key: (-len(by_place[key]), -weight[key], known[key].id))
    return tuple(StoryPlace(known[key], frozenset(by_place[key])) for key in ranked)


def count_printings(store: Store, article_id: str) -> int:
    """Return how many articles tell the story of an article, itself among them; 0 if there is no such article."""
    article = articles.c
    story = select(article.story).where(article.id == article_id).scalar_subquery()
    same = (
        select(func.count())
        .select_from(articles)
        .where((article.story == story) | (article.id == article_id))
    )
    with store.engine.connect() as connection:
        return connection.scalars(same).one()
