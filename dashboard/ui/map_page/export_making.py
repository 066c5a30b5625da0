"""A file that takes long to make: a button that begins it, a bar, a way to stop it, and where it is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.render.markup import element
from dashboard.render.panel.making import making_bar
from dashboard.ui.parts.visitor import leave_unless, needs
from dashboard.ui.state import EXPORT
from dashboard.web.exporting import shared_exports

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.progress import Progress
    from dashboard.render.exports import Handover
    from dashboard.web.exporting import Export
    from dashboard.words import Strings

    Make = Callable[[Progress], Handover]

__all__ = ["show_making"]

_EVERY_S = 1.0


def show_making(words: Strings, name: str, what: str, make: Make) -> None:
    """Show the button, or how far the file is.

    Parameters
    ----------
    name
        Of the file.
    what
        Says what is made of what: another view begins anew.
    """
    made = _mine(what)
    if made is None:
        st.html(str(element("p", words("export_takes_long"), class_="kh-export-hint")))
        st.button(
            words("export_make"), type="primary", key="export_make", on_click=_begin, args=(name, what, make)
        )
        return
    every = _EVERY_S if made.under_way else None
    st.fragment(_show, run_every=every)(words, made)


def _mine(what: str) -> Export | None:
    """Return this visitor's file, if it is of what is shown."""
    about, token = st.session_state.get(EXPORT, ("", ""))
    return shared_exports().find(token) if about == what else None


@needs(Role.READ)
def _begin(name: str, what: str, make: Make) -> None:
    _forget()
    st.session_state[EXPORT] = (what, shared_exports().begin(name, make).token)


@needs(Role.READ)
def _forget() -> None:
    """Let go of this visitor's file: each has one."""
    before = shared_exports().find(st.session_state.pop(EXPORT, ("", ""))[1])
    if before is not None:
        shared_exports().forget(before)


def _show(words: Strings, made: Export) -> None:
    leave_unless(Role.READ)
    if made.under_way:
        st.html(str(making_bar(words, made.what, made.done, made.total)))
        st.button(words("job_stop"), key="export_stop", on_click=_forget)
        return
    if st.session_state.get(_SEEN) != made.token:
        st.session_state[_SEEN] = made.token
        st.rerun()  # the whole page, so that nothing asks for its state any more
    if made.state == "ready":
        way = element(
            "a",
            words("export_download"),
            href=made.address,
            download=made.name,
            class_="kh-action kh-export-file",
        )
        st.html(str(way))
    else:
        st.html(str(element("p", made.said or words("export_failed"), class_="kh-problem", role="alert")))
    st.button(words("export_again"), key="export_again", type="tertiary", on_click=_forget)


_SEEN = "export_seen"  # session key of the file whose end this visitor has seen
