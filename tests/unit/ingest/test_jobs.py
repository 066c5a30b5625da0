"""Work beside the page, in real processes with a parser made by hand."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import IngestError
from dashboard.ingest import FileReport, Outcome
from dashboard.ingest.jobs import JobReport, Jobs, JobState, is_samples, timed
from dashboard.ingest.report import report_csv
from dashboard.ingest.work import STATE, write_json
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCRIPT = Path(__file__).resolve().parents[2] / "fixtures" / "job_at_work.py"
LIMIT_S = 20
TEXT = "وصلت سفينة من طبرق إلى ليبيا"


@pytest.fixture
def make_jobs(tmp_path: Path, store_url: str) -> Iterator[Callable[..., Jobs]]:
    made = []

    def make(**environment: str) -> Jobs:
        jobs = Jobs(
            tmp_path / "incoming", store_url, {**os.environ, **environment}, (sys.executable, str(SCRIPT))
        )
        made.append(jobs)
        return jobs

    yield make
    for jobs in made:
        jobs.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_kept_files_are_stored_and_each_has_a_line(make_jobs, store_url):
    jobs = make_jobs()
    assert jobs.state() is None
    good = jobs.keep("a1", "../../etc/سفينة.md", TEXT.encode())
    bad = jobs.keep("a1", "صورة.png", b"\x89PNG\r\n\x1a\n" + bytes(60))
    twin = jobs.keep("a1", "سفينة.md", f"{TEXT} {TEXT}".encode())
    empty = jobs.keep("a1", "empty.txt", b"")
    assert good.name == twin.name
    assert good != twin
    jobs.start([good, bad, twin, empty], expected=2)
    assert jobs.state().running
    jobs.wait(LIMIT_S)
    state = jobs.state()
    assert (state.phase, state.running) == ("done", False)
    assert state.report.added == 2
    assert [file.path for file in state.report.files] == ["سفينة.md", "صورة.png", "سفينة.md", "empty.txt"]
    outcomes = [file.outcome for file in state.report.files]
    assert outcomes == [Outcome.READ, Outcome.IGNORED, Outcome.READ, Outcome.FAILED]
    assert [file.path for file in state.report.failed] == ["empty.txt"]
    with open_store(store_url) as store:
        assert store.counts().articles == 2


def test_only_what_failed_is_tried_again(make_jobs):
    jobs = make_jobs()
    good, bad = jobs.keep("b", "good.txt", TEXT.encode()), jobs.keep("b", "bad.txt", b"")
    jobs.start([good, bad])
    jobs.wait(LIMIT_S)
    bad.write_text("باريس تستقبل وفدا من تونس يوم الأحد", encoding="utf-8")
    jobs.try_again()
    jobs.wait(LIMIT_S)
    report = jobs.state().report
    assert [(file.path, file.outcome) for file in report.files] == [("bad.txt", Outcome.READ)]
    jobs.forget()
    assert jobs.state() is None
    assert not good.exists()
    assert not bad.exists()


def test_it_stops_after_the_articles_at_hand_and_goes_on_without_doubling(make_jobs, store_url):
    endless, jobs = make_jobs(ENDLESS="1"), make_jobs()
    file = endless.keep("c", "a.txt", TEXT.encode())
    endless.start([file])
    until(lambda: endless.state().done > 0)
    endless.stop()
    endless.wait(LIMIT_S)
    state = endless.state()
    assert state.phase == "stopped"
    with open_store(store_url) as store:
        assert store.counts().articles == state.report.added > 0
    jobs.go_on()
    jobs.wait(LIMIT_S)
    report = jobs.state().report
    assert (report.added, report.known) == (0, 1)


def test_a_killed_job_is_said_to_be_broken_and_goes_on(make_jobs, store_url):
    endless, jobs = make_jobs(ENDLESS="1"), make_jobs()
    endless.start([endless.keep("d", "a.txt", TEXT.encode())], samples=True)
    until(lambda: endless.state().done > 0)
    assert is_samples(endless.state())
    endless._process.kill()
    endless.wait(LIMIT_S)
    assert endless.state().phase == "broken"
    assert jobs.state().phase == "broken"
    with open_store(store_url) as store:
        before = store.counts().articles
    jobs.go_on()
    jobs.wait(LIMIT_S)
    assert jobs.state().report.known == 1
    with open_store(store_url) as store:
        assert store.counts().articles == before


def test_one_job_at_a_time(make_jobs, tmp_path):
    jobs = make_jobs(ENDLESS="1")
    first = jobs.keep("e", "a.txt", TEXT.encode())
    jobs.start([first])
    running = jobs._process
    jobs.start([tmp_path])
    assert jobs._process is running
    jobs.forget()
    assert first.exists()


def test_how_fast_and_how_long_still():
    state = timed(JobState("storing", 50, 200), 10.0)
    assert (state.rate, state.left_s) == (5.0, 30.0)
    assert timed(JobState("storing", 50, 0), 10.0).left_s is None
    assert timed(JobState("storing", 0, 200), 10.0).rate == 0


def test_samples_that_all_went_in_are_no_news():
    fine = JobReport(26, 0, 0, 9, 1.0, stopped=False, files=(FileReport("a.md", articles=1),))
    bad = JobReport(0, 0, 0, 0, 1.0, stopped=False, files=(FileReport("a.md", failed=1),))
    assert not JobState("done", samples=True, report=fine).is_news
    assert JobState("done", samples=True, report=bad).is_news
    assert JobState("done", report=fine).is_news
    assert JobState("storing", samples=True).is_news
    assert JobState("broken", samples=True).is_news


def test_a_state_that_cannot_be_read_is_that_of_a_broken_job(make_jobs):
    jobs = make_jobs()
    jobs.start([jobs.keep("f", "a.txt", TEXT.encode())])
    jobs.wait(LIMIT_S)
    write_json(jobs._folder / STATE, "nonsense")
    assert jobs.state().phase == "broken"


def test_old_files_are_swept_and_those_of_a_job_at_hand_are_not(make_jobs):
    jobs = make_jobs()
    old, new = jobs.keep("old", "a.txt", b"x"), jobs.keep("new", "b.txt", TEXT.encode())
    os.utime(old.parent.parent, (0, 0))
    os.utime(new.parent.parent, (0, 0))
    jobs.start([new])
    jobs.wait(LIMIT_S)
    assert not old.exists()
    assert jobs.state().report.added == 1
    jobs.drop(new)
    assert not new.exists()
    jobs.drop(SCRIPT)
    assert SCRIPT.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, store_url):
    (tmp_path / "file").write_text("")
    with pytest.raises(IngestError, match="can't be used"):
        Jobs(tmp_path / "file", store_url).start([tmp_path])


def test_the_report_as_a_table():
    file = FileReport("=a.txt", failed=1, reasons=["The file is empty."], steps=["Save it again."])
    lines = report_csv([file]).decode("utf-8-sig").splitlines()
    assert lines[1] == "'=a.txt,failed,0,0,0,1,The file is empty.,Save it again."
