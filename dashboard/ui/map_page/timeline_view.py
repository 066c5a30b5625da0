"""The timeline below the map."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import streamlit as st

from dashboard.query import format_filters
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
    """Return the address that keeps to some days, and then to dated articles; to all, for None."""
    kept = replace(visit.filters, since=since, until=until, undated=since is None)
    return visit.address(filters=kept, article=None, mention=None)


def show_timeline(page: Page) -> None:
    """Show the articles over time, unless none has a date; a bar keeps to its days and to dated articles."""
    visit = page.visit
    counts = cached_timeline(page.edition, replace(visit.filters, since=None, until=None))

    def address(since: date | None, until: date | None) -> str:
        return time_address(visit, since, until)

    def step_address(step: Step | None) -> str:
        return visit.address(step=step or "")

    step = cast("Step | None", visit.step or None)
    shown = TimelineCounts(counts.days, counts.undated, page.facets.first, page.facets.last, step)
    chosen = (visit.filters.since, visit.filters.until)
    if drawn := timeline(shown, chosen, page.words, address, step_address=step_address):
        st.html(str(drawn))
        filters = urlencode(format_filters(visit.filters) | ({"step": step} if step else {}))
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


@lru_cache(maxsize=1)
def _clock() -> Callable[..., Any]:
    """Return the component that brushes and plays; it draws nothing itself."""
    script = (STATIC / "timeline.js").read_text(encoding="utf-8")
    return st.components.v2.component("kharita_timeline", js=script, isolate_styles=False)
