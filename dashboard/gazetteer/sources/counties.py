"""Counties, as a table made by a script holds them: second-level divisions under their full names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.curated import LARGEST_RADIUS_KM
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["COLUMNS", "Counties"]

COLUMNS = ("id", "admin1", "latitude", "longitude", "radius_km", "near", "name_en", "source")
_NAMED = int(NameFlag.MAIN | NameFlag.CURATED)


@dataclass(frozen=True)
class Counties:
    """The table; may be missing.

    A county is called by its full name only (Franklin County): no town shares its mentions with it, and no word
    (Union, Lake) is read as one.
    """

    path: Path
    name: str = "counties"
    expected: int = 3000

    def records(self) -> Iterator[PlaceRecord]:
        """Give the counties, line by line."""
        seen: dict[str, str] = {}
        for row in read_table(self.path, COLUMNS):
            ident, admin1, name = (row.required(column) for column in ("id", "admin1", "name_en"))
            if ident in seen:
                row.fail(f"id {ident!r} stands at {seen[ident]} too")
            seen[ident] = row.where
            row.required("source")
            latitude, longitude = row.point()
            yield PlaceRecord(
                id=ident,
                name=name,
                feature_code="ADM2",
                country=admin1.partition("-")[0],
                latitude=latitude,
                longitude=longitude,
                names=[(name, _NAMED)],
                radius_km=row.number("radius_km", 0.0, LARGEST_RADIUS_KM),
                admin1=f"adm1:{admin1}",
                heard=False,
            )
