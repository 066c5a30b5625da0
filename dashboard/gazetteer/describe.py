"""What the command `kharita gazetteer` tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.gazetteer.locate import USER_SOURCE, index_id
from dashboard.gazetteer.names import NameFlag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dashboard.core.models import Place
    from dashboard.gazetteer.index import Gazetteer

__all__ = ["GazetteerInfo", "NamedPlace", "describe_gazetteer", "find_named"]


@dataclass(frozen=True, slots=True)
class GazetteerInfo:
    """Counts of a compiled gazetteer.

    Attributes
    ----------
    names
        Pairs of a folded name and a place that bears it.
    keys
        Distinct folded names.
    words
        Words of known frequency, by language.
    made_from
        Which sources, in words.
    """

    id: str
    path: Path
    size_bytes: int
    places: int
    names: int
    keys: int
    demonyms: int
    by_kind: Mapping[str, int]
    by_source: Mapping[str, int]
    words: Mapping[str, int]
    made_from: str


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place found by one of its names, and what is known of that name."""

    place: Place
    flags: NameFlag


def describe_gazetteer(gazetteer: Gazetteer) -> GazetteerInfo:
    """Return the counts of a gazetteer."""
    return GazetteerInfo(
        id=gazetteer.id,
        path=gazetteer.path,
        size_bytes=gazetteer.path.stat().st_size,
        places=len(gazetteer),
        names=len(gazetteer.rows),
        keys=len(gazetteer.keys),
        demonyms=len(gazetteer.demonym_keys),
        by_kind=gazetteer.meta["by_kind"],
        by_source=gazetteer.meta["by_source"],
        words=gazetteer.meta["words"],
        made_from=_origin(gazetteer.meta),
    )


def _origin(meta: Mapping[str, Any]) -> str:
    made_from = meta.get("made_from")
    if made_from is None:
        told = "the default sources"
    else:
        files = ", ".join(f"{file['name']} of {file['date']}" for file in made_from["files"])
        told = f"GeoNames' dumps ({files}; {made_from['read']:,} features read)"
        if made_from["tables"] != index_id():
            told += "; Kharita's own tables have changed since, build it again to have them"
    return told + (" and your own places" if meta["by_source"].get(USER_SOURCE) else "")


def find_named(gazetteer: Gazetteer, name: str) -> list[NamedPlace]:
    """Return the places that bear a name, countries first, then the most populous; may be empty."""
    found = [NamedPlace(gazetteer.place(hit.row), NameFlag(hit.flags)) for hit in gazetteer.lookup(name)]
    found.sort(key=lambda hit: (not hit.place.id.startswith("country:"), -hit.place.population, hit.place.id))
    return found
