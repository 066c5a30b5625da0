"""The page on which a text is pasted and its places are seen at once; nothing is stored unless asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import ArticleFormatError
from dashboard.core.models import Article
from dashboard.intake import (
    ARTICLE_SUFFIXES,
    MAX_ARTICLE_BYTES,
    MAX_PASTED,
    clean_pasted,
    parse_article,
    pasted_article,
)
from dashboard.render.map.minimap import minimap
from dashboard.render.markup import bdi, element, join, line
from dashboard.render.markup import visit as visit_link
from dashboard.render.panel.notice import notice
from dashboard.render.panel.pasted import found_places, pasted_places
from dashboard.render.panel.reader import Marking, article_body, mention_panel
from dashboard.ui.parts.reader_view import focus_place
from dashboard.ui.parts.top_bar import way_back
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import PASTE_PROBLEM, PASTED, paste_key
from dashboard.web.handles import shared_parser

if TYPE_CHECKING:
    from dashboard.core.models import Parse
    from dashboard.render.theme import Palette
    from dashboard.store import Store
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_paste"]

_TEXT, _FILE = paste_key("text"), paste_key("file")
_FIELDS = ("title", "source", "date", "link")
_MEGABYTE = 1024**2


def show_paste(visit: Visit, words: Strings, colours: Palette, store: Store) -> None:
    """Show the page."""
    with st.container(key="kh-paste"):
        _ask(visit, words)
        text = clean_pasted(st.session_state.get(_TEXT) or "")
        if problem := st.session_state.pop(PASTE_PROBLEM, None):
            key, name = problem
            most = words.number(MAX_ARTICLE_BYTES // _MEGABYTE)
            st.html(str(notice(words(f"{key}_title"), words(key, name=name, most=most))))
        elif not text:
            st.html(str(notice(words("paste_empty_title"), words("paste_empty"))))
        elif len(text) > MAX_PASTED:
            said = words("paste_long", n=len(text), most=words.number(MAX_PASTED))
            st.html(str(notice(words("paste_long_title"), said)))
        else:
            _show_found(visit, words, colours, store, text)


def _ask(here: Visit, words: Strings) -> None:
    """Show the field and the file's drop."""
    kept = st.session_state.get(PASTED)
    if kept and _TEXT not in st.session_state:
        st.session_state[_TEXT] = kept[0]  # the widget forgets it while another page is shown
    back = way_back(here, words)
    title = join(
        [back, element("h2", words("paste_title")), element("p", words("paste_hint"), class_="kh-quiet")]
    )
    st.html(str(element("header", title, class_="kh-paste-head")))
    st.text_area(
        words("paste_text"),
        key=_TEXT,
        height=180,
        placeholder=words("paste_placeholder"),
        label_visibility="collapsed",
    )
    with st.container(key="kh-paste-ways", horizontal=True, vertical_alignment="center"):
        st.button(words("paste_read"), key=paste_key("read"), type="primary")
        if may(Role.CORRECT):
            st.file_uploader(words("paste_file"), key=_FILE, on_change=_take_file)


@needs(Role.CORRECT)
def _take_file() -> None:
    """Put the text of a file, and what it says of itself, into the fields."""
    file = st.session_state.get(_FILE)
    if file is None:
        return
    if PurePath(file.name).suffix.lower() in ARTICLE_SUFFIXES:
        with suppress(ArticleFormatError):
            article = parse_article(file.getvalue(), file.name)
            st.session_state[_TEXT] = article.text
            day = article.published.isoformat() if article.published else ""
            known = (article.title, article.source or "", day, article.url or "")
            for name, value in zip(_FIELDS, known, strict=True):
                st.session_state[paste_key(name)] = value
            return
    st.session_state[PASTE_PROBLEM] = ("paste_bad_file", file.name)


def _parsed(text: str, words: Strings) -> Parse:
    """Parse a text, once for this visitor."""
    kept: tuple[str, Parse] | None = st.session_state.get(PASTED)
    if kept is not None and kept[0] == text:
        return kept[1]
    with st.spinner(words("paste_opening")):
        parser = shared_parser()
    with st.spinner(words("paste_reading")):
        parse = parser.parse(text)
    st.session_state[PASTED] = (text, parse)
    return parse


def _show_found(visit: Visit, words: Strings, colours: Palette, store: Store, text: str) -> None:
    parse = _parsed(text, words)
    resolutions = parse.resolutions
    marking = Marking(resolutions, words, lambda number: visit.address(mention=number), visit.mention)
    with st.container(key="kh-pasted", horizontal=True):
        with st.container(key="kh-pasted-text"):
            body = article_body(Article("", text), marking)
            st.html(str(element("article", body, class_="kh-reader")))
        with st.container(key="kh-pasted-side"):
            _show_side(visit, words, colours, store, parse)
            _offer_to_store(visit, words, store, text)


def _show_side(visit: Visit, words: Strings, colours: Palette, store: Store, parse: Parse) -> None:
    """Show the map, the open mention and the list of places."""
    found = found_places(parse.resolutions)
    if not found:
        st.html(str(notice(words("paste_none_title"), words("paste_none"))))
        return
    number = visit.mention
    mention = parse.resolutions[number] if number is not None and number < len(parse.resolutions) else None
    chosen = mention.place.id if mention and mention.place else None
    focus = chosen or focus_place(parse.focus, {one.place.id for one in found})
    counted = [(one.place, one.mentions) for one in found]
    figures = words(
        "paste_found",
        places=words("places", n=len(found)),
        mentions=words("mentions", n=sum(one.mentions for one in found)),
    )
    parts = [minimap(counted, focus, words.language, colours, labels={})]
    if mention:
        known = {one.place.id for one in found if store.place(one.place.id)}
        close = visit.address(mention=None)

        def card(place: str) -> str:
            return visit.place_address(place) if place in known else close

        parts.append(mention_panel(mention, words, card, close))
    parts += [
        element("h3", join([words("paste_places"), element("small", figures)], " ")),
        element("p", words("paste_pick"), class_="kh-quiet"),
        pasted_places(found, words, lambda at: visit.address(mention=at), chosen),
    ]
    st.html(str(element("section", join(parts), class_="kh-pasted-found")))


def _offer_to_store(visit: Visit, words: Strings, store: Store, text: str) -> None:
    """Offer to store the text, with what is known of it; one that is stored already can be opened, or stored anew."""
    known = _known(store, text)
    if known is not None:
        about = [bdi(known.source) if known.source else "", words.day(known.published)]
        open_ = visit_link(visit.article_address(known.id), words("paste_known_open"), class_="kh-action")
        parts = [
            element("strong", words("paste_known")),
            element("p", join([line(known.title), *filter(None, about)], " · "), dir="auto"),
            element("p", open_, class_="kh-actions"),
            element("p", words("paste_known_other"), class_="kh-quiet"),
        ]
        st.html(str(element("section", join(parts), class_="kh-notice kh-known", role="status")))
    if not may(Role.CORRECT):
        return
    with (
        st.expander(words("paste_store_other" if known else "paste_store"), key=paste_key("more")),
        st.form(paste_key("form"), border=False, enter_to_submit=False),
    ):
        st.html(str(element("p", words("paste_store_hint"), class_="kh-quiet")))
        for name in _FIELDS:
            st.text_input(words(f"paste_field_{name}"), key=paste_key(name))
            if name in _wrong_fields():
                st.html(str(element("p", words(f"paste_bad_{name}"), class_="kh-wrong", role="alert")))
        st.form_submit_button(
            words("paste_save"), key=paste_key("save"), on_click=_store, args=(visit, store, text)
        )


def _known(store: Store, text: str) -> Article | None:
    """Return the stored article that this text, with what the fields say of it, would be; None for a new one."""
    link = "" if "link" in _wrong_fields() else _field("link")
    article = pasted_article(text, title=_field("title"), source=_field("source"), url=link)
    return store.article(store.known_as(article) or "")


def _field(name: str) -> str:
    return (st.session_state.get(paste_key(name)) or "").strip()


def _wrong_fields() -> set[str]:
    """Return the fields whose value makes no sense."""
    wrong = set()
    if _field("date"):
        try:
            date.fromisoformat(_field("date"))
        except ValueError:
            wrong.add("date")
    try:
        pasted_article("-", url=_field("link"))
    except ArticleFormatError:
        wrong.add("link")
    return wrong


@needs(Role.CORRECT)
def _store(visit: Visit, store: Store, text: str) -> None:
    """Store the text and open it; one that is stored already stays as it is."""
    if _wrong_fields():
        return
    day = _field("date")
    article = pasted_article(
        text,
        title=_field("title"),
        source=_field("source"),
        url=_field("link"),
        published=date.fromisoformat(day) if day else None,
    )
    if store.known_as(article) is not None:  # the notice says so, and what would make it another
        return
    parse, legs = shared_parser().read(article)
    (ident,) = store.put_many([(article, parse)], [legs]).ids
    if ident is None:
        st.session_state[PASTE_PROBLEM] = ("paste_removed", article.title)
        return
    for name in ("text", *_FIELDS):
        st.session_state[paste_key(name)] = ""
    st.session_state.pop(PASTED, None)
    stored = replace(visit, article=ident, place=None, mention=None, page="")
    st.query_params.from_dict(stored.parameters())
