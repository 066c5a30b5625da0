"""Places of the store by a name in any script or spelling.

A place is known by the names stored with it and, where a gazetteer is at hand, by all that this has.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import func, select

from dashboard.core.text import fold_name
from dashboard.store.schema import article_places, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.gazetteer import Gazetteer
    from dashboard.store.store import Store

__all__ = ["NamedPlace", "PlaceNames", "Spellings", "named_places"]

_SHORTEST = 2  # folded characters, below which a name is not looked for
_SHORTEST_SIMILAR = 4  # below which nothing counts as a misspelling
_TWO_SLIPS_FROM = 7  # folded characters from which two letters may be wrong
_ARTICLE = "ال"
_MANY = 200  # hits that are looked at


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that some article names; `articles` counts under no other filter."""

    id: str
    name: str
    name_ar: str | None
    name_fr: str | None
    kind: str
    country: str | None
    articles: int


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
        return tuple(NamedPlace(**row) for row in connection.execute(query).mappings())


class Spellings:
    """The folded names of places, looked up once each: a store that grows asks for few new ones."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, tuple[tuple[str, ...], int]] = {}

    def of(self, place: NamedPlace) -> tuple[tuple[str, ...], int]:
        """Return a place's names, and how many of them, the first ones, are stored with it."""
        found = self._known.get(place.id)
        if found is None:
            found = self._known[place.id] = self._folded(place)
        return found

    def _folded(self, place: NamedPlace) -> tuple[tuple[str, ...], int]:
        own = _distinct(name for name in (place.name, place.name_ar, place.name_fr) if name)
        row = None if self._gazetteer is None else self._gazetteer.row(place.id)
        if row is None or self._gazetteer is None:
            return own, len(own)
        return tuple(dict.fromkeys((*own, *_distinct(self._gazetteer.names(row))))), len(own)


class PlaceNames:
    """The names of many places, to be searched: by the whole name, its beginning, or with letters wrong.

    Parameters
    ----------
    places
        Ranked as `named_places` ranks them; what is found keeps this order, but for names that are not the
        place's own.
    """

    def __init__(self, places: Sequence[NamedPlace], spellings: Spellings) -> None:
        known = [spellings.of(place) for place in places]
        names = [several for several, _ in known]
        self._places = places
        self._names = [name for several in names for name in several]
        self._owner = np.repeat(np.arange(len(places)), [len(several) for several in names])
        self._is_own = np.fromiter(
            (at < own for several, own in known for at in range(len(several))), dtype=np.bool_
        )
        self._starts = np.fromiter(
            accumulate((len(name) + 1 for name in self._names), initial=0), dtype=np.int64
        )
        self._lines = "\n" + "\n".join(self._names) + "\n"

    def whole(self, name: str) -> list[NamedPlace]:
        """Return the places of exactly this folded name; the Arabic article may be there or not."""
        if len(name) < _SHORTEST:
            return []
        return self._of(self._rows(f"\n{form}\n" for form in _forms(name)))

    def beginning(self, name: str) -> list[NamedPlace]:
        """Return the places of which this folded text begins a name, then those where it begins a word."""
        if len(name) < _SHORTEST:
            return []
        names = self._of(self._rows(f"\n{form}" for form in _forms(name)))
        inner = self._of(self._rows(f" {form}" for form in _forms(name)))
        return list(dict.fromkeys([*names, *inner]))

    def similar(self, name: str) -> list[NamedPlace]:
        """Return the places with a name of which one letter, or two of a long one, are wrong; nearest first."""
        if len(name) < _SHORTEST_SIMILAR:
            return []
        slips = 1 if len(name) < _TWO_SLIPS_FROM else 2
        found = process.extract(name, self._names, scorer=OSA.distance, score_cutoff=slips, limit=_MANY)
        ranked = sorted((int(away), int(self._owner[at])) for _, away, at in found)
        return list(dict.fromkeys(self._places[owner] for _, owner in ranked))

    def _of(self, rows: Iterable[int]) -> list[NamedPlace]:
        """Return the owners of names, those by a name of their own before those by another."""
        ranked = sorted((not self._is_own[row], int(self._owner[row])) for row in rows)
        return list(dict.fromkeys(self._places[owner] for _, owner in ranked))

    def _rows(self, needles: Iterable[str]) -> Iterator[int]:
        """Yield the numbers of the names in which one of the needles stands."""
        for needle in needles:
            at, left = self._lines.find(needle), _MANY
            while at >= 0 and left:
                yield int(np.searchsorted(self._starts, at, side="right")) - 1
                at, left = self._lines.find(needle, at + 1), left - 1


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(fold_name, names))))


def _forms(name: str) -> tuple[str, ...]:
    """Return a folded name with and without the Arabic article."""
    bare = name.removeprefix(_ARTICLE)
    if bare != name and len(bare) >= _SHORTEST:
        return (name, bare)
    return (name, _ARTICLE + name) if name and name[0] >= "\u0620" else (name,)
