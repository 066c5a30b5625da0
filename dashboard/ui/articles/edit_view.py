"""The forms that put articles right: one that is open, or all that are marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.article_changes import ArticleField
from dashboard.render.markup import element, visit
from dashboard.render.panel.collections import collection_name
from dashboard.render.panel.put_right import trail
from dashboard.store.editing import articles_of_source, list_changes
from dashboard.ui.articles.doing import FIELDS, apply, edit, marked, merge, remove, send, split
from dashboard.ui.parts.correcting import plain
from dashboard.ui.parts.visitor import needs
from dashboard.ui.state import put_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.core.models import Article
    from dashboard.core.settings import Settings
    from dashboard.store import Store
    from dashboard.store.listing import ListedArticle, Wanted
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_edit", "show_many"]

_MANY = (ArticleField.SOURCE, ArticleField.PUBLISHED, ArticleField.LANGUAGE)


def show_edit(here: Visit, words: Strings, store: Store, settings: Settings) -> None:
    """Show the fields of the open article, and what was changed about it."""
    article = store.article(here.article or "")
    if article is None:
        return
    now = _shown(article, words)
    with st.container(key="kh-put-edit"):
        with st.form(put_key(f"edit_{article.id}"), enter_to_submit=True):
            _show_text(words, article.id, FIELDS[0], now)
            with st.container(key="kh-put-fields", horizontal=True):
                for field in FIELDS[1:]:
                    _show_text(words, article.id, field, now)
            st.form_submit_button(
                words("put_save"), type="primary", on_click=_save, args=(store, settings, article.id, now)
            )
        ways = [
            visit(here.address(article=None, skip=here.skip), words("put_close"), class_="kh-action"),
            visit(here.article_address(article.id), words("put_read"), class_="kh-action"),
        ]
        st.html(f'<p class="kh-add-ways">{" · ".join(map(str, ways))}</p>')
        if changes := list_changes(store, article.id):
            st.html(str(trail(changes, words)))


def _show_text(words: Strings, ident: str, field: ArticleField, now: dict[ArticleField, str]) -> None:
    key = put_key(f"{field.value}_{ident}")
    st.session_state.setdefault(key, now[field])
    hint = words("put_date_hint") if field is ArticleField.PUBLISHED else None
    st.text_input(words(f"field_{field.value}"), key=key, placeholder=hint)


def _shown(article: Article, words: Strings) -> dict[ArticleField, str]:
    """Return what the fields show of an article."""
    day = words.day(article.published) if article.published else article.published_edtf or ""
    return {
        ArticleField.TITLE: article.title,
        ArticleField.PUBLISHED: day,
        ArticleField.SOURCE: article.source or "",
        ArticleField.URL: article.url or "",
        ArticleField.LANGUAGE: article.language or "",
    }


@needs(Role.CORRECT)
def _save(store: Store, settings: Settings, ident: str, before: dict[ArticleField, str]) -> None:
    """Store the fields that differ from what was shown."""
    typed = {field: str(st.session_state[put_key(f"{field.value}_{ident}")]).strip() for field in FIELDS}
    values = {field: value for field, value in typed.items() if value != before[field]}
    apply(store, settings, partial(edit, values=values), [ident])
    if not st.session_state["put_done"].wrong:
        for field in FIELDS:  # so that they show what is stored now
            st.session_state.pop(put_key(f"{field.value}_{ident}"), None)


def show_many(
    words: Strings, store: Store, settings: Settings, shown: Sequence[ListedArticle], wanted: Wanted
) -> None:
    """Show what can be done to the marked articles."""
    chosen = marked()
    with st.container(key="kh-put-many", horizontal=True, vertical_alignment="center"):
        st.button(
            words("put_mark_page"),
            key=put_key("page"),
            on_click=chosen.update,
            args=([one.id for one in shown],),
            disabled=not shown,
        )
        if not chosen and not wanted.source:
            return
        ids = sorted(chosen)
        if ids:
            st.html(str(element("strong", words("put_marked", n=len(ids)))))
            st.button(words("put_unmark"), key=put_key("unmark"), on_click=chosen.clear)
        with st.popover(words("put_set"), use_container_width=False):
            _show_field(words, store, settings, ids, wanted.source)
        if not ids:
            return
        if not settings.store:
            with st.popover(words("put_to"), use_container_width=False):
                _show_goals(words, store, settings, ids)
        several = len(ids) > 1
        for name, step, enabled in (
            ("merge", merge, several),
            ("split", split, True),
            ("remove", remove, True),
        ):
            st.button(
                words(f"put_{name}"),
                key=put_key(name),
                on_click=apply,
                args=(store, settings, step, ids),
                disabled=not enabled,
            )


def _show_goals(words: Strings, store: Store, settings: Settings, ids: list[str]) -> None:
    """Show the other collections, to which the marked articles may go."""
    others = {one.id: one for one in settings.collections.all() if one.url != settings.store_url}
    if not others:
        st.html(str(element("p", words("put_to_none"))))
        return
    chosen = st.selectbox(
        words("put_to_which"),
        list(others),
        format_func=lambda ident: plain(collection_name(others[ident], words)),
        key=put_key("to"),
    )
    goal = others[chosen]
    named = (collection_name(goal, words), goal.url)
    with st.container(horizontal=True):
        for name, moving in (("copy", False), ("move", True)):
            st.button(
                words(f"put_{name}"),
                key=put_key(name),
                on_click=apply,
                args=(store, settings, partial(send, goal=named, moving=moving), ids),
            )


def _show_field(words: Strings, store: Store, settings: Settings, ids: list[str], source: str | None) -> None:
    """Show the field that all of them get, and who they are: the marked ones, or all of the source."""
    scopes = {"marked": words("put_of_marked")} if ids else {}
    if source:
        of_source = articles_of_source(store, source)
        scopes["source"] = words("put_of_source", n=len(of_source), source=plain(source))
    scope = st.radio(
        words("put_which"),
        list(scopes),
        format_func=scopes.__getitem__,
        key=put_key("scope"),
        horizontal=True,
    )
    st.selectbox(
        words("put_field"),
        _MANY,
        format_func=lambda field: words(f"field_{field.value}"),
        key=put_key("field"),
    )
    st.text_input(words("put_value"), key=put_key("value"))
    targets = of_source if scope == "source" and source else ids
    st.button(
        words("put_apply"),
        key=put_key("apply"),
        type="primary",
        on_click=_set_many,
        args=(store, settings, targets),
        disabled=not targets,
    )


@needs(Role.CORRECT)
def _set_many(store: Store, settings: Settings, ids: Sequence[str]) -> None:
    field = st.session_state[put_key("field")]
    value = str(st.session_state[put_key("value")]).strip()
    apply(store, settings, partial(edit, values={field: value}), ids)
