"""The timeline below the map."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import streamlit as st

from dashboard.query import Filters, dense_span, format_filters
from dashboard.render.theme import STATIC
from dashboard.render.time.timeline import TimelineCounts, timeline
from dashboard.ui.state import CLOCK
from dashboard.web.answers import cached_timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.render.time.time_tools import Step
    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit

__all__ = ["show_timeline", "time_address"]


def time_address(visit: Visit, since: date | None, until: date | None) -> str:
    """Return the address that keeps to some days; to all, for None."""
    return visit.address(filters=visit.filters.between(since, until), article=None, mention=None)


def show_timeline(page: Page) -> None:
    """Show the articles over time, unless none has a date; a bar keeps to its days and to dated articles."""
    visit = page.visit
    counts = cached_timeline(page.edition, replace(visit.filters, since=None, until=None))

    def address(since: date | None, until: date | None) -> str:
        return time_address(visit, since, until)

    def step_address(step: Step | None) -> str:
        return visit.address(step=step or "")

    step = cast("Step | None", visit.step or None)
    first, last = _span(page) or (None, None)
    shown = TimelineCounts(counts.days, counts.undated, first, last, step, visit.address(span="all"))
    chosen = (visit.filters.since, visit.filters.until)
    if drawn := timeline(shown, chosen, page.words, address, step_address=step_address):
        st.html(str(drawn))
        filters = urlencode(_asked(visit, step))
        with st.container(key="kh-clock"):
            _clock()(
                key=CLOCK,
                data={
                    "language": page.words.language,
                    "numerals": page.words.numerals if page.words.rtl else "latn",
                    "address": filters,
                    "filters": f"{page.edition.version}?{filters}",
                },
            )


def _asked(visit: Visit, step: Step | None) -> dict[str, str]:
    """Return what the passage of time is asked for with."""
    own = {"step": step or "", "collection": visit.collection}
    return format_filters(visit.filters) | {name: value for name, value in own.items() if value}


def _span(page: Page) -> tuple[date, date] | None:
    """Return the time that the timeline shows: that of nearly all articles, wider where the filters reach out of it."""
    filters, offer = page.visit.filters, page.facets
    if offer.first is None or offer.last is None:
        return None
    dense = dense_span(cached_timeline(page.edition, Filters()).days)
    if page.visit.span or dense is None:
        return offer.first, offer.last
    first, last = dense
    return (
        offer.first if filters.since and filters.since < first else first,
        offer.last if filters.until and filters.until > last else last,
    )


@lru_cache(maxsize=1)
def _clock() -> Callable[..., Any]:
    """Return the component that brushes and plays; it draws nothing itself."""
    script = (STATIC / "timeline.js").read_text(encoding="utf-8")
    return st.components.v2.component("kharita_timeline", js=script, isolate_styles=False)
