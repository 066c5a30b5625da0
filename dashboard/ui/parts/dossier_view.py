"""The button that saves all about the open place, or the open story, as one file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.render.exports import DOSSIER, write_file
from dashboard.web.hand_over import dossier_name, make_handover

if TYPE_CHECKING:
    from dashboard.store import Store
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_dossier"]


def show_dossier(store: Store, here: Visit, words: Strings, **about: str) -> None:
    """Show the button.

    Parameters
    ----------
    about
        `place` or `story`, as `Handover` has them.
    """
    with st.container(key="kh-dossier"):
        st.download_button(
            words("dossier"),
            data=lambda: _content(store, here, words, about),
            file_name=dossier_name(store, **about),
            mime=DOSSIER.mime,
            on_click="ignore",
            key="dossier",
        )


def _content(store: Store, here: Visit, words: Strings, about: dict[str, Any]) -> bytes:
    """Make the file; Streamlit calls this in a thread of its own when the button is pressed."""
    with tempfile.TemporaryDirectory(prefix="kharita-") as folder:
        file = Path(folder) / f"one{DOSSIER.suffix}"
        write_file(make_handover(store, here.filters, words, **about), file)
        return file.read_bytes()
