"""What a person can say of an actor: names by language, kind, country and offices, with its trail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.actor_changes import ActorChange, HeldOffice
from dashboard.core.errors import KharitaError
from dashboard.core.text import is_arabic
from dashboard.journeys.models import ActorType
from dashboard.query import office_roles
from dashboard.store.actor_trail import change_actor, list_actor_changes, undo_actor_change
from dashboard.ui.parts.desk import current_desk
from dashboard.ui.parts.signature import show_signature
from dashboard.ui.parts.visitor import current_visitor, may, needs
from dashboard.ui.state import actor_key
from dashboard.web.answers import journey_book

if TYPE_CHECKING:
    from dashboard.journeys.table import ActorEntry
    from dashboard.ui.parts.context import Page

__all__ = ["show_actor_tools"]

_SHOWN = 8  # changes of the trail


def show_actor_tools(page: Page, key: str) -> None:
    """Let a person name an actor, and take what was said back."""
    if not may(Role.CORRECT):
        return
    words = page.words
    changes = list_actor_changes(page.store, key)
    with st.container(key="kh-actor-tools"), st.expander(words("actor_put_right")):
        _show_form(page, key, next((one for one in changes if one.undone_at is None), None))
        for change in changes[:_SHOWN]:
            said = words("actor_said", who=change.who, names=words("comma").join(change.names[:3]))
            if change.undone_at is not None:
                st.caption(words("actor_undone", said=said, who=change.undone_by or ""))
                continue
            st.button(
                f"{said} · {words('journey_undo')}", key=actor_key(change.id), on_click=_undo,
                args=(page, change.id),
            )  # fmt: skip


def _show_form(page: Page, key: str, said: ActorChange | None) -> None:
    words, entry = page.words, journey_book(page.edition).actors.get(key)
    names = _names(page, key, said, entry)
    version = said.id if said else "none"  # a form shows what is in force, also after a change is undone
    with st.form(actor_key(f"form_{version}"), border=False):
        if not show_signature(words):
            who = current_desk(page.settings).who
            st.text_input(words("journey_who"), value=who, key=actor_key("who"), max_chars=100)
        for language in ("ar", "en", "fr"):
            st.text_area(
                words(f"actor_names_{language}"),
                value="\n".join(names[language]),
                key=actor_key(f"names_{language}_{version}"),
                height=90,
            )
        types = list(ActorType)
        kind = said.type if said else (entry.type if entry else journey_book(page.edition).names.type_of(key))
        st.selectbox(
            words("actor_kind"),
            types,
            index=types.index(ActorType(kind)) if kind else 0,
            format_func=lambda one: words(f"actor_{one.value}"),
            key=actor_key(f"type_{version}"),
        )
        country = said.country if said else (entry.country if entry else None)
        st.text_input(
            words("actor_country"), value=country or "", key=actor_key(f"country_{version}"), max_chars=2
        )
        offices = list(said.offices) if said else _held(entry)
        for number, office in enumerate([*offices, None]):
            _show_office(page, f"{version}_{number}", office)
        st.form_submit_button(
            words("actor_save"), on_click=_save, args=(page, key, version, len(offices) + 1)
        )


def _show_office(page: Page, at: str, office: HeldOffice | None) -> None:
    words = page.words
    roles = ["", *dict.fromkeys([*office_roles(), *([office.role] if office else [])])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            words("actor_office"),
            roles,
            index=roles.index(office.role) if office else 0,
            format_func=lambda one: words(f"office_{one}") if one else words("actor_office_none"),
            key=actor_key(f"role_{at}"),
        )
        for name, value in (
            ("office_country", office.country if office else ""),
            ("since", office.since if office else ""),
            ("until", office.until if office else ""),
        ):
            st.text_input(
                words(f"actor_{name}"), value=value or "", key=actor_key(f"{name}_{at}"), max_chars=20
            )


def _names(
    page: Page, key: str, said: ActorChange | None, entry: ActorEntry | None
) -> dict[str, tuple[str, ...]]:
    """Return the names by language: those in force, else those of the public table, else those of the articles."""
    if said is not None:
        return {"ar": said.names_ar, "en": said.names_en, "fr": said.names_fr}
    book = journey_book(page.edition).names
    shown = entry.shown if entry else (book.shown(key, "ar"), *book.others(key, "ar"))
    arabic = tuple(name for name in shown if is_arabic(name))
    return {"ar": arabic, "en": tuple(name for name in shown if name not in arabic), "fr": ()}


def _held(entry: ActorEntry | None) -> list[HeldOffice]:
    offices = entry.offices if entry else ()
    return [HeldOffice(one.role, one.country, one.since, one.until) for one in offices]


@needs(Role.CORRECT)
def _save(page: Page, key: str, version: str, rows: int) -> None:
    def given(name: str) -> str:
        return str(st.session_state.get(actor_key(name), "")).strip()

    offices = tuple(
        HeldOffice(
            given(f"role_{version}_{number}"),
            given(f"office_country_{version}_{number}").upper() or None,
            given(f"since_{version}_{number}"),
            given(f"until_{version}_{number}"),
        )
        for number in range(rows)
        if given(f"role_{version}_{number}")
    )
    change = ActorChange(
        actor=key,
        type=given(f"type_{version}"),
        country=given(f"country_{version}").upper() or None,
        names_ar=_lines(given(f"names_ar_{version}")),
        names_en=_lines(given(f"names_en_{version}")),
        names_fr=_lines(given(f"names_fr_{version}")),
        offices=offices,
        who=current_visitor().address or given("who"),
        why="",
        decided_at=datetime.now(UTC),
    )
    try:
        change_actor(page.store, change)
        current_desk(page.settings).who = change.who  # remembered for the next decision
    except KharitaError as error:
        st.toast(str(error))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@needs(Role.CORRECT)
def _undo(page: Page, change: str) -> None:
    typed = str(st.session_state.get(actor_key("who"), ""))
    who = current_visitor().address or typed or current_desk(page.settings).who
    try:
        undo_actor_change(page.store, change, who)
    except KharitaError as error:
        st.toast(str(error))
