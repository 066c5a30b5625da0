"""First-level divisions of countries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.curated import LARGEST_RADIUS_KM, names_with_variants
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dashboard.gazetteer.sources.heads import PlaceHeads
    from dashboard.gazetteer.sources.tables import Row

__all__ = ["COLUMNS", "AdminDivisions"]

_ABBREVIATION = int(NameFlag.ALTERNATE | NameFlag.ABBREVIATION)

COLUMNS = (
    "code", "country", "geonames_admin1", "feature_code", "latitude", "longitude", "radius_km", "name_en",
    "name_ar", "name_fr", "variants_ar", "variants_en", "capital", "source",
)  # fmt: skip


@dataclass(frozen=True)
class AdminDivisions:
    """The table of divisions, and that of their abbreviations (Ga. for Georgia); either may be missing."""

    path: Path
    heads: Mapping[str, PlaceHeads] = field(default_factory=dict)
    abbreviations: Path | None = None
    name: str = "admin1"
    expected: int = 3500

    def records(self) -> Iterator[PlaceRecord]:
        """Give the divisions, line by line."""
        seen: dict[str, str] = {}
        short = self._short_names()
        for row in read_table(self.path, COLUMNS):
            code = row.required("code")
            if code in seen:
                row.fail(f"code {code!r} stands at {seen[code]} too")
            seen[code] = row.where
            record = self._record(row, code)
            yield record._replace(
                names=[*record.names, *((name, _ABBREVIATION) for name in short.get(code, ()))]
            )

    def _short_names(self) -> dict[str, list[str]]:
        if self.abbreviations is None:
            return {}
        columns = ("code", "abbreviations")
        rows = read_table(self.abbreviations, columns)
        return {row.required("code"): row.items("abbreviations") for row in rows}

    def by_geonames(self) -> dict[str, str]:
        """Return the id of the division for each `COUNTRY.code` of GeoNames."""
        return {
            key: f"adm1:{row.text('code')}"
            for row in read_table(self.path, COLUMNS)
            for key in row.items("geonames_admin1")
        }

    def spellings_of_capitals(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return, by country and folded name of each main town whose division is named after it, Arabic names.

        They come without their head: خاركيف for Kharkiv, of which the division is called so, or أوبلاست خاركيف.
        """
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in read_table(self.path, COLUMNS):
            capital = fold_name(row.text("capital"))
            names = names_with_variants(row, row.text("feature_code") or "ADM1", self.heads)
            if capital and any(fold_name(text) == capital for text, _ in names):
                arabic = tuple(
                    text for text, flags in names if is_arabic(text) and not flags & NameFlag.HEADED
                )
                found[row.country(required=True), capital] = arabic
        return found

    def _record(self, row: Row, code: str) -> PlaceRecord:
        feature_code = row.text("feature_code") or "ADM1"
        latitude, longitude = row.point()
        return PlaceRecord(
            id=f"adm1:{code}",
            name=row.required("name_en"),
            feature_code=feature_code,
            country=row.country(required=True),
            latitude=latitude,
            longitude=longitude,
            names=names_with_variants(row, feature_code, self.heads),
            radius_km=row.number("radius_km", 0.0, LARGEST_RADIUS_KM, default=0.0),
            name_ar=row.text("name_ar"),
            name_fr=row.text("name_fr"),
        )
