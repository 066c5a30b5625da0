"""What a visitor's session remembers of one store, and must not carry over to another."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.parts.desk import Desk
from dashboard.ui.state import CHANNEL, CLOCK, DESK, MAP, OPENED, TYPING

__all__ = ["settle_session"]

_KEPT = (CHANNEL, CLOCK, MAP, TYPING, OPENED)  # components of the page
_KEPT_BEGINNINGS = ("paste", "collection")  # a text that is looked at belongs to no store


def settle_session(url: str) -> None:
    """Forget marks, notes and half-typed fields when another store is opened; who the visitor is stays."""
    before = st.session_state.get(OPENED)
    st.session_state[OPENED] = url
    if before in (None, url):
        return
    desk: Desk | None = st.session_state.get(DESK)
    for key in list(st.session_state):
        name = str(key)
        if name not in _KEPT and not name.startswith(_KEPT_BEGINNINGS):
            del st.session_state[key]
    if desk is not None:
        st.session_state[DESK] = Desk(who=desk.who)
