"""Names of the first-level divisions, also of those that no article has named yet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.settings import data_path
from dashboard.gazetteer.sources.admin1 import COLUMNS
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["division_names"]


@lru_cache(maxsize=4)
def division_names(language: str) -> Mapping[str, str]:
    """Return the name of each division, by id, for a reader of a language, or its English name."""
    return {
        f"adm1:{row.required('code')}": row.text(f"name_{language}") or row.required("name_en")
        for row in read_table(data_path() / "gazetteer" / "admin1.csv", COLUMNS)
    }
