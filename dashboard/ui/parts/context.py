"""What every view of one run needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.core.settings import Settings
    from dashboard.query import Facets, Summary
    from dashboard.render.theme import Palette
    from dashboard.store import Store
    from dashboard.web.handles import Edition
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """One run of the page: who asks for what, in which language, of which store."""

    visit: Visit
    words: Strings
    colours: Palette
    settings: Settings
    store: Store
    edition: Edition
    places: pd.DataFrame
    summary: Summary
    facets: Facets
