"""Work that goes on beside the page: how far it is, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.ingest.report import report_csv
from dashboard.render.markup import element, visit
from dashboard.render.panel.adding import job_bar, job_report
from dashboard.render.panel.notice import notice
from dashboard.ui.parts.visitor import leave_unless, may, needs
from dashboard.ui.state import add_key
from dashboard.web.working import shared_jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.settings import Settings
    from dashboard.ingest.jobs import Jobs, JobState
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_job", "show_last_report", "watch_work"]

_EVERY_S = 1.0
_STOPPING = add_key("stopping")
_WATCHED = add_key("watched")  # whether this visitor has seen work going on


def show_job(words: Strings, settings: Settings, *, opens: bool = False) -> bool:
    """Show the work at hand, if there is any; return whether there is.

    Parameters
    ----------
    opens
        Whether the page waits for it, and opens by itself when it has ended.
    """
    jobs = shared_jobs(settings)
    state = jobs.state()
    if state is None or not state.running:
        return False
    watch_work()
    with st.container(key="kh-job"):
        st.fragment(_show_progress, run_every=_EVERY_S)(jobs, words, "job_opens" if opens else "job_beside")
    return True


def watch_work() -> None:
    """Note that this visitor has set something going, and waits for what comes of it."""
    st.session_state[_WATCHED] = True


def show_last_report(here: Visit, words: Strings, settings: Settings) -> None:
    """Show what came of the last work: open to who saw it at work, folded to others; nothing when it was put away."""
    jobs = shared_jobs(settings)
    state = jobs.state()
    if state is None or state.running or not state.is_news:
        return
    st.session_state.pop(_STOPPING, None)
    opened = bool(st.session_state.get(_WATCHED))
    with st.container(key="kh-job"), st.expander(words("job_last"), expanded=opened):
        _show_end(here, words, jobs, state)


def _show_progress(jobs: Jobs, words: Strings, hint: str) -> None:
    """Show how far the work is; the page opens anew by itself when it has ended."""
    leave_unless(Role.READ)
    state = jobs.state()
    if state is None or not state.running:
        st.rerun()
    stopping = bool(st.session_state.get(_STOPPING))
    st.html(str(job_bar(state, words, stopping=stopping)))
    st.html(str(element("p", words(hint), class_="kh-quiet")))
    if may(Role.CORRECT):
        st.button(words("job_stop"), key=add_key("stop"), on_click=_stop, args=(jobs,), disabled=stopping)


@needs(Role.CORRECT)
def _stop(jobs: Jobs) -> None:
    st.session_state[_STOPPING] = True
    jobs.stop()


def _again(what: Callable[[], object]) -> None:
    watch_work()
    what()


def _show_end(here: Visit, words: Strings, jobs: Jobs, state: JobState) -> None:
    report = state.report
    if report is not None:
        st.html(str(job_report(report, words)))
    elif state.phase == "failed":
        st.html(str(notice(words("job_failed_title"), state.what or words("job_failed"))))
    else:
        st.html(str(notice(words("job_broken_title"), words("job_broken"))))
    if not may(Role.CORRECT):
        return
    step = needs(Role.CORRECT)
    with st.container(key="kh-job-ways", horizontal=True, vertical_alignment="center"):
        if report is None or report.stopped:
            st.button(words("job_go_on"), key=add_key("go_on"), on_click=step(_again), args=(jobs.go_on,))
        elif report.failed:
            st.button(words("job_again"), key=add_key("again"), on_click=step(_again), args=(jobs.try_again,))
        st.button(words("job_close"), key=add_key("forget"), on_click=step(jobs.forget))
        if report is not None:
            st.download_button(
                words("job_csv"),
                report_csv(report.files),
                "kharita-report.csv",
                "text/csv",
                key=add_key("csv"),
            )
            st.html(str(visit(here.home_address(), words("job_map"), class_="kh-action")))
