"""The controls that correct a mention: on the review page, and in the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from dashboard.core.access import Role
from dashboard.core.corrections import Decision, Scope
from dashboard.core.errors import KharitaError
from dashboard.core.geo import parse_point
from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.core.text import is_arabic
from dashboard.gazetteer.by_name import add_by_hand, places_named
from dashboard.gazetteer.user_places import UserPlace
from dashboard.query import reach_of
from dashboard.render.map.basemap import make_base_map
from dashboard.render.markup import element, join
from dashboard.render.panel.review import place_item, point_layer
from dashboard.ui.parts.desk import Desk, Subject, add_and_decide, current_desk, take, take_back
from dashboard.ui.parts.signature import show_signature
from dashboard.ui.parts.visitor import needs
from dashboard.ui.state import ADD_KIND, ADD_NAME, ADD_POINT, POINT_MAP, POINT_SEEN, SCOPE, SEARCH, WHO, WHY
from dashboard.web.handles import built_gazetteer

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.query import Reach
    from dashboard.ui.parts.context import Page
    from dashboard.words import Strings

__all__ = [
    "KEYS", "plain", "scope_line", "show_actions", "show_note", "show_panel", "show_scope", "show_terms",
]  # fmt: skip

# The figures on the buttons; 2 to 5 are the candidates after the first.
KEYS = {"right": "1", "not": "6", "other": "7", "unknown": "8", "skip": "9", "undo": "0"}
_KINDS = tuple(kind for kind in Kind if kind is not Kind.COUNTRY)
_CHOICE = 2  # scopes from which there is something to choose
_MAP_HEIGHT = 260  # pixels
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!:$<>~|^])")


def plain(label: str) -> str:
    """Return a label in which nothing is read as Markdown: names come from anywhere."""
    return _MARKDOWN.sub(r"\\\1", clean_title(label))


def show_terms(page: Page) -> None:
    """Show who takes a decision, and why."""
    desk, words = current_desk(page.settings), page.words

    def keep() -> None:
        desk.who = st.session_state[WHO].strip()

    with st.container(key="kh-terms"):
        with st.container(key="kh-who", horizontal=True):
            if not show_signature(words):
                st.session_state[WHO] = desk.who
                st.text_input(words("correct_who"), key=WHO, max_chars=120, on_change=keep)
            st.text_input(words("correct_why"), key=WHY, max_chars=2000)
        if not desk.who:
            st.html(str(element("p", words("correct_who_hint"), class_="kh-warned")))


def show_scope(page: Page, subject: Subject) -> None:
    """Show how far a decision will reach, each choice with its count, and why the chosen one is proposed."""
    desk, words = current_desk(page.settings), page.words
    if len(subject.scopes) < _CHOICE:
        return

    def keep() -> None:
        desk.scopes[subject.scopes[0]] = Scope(st.session_state[SCOPE])

    reached = reach_of(page.store, subject.article_id, subject.name, subject.judged, subject.scopes)
    chosen = desk.scope_for(subject)
    st.session_state[SCOPE] = chosen.value
    with st.container(key="kh-scope"):
        st.segmented_control(  # of buttons, so that the keys answer while it has the focus
            words("correct_scope"),
            [scope.value for scope in subject.scopes],
            format_func=lambda scope: (
                f"{words(f'scope_{scope}')} · {words.number(reached[Scope(scope)].mentions)}"
            ),
            key=SCOPE,
            on_change=keep,
            required=True,
        )
        st.html(str(scope_line(subject, chosen, reached[chosen], words, kept=bool(desk.scopes))))


def scope_line(subject: Subject, chosen: Scope, reach: Reach, words: Strings, *, kept: bool) -> Markup:
    """Return what the chosen scope decides, in numbers and words, and why it is proposed.

    Parameters
    ----------
    kept
        Whether this visitor has chosen before.
    """
    counted = words("scope_decides", n=reach.mentions, articles=words("articles_in", n=reach.articles))
    hint = words(f"scope_hint_{chosen.value}", name=subject.name, source=subject.source or "")
    first = subject.scopes[0]
    why = words("scope_why_last" if kept else f"scope_why_{first.value}")
    said = [element("strong", counted), hint]
    if kept or chosen is first:
        said.append(why)
    return element("p", join(said, " "), class_="kh-quiet kh-scope-said")


def show_actions(page: Page, subject: Subject) -> None:
    """Show the buttons that decide, but for the candidates; call it inside a container of buttons."""
    desk, words = current_desk(page.settings), page.words
    if subject.judged is not None:
        st.button(
            words("correct_right"),
            key="correct_right",
            type="primary",
            shortcut=KEYS["right"],
            disabled=not desk.who,
            on_click=take,
            args=(page.settings, subject, Decision.RIGHT, subject.judged),
        )
    st.button(
        words("correct_not"),
        key="correct_not",
        shortcut=KEYS["not"],
        disabled=not desk.who,
        on_click=take,
        args=(page.settings, subject, Decision.NOT_A_PLACE, None),
    )
    for what, name in (("search", "other"), ("add", "unknown")):
        st.button(
            words(f"correct_{name}"),
            key=f"correct_{name}",
            shortcut=KEYS[name],
            disabled=not desk.who,
            on_click=desk.open,
            args=(what, subject),
        )


def show_panel(page: Page, subject: Subject) -> None:
    """Show the search of the gazetteer, or the form that adds a place, when it is open for this subject."""
    desk = current_desk(page.settings)
    if desk.problem:
        st.html(str(element("p", desk.problem, class_="kh-warned", role="alert")))
    if desk.subject != subject.key or not desk.opened:
        return
    with st.container(key="kh-correct-panel"):
        if desk.opened == "search":
            _show_search(page, subject)
        else:
            _show_adding(page, subject, desk)


def _show_search(page: Page, subject: Subject) -> None:
    words = page.words
    name = st.text_input(words("correct_search"), key=SEARCH)
    if not name.strip():
        return
    try:
        with st.spinner(words("correct_search"), show_time=False):
            found = places_named(built_gazetteer(page.settings), page.settings, name)
    except KharitaError as error:
        st.html(str(element("p", str(error), class_="kh-warned", role="alert")))
        return
    if not found:
        st.html(str(element("p", words("correct_none_found", name=name), class_="kh-quiet")))
    for place in found:
        with st.container(key=f"kh-found-{place.id.replace(':', '-')}", horizontal=True):
            st.html(str(place_item(place, words)))
            st.button(
                words("correct_this"),
                key=f"found_{place.id}",
                on_click=take,
                args=(page.settings, subject, subject.decision_for(place), place),
            )


def _show_adding(page: Page, subject: Subject, desk: Desk) -> None:
    words = page.words
    st.html(str(element("p", words("correct_add_hint"), class_="kh-quiet")))
    with st.container(key="kh-add", horizontal=True):
        st.text_input(words("add_name"), key=ADD_NAME, max_chars=200)
        st.selectbox(
            words("add_kind"), _KINDS, format_func=lambda kind: words(f"kind_{kind.value}"), key=ADD_KIND,
            index=_KINDS.index(Kind.CITY),
        )  # fmt: skip
    clicked = st_folium(
        make_base_map(page.colours, tiles=page.settings.tiles, attribution=page.settings.tiles_attribution),
        key=POINT_MAP,
        feature_group_to_add=point_layer(parse_point(st.session_state[ADD_POINT]), page.colours),
        returned_objects=["last_clicked"],
        use_container_width=True,
        height=_MAP_HEIGHT,
    )
    point = clicked.get("last_clicked") if clicked else None
    if point and point != st.session_state.get(POINT_SEEN):
        st.session_state[POINT_SEEN] = point
        st.session_state[ADD_POINT] = f"{point['lat']:.4f}, {point['lng']:.4f}"
        st.rerun()
    st.text_input(words("add_point"), key=ADD_POINT)
    st.button(
        words("add_save"), key="add_save", type="primary", on_click=_add, args=(page, subject, desk),
        disabled=not st.session_state[ADD_POINT].strip(),
    )  # fmt: skip


@needs(Role.CORRECT)
def _add(page: Page, subject: Subject, desk: Desk) -> None:
    """Keep the place that the form describes, and decide for it."""
    name, point = st.session_state[ADD_NAME].strip(), parse_point(st.session_state[ADD_POINT])
    if point is None:
        desk.problem = page.words("add_bad_point", value=st.session_state[ADD_POINT])
        return
    arabic = name if is_arabic(name) else subject.name if is_arabic(subject.name) else ""
    try:
        place = add_by_hand(
            page.settings,
            UserPlace(
                name=name,
                latitude=point[0],
                longitude=point[1],
                name_ar=arabic,
                other_names=(subject.name,) if subject.name not in (name, arabic) else (),
                kind=Kind(st.session_state[ADD_KIND]),
            ),
        )
    except KharitaError as error:
        desk.problem = str(error)
        return
    add_and_decide(page.settings, subject, place)


def show_note(page: Page) -> None:
    """Say what the last step changed, with the way back."""
    desk, words = current_desk(page.settings), page.words
    note = desk.note
    if note is None:
        return
    count = words("articles_in", n=note.articles)
    said = words(note.key, n=note.mentions, articles=count) if note.mentions else words(f"{note.key}_none")
    with st.container(key="kh-note", horizontal=True, vertical_alignment="center"):
        st.html(str(element("p", said, role="status")))
        if note.corrections:
            st.button(
                words("correct_undo"),
                key="correct_undo",
                shortcut=KEYS["undo"],
                on_click=take_back,
                args=(page.settings, note.corrections),
            )
