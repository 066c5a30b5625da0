"""The project's own places: regions, bases, ports, straits, camps and what else a list of towns lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.gazetteer.names import NameFlag, merge_flags
from dashboard.gazetteer.sources.heads import LANGUAGES, PlaceHeads, variants_of
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dashboard.gazetteer.sources.tables import Row

__all__ = ["COLUMNS", "Curated", "names_with_variants"]

COLUMNS = (
    "id", "feature_code", "country", "latitude", "longitude", "radius_km", "near", "name_en", "name_ar",
    "variants_ar", "variants_en", "name_fr", "variants_fr", "source",
)  # fmt: skip
ID_PREFIX = "kh:"
LARGEST_RADIUS_KM = 10_000.0
_CURATED, _MAIN, _ALTERNATE = int(NameFlag.CURATED), int(NameFlag.MAIN), int(NameFlag.ALTERNATE)


def names_with_variants(
    row: Row, feature_code: str, heads: Mapping[str, PlaceHeads]
) -> list[tuple[str, int]]:
    """Return the names of a line in three languages, with what can be made of each."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        main = row.text(f"name_{language}")
        others = row.items(f"variants_{language}") if f"variants_{language}" in row.cells else []
        for name in ([main] if main else []) + others:
            for spelling, made in variants_of(name, language, feature_code, heads).items():
                flags = (made if name == main else (made & ~_MAIN) | _ALTERNATE) | _CURATED
                found[spelling] = merge_flags(found.get(spelling, flags), flags)
    return list(found.items())


@dataclass(frozen=True)
class Curated:
    """All tables of one folder, in the order of their file names.

    Attributes
    ----------
    heads
        Generic heads by language, as `load_heads` gives them.
    """

    folder: Path
    heads: Mapping[str, PlaceHeads] = field(default_factory=dict)
    name: str = "curated"
    expected: int = 1000

    def records(self) -> Iterator[PlaceRecord]:
        """Give the places, line by line."""
        seen: dict[str, str] = {}
        for path in sorted(self.folder.glob("*.csv")):
            for row in read_table(path, COLUMNS):
                ident = row.required("id")
                if not ident.startswith(ID_PREFIX):
                    row.fail(f"id does not begin with {ID_PREFIX!r}: {ident!r}")
                if ident in seen:
                    row.fail(f"id {ident!r} stands at {seen[ident]} too")
                seen[ident] = row.where
                yield self._record(row, ident)

    def _record(self, row: Row, ident: str) -> PlaceRecord:
        code = row.required("feature_code")
        latitude, longitude = row.point()
        row.required("source")
        return PlaceRecord(
            id=ident,
            name=row.required("name_en"),
            feature_code=code,
            country=row.country(),
            latitude=latitude,
            longitude=longitude,
            names=names_with_variants(row, code, self.heads),
            radius_km=row.number("radius_km", 0.0, LARGEST_RADIUS_KM, default=0.0),
            name_ar=row.text("name_ar"),
            name_fr=row.text("name_fr"),
        )
