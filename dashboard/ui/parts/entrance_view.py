"""What a stranger is shown: the way in, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.markup import bdi, element, join
from dashboard.render.panel.notice import notice

if TYPE_CHECKING:
    from dashboard.ui.parts.visitor import Visitor
    from dashboard.words import Strings

__all__ = ["show_entrance", "show_leaving"]


def show_entrance(visitor: Visitor, words: Strings) -> None:
    """Show the log-in; who has logged in and is not on the list is told so."""
    other = "Kharita" if words.language == "ar" else "خريطة"
    name = join([element("b", words("brand")), element("span", other)])
    with st.container(key="kh-entrance"):
        st.html(str(element("h1", name, class_="kh-brand-name")))
        if visitor.logged_in:
            said = (
                words("login_not_listed", who=visitor.address)
                if visitor.address
                else words("login_no_address")
            )
            st.html(str(notice(words("login_not_listed_title"), said)))
            st.button(words("log_out"), key="log_out", on_click=st.logout)
        else:
            st.html(str(notice(words("login_title"), words("login_body"))))
            st.button(words("log_in"), key="log_in", type="primary", on_click=st.login)


def show_leaving(visitor: Visitor, words: Strings) -> None:
    """Show who has logged in, with the way out; nothing where there is no log-in."""
    if not visitor.address:
        return
    with st.container(key="kh-visitor", horizontal=True, vertical_alignment="center"):
        role = words(f"role_{visitor.role.value}") if visitor.role else ""
        st.html(str(element("p", join([bdi(visitor.address), role], " · "), class_="kh-quiet")))
        st.button(words("log_out"), key="log_out", type="tertiary", on_click=st.logout)
