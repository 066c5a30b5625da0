"""The review page: one question at a time, and the decisions taken so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.corrections import Scope
from dashboard.query import describe_filters
from dashboard.render.markup import element, join
from dashboard.render.panel.notice import notice
from dashboard.render.panel.review import candidate_item, candidates_map, examples, question_head, trail_item
from dashboard.store.corrections import count_corrections, list_corrections
from dashboard.ui.parts.correcting import KEYS, show_actions, show_note, show_panel, show_scope, show_terms
from dashboard.ui.parts.desk import Subject, current_desk, next_question, take, take_back
from dashboard.ui.parts.top_bar import way_back
from dashboard.ui.parts.visitor import leave_unless

if TYPE_CHECKING:
    from dashboard.query import QuestionView
    from dashboard.ui.parts.context import Page

__all__ = ["show_review"]

_CANDIDATES = 5
_TRAIL = 12


def show_review(page: Page) -> None:
    """Show the page; what is decided on it runs this part alone, so that the next question comes at once."""
    with st.container(key="kh-review"):
        _show_desk(page)


@st.fragment
def _show_desk(page: Page) -> None:
    leave_unless(Role.CORRECT)
    words, desk = page.words, current_desk(page.settings)
    back = way_back(page.visit, words)
    head = [back, element("h2", words("review_title")), element("p", words("review_said"), class_="kh-quiet")]
    if describe_filters(page.visit.filters):
        head.append(element("p", words("review_filtered"), class_="kh-quiet"))
    st.html(str(element("header", join(head), class_="kh-review-head")))
    show_note(page)
    view = next_question(desk, page.settings, page.visit.filters)
    with st.container(key="kh-desk", horizontal=True):
        with st.container(key="kh-question"):
            if view is None:
                st.html(str(notice(words("review_done_title"), words("review_done_body"))))
                if desk.skipped:
                    st.button(words("review_again"), key="review_again", on_click=desk.look_again)
            else:
                _show_question(page, view)
        with st.container(key="kh-beside"):
            if view is not None:
                _show_candidates(page, view)
            _show_trail(page)


def _subject(view: QuestionView, turn: int) -> Subject:
    first = view.examples[0]
    mention = first.resolution.mention
    scopes = (Scope.EVERYWHERE, Scope.SOURCE, Scope.ARTICLE, Scope.MENTION)
    return Subject(
        article_id=first.article_id,
        spans=((mention.start, mention.end),),
        name=mention.text,
        source=first.source,
        judged=view.place,
        chosen=view.place,
        candidates=first.resolution.candidates[:_CANDIDATES],
        scopes=tuple(scope for scope in scopes if first.source or scope is not Scope.SOURCE),
        turn=turn,
    )


def _show_question(page: Page, view: QuestionView) -> None:
    words, desk = page.words, current_desk(page.settings)
    subject = _subject(view, desk.turn)

    def address(article: str, number: int) -> str:
        return page.visit.address(article=article, mention=number, place=None, page="")

    st.html(
        str(
            element(
                "section",
                join([question_head(view, subject.name, words), examples(view.examples, words, address)]),
                class_="kh-question",
            )
        )
    )
    show_scope(page, subject)
    with st.container(key="kh-answers", horizontal=True):
        show_actions(page, subject)
        st.button(
            words("correct_skip"),
            key="correct_skip",
            type="tertiary",
            shortcut=KEYS["skip"],
            on_click=desk.skip,
            args=(view.question.key,),
        )
    show_panel(page, subject)
    show_terms(page)


def _show_candidates(page: Page, view: QuestionView) -> None:
    """Show the candidates on a map and as a list, each but the chosen one with a button that takes it."""
    words, desk = page.words, current_desk(page.settings)
    subject = _subject(view, desk.turn)
    if not subject.candidates:
        return
    drawn = candidates_map(subject.candidates, view.place, words, page.colours)
    title = element(
        "h3",
        join([words("candidates"), element("small", words("candidates_share", whole=words.share(1)))], " "),
    )
    st.html(str(join([title, drawn])))
    for number, candidate in enumerate(subject.candidates, 1):
        won = view.place is not None and candidate.place.id == view.place.id
        with st.container(key=f"kh-candidate-{number}", horizontal=True, vertical_alignment="top"):
            st.html(str(candidate_item(number, candidate, words, won=won)))
            if not won:
                st.button(
                    words("correct_this"),
                    key=f"correct_candidate_{number}",
                    shortcut=str(number),
                    disabled=not desk.who,
                    on_click=take,
                    args=(page.settings, subject, subject.decision_for(candidate.place), candidate.place),
                )


def _show_trail(page: Page) -> None:
    words, desk = page.words, current_desk(page.settings)
    listed = list_corrections(page.store, limit=_TRAIL)
    title = element("h3", words("trail_title"))
    none = element("p", words("trail_none"), class_="kh-quiet")
    st.html(str(title if listed else join([title, none])))
    for item in listed:
        one = item.correction
        with st.container(key=f"kh-trail-{one.id[:12]}", horizontal=True, vertical_alignment="top"):
            st.html(str(trail_item(item, words)))
            if one.undone_at is None:
                st.button(
                    words("correct_undo"),
                    key=f"undo_{one.id}",
                    type="tertiary",
                    disabled=not desk.who,
                    on_click=take_back,
                    args=(page.settings, (one.id,)),
                )
    if len(listed) == _TRAIL and (older := count_corrections(page.store) - _TRAIL) > 0:
        st.html(str(element("p", words("trail_more", n=older), class_="kh-quiet")))
