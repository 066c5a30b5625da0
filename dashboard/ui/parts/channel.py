"""Carries clicks on the page's own links to the server, so that a visit costs one run and no reload.

Links are real addresses: opened in another tab or copied, they reproduce the view. The map sends the id of a
place through the same channel.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.render.theme import STATIC
from dashboard.ui.state import CHANNEL, MISSED, MOST_SELECTED, SELECTED
from dashboard.web.visit import known_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.words import Strings

__all__ = ["show_channel"]

# What Streamlit words in English, or not at all, for those who listen: selector, attribute, key of the words.
_LABELS = (
    ("iframe[title^='streamlit_folium'], iframe[data-kh-labelled]", "title", "skip_map"),
    ("[data-testid='stSkipToContent']", "text", "skip_to_page"),
    ("[data-testid='stFileUploaderDropzone'] button", "aria-label", "paste_file"),
)


# What Streamlit says in English of its own accord: a regular expression, and the key of the words for it.
_OWN = (
    ("Press Enter to apply", "own_press_enter"),
    (r"Press (?:⌘|Ctrl)\+Enter to apply", "own_press_control"),
    ("No results", "own_no_results"),
    ("Select all", "own_select_all"),
    (r"Select (\d+) matches", "own_select_matches"),
    ("Clear (?:all|value|entry)", "own_clear_all"),
    ("Open", "own_open_list"),
    ("Choose (?:an option|options)", "own_choose"),
    (r"(\d+) options? available\.", "own_options"),
    ("Remove(?: .+)?", "own_remove"),
    ("Close|Dismiss", "own_close"),
    ("Upload|Browse files|Add files|file upload", "own_upload"),
    (r"([\d.]+)MB per file", "own_upload_limit"),
    ("Shortcut (.+)", "own_shortcut"),
    ("Help for (.+)", "own_help"),
    ("Increment", "own_more"),
    ("Decrement", "own_less"),
)


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    script = "\n".join(
        (STATIC / name).read_text(encoding="utf-8")
        for name in ("own_words.js", "sheet.js", "print.js", "selecting.js", "channel.js")
    )
    return st.components.v2.component("kharita_channel", js=script, isolate_styles=False)


def _follow() -> None:
    """Put the address that was asked for in force."""
    address = st.session_state[CHANNEL].get("visit")
    if isinstance(address, str):
        st.query_params.from_dict(known_parameters(address))


def _select() -> None:
    """Note which words of the open article were selected as a place; they are text and nothing else."""
    told = st.session_state[CHANNEL].get("selected")
    if not isinstance(told, dict):
        return
    article, name, start = st.query_params.get("article"), told.get("text"), told.get("start")
    name = " ".join(name.split()) if isinstance(name, str) else ""
    if not article or not 0 < len(name) <= MOST_SELECTED:
        return
    st.query_params.pop("mention", None)
    st.session_state[MISSED] = name
    st.session_state[SELECTED] = (article, start if isinstance(start, int) else 0)


def show_channel(words: Strings, view: str, address: str) -> None:
    """Mount the channel.

    Parameters
    ----------
    view
        Names what the side panel shows; when that changes, it starts at its top.
    address
        Query string of the visit; when that changes, the browser hears that the page is ready.
    """
    with st.container(key="kh-channel"):
        _component()(
            key=CHANNEL,
            data={
                "language": words.language,
                "rtl": words.rtl,
                "view": view,
                "address": address,
                "opened": bool(view.partition("/")[2]),
                "own": [[said, words(key, n="$1", letter="$1")] for said, key in _OWN],
                "digits": words.digits("0123456789"),
                "labels": [[where, name, words(key)] for where, name, key in _LABELS],
            },
            on_visit_change=_follow,
            on_selected_change=_select,
        )
