"""The page on which stored articles are looked through and put right, one or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.markup import element, visit
from dashboard.render.panel.article_list import Paged, pages
from dashboard.render.panel.notice import notice
from dashboard.render.panel.put_right import listed_row, removed_row
from dashboard.store.listing import Wanted, list_articles, list_removed
from dashboard.ui.articles.doing import apply, marked, note, remove_samples, restore, take_back
from dashboard.ui.articles.edit_view import show_edit, show_many
from dashboard.ui.parts.correcting import plain
from dashboard.ui.parts.desk import current_desk
from dashboard.ui.parts.signature import show_signature
from dashboard.ui.parts.top_bar import way_back
from dashboard.ui.state import put_key
from dashboard.web.answers import cached_facets
from dashboard.web.handles import current_edition
from dashboard.web.working import cached_samples

if TYPE_CHECKING:
    from dashboard.core.settings import Settings
    from dashboard.store import Store
    from dashboard.store.listing import Found
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_articles"]

_PAGE = 25
_ALL, _LACKING, _REMOVED = "all", "lacking", "removed"
_ANY = "\0"  # of the sources; the empty one is that of articles without


def show_articles(here: Visit, words: Strings, store: Store, settings: Settings) -> None:
    """Show the page."""
    with st.container(key="kh-put"):
        _head(here, words)
        _show_note(words, store, settings)
        _show_who(words, settings)
        which = _filters(words, settings)
        if which == _REMOVED:
            _show_removed(here, words, store, settings)
            return
        wanted = _wanted(which)
        found = list_articles(store, wanted, _PAGE, here.skip)
        _show_samples(words, store, settings)
        show_many(words, store, settings, found.articles, wanted)
        if here.article:
            show_edit(here, words, store, settings)
        _show_list(here, words, found)


def _head(here: Visit, words: Strings) -> None:
    back = way_back(here, words, article=None)
    title = element("h2", words("put_right"))
    hint = element("p", words("put_right_hint"), class_="kh-quiet")
    ways = element(
        "p",
        visit(here.address(page="collections", article=None), words("collections"), class_="kh-action"),
        class_="kh-actions",
    )
    st.html(f'<header class="kh-paste-head">{back}{title}{hint}{ways}</header>')


def _show_note(words: Strings, store: Store, settings: Settings) -> None:
    done = note()
    if done is None:
        return
    with st.container(key="kh-put-note", horizontal=True, vertical_alignment="center"):
        said = (
            words(done.key, n=done.count, value=done.value)
            if done.counts
            else words(done.key, value=done.value)
        )
        st.html(str(element("p", said, role="alert" if done.wrong else "status", class_="kh-put-said")))
        if done.can_be_undone:
            st.button(
                words("put_undo"), key=put_key("undo"), on_click=take_back, args=(store, settings, done)
            )


def _show_who(words: Strings, settings: Settings) -> None:
    """Ask for a name where others may be at work, too, and where none is known."""
    desk = current_desk(settings)
    key = put_key("who")
    if show_signature(words) or not (settings.shared or key in st.session_state or not desk.who):
        return
    st.session_state.setdefault(key, desk.who)
    desk.who = st.text_input(words("put_who"), key=key).strip()


def _filters(words: Strings, settings: Settings) -> str:
    sources = [one.value for one in cached_facets(current_edition(settings)).sources]
    with st.container(key="kh-put-filters", horizontal=True, vertical_alignment="bottom"):
        st.text_input(words("put_words"), key=put_key("words"), on_change=_first_page)
        st.selectbox(
            words("put_source"),
            [_ANY, "", *sources],
            format_func=lambda name: (
                words("put_every_source") if name == _ANY else name or words("put_no_source")
            ),
            key=put_key("source"),
            on_change=_first_page,
        )
        chosen = st.segmented_control(
            words("put_which"),
            [_ALL, _LACKING, _REMOVED],
            format_func=lambda which: words(f"put_which_{which}"),
            key=put_key("which"),
            default=_ALL,
            on_change=_first_page,
        )
    return str(chosen or _ALL)


def _first_page() -> None:
    for name in ("skip", "article"):
        if name in st.query_params:
            del st.query_params[name]


def _wanted(which: str) -> Wanted:
    source = st.session_state.get(put_key("source"), _ANY)
    lacking = which == _LACKING
    return Wanted(
        words=str(st.session_state.get(put_key("words")) or ""),
        source=None if source == _ANY else source,
        undated=lacking,
        suspect=lacking,
    )


def _show_samples(words: Strings, store: Store, settings: Settings) -> None:
    if cached_samples(current_edition(settings)):
        st.button(
            words("put_samples"), key=put_key("samples"), on_click=remove_samples, args=(store, settings)
        )


def _show_list(here: Visit, words: Strings, found: Found) -> None:
    if not found.articles:
        st.html(str(notice(words("put_none_title"), words("put_none"))))
        return
    chosen = marked()
    with st.container(key="kh-put-list"):
        for one in found.articles:
            with st.container(key=f"kh-put-{one.id}", horizontal=True, vertical_alignment="center"):
                key = put_key(f"mark_{one.id}")
                st.session_state[key] = one.id in chosen
                st.checkbox(
                    plain(words("put_mark", title=one.title)),
                    key=key,
                    label_visibility="collapsed",
                    on_change=_mark,
                    args=(one.id, key),
                )
                is_open = here.article == one.id
                address = here.address(article=None if is_open else one.id, skip=here.skip)
                st.html(str(listed_row(one, words, address, is_open=is_open)))
    shown = Paged(here.skip, len(found.articles), found.total, _PAGE)
    _show_pages(here, words, shown)


def _show_pages(here: Visit, words: Strings, shown: Paged) -> None:
    ways = pages(shown, words, lambda skip: here.address(skip=skip, article=None))
    if ways:
        st.html(str(ways))


def _mark(ident: str, key: str) -> None:
    (marked().add if st.session_state[key] else marked().discard)(ident)


def _show_removed(here: Visit, words: Strings, store: Store, settings: Settings) -> None:
    gone = list_removed(store)
    if not gone:
        st.html(str(notice(words("put_none_title"), words("put_none"))))
    listed = gone[here.skip : here.skip + _PAGE]
    for one in listed:
        with st.container(key=f"kh-put-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(str(removed_row(one, words)))
            st.button(
                words("put_restore"),
                key=put_key(f"restore_{one.id}"),
                on_click=apply,
                args=(store, settings, restore, [one.id]),
            )
    shown = Paged(here.skip, len(listed), len(gone), _PAGE)
    _show_pages(here, words, shown)
