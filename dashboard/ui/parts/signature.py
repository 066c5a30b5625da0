"""Whose name a decision will carry, where that is no longer a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.markup import element
from dashboard.ui.parts.visitor import current_visitor

if TYPE_CHECKING:
    from dashboard.words import Strings

__all__ = ["show_signature"]


def show_signature(words: Strings) -> bool:
    """Say under which address decisions are kept; return False, and show nothing, where there is no log-in."""
    visitor = current_visitor()
    if not visitor.logged_in:
        return False
    st.html(str(element("p", words("signed_as", who=visitor.address), class_="kh-quiet")))
    return True
