"""The side panel of the journeys: the list, an actor, one journey with what people can do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import KharitaError
from dashboard.core.journey_decisions import JourneyVerdict
from dashboard.core.links import clean_title
from dashboard.journeys.models import LegStatus
from dashboard.query import (
    DEFAULT_MIN_CONFIDENCE,
    Filters,
    JourneyFilters,
    ReportHead,
    is_at,
    journey_ends,
    report_heads,
    told_reports,
)
from dashboard.render.markup import element, join, visit
from dashboard.render.panel.article_list import Paged, pages
from dashboard.render.panel.journeys import (
    VISITORS,
    JourneyWays,
    actor_card,
    actor_list,
    journey_card,
    journey_list,
    visitors,
)
from dashboard.render.panel.notice import notice
from dashboard.store.journey_trail import decide_journey, list_decisions, undo_decision
from dashboard.ui.map_page.actor_view import show_actor_tools
from dashboard.ui.parts.desk import current_desk
from dashboard.ui.parts.signature import show_signature
from dashboard.ui.parts.visitor import current_visitor, may, needs
from dashboard.ui.state import journey_key
from dashboard.web.answers import cached_journeys, journey_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from markupsafe import Markup

    from dashboard.journeys import Journey
    from dashboard.ui.parts.context import Page

__all__ = ["journey_ways", "show_journeys", "visitors_of"]

_A_PAGE = 60
_JOINABLE = 30


def journey_ways(page: Page, listed: Sequence[Journey] = ()) -> JourneyWays:
    """Return names and addresses for telling of journeys; of those `listed`, what tells of them too."""
    here = page.visit

    def leg(report: str) -> str:
        article, cue, actor = report.rsplit(":", 2)
        return here.address(article=article, leg=f"{cue}:{actor}", mention=None, page="", view="journeys")

    return JourneyWays(
        names=journey_book(page.edition).names,
        words=page.words,
        journey=here.journey_address,
        actor=lambda key: here.journeys_address(actors=(key,)),
        place=here.place_address,
        leg=leg,
        heads=report_heads(page.store, listed),
    )


def show_journeys(page: Page, head: Markup) -> None:
    """Show one journey, one actor, or the list; `head` is the switch between lists."""
    here, book = page.visit, journey_book(page.edition)
    if here.journey:
        journey = book.journey(here.journey)
        if journey is not None:
            _show_one(page, journey)
            return
    found = cached_journeys(page.edition, here.filters, here.moves)
    if len(here.moves.actors) == 1:
        _show_actor(page, here.moves.actors[0], sorted(found, key=_newest))
        return
    st.html(str(join([head, *_list(page, found)])))


def _show_actor(page: Page, actor: str, found: Sequence[Journey]) -> None:
    here = page.visit

    def only(source: str) -> str:
        return here.address(filters=replace(here.filters, sources=(source,)))

    back = here.journeys_address(actors=())
    card = actor_card(actor, found, journey_ways(page, found), back, only)
    st.html(str(join([card, *_less_sure(page, found)])))
    show_actor_tools(page, actor)


def _newest(journey: Journey) -> tuple[int, str]:
    days = journey.earliest.published
    return (-(days.toordinal() if days else 0), journey.id)


def _list(page: Page, found: Sequence[Journey]) -> list[Markup]:
    words, here = page.words, page.visit
    parts = [_statuses(page)]
    if here.moves:
        reset = visit(here.address(moves=JourneyFilters()), words("journey_every"), class_="kh-action")
        parts.append(element("p", reset, class_="kh-actions"))
    book = journey_book(page.edition)
    for count, key in ((book.unread, "journey_unread"), (book.left_out, "journey_left_out")):
        if count:
            parts.append(element("p", words(key, n=count), class_="kh-quiet"))
    parts.extend(_less_sure(page, found))
    if not found:
        everything = visit(
            here.address(filters=Filters(), moves=JourneyFilters()), words("reset"), class_="kh-action"
        )
        return [*parts, notice(words("journey_none_title"), words("journey_none_body"), everything)]
    ordered = sorted(found, key=lambda one: (-one.independent, _newest(one)))
    listed = ordered[here.skip : here.skip + _A_PAGE]
    shown = Paged(here.skip, len(listed), len(ordered), _A_PAGE)
    ways = journey_ways(page, listed)
    return [
        *parts,
        actor_list(found, ways),
        journey_list(listed, ways),
        pages(shown, words, lambda skip: here.address(skip=skip)),
    ]


def _less_sure(page: Page, found: Sequence[Journey]) -> Iterator[Markup]:
    """Give the way to the journeys that are left out because they are less sure, if there are any."""
    here = page.visit
    everything = replace(here.filters, min_confidence=0.0)
    less = len(cached_journeys(page.edition, everything, here.moves)) - len(found)
    if less > 0 and here.filters.min_confidence >= DEFAULT_MIN_CONFIDENCE:
        link = visit(
            here.address(filters=everything), page.words("journey_less_sure", n=less), class_="kh-action"
        )
        yield element("p", link, class_="kh-quiet kh-less-sure")


def _statuses(page: Page) -> Markup:
    """Return the filter by whether it is so: a press sets a status, another takes it back."""
    here, words = page.visit, page.words
    links = []
    for status in LegStatus:
        chosen = status in here.moves.statuses
        wanted = tuple(one for one in (*here.moves.statuses, status) if not (chosen and one is status))
        links.append(
            visit(
                here.journeys_address(statuses=wanted),
                words(f"leg_status_{status.value.replace(' ', '_')}"),
                aria_current="true" if chosen else None,
            )
        )
    return element("nav", join(links), class_="kh-status-filter", aria_label=words("journey_status_filter"))


def _show_one(page: Page, journey: Journey) -> None:
    ways = journey_ways(page)
    told = told_reports(page.store, journey.reports)
    back = page.visit.address(journey=None)
    st.html(str(journey_card(journey, told, ways, back)))
    if not may(Role.CORRECT):
        return
    with st.container(key="kh-journey-tools"), st.expander(page.words("journey_put_right")):
        _show_tools(page, journey)


def _show_tools(page: Page, journey: Journey) -> None:
    """Let a person split, join and take out reports, and take decisions back."""
    words, store = page.words, page.store
    if not show_signature(words):
        who = current_desk(page.settings).who
        st.text_input(words("journey_who"), value=who, key=journey_key("who"), max_chars=100)
    keys = [report.key for report in journey.reports]
    names = {
        one.report.key: _report_title(ReportHead(one.title, one.source), one.published, page)
        for one in told_reports(store, journey.reports)
    }
    chosen = st.selectbox(
        words("journey_report"), keys, format_func=lambda key: names.get(key, key), key=journey_key("report")
    )
    rest = [key for key in keys if key != chosen]

    def press(
        name: str, verdict: JourneyVerdict, report: str, others: Sequence[str], *, possible: bool
    ) -> None:
        st.button(
            words(f"journey_do_{name}"),
            key=journey_key(name),
            disabled=not possible,
            on_click=_decide,
            args=(page, verdict, report, tuple(others)),
        )

    with st.container(horizontal=True):
        press("split", JourneyVerdict.APART, chosen, rest, possible=bool(rest))
        press("none", JourneyVerdict.NONE, chosen, (), possible=True)
    others = [
        one
        for one in journey_book(page.edition).journeys
        if one.actor == journey.actor and one.id != journey.id
    ][:_JOINABLE]
    if others:
        by_id = {one.earliest.key: one for one in others}
        heads = report_heads(store, others)
        other = st.selectbox(
            words("journey_other"),
            list(by_id),
            format_func=lambda key: _said(by_id[key], heads, page),
            key=journey_key("other"),
        )
        press("join", JourneyVerdict.ONE, journey.earliest.key, (other,), possible=True)
    for decision in [one for one in list_decisions(store) if {one.report, *one.others} & set(keys)][:5]:
        if decision.undone_at is None:
            said = words(f"journey_decided_{decision.verdict.value}", who=decision.who)
            st.button(f"{said} · {words('journey_undo')}", key=journey_key(decision.id), on_click=_undo,
                      args=(page, decision.id))  # fmt: skip


def _report_title(head: ReportHead, published: date | None, page: Page) -> str:
    """Return what tells a report from others of its source and day."""
    words = page.words
    parts = (clean_title(head.title), head.source or words("card_no_source"), words.day(published))
    return " · ".join(parts)


def _said(journey: Journey, heads: Mapping[str, ReportHead], page: Page) -> str:
    """Return from where to where another journey goes, and what tells of it."""
    words, first = page.words, journey.earliest
    ends = [
        end.place.name_in(words.language) if end else words("journey_unknown")
        for end in (journey.from_place, journey.to_place)
    ]
    head = heads.get(first.article)
    told = _report_title(head, first.published, page) if head else words.day(first.published)
    return f"{' – '.join(ends)} · {told}"


def _who(page: Page) -> str:
    """Return who decides: as logged in, or as just typed, which is remembered for the next decision."""
    desk = current_desk(page.settings)
    desk.who = current_visitor().address or str(st.session_state.get(journey_key("who"), desk.who)).strip()
    return desk.who


@needs(Role.CORRECT)
def _decide(page: Page, verdict: JourneyVerdict, report: str, others: tuple[str, ...]) -> None:
    try:
        decide_journey(page.store, verdict, report, others, who=_who(page))
    except KharitaError as error:
        st.toast(str(error))


@needs(Role.CORRECT)
def _undo(page: Page, decision: str) -> None:
    try:
        undo_decision(page.store, decision, _who(page))
    except KharitaError as error:
        st.toast(str(error))


def visitors_of(page: Page, place_id: str) -> Markup:
    """Return who came to a place and left it."""
    here = page.visit
    found = [
        one
        for one in cached_journeys(page.edition, here.filters, JourneyFilters())
        if any(is_at(end.place, place_id) for end in journey_ends(one))
    ]
    every = here.address(view="journeys", place=None, moves=JourneyFilters(goals=(place_id,)))
    newest = sorted(found, key=_newest)
    return visitors(newest, journey_ways(page, newest[:VISITORS]), every)
