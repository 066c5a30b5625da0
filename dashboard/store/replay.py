"""Puts the corrections in force: works out which one each mention has, and what follows for its article.

What a mention shows is a function of what the parser said and of the corrections that are not undone, and of
nothing else: a narrower scope wins over a wider, in one scope the later decision. So a decision, its undoing,
an import, and a new parse all come to the same step: look at the mentions concerned, and decide them anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, insert, select, update

from dashboard.core.corrections import Correction, Decision, Scope, span_at
from dashboard.core.models import Abstention
from dashboard.core.text import sentences
from dashboard.store.dialect import insert_new
from dashboard.store.links import rebuild_links
from dashboard.store.records import correction_from_row, place_row
from dashboard.store.schema import articles, corrections, mentions, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

__all__ = ["Replayed", "replay_articles", "replay_corrections"]

_CHUNK = 500  # values in one IN list
_SURE = 1.0


class Replayed(NamedTuple):
    """How many mentions now show something else, and in how many articles."""

    mentions: int
    articles: int


class _Shown(NamedTuple):
    """What a row of `mentions` says that a correction can change."""

    place_key: int | None
    confidence: float
    abstention: str | None
    correction: str | None
    parsed_place_key: int | None
    parsed_confidence: float | None
    parsed_abstention: str | None


class _Row(NamedTuple):
    """A row of `mentions` with its article; a tuple, since a decision may reach tens of thousands."""

    id: int
    article_key: int
    start: int
    end: int
    folded: str | None
    by_hand: bool
    article_id: str
    source: str | None
    shown: _Shown


_OWN = len(_Row._fields) - 1


@dataclass(slots=True)
class _Article:
    """An article with those of its mentions that are to be decided anew."""

    key: int
    id: str
    source: str | None
    rows: list[_Row]


@dataclass(slots=True)
class _Changes:
    """What has to be written."""

    updates: list[dict[str, Any]]
    inserts: list[dict[str, Any]]
    deletes: list[int]
    articles: set[int]


def replay_articles(connection: Connection, article_keys: Sequence[int]) -> Replayed:
    """Put the corrections in force in articles whose parse has just been stored."""
    found: dict[int, _Article] = {}
    if connection.execute(select(corrections.c.id).limit(1)).first() is None:
        return Replayed(0, 0)
    for some in _chunks(article_keys):
        found |= _load(connection, mentions.c.article_key.in_(some))
        rows = connection.execute(select(articles).where(articles.c.key.in_(some)))
        for row in rows:  # also those in which the parser found nothing
            found.setdefault(row.key, _Article(row.key, row.id, row.source, []))
    return _decide(connection, found)


def replay_corrections(connection: Connection, changed: Iterable[Correction]) -> Replayed:
    """Decide anew every mention that one of these corrections, now made or undone, may reach."""
    found: dict[int, _Article] = {}
    for reach in dict.fromkeys(map(_reach, changed)):
        for key, article in _load(connection, reach.condition()).items():
            known = found.setdefault(key, article)
            if known is not article:
                ids = {row.id for row in known.rows}
                known.rows += [row for row in article.rows if row.id not in ids]
        if reach.scope is Scope.MENTION:
            _add_article(connection, found, reach.article_id or "")
    return _decide(connection, found)


class _Reach(NamedTuple):
    scope: Scope
    folded: str
    article_id: str | None
    source: str | None

    def condition(self) -> ColumnElement[bool]:
        """Return which mentions are reached, joined with their article."""
        if self.scope is Scope.MENTION:
            return articles.c.id == self.article_id
        named = mentions.c.folded == self.folded
        if self.scope is Scope.ARTICLE:
            return and_(named, articles.c.id == self.article_id)
        return and_(named, articles.c.source == self.source) if self.scope is Scope.SOURCE else named


def _reach(correction: Correction) -> _Reach:
    scope = correction.scope
    return _Reach(
        scope,
        "" if scope is Scope.MENTION else correction.folded,
        correction.article_id if scope in (Scope.MENTION, Scope.ARTICLE) else None,
        correction.source if scope is Scope.SOURCE else None,
    )


def _load(connection: Connection, condition: ColumnElement[bool]) -> dict[int, _Article]:
    *own, _, _, _ = _Row._fields
    query = (
        select(
            *(mentions.c[name] for name in own),
            articles.c.id,
            articles.c.source,
            *(mentions.c[name] for name in _Shown._fields),
        )
        .join(articles, articles.c.key == mentions.c.article_key)
        .where(condition)
    )
    found: dict[int, _Article] = {}
    for values in connection.execute(query).all():
        row = _Row._make((*values[:_OWN], _Shown._make(values[_OWN:])))
        article = found.setdefault(row.article_key, _Article(row.article_key, row.article_id, row.source, []))
        article.rows.append(row)
    return found


def _add_article(connection: Connection, found: dict[int, _Article], article_id: str) -> None:
    columns = (articles.c.key, articles.c.id, articles.c.source)
    row = connection.execute(select(*columns).where(articles.c.id == article_id)).first()
    if row is not None:
        found.setdefault(row.key, _Article(row.key, row.id, row.source, []))


def _decide(connection: Connection, found: dict[int, _Article]) -> Replayed:
    pinned: dict[str, list[Correction]] = defaultdict(list)
    for correction in _active(connection, articles_=[article.id for article in found.values()]):
        pinned[correction.article_id].append(correction)
    whole = [article.key for article in found.values() if article.id in pinned]
    for some in _chunks(whole):  # a pinned decision may lie on any mention of its article
        found |= _load(connection, mentions.c.article_key.in_(some))
    names = {row.folded for article in found.values() for row in article.rows if row.folded is not None}
    reaching = _active(connection, names=sorted(names))
    keys = _place_keys(connection, [*reaching, *(c for group in pinned.values() for c in group)])
    wide = _Wide(reaching, keys)
    changes = _Changes([], [], [], set())
    for article in found.values():
        chosen = {row.id: wide.choose(article, row) for row in article.rows if not row.by_hand}
        by_hand: dict[tuple[int, int], Correction] = {}
        text = _text(connection, article.key) if article.id in pinned else ""
        for correction in pinned.get(article.id, ()):
            _pin(correction, text, article.rows, chosen, by_hand)
        _compare(article, chosen, keys, changes)
        _compare_by_hand(article, text, by_hand, keys, changes)
    _write(connection, changes)
    rebuild_links(connection, sorted(changes.articles))
    count = len(changes.updates) + len(changes.inserts) + len(changes.deletes)
    return Replayed(count, len(changes.articles))


class _Wide:
    """The corrections that reach further than one mention, the latest of each reach."""

    def __init__(self, active: Iterable[Correction], keys: dict[str, int]) -> None:
        self._by: dict[tuple[object, ...], Correction] = {}
        self._names = set()
        for correction in active:  # in the order of time: the later takes the earlier's place
            self._names.add(correction.folded)
            judged = keys.get(correction.judged.id, -1) if correction.judged else None
            where = {
                Scope.ARTICLE: (correction.article_id, None),
                Scope.SOURCE: (correction.source, judged),
                Scope.EVERYWHERE: (None, judged),
            }[correction.scope]
            self._by[correction.scope, correction.folded, *where] = correction

    def choose(self, article: _Article, row: _Row) -> Correction | None:
        """Return the correction that a mention gets, the narrowest that reaches it."""
        if row.folded not in self._names:
            return None
        judged = row.shown.place_key if row.shown.correction is None else row.shown.parsed_place_key
        return (
            self._by.get((Scope.ARTICLE, row.folded, article.id, None))
            or self._by.get((Scope.SOURCE, row.folded, article.source, judged))
            or self._by.get((Scope.EVERYWHERE, row.folded, None, judged))
        )


def _pin(
    correction: Correction,
    text: str,
    rows: Sequence[_Row],
    chosen: dict[int, Correction | None],
    by_hand: dict[tuple[int, int], Correction],
) -> None:
    """Give a decision on one mention to the mention that stands there, or note that there is none."""
    span = span_at(text, correction.anchor, correction.surface)
    if span is None:
        return
    by_hand.pop(span, None)
    start, end = span
    there = [row for row in rows if not row.by_hand and row.start < end and row.end > start]
    if correction.decision is Decision.NOT_A_PLACE:
        there = [row for row in there if row.folded == correction.folded]
    if there:
        best = max(there, key=lambda row: (min(row.end, end) - max(row.start, start), -row.start))
        chosen[best.id] = correction
    elif correction.decision is not Decision.NOT_A_PLACE:
        by_hand[span] = correction


def _compare(
    article: _Article, chosen: dict[int, Correction | None], keys: dict[str, int], changes: _Changes
) -> None:
    for row in article.rows:
        if row.by_hand:
            continue
        now = row.shown
        parsed = now[4:] if now.correction is not None else now[:3]
        correction = chosen[row.id]
        if correction is None:
            wanted = _Shown(*parsed, None, None, None, None)  # type: ignore[arg-type]
        else:
            wanted = _Shown(*_effect(correction, keys), correction.id, *parsed)
        if wanted != now:
            changes.updates.append({"row": row.id, **{f"to_{k}": v for k, v in wanted._asdict().items()}})
            changes.articles.add(article.key)


def _compare_by_hand(
    article: _Article,
    text: str,
    by_hand: dict[tuple[int, int], Correction],
    keys: dict[str, int],
    changes: _Changes,
) -> None:
    """Keep exactly those mentions that the parser did not find and a person did."""
    wanted = dict(by_hand)
    for row in article.rows:
        if not row.by_hand:
            continue
        correction = wanted.get((row.start, row.end))
        if correction is not None and correction.id == row.shown.correction:
            del wanted[row.start, row.end]
        else:
            changes.deletes.append(row.id)
            changes.articles.add(article.key)
    for (start, end), correction in wanted.items():
        place_key, confidence, abstention = _effect(correction, keys)
        sentence = next(((a, z) for a, z in sentences(text) if a <= start < z), (start, end))
        changes.inserts.append(
            {
                "article_key": article.key,
                "place_key": place_key,
                "start": start,
                "end": end,
                "sentence_start": sentence[0],
                "sentence_end": max(sentence[1], end),
                "surface": text[start:end],
                "confidence": confidence,
                "metonymy": False,
                "abstention": abstention,
                "folded": correction.folded,
                "correction": correction.id,
                "by_hand": True,
                "reasons": [],
                "candidates": [],
            }
        )
        changes.articles.add(article.key)


def _effect(correction: Correction, keys: dict[str, int]) -> tuple[int | None, float, str | None]:
    """Return place, confidence and abstention of a mention that has this correction."""
    if correction.place is None:
        return None, 0.0, Abstention.NOT_A_PLACE.value
    return keys[correction.place.id], _SURE, None


def _write(connection: Connection, changes: _Changes) -> None:
    if changes.updates:
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in _Shown._fields}
        connection.execute(
            update(mentions).where(mentions.c.id == bindparam("row")).values(values), changes.updates
        )
    for some in _chunks(changes.deletes):
        connection.execute(delete(mentions).where(mentions.c.id.in_(some)))
    if changes.inserts:
        connection.execute(insert(mentions), changes.inserts)


def _active(
    connection: Connection, *, names: Sequence[str] = (), articles_: Sequence[str] = ()
) -> list[Correction]:
    """Return the corrections in force, in the order of time: wide ones of names, or narrow ones of articles."""
    table = corrections.c
    narrow = table.scope == Scope.MENTION.value
    kind, column = (~narrow, table.folded) if names else (narrow, table.article_id)
    found = []
    for some in _chunks(names or articles_):
        query = select(corrections).where(table.undone_at.is_(None), kind, column.in_(some))
        found += [correction_from_row(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda correction: (correction.decided_at, correction.id))


def _place_keys(connection: Connection, active: Iterable[Correction]) -> dict[str, int]:
    """Return the keys of the places that corrections speak of; those decided for are stored if need be."""
    chosen = {c.place.id: place_row(c.place) for c in active if c.place}
    if chosen:
        connection.execute(insert_new(connection, places, places.c.id), list(chosen.values()))
    wanted = [*chosen, *(c.judged.id for c in active if c.judged)]
    keys: dict[str, int] = {}
    for some in _chunks(list(dict.fromkeys(wanted))):
        query = select(places.c.id, places.c.key).where(places.c.id.in_(some))
        keys.update({row.id: row.key for row in connection.execute(query)})
    return keys


def _text(connection: Connection, article_key: int) -> str:
    return str(connection.scalars(select(articles.c.text).where(articles.c.key == article_key)).one())


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]
