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
    from dashboard.core.settings import Settings
    from dashboard.ingest.jobs import Jobs, JobState
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_job"]

_EVERY_S = 1.0
_STOPPING = add_key("stopping")


def show_job(
    here: Visit, words: Strings, settings: Settings, *, ended: bool = True, close: str = "job_forget"
) -> bool:
    """Show the work at hand, or else (with `ended`) what came of the last; return whether there was something.

    Parameters
    ----------
    close
        Key of what the button says that puts the report away.
    """
    jobs = shared_jobs(settings)
    state = jobs.state()
    if state is None or not state.is_news or not (state.running or ended):
        return False
    with st.container(key="kh-job"):
        if state.running:
            st.fragment(_show_progress, run_every=_EVERY_S)(
                jobs, words, "job_beside" if ended else "job_opens"
            )
        else:
            st.session_state.pop(_STOPPING, None)
            _show_end(here, words, jobs, state, words(close))
    return True


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


def _show_end(here: Visit, words: Strings, jobs: Jobs, state: JobState, close: str) -> None:
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
            st.button(words("job_go_on"), key=add_key("go_on"), type="primary", on_click=step(jobs.go_on))
        elif report.failed:
            st.button(words("job_again"), key=add_key("again"), type="primary", on_click=step(jobs.try_again))
        st.button(close, key=add_key("forget"), on_click=step(jobs.forget))
        if report is not None:
            st.download_button(
                words("job_csv"),
                report_csv(report.files),
                "kharita-report.csv",
                "text/csv",
                key=add_key("csv"),
            )
            st.html(str(visit(here.home_address(), words("job_map"), class_="kh-action")))
