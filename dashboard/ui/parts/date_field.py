"""Fields for days: one types them, in any usual form; Enter, Tab and leaving the field keep what was typed.

A field shows the day as the page's language writes it. What can't be taken stays in the field, with a sentence that
says why, until it is mended or the day changes otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeGuard

import streamlit as st

from dashboard.core.errors import FilterError
from dashboard.query import read_typed_days
from dashboard.render.markup import element
from dashboard.render.markup import visit as visit_link
from dashboard.ui.parts.asking_view import days_words
from dashboard.ui.state import DATES, WHOLE, widget_key

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.query import Filters, TypedDays
    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["LONGEST", "date_hint", "date_problem", "read_now", "show_day"]

LONGEST = 120  # code points of a field
_ISOLATED = "\u2068{}\u2069"  # keeps the example's own direction in a hint of the other one


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was typed and could not be taken: beside which value, and the key of the words for why."""

    typed: str
    beside: date | None
    why: str


@dataclass(frozen=True, slots=True)
class _Meant:
    """A month, a year or another stretch that was typed for one end, while the other stood open."""

    first: date
    last: date


def read_now(typed: str) -> TypedDays | None:
    """Read what was typed; "yesterday" counts from this machine's today."""
    return read_typed_days(typed, datetime.now().astimezone().date())


def date_hint(words: Strings) -> str:
    """Return what an empty field shows."""
    return _ISOLATED.format(words.digits("31/12/2024"))


def date_problem(words: Strings, typed: str, why: str = "date_unread") -> str:
    """Return the markup of the sentence below a field."""
    return str(element("p", words(why, value=_ISOLATED.format(typed)), class_="kh-wrong", role="alert"))


def show_day(page: Page, column: DeltaGenerator, name: str, label: str, value: date | None) -> None:
    """Show the field of the filter `from` or `to`."""
    words, key = page.words, widget_key(name)
    refused = _refused().get(name)
    if refused and refused.beside != value:  # the day was changed otherwise
        del _refused()[name]
        refused = None
    st.session_state[key] = refused.typed if refused else (words.day(value) if value else "")
    with column.container(key=f"kh-date-{name}"):
        st.text_input(
            words(label),
            placeholder=date_hint(words),
            max_chars=LONGEST,
            key=key,
            on_change=_keep_day,
            args=(page.visit, name),
        )
        if refused:
            st.html(date_problem(words, refused.typed, refused.why))
        elif whole := _whole(page, name):
            st.html(str(whole))


def _whole(page: Page, name: str) -> Markup | None:
    """Offer all of the month or year that was typed for one end, as long as the other end stands open."""
    words, filters = page.words, page.visit.filters
    meant = st.session_state.get(WHOLE, {}).get(name)
    ends = (meant.first, None) if meant and name == "from" else (None, meant.last) if meant else None
    if meant is None or (filters.since, filters.until) != ends:
        return None
    said = words("date_whole", days=days_words(meant.first, meant.last, words))
    whole = filters.between(meant.first, meant.last)
    return element(
        "p", visit_link(page.visit.address(filters=whole), said, class_="kh-action"), class_="kh-whole"
    )


def _refused() -> dict[str, _Refused]:
    kept: dict[str, _Refused] = st.session_state.setdefault(DATES, {})
    return kept


def _keep_day(visit: Visit, name: str) -> None:
    """Put the day into the address, or note why it can't be."""
    typed = str(st.session_state[widget_key(name)]).strip()
    filters = visit.filters
    now = filters.since if name == "from" else filters.until
    _refused().pop(name, None)
    found = read_now(typed)
    if typed and found is None:
        _refused()[name] = _Refused(typed, now, "date_unread")
        return
    st.session_state[WHOLE] = {name: _Meant(found.first, found.last)} if _is_stretch(found) else {}
    try:
        changed = _with_days(filters, name, found)
    except FilterError:
        _refused()[name] = _Refused(typed, now, "date_order")
        return
    st.query_params.from_dict(replace(visit, filters=changed).parameters())


def _is_stretch(found: TypedDays | None) -> TypeGuard[TypedDays]:
    """Tell whether one thing with two ends was typed: a month, a year, last week."""
    return found is not None and not found.both and found.first != found.last


def _with_days(filters: Filters, name: str, found: TypedDays | None) -> Filters:
    """Return the filters with one end set, or both when both were typed; None takes the end off."""
    first, last = (found.first, found.last) if found else (None, None)
    if found and found.both:
        return filters.between(first, last)
    return filters.between(first, filters.until) if name == "from" else filters.between(filters.since, last)
