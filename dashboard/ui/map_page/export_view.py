"""The export button beside the sentence: what is shown goes out as one file, made when it is asked for."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard.core.progress import silent
from dashboard.query import format_filters, format_journey_filters, select_all
from dashboard.render.exports import FORMATS, write_file
from dashboard.render.markup import element
from dashboard.ui.map_page.export_making import show_making
from dashboard.web.hand_over import make_handover

if TYPE_CHECKING:
    from dashboard.core.progress import Progress
    from dashboard.render.exports import Format, Handover
    from dashboard.ui.parts.context import Page

__all__ = ["command_for", "show_export"]

FORMAT_KEY = "export_format"  # session key of the chosen format
MOST_ARTICLES = 2_000  # of which all sentences are made while a browser waits: some seconds


def show_export(page: Page) -> None:
    """Show the button, and what opens under it."""
    words, found = page.words, page.summary
    with st.container(key="kh-export"), st.popover(words("export")):
        if not found.places:
            st.html(str(element("p", words("export_nothing"), class_="kh-export-goes")))
            return
        goes = words(
            "export_goes",
            places=words("places", n=found.places),
            articles=words("articles", n=found.articles),
        )
        st.html(str(element("p", goes, class_="kh-export-goes")))
        suffix = st.selectbox(
            words("export_format"),
            sorted(FORMATS, key=_is_of_journeys),
            format_func=lambda value: words(_key(value)),
            key=FORMAT_KEY,
        )
        chosen = FORMATS[suffix]
        st.html(str(element("p", words(f"{_key(suffix)}_hint"), class_="kh-export-hint")))
        if chosen.whole and found.articles > MOST_ARTICLES:
            what = f"{page.edition} {chosen.suffix} {page.visit.address()}"
            show_making(words, _file_name(page, chosen), what, partial(_handover, page))
            _show_command(page, chosen)
        else:
            st.download_button(
                words("export_download"),
                data=lambda: _content(page, chosen),
                file_name=_file_name(page, chosen),
                mime=chosen.mime,
                on_click="ignore",
                type="primary",
                key="export_download",  # one button: that of the format before is gone at once
            )


def _is_of_journeys(suffix: str) -> bool:
    """Tell whether a format holds journeys alone: these stand after those of what the map shows."""
    return suffix.startswith(".journeys.")


def _key(suffix: str) -> str:
    return f"export{suffix.replace('.', '_')}"


def _file_name(page: Page, chosen: Format) -> str:
    found = page.summary
    return f"kharita-{found.places}-places-{found.articles}-articles{chosen.suffix}"


def _content(page: Page, chosen: Format) -> bytes:
    """Make the file; Streamlit calls this in a thread of its own when the button is pressed."""
    handover = _handover(page)
    with tempfile.TemporaryDirectory(prefix="kharita-") as folder:
        file = Path(folder) / f"export{chosen.suffix}"
        write_file(handover, file)
        return file.read_bytes()


def _handover(page: Page, watch: Progress = silent) -> Handover:
    """Return what is shown, as it is handed over; `watch` is told how far that is."""
    selection = replace(select_all(page.store, page.visit.filters), watch=watch)
    return make_handover(
        page.store,
        page.visit.filters,
        page.words,
        page.colours,
        selection=selection,
        order=page.visit.sort,
        moves=page.visit.moves,
    )


def _show_command(page: Page, chosen: Format) -> None:
    st.html(str(element("p", page.words("export_by_command"), class_="kh-export-hint")))
    st.code(command_for(page, chosen), language=None, wrap_lines=True)


def command_for(page: Page, chosen: Format) -> str:
    """Return the command that writes the file; the store's address, which may hold a password, is left out."""
    parameters = (
        format_filters(page.visit.filters)
        | format_journey_filters(page.visit.moves)
        | {"ui": page.words.language}
    )
    if page.visit.sort:
        parameters["sort"] = page.visit.sort
    return shlex.join(["kharita", "export", f"news{chosen.suffix}", "--view", f"?{urlencode(parameters)}"])
