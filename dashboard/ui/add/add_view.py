"""The page on which articles are added: files are looked at, then stored beside the page, then reported on."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import KharitaError
from dashboard.core.links import safe_url
from dashboard.intake.looking import MOST_FILES
from dashboard.render.markup import element, join, visit
from dashboard.render.panel.adding import looked_file, looked_list
from dashboard.render.panel.notice import notice
from dashboard.ui.add.table_view import show_encoding, show_orders, show_tables
from dashboard.ui.parts.job_view import show_job, show_last_report, watch_work
from dashboard.ui.parts.top_bar import way_back
from dashboard.ui.parts.visitor import leave_unless, may, needs
from dashboard.ui.state import ADDING, add_key
from dashboard.web.handles import read_settings
from dashboard.web.launch import MAX_UPLOAD_MB
from dashboard.web.working import mapping_memory, new_lookout, shared_jobs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.core.settings import Settings
    from dashboard.intake.looking import Looked
    from dashboard.web.visit import Visit
    from dashboard.web.working import Lookout
    from dashboard.words import Strings

__all__ = ["show_add"]

_FILES, _PATH, _ADDRESS, _PROBLEM = (add_key(name) for name in ("files", "path", "address", "problem"))
_EVERY_S = 0.5
_WITH_BUTTONS = 40  # files that get a button each


def show_add(here: Visit, words: Strings, settings: Settings) -> None:
    """Show the page."""
    with st.container(key="kh-adding"):
        _head(here, words)
        if show_job(words, settings):
            return
        lookout = _lookout(settings)
        _ask(words, settings, lookout)
        if problem := st.session_state.pop(_PROBLEM, None):
            key, value = problem
            said = words(key, path=value) if key else value
            st.html(str(element("p", said, class_="kh-wrong", role="alert", dir="auto")))
        if lookout.looking:
            st.fragment(_show_looking, run_every=_EVERY_S)(words, lookout)
        elif not lookout.is_empty:
            _show_found(words, settings, lookout)
        else:
            st.html(str(notice(words("add_nothing_title"), words("add_nothing"))))
        show_last_report(here, words, settings)


def _head(here: Visit, words: Strings) -> None:
    pages = {
        "paste": "add_paste",
        "feeds": "feeds_way",
        "articles": "add_put_right",
        "collections": "collections",
    }
    if not may(Role.ADMINISTER):
        del pages["feeds"]
    ways = [
        visit(here.address(page=page, article=None), words(key), class_="kh-action")
        for page, key in pages.items()
    ]
    parts = [
        way_back(here, words),
        element("h2", words("add_title")),
        element("p", words("add_hint"), class_="kh-quiet"),
        element("p", join(ways, " · "), class_="kh-add-ways"),
    ]
    st.html(str(element("header", join(parts), class_="kh-paste-head")))


def _lookout(settings: Settings) -> Lookout:
    """Return the visitor's files; other ones for another store, or once these are stored."""
    lookout: Lookout | None = st.session_state.get(ADDING)
    if lookout is None or lookout.jobs is not shared_jobs(settings):
        lookout = st.session_state[ADDING] = new_lookout(settings, secrets.token_hex(8))
    return lookout


def _ask(words: Strings, settings: Settings, lookout: Lookout) -> None:
    """Show the drop; on one's own machine also a field for a path."""
    label = words("add_drop", most=words.number(MAX_UPLOAD_MB))
    with st.container(key="kh-adding-drop"):
        key = f"{_FILES}_{lookout.batch}"  # empty again after the files were stored
        files = st.file_uploader(label, key=key, accept_multiple_files=True)
        held = [(file.file_id, file.name, file) for file in files]
        try:
            lookout.hold([(ident, name, file.getvalue()) for ident, name, file in held])
        except OSError as error:
            st.session_state[_PROBLEM] = ("", f"{lookout.jobs.home}: {error.strerror}")
    if may(Role.ADMINISTER):
        _ask_address(words, lookout)
    if not settings.shared:
        _ask_path(words, lookout)


def _ask_address(words: Strings, lookout: Lookout) -> None:
    with (
        st.form(add_key("address_form"), border=False),
        st.container(key="kh-adding-address", horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(words("add_address"), key=_ADDRESS, placeholder="https://")
        st.form_submit_button(
            words("add_address_go"), key=add_key("address_go"), on_click=_take_address, args=(lookout,)
        )


def _ask_path(words: Strings, lookout: Lookout) -> None:
    with (
        st.form(add_key("path_form"), border=False),
        st.container(key="kh-adding-path", horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(words("add_path"), key=_PATH)
        st.form_submit_button(
            words("add_path_go"), key=add_key("path_go"), on_click=_take_path, args=(lookout,)
        )


@needs(Role.ADMINISTER)
def _take_address(lookout: Lookout) -> None:
    """Ask what was typed for its articles, to be looked at: this button is the user's word."""
    typed = str(st.session_state.get(_ADDRESS) or "").split()
    bad = next((url for url in typed if safe_url(url) is None), None)
    if bad is not None:
        st.session_state[_PROBLEM] = ("add_address_bad", bad[:200])
    elif typed:
        lookout.add_addresses(typed)
        st.session_state[_ADDRESS] = ""


@needs(Role.ADMINISTER)
def _take_path(lookout: Lookout) -> None:
    if read_settings().shared:  # whose paths these are nobody at a browser may ask
        return
    typed = str(st.session_state.get(_PATH) or "").strip().strip("\"'")
    if not typed:
        return
    try:
        path = Path(typed).expanduser().absolute()
        is_there = path.exists()
    except (OSError, RuntimeError, ValueError):
        is_there = False
    if is_there:
        lookout.add_folder(path)
        st.session_state[_PATH] = ""
    else:
        st.session_state[_PROBLEM] = ("add_path_none", typed[:200])


def _show_looking(words: Strings, lookout: Lookout) -> None:
    leave_unless(Role.CORRECT)
    if not lookout.looking:
        st.rerun()
    said = element("p", words("add_looking"), class_="kh-quiet", role="status")
    st.html(str(join([said, looked_list(lookout.found(), words)])))


def _show_found(words: Strings, settings: Settings, lookout: Lookout) -> None:
    found = lookout.found()
    articles = lookout.articles
    count, files = words("articles", n=articles), words("add_files", n=len(found))
    asked = bool(lookout.addresses)
    said = (
        words("add_looked_asked", articles=count)
        if asked
        else words("add_looked", files=files, articles=count)
    )
    st.html(str(element("p", said, role="status", class_="kh-add-sum")))
    if len(found) >= MOST_FILES:
        st.html(str(element("p", words("add_cut", n=words.number(MOST_FILES)), class_="kh-quiet")))
    _show_files(words, lookout, found)
    show_orders(words, lookout)
    show_tables(words, lookout)
    label = words("add_store", n=articles) if lookout.complete else words("add_store_them")
    st.button(
        label,
        key=add_key("store"),
        type="primary",
        disabled=not articles,
        on_click=_store,
        args=(settings, lookout),
    )


def _show_files(words: Strings, lookout: Lookout, found: Sequence[Looked]) -> None:
    """Show what each file holds; those that were given by themselves can be left out."""
    for number, one in enumerate(found[:_WITH_BUTTONS]):
        with st.container(key=f"kh-looked-{number}", horizontal=True, vertical_alignment="center"):
            st.html(str(looked_file(one, words)))
            show_encoding(words, lookout, one, number)
            if lookout.can_leave_out(one.path):
                st.button(
                    words("add_leave_out"),
                    key=add_key(f"leave_{number}"),
                    type="tertiary",
                    on_click=needs(Role.CORRECT)(lookout.leave_out),
                    args=(one.path,),
                )
    if rest := found[_WITH_BUTTONS:]:
        st.html(str(looked_list(rest, words)))


@needs(Role.CORRECT)
def _store(settings: Settings, lookout: Lookout) -> None:
    try:
        lookout.store(mapping_memory(settings))
    except (KharitaError, OSError) as error:
        st.session_state[_PROBLEM] = ("", str(error))
        return
    watch_work()
    del st.session_state[ADDING]
