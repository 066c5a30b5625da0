"""The review queue: what is most worth asking a person.

One question stands for all unsure mentions of one name that the parser took for one place. It is worth what its
answer changes: the articles that would move, times the doubt that they do. A mention drawn with confidence p is
wrong with 1 - p; one not drawn, because p is under one half, is missing with p. A name that is taken for the place
surely nearly wherever it stands is not asked about, however many of its mentions are a little less sure: whether Iraq
is Iraq is no question. Nor is a name that can only be one place, unless it may well be no name at all: whether the
Mediterranean is the Mediterranean leaves nothing to decide. Among the others those come first for which another place
is nearly as likely: there a person knows what the parser can't.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from dashboard.query.conditions import article_conditions
from dashboard.query.filters import Filters
from dashboard.store.reading import read_places
from dashboard.store.records import candidate_keys, resolution_from_row
from dashboard.store.schema import articles, mentions, places

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from dashboard.core.models import Place, Resolution
    from dashboard.store.store import Store

__all__ = ["Example", "Question", "QuestionView", "question_view", "review_queue"]

SURE_ENOUGH = 0.95  # a mention that is this sure is not asked about
SURE_NAME = 0.9  # nor is a name that is this sure on the average of all its mentions
SURE_ALONE = 0.7  # nor is one with a single candidate whose open mentions are so sure on the average
_RIVALRY = 3.0  # how much more a question is worth whose two best candidates are equally likely
_HALF = 0.5
_UNPLACED = 0.5  # weight of a mention without a place: to find its place costs the person more
_LOOKED_THROUGH = 3  # times as many names as there are questions, since some turn out to be sure
_CHUNK = 400  # values in one IN list
_LOOKED_AT = 60  # mentions among which the examples are chosen


@dataclass(frozen=True, slots=True)
class Question:
    """A folded name and the key of the place that the parser took it for (None: it chose none)."""

    name: str
    place_key: int | None
    mentions: int
    worth: float

    @property
    def key(self) -> str:
        """Tells a question from all others of the store."""
        return f"{self.name}|{self.place_key or ''}"


@dataclass(frozen=True, slots=True)
class Example:
    """One mention that a question is about, in its sentence.

    Attributes
    ----------
    number
        Of the mention in its article, as `Store.resolutions` counts.
    span
        Of the name in the sentence, code points, end exclusive.
    """

    article_id: str
    title: str
    source: str | None
    published: date | None
    number: int
    sentence: str
    span: tuple[int, int]
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with what is needed to answer it; counts are of the mentions still open."""

    question: Question
    place: Place | None
    mentions: int
    articles: int
    confidence: float
    examples: tuple[Example, ...]


def review_queue(store: Store, filters: Filters, *, limit: int = 300) -> tuple[Question, ...]:
    """Return the questions most worth asking, the best first; of all confidences, whatever `sure` says."""
    mention = mentions.c
    wrong = case((mention.confidence < _HALF, mention.confidence), else_=1 - mention.confidence)
    missing = _UNPLACED * mention.confidence
    doubt = func.avg(case((mention.place_key.is_(None), missing), else_=wrong))
    worth = (func.count(mention.article_key.distinct()) * doubt).label("worth")
    with store.engine.connect() as connection:
        query = (
            select(
                mention.folded,
                mention.place_key,
                func.count().label("n"),
                worth,
                func.min(mention.id).label("first"),
                func.max(mention.id).label("last"),
                func.avg(mention.confidence).label("sure"),
            )
            .where(*_open(connection, filters))
            .group_by(mention.folded, mention.place_key)
            .order_by(worth.desc(), mention.folded, mention.place_key)
            .limit(_LOOKED_THROUGH * limit)
        )
        rows = connection.execute(query).all()
        rivals = _rivals(connection, {ident for row in rows for ident in (row.first, row.last)})
        means = _mean_confidence(connection, {row.folded for row in rows})
    found = []
    for row in rows:
        shares = [rivals[ident] for ident in (row.first, row.last)]
        alone = row.place_key is not None and shares == [None, None]
        if means.get((row.folded, row.place_key), 0.0) >= SURE_NAME or (alone and row.sure >= SURE_ALONE):
            continue
        rivalry = max(share or 0.0 for share in shares)
        found.append(Question(row.folded, row.place_key, row.n, row.worth * (1 + _RIVALRY * rivalry)))
    found.sort(key=lambda one: -one.worth)  # those of one worth stay in the order of their names
    return tuple(found[:limit])


def _rivals(connection: Connection, mention_ids: set[int]) -> dict[int, float | None]:
    """Return how likely the second candidate of mentions is beside the first, 0 to 1; None where one stands alone."""
    listed = sorted(mention_ids)
    found: dict[int, float | None] = {}
    for at in range(0, len(listed), _CHUNK):
        query = select(mentions.c.id, mentions.c.candidates).where(
            mentions.c.id.in_(listed[at : at + _CHUNK])
        )
        for row in connection.execute(query):
            scores = sorted((score for _, score, _ in row.candidates), reverse=True)
            several = len(scores) > 1 and scores[0] > 0
            found[row.id] = scores[1] / scores[0] if several else None
    return found


def _mean_confidence(connection: Connection, names: set[str]) -> dict[tuple[str, int], float]:
    """Return how sure all mentions of names and places together are, those that are not asked about too."""
    mention, listed = mentions.c, sorted(names)
    found: dict[tuple[str, int], float] = {}
    for at in range(0, len(listed), _CHUNK):
        query = (
            select(mention.folded, mention.place_key, func.avg(mention.confidence).label("mean"))
            .where(mention.folded.in_(listed[at : at + _CHUNK]), mention.place_key.is_not(None))
            .group_by(mention.folded, mention.place_key)
        )
        found.update(((row.folded, row.place_key), float(row.mean)) for row in connection.execute(query))
    return found


def question_view(
    store: Store, question: Question, filters: Filters, *, examples: int = 3
) -> QuestionView | None:
    """Return a question with examples from different articles, the least sure first; None when it is settled."""
    with store.engine.connect() as connection:
        conditions = [*_of(question), *_open(connection, filters)]
        counted = select(
            func.count(), func.count(mentions.c.article_key.distinct()), func.avg(mentions.c.confidence)
        ).where(*conditions)
        count, article_count, confidence = connection.execute(counted).one()
        if not count:
            return None
        rows = _examples(connection, conditions, examples)
        keys = candidate_keys(rows) | ({question.place_key} if question.place_key is not None else set())
        known = read_places(connection, keys)
        shown = tuple(_example(connection, row, known) for row in rows)
    place = known[question.place_key] if question.place_key is not None else None
    return QuestionView(question, place, count, article_count, float(confidence), shown)


def _of(question: Question) -> list[ColumnElement[bool]]:
    key = mentions.c.place_key
    placed = key.is_(None) if question.place_key is None else key == question.place_key
    return [mentions.c.folded == question.name, placed]


def _open(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what holds for mentions that may be asked about."""
    mention = mentions.c
    conditions = [mention.correction.is_(None), mention.confidence < SURE_ENOUGH, mention.folded != ""]
    if filters.countries or filters.kinds:
        wanted = []
        if filters.countries:
            wanted.append(places.c.country.in_(filters.countries))
        if filters.kinds:
            wanted.append(places.c.kind.in_([kind.value for kind in filters.kinds]))
        conditions.append(mention.place_key.in_(select(places.c.key).where(*wanted)))
    anywhere = replace(filters, countries=(), kinds=(), min_confidence=0.0, actors=True)
    if anywhere != Filters(min_confidence=0.0):
        through = select(articles.c.key).where(*article_conditions(connection, anywhere))
        # the sum keeps the database from looking up article after article: one pass over an index is cheaper
        conditions.append((mention.article_key + 0).in_(through))
    return conditions


def _examples(connection: Connection, conditions: list[ColumnElement[bool]], wanted: int) -> list[RowMapping]:
    """Return the least sure mentions, one of an article."""
    mention = mentions.c
    some = (
        select(mention.id, mention.article_key)
        .where(*conditions)
        .order_by(func.abs(mention.confidence - _HALF), mention.id)
        .limit(_LOOKED_AT)
    )
    chosen: dict[int, int] = {}
    for row in connection.execute(some):
        chosen.setdefault(row.article_key, row.id)
    ids = list(chosen.values())[:wanted]
    length = mention.sentence_end - mention.sentence_start
    query = (
        select(
            mentions,
            *(articles.c[name] for name in ("title", "source", "published")),
            articles.c.id.label("article_id"),
            func.substr(articles.c.text, mention.sentence_start + 1, length).label("sentence"),
        )
        .join(articles, articles.c.key == mention.article_key)
        .where(mention.id.in_(ids))
    )
    rows = {row["id"]: row for row in connection.execute(query).mappings()}
    return [rows[ident] for ident in ids]


def _example(connection: Connection, row: Any, known: dict[int, Place]) -> Example:  # noqa: ANN401 - RowMapping
    before = select(func.count()).where(
        mentions.c.article_key == row["article_key"], mentions.c.start < row["start"]
    )
    return Example(
        article_id=row["article_id"],
        title=row["title"],
        source=row["source"],
        published=row["published"],
        number=connection.scalars(before).one(),
        sentence=row["sentence"],
        span=(row["start"] - row["sentence_start"], row["end"] - row["sentence_start"]),
        resolution=resolution_from_row(row, known),
    )
