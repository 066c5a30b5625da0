"""What is done to the list of feeds on this page, and what is said of it once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import ArticleFormatError, KharitaError
from dashboard.network.lists import builtin_feeds, read_list
from dashboard.store.feeds import add_feeds, remove_feeds
from dashboard.ui.parts.visitor import needs
from dashboard.ui.state import FEEDS_NOTE, feeds_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.network.lists import ListedFeed
    from dashboard.store import Store
    from dashboard.store.feeds import Feed

__all__ = [
    "ADDRESS",
    "FILE",
    "FeedsNote",
    "add_address",
    "add_chosen",
    "add_file",
    "bring_back",
    "chosen",
    "leave_note",
    "pills_key",
    "remove",
    "take_note",
]

ADDRESS, FILE = feeds_key("address"), feeds_key("file")


@dataclass(frozen=True, slots=True)
class FeedsNote:
    """What is said once: the key of its words, what fills them, and what can be brought back."""

    key: str
    values: dict[str, str | int] = field(default_factory=dict)
    wrong: bool = False
    removed: tuple[tuple[str, str, str], ...] = ()


def leave_note(note: FeedsNote) -> None:
    """Say something at the next run."""
    st.session_state[FEEDS_NOTE] = note


def take_note() -> FeedsNote | None:
    """Return what is to be said now."""
    found: FeedsNote | None = st.session_state.pop(FEEDS_NOTE, None)
    return found


def pills_key(language: str) -> str:
    """Return the key of the choice among the region's feeds in one language."""
    return feeds_key(f"region_{language}")


@needs(Role.ADMINISTER)
def add_address(store: Store) -> None:
    """Put the typed addresses on the list."""
    typed = str(st.session_state.get(ADDRESS) or "").split()
    if typed and _add(store, ((url, "", "") for url in typed), typed[0]):
        st.session_state[ADDRESS] = ""


@needs(Role.ADMINISTER)
def add_file(store: Store) -> None:
    """Put the feeds of a dropped list on the list."""
    file = st.session_state.get(FILE)
    if file is None:
        return
    try:
        found = read_list(file.getvalue(), file.name)
    except ArticleFormatError:
        leave_note(FeedsNote("feeds_bad_list", {"value": file.name[:120]}, wrong=True))
        return
    _add(store, _rows(found), file.name)


def chosen(languages: Iterable[str]) -> set[str]:
    """Return the addresses that are chosen among the region's feeds."""
    return {url for language in languages for url in st.session_state.get(pills_key(language)) or ()}


@needs(Role.ADMINISTER)
def add_chosen(store: Store, languages: Iterable[str]) -> None:
    """Put the chosen feeds of the region on the list."""
    wanted = chosen(languages)
    _add(store, _rows(one for one in builtin_feeds() if one.url in wanted), "")
    for language in languages:
        st.session_state[pills_key(language)] = []


@needs(Role.ADMINISTER)
def remove(store: Store, feed: Feed) -> None:
    """Take a feed off the list; it can be brought back."""
    try:
        remove_feeds(store, [feed.url])
    except KharitaError as error:
        leave_note(FeedsNote("", {"value": str(error)}, wrong=True))
        return
    gone = ((feed.url, feed.title, feed.language),)
    leave_note(FeedsNote("feeds_removed", {"name": feed.title}, removed=gone))


@needs(Role.ADMINISTER)
def bring_back(store: Store, note: FeedsNote) -> None:
    """Put back what was taken off the list."""
    add_feeds(store, note.removed)


def _rows(feeds: Iterable[ListedFeed]) -> list[tuple[str, str, str]]:
    return [(one.url, one.title, one.language) for one in feeds]


def _add(store: Store, rows: Iterable[tuple[str, str, str]], given: str) -> bool:
    try:
        added = add_feeds(store, rows)
    except KharitaError:
        leave_note(FeedsNote("feeds_bad_address", {"value": given[:200]}, wrong=True))
        return False
    leave_note(FeedsNote("feeds_added", {"n": added}) if added else FeedsNote("feeds_added_none"))
    return True
