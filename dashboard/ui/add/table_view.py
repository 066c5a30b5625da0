"""What only its user knows of a file: its encoding, which column is what, and which comes first in a date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.intake.columns import FIELDS
from dashboard.intake.recoding import ENCODINGS
from dashboard.render.markup import element, line
from dashboard.render.panel.adding import table_head
from dashboard.ui.parts.correcting import plain
from dashboard.ui.parts.visitor import needs
from dashboard.ui.state import add_key

if TYPE_CHECKING:
    from dashboard.intake.columns import TableView
    from dashboard.intake.looking import Looked
    from dashboard.web.working import Lookout
    from dashboard.words import Strings

__all__ = ["show_encoding", "show_orders", "show_tables"]

_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "iso-8859-6": "ISO-8859-6",
}
_ORDERS = ("dmy", "mdy", "open")


def show_encoding(words: Strings, lookout: Lookout, one: Looked, number: int) -> None:
    """Show in which encoding a text is read and how it begins then, and let its user choose another."""
    if one.encoding is None:
        return
    found = one.encoding.lower()
    name = _NAMES.get(found, found)
    label = words("add_encoding", name=name) if name else words("add_encoding_none")
    with st.popover(label, use_container_width=False):
        st.html(str(element("p", words("add_encoding_hint"), class_="kh-quiet")))
        key = add_key(f"encoding_{number}")
        st.session_state[key] = lookout.encodings.get(one.path, "")

        @needs(Role.CORRECT)
        def keep() -> None:
            lookout.choose_encoding(one.path, st.session_state[key])

        st.selectbox(
            words("add_encoding_which"),
            ["", *ENCODINGS],
            format_func=lambda said: _NAMES.get(said, said) or words("add_encoding_found"),
            key=key,
            on_change=keep,
        )
        if one.sample:
            st.html(str(element("blockquote", line(one.sample), class_="kh-sample", dir="auto")))


def show_tables(words: Strings, lookout: Lookout) -> None:
    """Show each shape of table once, with its first rows and a choice for each part of an article."""
    shown = set()
    for one in lookout.found():
        if one.table is None or one.table.shape in shown:
            continue
        shown.add(one.table.shape)
        with st.expander(plain(words("add_columns", name=one.name)), expanded=not one.table.mapping.usable):
            st.html(str(element("p", words("add_columns_hint"), class_="kh-quiet")))
            st.html(str(table_head(one.table, words)))
            with st.container(key=f"kh-columns-{one.table.shape}", horizontal=True):
                for field in FIELDS:
                    _choose(words, lookout, one.table, field)


def _choose(words: Strings, lookout: Lookout, table: TableView, field: str) -> None:
    key = add_key(f"column_{table.shape}_{field}")
    st.session_state[key] = getattr(table.mapping, field)

    @needs(Role.CORRECT)
    def keep() -> None:
        lookout.map_columns(table.shape, replace(table.mapping, **{field: st.session_state[key]}))

    st.selectbox(
        words(f"field_{field}"),
        ["", *dict.fromkeys(name for name in table.header if name)],
        format_func=lambda name: name or words("add_column_none"),
        key=key,
        on_change=keep,
    )


def show_orders(words: Strings, lookout: Lookout) -> None:
    """Ask once for each source which comes first in its dates."""
    asked = lookout.asked()
    if not asked:
        return
    with st.container(key="kh-orders"):
        st.html(str(element("h3", words("add_order_title"))))
        for number, (source, example) in enumerate(asked.items()):
            _ask_order(words, lookout, source, example, add_key(f"order_{number}"))


def _ask_order(words: Strings, lookout: Lookout, source: str, example: str, key: str) -> None:
    @needs(Role.CORRECT)
    def keep() -> None:
        chosen = st.session_state[key]
        lookout.order_dates(source, "" if chosen in (None, "open") else chosen)

    st.session_state[key] = lookout.orders.get(source, "open")
    shown = words.digits(example)
    label = (
        words("add_order", date=shown, source=source) if source else words("add_order_nameless", date=shown)
    )
    st.segmented_control(
        plain(label),
        _ORDERS,
        format_func=lambda order: words(f"add_order_{order}"),
        key=key,
        on_change=keep,
    )
