from __future__ import annotations

import pytest
from made_store import HOSTILE

from dashboard.core.models import DateOrigin
from dashboard.ingest import FileReport, Outcome
from dashboard.ingest.jobs import JobReport, JobState
from dashboard.intake.columns import FIELDS, view_table
from dashboard.intake.failure import ReadFailure
from dashboard.intake.looking import Looked
from dashboard.intake.registry import FORMATS
from dashboard.render.panel.adding import MOST_LINES, job_bar, job_report, looked_file, table_head
from dashboard.words import LANGUAGES, messages, strings

EN = strings("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_kinds_origins_fields_and_outcomes_are_worded(language: str) -> None:
    wanted = [f"format_{one.id}" for one in FORMATS] + [f"dated_by_{origin.value}" for origin in DateOrigin]
    wanted += [f"field_{field}" for field in FIELDS] + [f"outcome_{outcome.value}" for outcome in Outcome]
    assert [key for key in wanted if key not in messages(language)] == []


def test_nothing_of_a_file_is_markup() -> None:
    one = Looked(
        HOSTILE, HOSTILE, "html", 1, titles=[HOSTILE], failures=[ReadFailure(HOSTILE, HOSTILE, HOSTILE)]
    )
    one.sources[HOSTILE] = 1
    html = str(looked_file(one, EN)) + str(
        table_head(view_table([HOSTILE, "text"], [[HOSTILE, HOSTILE]], {}), EN)
    )
    report = JobReport(
        0, 0, 0, 0, 1.0, stopped=False, files=(FileReport(HOSTILE, failed=1, reasons=[HOSTILE]),)
    )
    html += str(job_report(report, EN))
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html


def test_a_bar_says_how_far_how_fast_and_how_long() -> None:
    html = str(job_bar(JobState("storing", 50, 200, 5.0, 30.0), EN))
    assert 'aria-valuenow="25"' in html
    assert "50 of 200" in html
    assert "5 a second" in html
    assert "30 seconds left" in html
    assert "10 minutes left" in str(job_bar(JobState("storing", 1, 9, 5.0, 600.0), EN))
    unknown = str(job_bar(JobState("storing", 50), EN))
    assert "aria-valuenow" not in unknown
    assert "kh-unknown" in unknown
    assert "Stopping" in str(job_bar(JobState("storing"), EN, stopping=True))


def test_a_report_never_says_done_while_something_failed_and_is_cut_with_a_word() -> None:
    files = [FileReport(f"{n}.txt", articles=1) for n in range(MOST_LINES)]
    fine = JobReport(9, 0, 0, 0, 1.0, stopped=False, files=tuple(files))
    assert "All of it went in" in str(job_report(fine, EN))
    bad = JobReport(9, 0, 0, 0, 1.0, stopped=False, files=(*files, FileReport("bad.txt", failed=1)))
    html = str(job_report(bad, EN))
    assert "Not everything went in" in html
    assert html.index("bad.txt") < html.index("0.txt")
    assert "and 1 more file" in html
    left = JobReport(0, 0, 0, 0, 1.0, stopped=False, files=(FileReport("l.txt", left=1),))
    assert "Not everything went in" in str(job_report(left, EN))
