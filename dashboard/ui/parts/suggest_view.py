"""Places offered below the search box while a name is typed; only this part of the page runs anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.core.access import Role
from dashboard.query import MAX_TEXT
from dashboard.render.panel.asking import suggestions
from dashboard.render.theme import STATIC
from dashboard.ui.parts.asking_view import reading_links, suggested
from dashboard.ui.parts.visitor import leave_unless
from dashboard.ui.state import TYPING
from dashboard.web.answers import cached_understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.ui.parts.context import Page

__all__ = ["show_suggestions"]


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    script = (STATIC / "typing.js").read_text(encoding="utf-8")
    return st.components.v2.component("kharita_typing", js=script, isolate_styles=False)


def _typed() -> None:
    """Take note that something was typed: Streamlit asks for a function."""


@st.fragment
def show_suggestions(page: Page) -> None:
    """Offer the places, people and days that are being typed."""
    leave_unless(Role.READ)
    with st.container(key="kh-suggest"):
        typed = _component()(key=TYPING, data={}, on_typed_change=_typed).typed or ""
        if typed and typed != page.visit.filters.text and len(typed) <= MAX_TEXT:
            said = cached_understood(page.edition, page.visit.filters, 0, typed)
            opening, beside = reading_links(page).opening, suggested(page, typed)
            if offered := suggestions(said, page.words, opening, beside):
                st.html(str(offered))
