"""Correcting in the reader: the open mention, and names that were missed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from dashboard.core.access import Role
from dashboard.core.article_changes import ArticleField
from dashboard.core.corrections import Scope
from dashboard.core.errors import KharitaError
from dashboard.render.markup import element, join
from dashboard.render.panel.reader import Beside
from dashboard.render.panel.review import candidates_map, checked_line, place_facts
from dashboard.store.editing import edit_articles, list_changes
from dashboard.ui.parts.correcting import plain, show_actions, show_note, show_panel, show_scope, show_terms
from dashboard.ui.parts.desk import Subject, current_desk, take, take_back
from dashboard.ui.parts.visitor import may, needs
from dashboard.ui.state import MISSED, MISSED_AT, MOST_SELECTED, SELECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.core.models import Article, Resolution
    from dashboard.store.corrections import Check
    from dashboard.ui.parts.context import Page

__all__ = ["beside_mention", "missed_spans", "show_boilerplate", "show_corrections", "show_missed"]

_CANDIDATES = 5
_SCOPES = (Scope.MENTION, Scope.ARTICLE, Scope.SOURCE, Scope.EVERYWHERE)
_MOST_SPANS = 50


def beside_mention(page: Page, resolution: Resolution, check: Check | None) -> Beside:
    """Return who decided on a mention, and the map of its candidates."""
    return Beside(
        checked_line(check, page.words) if check else Markup(""),
        candidates_map(resolution.candidates[:_CANDIDATES], resolution.place, page.words, page.colours),
    )


def show_corrections(page: Page, article: Article, resolution: Resolution, check: Check | None) -> None:
    """Show what corrects the open mention, folded away until it is asked for."""
    if not may(Role.CORRECT):
        return
    words, desk = page.words, current_desk(page.settings)
    mention = resolution.mention
    subject = Subject(
        article_id=article.id,
        spans=((mention.start, mention.end),),
        name=mention.text,
        source=article.source,
        judged=check.parsed_place if check else resolution.place,
        chosen=resolution.place,
        candidates=resolution.candidates[:_CANDIDATES],
        scopes=tuple(scope for scope in _SCOPES if article.source or scope is not Scope.SOURCE),
        turn=desk.turn,
    )
    show_note(page)
    with st.expander(words("correct_title"), expanded=desk.subject == subject.key and bool(desk.opened)):
        show_scope(page, subject)
        with st.container(key="kh-answers", horizontal=True):
            show_actions(page, subject)
            if check is not None:
                st.button(
                    words("correct_undo"),
                    key="undo_here",
                    type="tertiary",
                    disabled=not desk.who,
                    on_click=take_back,
                    args=(page.settings, (check.correction.id,)),
                )
        _show_rivals(page, subject)
        show_panel(page, subject)
        show_terms(page)


def _show_rivals(page: Page, subject: Subject) -> None:
    """Show a button for each candidate that was not chosen."""
    words, desk = page.words, current_desk(page.settings)
    judged = subject.judged.id if subject.judged else None
    with st.container(key="kh-rivals", horizontal=True):
        for number, candidate in enumerate(subject.candidates, 1):
            place = candidate.place
            if place.id != judged:
                st.button(
                    plain(f"{place.name_in(words.language)} · {place_facts(place, words)}"),
                    key=f"correct_candidate_{number}",
                    shortcut=str(number),
                    disabled=not desk.who,
                    on_click=take,
                    args=(page.settings, subject, subject.decision_for(place), place),
                )


def show_boilerplate(page: Page, article: Article) -> None:
    """Let the visitor say that what is shown as boilerplate is the article's own, or take that back."""
    said = any(
        change.field is ArticleField.WHOLE and change.undone_at is None and change.after.get("whole")
        for change in list_changes(page.store, article.id)
    )
    if (not article.boilerplate and not said) or not may(Role.CORRECT):
        return
    desk = current_desk(page.settings)

    @needs(Role.CORRECT)
    def decide() -> None:
        try:
            edit_articles(page.store, [article.id], {ArticleField.WHOLE: None if said else "yes"}, desk.who)
        except KharitaError as error:
            desk.problem = str(error)

    st.button(
        page.words("boilerplate_again" if said else "boilerplate_not"),
        key="boilerplate",
        type="tertiary",
        disabled=not desk.who,
        on_click=decide,
    )


def show_missed(page: Page, article: Article, resolutions: Sequence[Resolution]) -> None:
    """Let the visitor name a place that the parser did not find in the article: typed, or selected in its text."""
    if not may(Role.CORRECT):
        return
    words = page.words
    selected = st.session_state.pop(SELECTED, None)
    if selected and selected[0] == article.id:
        st.session_state[MISSED_AT] = selected[1]
    with st.expander(words("missed_title"), expanded=bool(selected)), st.container(key="kh-missed"):
        name = st.text_input(words("missed_name"), key=MISSED, max_chars=MOST_SELECTED).strip()
        if not name:
            return
        spans = missed_spans(article.text, name, resolutions, st.session_state.get(MISSED_AT))
        if not spans:
            st.html(str(element("p", words("missed_none", name=name), class_="kh-quiet")))
            return
        desk = current_desk(page.settings)
        subject = Subject(
            article.id, spans, name, article.source, None, None, (), (Scope.MENTION,), desk.turn
        )
        if selected:
            desk.open_search(subject)
        said = join([words("missed_hint", name=name), words("missed_all", n=len(spans))], " ")
        st.html(str(element("p", said, class_="kh-quiet")))
        with st.container(key="kh-missed-answers", horizontal=True):
            for what, label in (("search", "other"), ("add", "unknown")):
                st.button(
                    words(f"correct_{label}"),
                    key=f"missed_{label}",
                    disabled=not desk.who,
                    on_click=desk.open,
                    args=(what, subject),
                )
        show_panel(page, subject)
        show_terms(page)


def missed_spans(
    text: str, name: str, resolutions: Sequence[Resolution], first: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Return where a name stands in a text outside every mention, code points, end exclusive.

    Parameters
    ----------
    first
        About where the one stands that was pointed at, which then leads; None leaves them in order.
    """
    taken = [(item.mention.start, item.mention.end) for item in resolutions]
    found = (match.span() for match in re.finditer(re.escape(name), text))
    free = [(a, z) for a, z in found if not any(a < end and z > start for start, end in taken)]
    if first is not None:
        free.sort(key=lambda span: abs(span[0] - first))
    return tuple(free[:_MOST_SPANS])
