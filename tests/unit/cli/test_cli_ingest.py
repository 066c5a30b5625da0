from __future__ import annotations

import csv
import os
import signal
from pathlib import Path

import pytest
from local_sites import TEXT, article_page, local_fetcher, local_site, rss

from dashboard.core.errors import SettingsError, StoreError
from dashboard.intake import read_paths
from dashboard.intake.columns import ColumnMapping, MappingMemory, shape_of
from dashboard.store import open_store

pytestmark = pytest.mark.usefixtures("small_commands")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: سفينة في طبرق\n---\nوصلت سفينة إلى طبرق.", encoding="utf-8")
    (folder / "two.txt").write_text("Ship in Paris\n\nA ship reached Paris.", encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'news.sqlite').as_posix()}"


def test_articles_are_added_once(kharita, articles, store):
    first = kharita("ingest", articles, "--store", store)
    assert first.exit_code == 0
    assert first.stdout.startswith("2 articles added, 0 known already, 0 skipped; ")
    second = kharita("ingest", articles, "--store", store)
    assert second.exit_code == 0
    assert second.stdout.startswith("0 articles added, 2 known already, 0 skipped; 0 mentions")
    with open_store(store) as opened:
        assert opened.counts().articles == 2
        assert opened.counts().mentions >= 2


def test_the_store_of_the_environment_is_used(kharita, articles, store, monkeypatch):
    monkeypatch.setenv("KHARITA_STORE", store)
    assert kharita("ingest", articles).exit_code == 0
    with open_store(store) as opened:
        assert opened.counts().articles == 2


def test_what_cannot_be_read_is_told_and_skipped(kharita, articles, store):
    (articles / "three.txt").write_bytes(b"")
    result = kharita("ingest", articles, "--store", store)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles added, 0 known already, 1 skipped")
    assert "three.txt" in result.stderr
    assert result.stderr.startswith("skipped ")


def test_many_parts_of_a_file_that_fail_alike_are_told_briefly(kharita, articles, store):
    items = "".join("<item><title></title></item>" for _ in range(40))
    (articles / "empty.rss").write_text(
        f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    )
    result = kharita("ingest", articles, "--store", store)
    told = [line for line in result.stderr.splitlines() if "empty.rss" in line]
    assert len(told) == 6
    assert "35 more parts" in told[-1]


def test_nothing_but_failures_is_a_failure(kharita, tmp_path, store):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = kharita("ingest", tmp_path / "empty.txt", tmp_path / "missing.txt", "--store", store)
    assert result.exit_code == 1
    assert "2 skipped" in result.stdout
    assert "missing.txt" in result.stderr


def test_a_store_that_is_none_is_refused(kharita, articles, tmp_path):
    (tmp_path / "notes.sqlite").write_text("no database at all, just some words")
    result = kharita("ingest", articles, "--store", f"sqlite:///{tmp_path / 'notes.sqlite'}")
    assert isinstance(result.exception, StoreError)


def test_paths_are_needed(kharita):
    assert kharita("ingest").exit_code == 2


def test_several_processes_store_the_same(kharita, articles, store, tmp_path):
    for number in range(90):
        (articles / f"{number}.txt").write_text(
            f"Ship {number}\n\nShip {number} reached Paris.", encoding="utf-8"
        )
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    for where, jobs in ((store, 1), (other, 2)):
        result = kharita("ingest", articles, "--store", where, "--jobs", jobs)
        assert result.stdout.startswith("92 articles added, 0 known already, 0 skipped; ")
    with open_store(store) as one, open_store(other) as two:
        assert one.counts() == two.counts()
        assert one.counts().mentions >= 92


def test_the_report_says_what_became_of_each_file(kharita, articles, store, tmp_path):
    (articles / "three.txt").write_bytes(b"")
    result = kharita("ingest", articles, "--store", store, "--report", tmp_path / "report.csv")
    rows = list(csv.DictReader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    found = {Path(row["file"]).name: row["outcome"] for row in rows}
    assert found == {"one.md": "read", "two.txt": "read", "three.txt": "failed"}
    assert "Not everything went in: something failed in 1 of 3 files." in result.stderr
    again = kharita("ingest", articles / "one.md", "--store", store, "--report", tmp_path / "report.csv")
    assert again.exit_code == 0
    assert "Not everything" not in again.stderr
    assert "known" in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_a_report_that_cannot_be_written_is_said_after_the_work(kharita, articles, store, tmp_path):
    result = kharita("ingest", articles, "--store", store, "--report", tmp_path / "none" / "report.csv")
    assert result.exit_code == 1
    assert result.stdout.startswith("2 articles added")
    assert "can't be written" in result.stderr


def test_one_bad_name_stops_nothing(kharita, articles, store):
    result = kharita("ingest", "x" * 5000, articles / "one.md", "--store", store)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 articles added, 0 known already, 1 skipped")


def test_who_stops_is_told_what_is_stored_and_that_it_goes_on(kharita, articles, store, monkeypatch):
    def stopped(paths, *options):
        yield from read_paths(paths, *options)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("dashboard.intake.read_paths", stopped)
    result = kharita("ingest", articles, "--store", store)
    assert result.exit_code == 130
    assert "Stopped. 0 articles are stored; run the same command again" in result.stderr


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("KHARITA_CONTACT", "desk@news.example")
    monkeypatch.setattr("dashboard.network.Fetcher", lambda agent: local_fetcher(agent=agent))
    with local_site() as made:
        yield made


def test_addresses_are_asked_and_each_has_a_line(kharita, site, articles, store, tmp_path):
    pages = [site.give(f"/{n}", article_page(f"خبر {n} من طبرق", f"{n} {TEXT * 3}")) for n in range(4)]
    feed = site.give("/feed", rss([("خبر", page, "وصلت") for page in pages[1:]]), "application/rss+xml")
    report = tmp_path / "report.csv"
    gone = f"{site.address}/gone"
    asked = ("ingest", articles, pages[0], feed, gone, "--limit", 2, "--store", store, "--report", report)
    first = kharita(*asked)
    assert first.exit_code == 0
    assert first.stdout.startswith("5 articles added, 0 known already, 1 skipped")
    assert "(404" in first.stderr
    rows = {row["file"]: row for row in csv.DictReader(report.read_text("utf-8-sig").splitlines())}
    assert [rows[url]["outcome"] for url in (pages[0], feed, gone)] == ["read", "copy", "failed"]
    assert rows[feed]["articles"] == "2"
    assert site.asked[0][1]["user-agent"].endswith("(+desk@news.example)")
    assert kharita(*asked).stdout.startswith("0 articles added, 5 known already, 1 skipped")
    assert site.paths().count("/1") == 1
    with open_store(store) as opened:
        assert opened.at_address(pages[1])


def test_nobody_is_asked_without_an_address(kharita, articles, store, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("nobody is asked")

    monkeypatch.setattr("dashboard.network.Fetcher.fetch", never)
    assert kharita("ingest", articles, "--store", store).exit_code == 0


def test_inside_addresses_are_refused_in_one_sentence(kharita, store):
    result = kharita("ingest", "http://169.254.169.254/latest/meta-data/", "--store", store)
    assert result.exit_code == 1
    assert "private network (169.254.169.254)" in result.stderr


def test_what_only_the_user_knows_is_said_by_options(kharita, tmp_path, store):
    folder = tmp_path / "tables"
    folder.mkdir()
    head = "رأس,كلام,متى,جهة\n"
    for number, source in enumerate(("البلاد", "الوسط"), 1):
        row = f"سفينة {number},وصلت السفينة رقم {number} إلى طبرق صباح أمس,03/04/2025,{source}\n"
        (folder / f"{number}.csv").write_bytes((head + row).encode("cp1256"))
    columns = folder.parent / "columns.json"
    columns.write_text('{"text": "كلام", "title": "متى"}', encoding="utf-8")
    done = kharita(
        *("ingest", folder, "--store", store, "--encoding", "cp1256", "--columns", columns),
        *("--column", "title=رأس", "--column", "date=متى", "--column", "source=جهة"),
        *("--date-order", "day", "--date-order", "الوسط=month"),
    )
    assert done.exit_code == 0, done.stderr
    listed = kharita("articles", "list", "--store", store).stdout
    assert "2025-04-03  البلاد  سفينة 1" in listed
    assert "2025-03-04  الوسط  سفينة 2" in listed


@pytest.mark.parametrize(
    "wrong",
    [
        ("--date-order", "year"), ("--column", "text"), ("--column", "words=Body"), ("--encoding", "klingon"),
        ("--columns", "/none/such.json"),
    ],
)  # fmt: skip
def test_options_that_make_no_sense_are_one_sentence(kharita, articles, store, wrong):
    failed = kharita("ingest", articles, "--store", store, *wrong).exception
    assert isinstance(failed, SettingsError)
    assert wrong[0].strip("-").replace("columns", "file of columns") in str(failed).replace("--", "")


def test_what_the_page_remembers_of_tables_holds_for_the_command(kharita, tmp_path, store):
    MappingMemory(tmp_path / "data" / "columns.json").remember(
        shape_of(["a", "b"]), ColumnMapping(text="b", title="a")
    )
    (tmp_path / "t.csv").write_text("a,b\nShip,A ship reached Paris.\n")
    assert kharita("ingest", tmp_path / "t.csv", "--store", store).exit_code == 0
    assert "Ship" in kharita("articles", "list", "--store", store).stdout
