"""Sets the places that GDELT names in an article beside those that are found here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.core.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.core.models import Article, Place
    from dashboard.intake.gkg import GkgPlace, GkgRecord
    from dashboard.store import Store

__all__ = ["Beside", "compare_places", "set_beside"]

NEAR_KM = 25.0  # within which two points are one place, unless ours is wider


@dataclass(frozen=True, slots=True)
class Beside:
    """A place of an article, as one of the two or both name it.

    Attributes
    ----------
    theirs, ours
        None where GDELT, or this store, does not name it.
    """

    article: Article
    address: str
    theirs: GkgPlace | None
    ours: Place | None

    @property
    def named_by(self) -> str:
        """`both`, `GDELT` or `Kharita`."""
        if self.theirs and self.ours:
            return "both"
        return "GDELT" if self.theirs else "Kharita"


def set_beside(
    records: Iterable[GkgRecord], store: Store, least_confidence: float = 0.5
) -> Iterator[list[Beside]]:
    """Give for each record whose article is stored the places of both; other records are passed over.

    Of several texts at an address the longest is taken: a record that was read by itself gave only its title.
    """
    for record in records:
        known = [store.article(ident) for ident in store.at_address(record.address)]
        texts = [article for article in known if article is not None]
        if not texts:
            continue
        article = max(texts, key=lambda one: len(one.text))
        found = {
            one.place.id: one.place
            for one in store.resolutions(article.id)
            if one.place is not None and one.confidence >= least_confidence
        }
        pairs = compare_places(record.places, list(found.values()))
        yield [Beside(article, record.address, theirs, ours) for theirs, ours in pairs]


def compare_places(
    theirs: Iterable[GkgPlace], ours: Iterable[Place]
) -> list[tuple[GkgPlace | None, Place | None]]:
    """Pair places that are the same: of one name, or close together; a country only with a country.

    Each of ours is paired once, with the nearest of theirs; what is left over stands alone.
    """
    theirs, left = list(theirs), list(ours)
    pairs: list[tuple[GkgPlace | None, Place | None]] = []
    for place in theirs:
        same = [one for one in left if _same(place, one)]
        best = min(same, key=lambda one: _apart_km(place, one), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((place, best))
    return pairs + [(None, one) for one in left]


def _same(theirs: GkgPlace, ours: Place) -> bool:
    if theirs.is_country != (ours.kind is Kind.COUNTRY):
        return False
    names = {fold_name(name) for name in (ours.name, ours.name_fr, ours.name_ar) if name}
    if fold_name(theirs.own_name) in names:
        return theirs.is_country or _apart_km(theirs, ours) <= max(4 * NEAR_KM, ours.radius_km)
    return not theirs.is_country and _apart_km(theirs, ours) <= max(NEAR_KM, ours.radius_km / 2)


def _apart_km(theirs: GkgPlace, ours: Place) -> float:
    return float(distance_km(theirs.latitude, theirs.longitude, ours.latitude, ours.longitude))
