"""What one visitor does while checking: the questions before them, and the decisions that they take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.corrections import Decision, Scope, local_user
from dashboard.core.errors import KharitaError
from dashboard.query import Filters, Question, QuestionView, question_view
from dashboard.store.corrections import (
    Verdict,
    decide,
    list_corrections,
    make_correction,
    time_to_decide,
    undo,
)
from dashboard.ui.parts.visitor import current_visitor, needs
from dashboard.ui.state import ADD_NAME, ADD_POINT, DESK, SEARCH, WHY
from dashboard.web.answers import cached_queue
from dashboard.web.handles import current_edition, shared_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.core.models import Candidate, Place
    from dashboard.core.settings import Settings
    from dashboard.store import Store
    from dashboard.web.handles import Edition

__all__ = ["Desk", "Note", "Subject", "add_and_decide", "current_desk", "next_question", "take", "take_back"]

_LOCAL = ("127.0.0.1", "localhost", "::1")
# Accounts of machines, not of people: in containers and on servers a decision is not signed by these.
_NOBODY = frozenset({"", "root", "admin", "administrator", "nobody", "system", "user", "www-data"})


@dataclass(frozen=True, slots=True)
class Note:
    """What became of the last step: mentions and articles that changed, and which corrections can be undone."""

    key: str
    mentions: int
    articles: int
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is decided about.

    Attributes
    ----------
    spans
        Where the name stands in the article, code points; more than one when all are decided alike.
    judged, chosen
        What the parser took it for, and what is in force; None for no place.
    scopes
        How far the decision may reach; the first is proposed.
    turn
        The desk's turn when the subject was shown: its buttons answer in this turn only, so that a key pressed
        while the next question is on its way decides nothing.
    """

    article_id: str
    spans: tuple[tuple[int, int], ...]
    name: str
    source: str | None
    judged: Place | None
    chosen: Place | None
    candidates: tuple[Candidate, ...]
    scopes: tuple[Scope, ...]
    turn: int

    @property
    def key(self) -> str:
        """Tells a subject from all others on a page."""
        return f"{self.article_id}:{self.spans[0][0]}"

    def decision_for(self, place: Place) -> Decision:
        """Return the decision that choosing a place is."""
        same = self.judged is not None and place.id == self.judged.id
        return Decision.RIGHT if same else Decision.WRONG_PLACE


@dataclass(slots=True)
class Desk:
    """The state of one visitor's checking.

    Attributes
    ----------
    queue, filters, edition
        The questions when they were last asked for, under which filters, of the store as it then stood.
    settled
        Those of them that had no open mention when they were looked at.
    opened
        `search` or `add` while that is open for `subject`, else empty.
    """

    who: str
    turn: int = 0
    scopes: dict[Scope, Scope] = field(default_factory=dict)
    queue: list[Question] = field(default_factory=list)
    settled: list[Question] = field(default_factory=list)
    filters: Filters | None = None
    edition: Edition | None = None
    skipped: set[str] = field(default_factory=set)
    opened: str = ""
    subject: str = ""
    note: Note | None = None
    problem: str = ""

    def scope_for(self, subject: Subject) -> Scope:
        """Return the scope that this visitor last chose where the same was proposed, if it is offered."""
        first = subject.scopes[0]
        chosen = self.scopes.get(first, first)
        return chosen if chosen in subject.scopes else first

    def open(self, what: str, subject: Subject) -> None:
        """Open one of the two panels for a subject, or close it when it is open."""
        same = self.opened == what and self.subject == subject.key
        self.opened, self.subject, self.problem = ("" if same else what), subject.key, ""
        for key, value in ((SEARCH, subject.name), (ADD_NAME, subject.name), (ADD_POINT, "")):
            st.session_state[key] = value

    def open_search(self, subject: Subject) -> None:
        """Open the search of the gazetteer for a subject, whatever was open."""
        self.opened, self.subject, self.problem = "search", subject.key, ""
        st.session_state[SEARCH] = subject.name

    def skip(self, question: str) -> None:
        """Pass a question over, by its key."""
        self.skipped.add(question)
        self.turn += 1

    def look_again(self) -> None:
        """Ask for the questions anew, those that were skipped too."""
        self.filters = None
        self.skipped.clear()


def current_desk(settings: Settings) -> Desk:
    """Return the visitor's desk; on one's own machine one need not say who one is, and who logged in can't say else."""
    if DESK not in st.session_state:
        st.session_state[DESK] = Desk(who=_signer(settings))
    desk: Desk = st.session_state[DESK]
    if settings.login:
        desk.who = current_visitor().address
    return desk


def _signer(settings: Settings) -> str:
    """Return whose name is proposed: on one's own machine that of the last decision, or else of who uses it."""
    if settings.host not in _LOCAL or settings.login:
        return ""
    last = list_corrections(shared_store(settings.store_url), limit=1)
    if last:
        return last[0].correction.who
    user = local_user()
    return "" if user.casefold() in _NOBODY else user


def next_question(desk: Desk, settings: Settings, filters: Filters) -> QuestionView | None:
    """Return the question worth most that is neither settled nor skipped; None when there is none.

    The queue is asked for once and then worked off, so that the next question comes at once.
    """
    store = shared_store(settings.store_url)
    for attempt in range(2):
        if desk.filters != filters or (attempt and desk.edition != current_edition(settings)):
            desk.edition, desk.filters = current_edition(settings), filters
            desk.queue, desk.settled = list(cached_queue(desk.edition, filters)), []
        for question in list(desk.queue):
            if question.key in desk.skipped:
                continue
            view = question_view(store, question, filters)
            if view is not None:
                return view
            desk.queue.remove(question)
            desk.settled.append(question)
    return None


@needs(Role.CORRECT)
def take(settings: Settings, subject: Subject, decision: Decision, place: Place | None) -> None:
    """Decide, and note what changed; a mistake is noted as the desk's problem."""
    desk = current_desk(settings)
    store = shared_store(settings.store_url)
    article = store.article(subject.article_id)
    if article is None or subject.turn != desk.turn:
        return
    verdict = Verdict(decision, place, desk.scope_for(subject), desk.who, st.session_state.get(WHY, ""))
    made, mentions, articles = [], 0, 0
    try:
        for span in subject.spans:
            correction = make_correction(article, span, subject.judged, verdict, time_to_decide(store))
            done = decide(store, correction)
            made.append(correction.id)
            mentions, articles = mentions + done.mentions, max(articles, done.articles)
    except KharitaError as error:
        desk.problem = str(error)
        return
    desk.note, desk.problem, desk.opened = Note("decided", mentions, articles, tuple(made)), "", ""
    desk.turn += 1
    st.session_state[WHY] = ""
    _open_mention(store, subject)


def _open_mention(store: Store, subject: Subject) -> None:
    """Open the mention that was decided about in the reader, so that the map shows where its pin is now."""
    if st.query_params.get("article") != subject.article_id or st.query_params.get("page"):
        return
    spans = [(one.mention.start, one.mention.end) for one in store.resolutions(subject.article_id)]
    if subject.spans[0] in spans:
        st.query_params["mention"] = str(spans.index(subject.spans[0]))


@needs(Role.CORRECT)
def take_back(settings: Settings, corrections: Iterable[str]) -> None:
    """Undo corrections, and note what changed."""
    desk = current_desk(settings)
    store = shared_store(settings.store_url)
    mentions = articles = 0
    try:
        for correction in corrections:
            done = undo(store, correction, desk.who)
            mentions, articles = mentions + done.mentions, max(articles, done.articles)
    except KharitaError as error:
        desk.problem = str(error)
        return
    desk.note, desk.problem = Note("undone", mentions, articles), ""
    desk.turn += 1
    desk.queue = sorted([*desk.settled, *desk.queue], key=lambda question: -question.worth)
    desk.settled = []


@needs(Role.CORRECT)
def add_and_decide(settings: Settings, subject: Subject, place: Place) -> None:
    """Decide for a place that has just been added by hand."""
    take(settings, subject, Decision.ADDED, place)
