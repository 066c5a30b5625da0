"""Names and places of the first-level divisions, also of those that no article has named yet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.settings import data_path
from dashboard.gazetteer.sources.admin1 import COLUMNS
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.gazetteer.sources.tables import Row

__all__ = ["division_circles", "division_names"]

_WIDEST_KM = 5000


def _rows() -> Iterator[Row]:
    return read_table(data_path() / "gazetteer" / "admin1.csv", COLUMNS)


@lru_cache(maxsize=4)
def division_names(language: str) -> Mapping[str, str]:
    """Return the name of each division, by id, for a reader of a language, or its English name."""
    return {
        f"adm1:{row.required('code')}": row.text(f"name_{language}") or row.required("name_en")
        for row in _rows()
    }


def division_circles() -> dict[str, tuple[float, float, float]]:
    """Return latitude and longitude (degrees) and radius (kilometres) of each division, by its code."""
    return {row.required("code"): (*row.point(), row.number("radius_km", 0, _WIDEST_KM)) for row in _rows()}
