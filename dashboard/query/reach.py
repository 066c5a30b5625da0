"""How far a decision on a name would reach, counted before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, select

from dashboard.core.corrections import Scope
from dashboard.core.text import fold_name
from dashboard.store.schema import articles, mentions, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.core.models import Place
    from dashboard.store.store import Store

__all__ = ["Reach", "reach_of"]


@dataclass(frozen=True, slots=True)
class Reach:
    """Mentions that a decision would decide, and the articles that they stand in."""

    mentions: int
    articles: int


def reach_of(
    store: Store, article_id: str, name: str, judged: Place | None, scopes: Iterable[Scope]
) -> Mapping[Scope, Reach]:
    """Count what a decision on a name in an article would reach, by its scope.

    Parameters
    ----------
    name
        As it stands in the article; folded here.
    judged
        What the parser took it for: in a source and everywhere, only what was taken alike is reached.
    """
    mention = mentions.c
    parsed = case((mention.correction.is_(None), mention.place_key), else_=mention.parsed_place_key)
    named = mention.folded == fold_name(name)
    here = and_(named, articles.c.id == article_id)
    with store.engine.connect() as connection:
        source = connection.scalar(select(articles.c.source).where(articles.c.id == article_id))
        key = judged and connection.scalar(select(places.c.key).where(places.c.id == judged.id))
        alike = and_(named, parsed.is_(None) if key is None else parsed == key)
        conditions = {
            Scope.ARTICLE: here,
            Scope.SOURCE: and_(alike, articles.c.source == source),
            Scope.EVERYWHERE: alike,
        }
        counted = select(func.count(), func.count(mention.article_key.distinct())).join(
            articles, articles.c.key == mention.article_key
        )
        return {
            scope: Reach(*connection.execute(counted.where(conditions[scope])).one())
            if scope in conditions
            else Reach(1, 1)
            for scope in scopes
        }
