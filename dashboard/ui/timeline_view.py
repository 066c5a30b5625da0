"""The timeline below the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.timeline import TimelineCounts, timeline
from dashboard.ui.cache import cached_timeline

if TYPE_CHECKING:
    from datetime import date

    from dashboard.ui.context import Page
    from dashboard.ui.state import Visit

__all__ = ["show_timeline", "time_address"]


def time_address(visit: Visit, since: date | None, until: date | None) -> str:
    """Return the address that keeps to some days, and then to dated articles; to all, for None."""
    kept = replace(visit.filters, since=since, until=until, undated=since is None)
    return visit.address(filters=kept, article=None, mention=None)


def show_timeline(page: Page) -> None:
    """Show the articles over time, unless none has a date; a bar keeps to its days and to dated articles."""
    visit = page.visit
    counts = cached_timeline(
        page.settings.store_url, page.version, replace(visit.filters, since=None, until=None)
    )

    def address(since: date | None, until: date | None) -> str:
        return time_address(visit, since, until)

    shown = TimelineCounts(counts.days, counts.undated, page.facets.first, page.facets.last)
    chosen = (visit.filters.since, visit.filters.until)
    if drawn := timeline(shown, chosen, page.words, address):
        st.html(str(drawn))
