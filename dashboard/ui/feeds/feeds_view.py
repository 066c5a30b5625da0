"""The page of the feeds: the list with how each fared, what puts others on it, and a button that asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import KharitaError
from dashboard.network.lists import ListedFeed, builtin_feeds, write_list
from dashboard.render.markup import element, join, visit
from dashboard.render.panel.article_list import Paged, pages
from dashboard.render.panel.feeds import feed_row
from dashboard.render.panel.notice import notice
from dashboard.store.feeds import feeds_of
from dashboard.ui.feeds.doing import (
    ADDRESS,
    FILE,
    FeedsNote,
    add_address,
    add_chosen,
    add_file,
    bring_back,
    chosen,
    leave_note,
    pills_key,
    remove,
    take_note,
)
from dashboard.ui.parts.correcting import plain
from dashboard.ui.parts.job_view import show_job, show_last_report, watch_work
from dashboard.ui.parts.visitor import needs
from dashboard.ui.state import feeds_key
from dashboard.web.working import ask_feeds, shared_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.core.settings import Settings
    from dashboard.store import Store
    from dashboard.store.feeds import Feed
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_feeds"]

_PAGE = 30
_MOST = 5000  # feeds in a file that is handed out


def show_feeds(here: Visit, words: Strings, store: Store, settings: Settings) -> None:
    """Show the page."""
    with st.container(key="kh-feeds"):
        _head(here, words)
        _show_note(words, store)
        show_job(words, settings)
        state = shared_jobs(settings).state()
        busy = state is not None and state.running
        listed = feeds_of(store)
        if listed:
            _show_ask(words, settings, listed, busy=busy)
            _show_list(here, words, store, settings, listed, busy=busy)
        else:
            st.html(str(notice(words("feeds_none_title"), words("feeds_none"))))
        _show_adding(words, store, listed)
        if listed:
            _show_saving(words, listed)
        show_last_report(here, words, settings)


def _head(here: Visit, words: Strings) -> None:
    back = visit(here.address(page="add", skip=0), words("add_title"), class_="kh-back")
    title = element("h2", words("feeds_title"))
    hint = element("p", words("feeds_hint"), class_="kh-quiet")
    st.html(str(element("header", join([back, title, hint]), class_="kh-paste-head")))


def _show_note(words: Strings, store: Store) -> None:
    done = take_note()
    if done is None:
        return
    with st.container(key="kh-feeds-note", horizontal=True, vertical_alignment="center"):
        said = words(done.key, **done.values) if done.key else str(done.values.get("value", ""))
        role = "alert" if done.wrong else "status"
        class_ = "kh-wrong" if done.wrong else "kh-put-said"
        st.html(str(element("p", said, role=role, class_=class_, dir="auto")))
        if done.removed:
            st.button(words("put_undo"), key=feeds_key("undo"), on_click=bring_back, args=(store, done))


def _show_ask(words: Strings, settings: Settings, listed: Sequence[Feed], *, busy: bool) -> None:
    with st.container(key="kh-feeds-ask", horizontal=True, vertical_alignment="center"):
        st.html(str(element("p", words("feeds_count", n=len(listed)), class_="kh-add-sum")))
        st.button(
            words("feeds_ask_all", n=len(listed)),
            key=feeds_key("ask_all"),
            type="primary",
            disabled=busy,
            on_click=_ask,
            args=(settings, [one.url for one in listed]),
        )


@needs(Role.ADMINISTER)
def _ask(settings: Settings, urls: Sequence[str]) -> None:
    try:
        ask_feeds(settings, urls)
        watch_work()
    except KharitaError as error:
        leave_note(FeedsNote("", {"value": str(error)}, wrong=True))


def _show_list(  # noqa: PLR0913 - what a row needs
    here: Visit, words: Strings, store: Store, settings: Settings, listed: Sequence[Feed], *, busy: bool
) -> None:
    now = datetime.now(UTC).astimezone()
    shown = listed[here.skip : here.skip + _PAGE]
    with st.container(key="kh-feeds-list"):
        for number, one in enumerate(shown):
            with st.container(key=f"kh-feeds-row-{number}", horizontal=True, vertical_alignment="center"):
                st.html(str(feed_row(one, words, now)))
                st.button(
                    words("feeds_ask"),
                    key=feeds_key(f"ask_{number}"),
                    type="tertiary",
                    disabled=busy,
                    on_click=_ask,
                    args=(settings, [one.url]),
                )
                st.button(
                    words("feeds_remove"),
                    key=feeds_key(f"remove_{number}"),
                    type="tertiary",
                    on_click=remove,
                    args=(store, one),
                )
    turned = Paged(here.skip, len(shown), len(listed), _PAGE)
    if ways := pages(turned, words, lambda skip: here.address(skip=skip)):
        st.html(str(ways))


def _show_adding(words: Strings, store: Store, listed: Sequence[Feed]) -> None:
    st.html(str(element("h3", words("feeds_add_title"), class_="kh-feeds-part")))
    with (
        st.form(feeds_key("address_form"), border=False),
        st.container(key="kh-feeds-address", horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(words("feeds_address"), key=ADDRESS, placeholder="https://")
        st.form_submit_button(words("feeds_add"), key=feeds_key("add"), on_click=add_address, args=(store,))
    with st.expander(words("feeds_region"), expanded=not listed, key=feeds_key("region")):
        _show_region(words, store, {one.url for one in listed})
    with st.expander(words("feeds_file"), key=feeds_key("bring")):
        st.file_uploader(
            words("feeds_file"),
            key=FILE,
            type=["opml", "xml"],
            label_visibility="collapsed",
            on_change=add_file,
            args=(store,),
        )


def _show_region(words: Strings, store: Store, there: set[str]) -> None:
    """Offer the feeds that come with the program, by language; what is on the list already is left out."""
    free = [one for one in builtin_feeds() if one.url not in there]
    if not free:
        st.html(str(element("p", words("feeds_region_all"), class_="kh-quiet")))
        return
    st.html(str(element("p", words("feeds_region_hint"), class_="kh-quiet")))
    languages = list(dict.fromkeys(one.language for one in free))
    for language in languages:
        names = {one.url: one.title for one in free if one.language == language}
        st.pills(
            plain(words.tongue(language)),
            list(names),
            selection_mode="multi",
            format_func=_named(names),
            key=pills_key(language),
        )
    count = len(chosen(languages))
    st.button(
        words("feeds_region_add", n=count),
        key=feeds_key("region_add"),
        disabled=not count,
        on_click=add_chosen,
        args=(store, languages),
    )


def _named(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what gives the name of a feed by its address."""
    return lambda url: plain(names.get(url, url))


def _show_saving(words: Strings, listed: Sequence[Feed]) -> None:
    with st.container(key="kh-feeds-end", horizontal=True, vertical_alignment="center"):
        st.download_button(
            words("feeds_save"),
            write_list(ListedFeed(one.title, one.url, one.language) for one in listed[:_MOST]),
            "kharita-feeds.opml",
            "text/x-opml",
            key=feeds_key("save"),
        )
        st.html(str(element("p", words("feeds_command"), class_="kh-quiet")))
