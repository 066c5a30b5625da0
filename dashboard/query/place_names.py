"""Places of the store by a name in any script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.core.text import fold_name
from dashboard.store.schema import article_places, places
from dashboard.store.search import parse_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.store.store import Store

__all__ = ["NamedPlace", "find_places", "named_places"]

_SHORTEST = 2  # folded characters, below which a name is not looked for
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that some article names, with its names folded; `articles` counts under no other filter."""

    id: str
    name: str
    name_ar: str | None
    name_fr: str | None
    kind: str
    country: str | None
    articles: int
    folded: tuple[str, ...]


def named_places(store: Store, min_confidence: float) -> tuple[NamedPlace, ...]:
    """Return every place that an article names this surely, those of most articles first."""
    link = article_places.c
    counted = (
        select(link.place_key, func.count().label("articles"))
        .where(link.confidence >= min_confidence)
        .group_by(link.place_key)
        .subquery()
    )
    columns = [places.c[name] for name in ("id", "name", "name_ar", "name_fr", "kind", "country")]
    query = (
        select(*columns, counted.c.articles)
        .join(counted, counted.c.place_key == places.c.key)
        .order_by(counted.c.articles.desc(), places.c.name, places.c.id)
    )
    with store.engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        NamedPlace(**row, folded=_folded(row["name"], row["name_ar"], row["name_fr"])) for row in rows
    )


def find_places(known: Sequence[NamedPlace], search: str, *, limit: int = 5) -> list[NamedPlace]:
    """Return the places whose name a search begins or is, whole names first, then those of most articles.

    Parameters
    ----------
    known
        Ranked as `named_places` ranks them.
    search
        As typed in the search box; phrases count as words, and a search with something left out finds none.
    """
    terms = parse_terms(search)
    wanted = " ".join(terms.included)
    if terms.excluded or len(wanted) < _SHORTEST:
        return []
    bare = wanted.removeprefix(_ARTICLE) if len(wanted) > len(_ARTICLE) + 1 else wanted
    ranked = ((_rank(place.folded, wanted, bare), place) for place in known)
    found = [(rank, place) for rank, place in ranked if rank is not None]
    return [place for _, place in sorted(found, key=lambda pair: pair[0])[:limit]]


def _folded(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold_name(name) for name in names if name))


def _rank(names: Sequence[str], wanted: str, bare: str) -> int | None:
    """Return 0 for a whole name, 1 for its beginning, 2 for that of a word in it; None for neither."""
    best: int | None = None
    for name in names:
        if wanted == name or bare == name.removeprefix(_ARTICLE):
            return 0
        if name.startswith(wanted) or name.removeprefix(_ARTICLE).startswith(bare):
            best = 1
        elif best is None and (f" {wanted}" in name or f" {_ARTICLE}{bare}" in name):
            best = 2
    return best
