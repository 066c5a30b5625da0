"""What is printed with the map and the list: the day, the time and the sources that they tell of."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.panel.printed import printed_head
from dashboard.web.answers import cached_sources, cached_timeline

if TYPE_CHECKING:
    from datetime import date

    from dashboard.ui.parts.context import Page

__all__ = ["show_printed"]


def show_printed(page: Page) -> None:
    """Write the line that only paper shows."""
    sources = [item.value for item in cached_sources(page.edition, page.visit.filters)]
    today = datetime.now().astimezone().date()
    st.html(str(printed_head(today, _span(page), sources, page.words)))


def _span(page: Page) -> tuple[date, date] | None:
    """Return the first and the last day of the articles that the filters let through."""
    filters = page.visit.filters
    days = [
        day
        for day, _ in cached_timeline(page.edition, filters.between(None, None)).days
        if (filters.since is None or day >= filters.since) and (filters.until is None or day <= filters.until)
    ]
    return (min(days), max(days)) if days else None
