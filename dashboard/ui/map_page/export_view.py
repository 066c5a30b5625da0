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

from dashboard.core.errors import FilterError
from dashboard.core.progress import silent
from dashboard.query import format_filters, format_journey_filters, select_all
from dashboard.render.exports import DOSSIER, FORMATS, write_file
from dashboard.render.markup import element
from dashboard.ui.map_page.export_making import show_making
from dashboard.ui.parts.correcting import plain
from dashboard.ui.parts.dossier_view import show_dossier
from dashboard.web.answers import cached_summary
from dashboard.web.hand_over import make_handover

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.core.models import Place
    from dashboard.core.progress import Progress
    from dashboard.render.exports import Format, Handover
    from dashboard.ui.parts.context import Page

__all__ = ["command_for", "show_export"]

FORMAT_KEY = "export_format"  # session key of the chosen format
PLACE_FORMAT_KEY = "export_format_place"  # session key of that of an open place
SCOPE_KEY = "export_scope"  # session key of whether the open place goes out, or all
MOST_ARTICLES = 2_000  # of which all sentences are made while a browser waits: some seconds


def show_export(page: Page) -> None:
    """Show the button, and what opens under it: while a card is open, its place goes out unless one asks for all."""
    with st.container(key="kh-export"), st.popover(page.words("export")):
        place = None if page.visit.article or not page.visit.place else page.store.place(page.visit.place)
        if place is not None and _about_the_place(page, place):
            _show_place(page, place)
        else:
            _show_formats(page, sorted(FORMATS, key=_is_of_journeys), FORMAT_KEY)


def _about_the_place(page: Page, place: Place) -> bool:
    """Ask whether the open place goes out, or all that is shown."""
    words = page.words
    said = {"place": plain(place.name_in(words.language)), "all": words("export_whole")}
    chosen = st.segmented_control(
        words("export_what"),
        list(said),
        format_func=said.__getitem__,
        default="place",
        key=SCOPE_KEY,
        required=True,
    )
    return chosen != "all"


def _show_place(page: Page, place: Place) -> None:
    """Offer the dossier of a place, and the articles that name it in every format."""
    filters = page.visit.filters
    try:
        naming = replace(filters, together=(*filters.together, place.id))
    except FilterError:  # more places than articles are asked for together
        naming = filters
    narrowed = replace(
        page, visit=replace(page.visit, filters=naming), summary=cached_summary(page.edition, naming)
    )
    if not narrowed.summary.articles:
        st.html(str(element("p", page.words("export_nothing"), class_="kh-export-goes")))
        return
    suffixes = [DOSSIER.suffix, *sorted(FORMATS, key=_is_of_journeys)]
    _show_formats(
        narrowed,
        suffixes,
        PLACE_FORMAT_KEY,
        lambda: show_dossier(page.store, page.visit, page.words, place=place.id),
    )


def _show_formats(
    page: Page, suffixes: Sequence[str], key: str, dossier: Callable[[], None] | None = None
) -> None:
    """Offer what a page shows in some formats; `dossier` shows the button of the one that is about a place."""
    words, found = page.words, page.summary
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
        words("export_format"), suffixes, format_func=lambda value: words(_key(value)), key=key
    )
    st.html(str(element("p", words(f"{_key(suffix)}_hint"), class_="kh-export-hint")))
    if dossier and suffix == DOSSIER.suffix:
        dossier()
        return
    chosen = FORMATS[suffix]
    if chosen.whole and found.articles > MOST_ARTICLES:
        what = f"{page.edition} {command_for(page, chosen)}"
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
