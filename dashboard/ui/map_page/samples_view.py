"""What the page says while the store holds the sample articles, with the ways to other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.corrections import local_user
from dashboard.core.errors import KharitaError
from dashboard.render.markup import element, join, visit
from dashboard.store.editing import remove_articles
from dashboard.ui.parts.desk import current_desk
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import add_key
from dashboard.web.working import cached_samples

if TYPE_CHECKING:
    from dashboard.ui.parts.context import Page

__all__ = ["show_samples"]


def show_samples(page: Page) -> None:
    """Say that the articles, or some of them, are samples; offer to add others and to take these out."""
    words, here = page.words, page.visit
    samples = len(cached_samples(page.edition))
    with st.container(key="kh-samples", horizontal=True, vertical_alignment="center"):
        if not samples:
            return
        alone = samples == page.store.counts().articles
        said = words("samples_alone") if alone else words("samples_among", n=samples)
        briefly = element("span", words("samples_briefly"), class_="kh-briefly", aria_hidden="true")
        st.html(str(element("p", join([element("span", said, class_="kh-at-length"), briefly]))))
        if not may(Role.CORRECT):
            return
        st.html(str(visit(here.address(page="add"), words("empty_add"), class_="kh-action")))
        st.button(
            words("samples_remove"),
            key=add_key("samples_out"),
            type="tertiary",
            on_click=_remove,
            args=(page,),
        )


@needs(Role.CORRECT)
def _remove(page: Page) -> None:
    """Take the samples out, and say so where the page that had them is."""
    who = current_desk(page.settings).who or local_user()
    try:
        gone = remove_articles(page.store, list(cached_samples(page.edition)), who)
    except KharitaError as error:
        st.toast(str(error))
        return
    st.toast(page.words("put_removed", n=gone))
