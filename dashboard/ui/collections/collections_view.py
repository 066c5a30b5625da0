"""The page of collections: open, begin, name, move aside and bring back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.collections import MAIN, MOST_LETTERS
from dashboard.core.errors import CollectionError, KharitaError
from dashboard.core.links import clean_title
from dashboard.render.markup import element
from dashboard.render.panel.collections import collection_name, collection_row, removed_collection_row
from dashboard.render.panel.notice import notice
from dashboard.ui.parts.collection_switch import collection_of
from dashboard.ui.parts.top_bar import way_back
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import collection_key
from dashboard.web.handles import read_settings, shared_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.collections import Collection, Collections
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_collections"]

_PROBLEM = collection_key("problem")


def show_collections(here: Visit, words: Strings) -> None:
    """Show the page."""
    settings = read_settings()
    with st.container(key="kh-collections"):
        _head(here, words)
        if settings.store:
            st.html(str(notice(words("collections_title"), words("collections_one_store"))))
            return
        kept = settings.collections
        if problem := st.session_state.pop(_PROBLEM, ""):
            st.html(str(element("p", problem, class_="kh-wrong", role="alert", dir="auto")))
        try:
            opened = collection_of(here, settings).id
        except CollectionError:
            opened = ""
        for one in kept.all():
            with st.container(key=f"kh-collection-{one.id}", horizontal=True, vertical_alignment="center"):
                _show_one(here, words, kept, one, is_open=one.id == opened)
        if may(Role.ADMINISTER):
            _show_new(words, kept)
            _show_removed(words, kept)


def _head(here: Visit, words: Strings) -> None:
    back = way_back(here, words, article=None)
    title = element("h2", words("collections_title"))
    hint = element("p", words("collections_hint"), class_="kh-quiet")
    st.html(f'<header class="kh-paste-head">{back}{title}{hint}</header>')


def _show_one(here: Visit, words: Strings, kept: Collections, one: Collection, *, is_open: bool) -> None:
    address = None if is_open else here.collection_address(one.id, page="")
    st.html(str(collection_row(one, _held(one, words), words, address)))
    if not may(Role.ADMINISTER):
        return
    with st.popover(words("collections_rename"), use_container_width=False):
        key = collection_key(f"name_{one.id}")
        st.session_state.setdefault(key, one.name)
        st.text_input(
            words("collections_name"),
            key=key,
            max_chars=MOST_LETTERS,
            on_change=_rename,
            args=(words, kept, one.id, key),
        )
    if one.id == MAIN:
        return
    with st.popover(words("collections_remove"), use_container_width=False):
        sure = words("collections_remove_sure", name=collection_name(one, words))
        st.html(str(element("p", sure)))
        st.button(
            words("collections_remove"),
            key=collection_key(f"remove_{one.id}"),
            type="primary",
            on_click=_try,
            args=(words, partial(kept.remove, one.id)),
        )


def _held(one: Collection, words: Strings) -> str:
    try:
        return words("articles", n=shared_store(one.url).counts().articles)
    except KharitaError as error:
        return str(error)


def _show_new(words: Strings, kept: Collections) -> None:
    key = collection_key("new")
    with (
        st.form(collection_key("form"), border=False),
        st.container(key="kh-collection-new", horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(words("collections_new"), key=key, max_chars=MOST_LETTERS)
        st.form_submit_button(words("collections_create"), on_click=_create, args=(words, kept, key))


def _show_removed(words: Strings, kept: Collections) -> None:
    gone = kept.removed()
    if gone:
        st.html(str(element("h3", words("collections_removed_title"))))
    for one in gone:
        with st.container(key=f"kh-collection-{one.id}", horizontal=True, vertical_alignment="center"):
            day = datetime.fromisoformat(one.removed).date()
            st.html(str(removed_collection_row(one, day, words)))
            st.button(
                words("collections_restore"),
                key=collection_key(f"restore_{one.id}"),
                on_click=_try,
                args=(words, partial(kept.restore, one.id)),
            )


@needs(Role.ADMINISTER)
def _create(words: Strings, kept: Collections, key: str) -> None:
    if _name(words, str(st.session_state[key]), kept.create):
        st.session_state[key] = ""


@needs(Role.ADMINISTER)
def _rename(words: Strings, kept: Collections, ident: str, key: str) -> None:
    _name(words, str(st.session_state.pop(key)), partial(kept.rename, ident))


def _name(words: Strings, name: str, take: Callable[[str], object]) -> bool:
    """Give a name, and tell whether it could be given."""
    try:
        take(name)
    except CollectionError:
        shown = clean_title(name)[:MOST_LETTERS]
        st.session_state[_PROBLEM] = words("collections_bad_name", name=shown, n=words.number(MOST_LETTERS))
        return False
    return True


@needs(Role.ADMINISTER)
def _try(words: Strings, step: Callable[[], object]) -> None:
    try:
        step()
    except KharitaError as error:
        st.session_state[_PROBLEM] = words("collections_failed", value=str(error))
