"""The page on which articles are added, without a browser: files are given to the session's own lookout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from format_samples import TOLD, page, text
from local_sites import TEXT, Site, article_page, local_fetcher, local_site
from test_page import html_of

from dashboard.core.settings import Settings
from dashboard.ingest.jobs import Jobs
from dashboard.store import open_store
from dashboard.store.listing import Wanted, list_articles
from dashboard.web import working
from dashboard.web.working import new_lookout, shared_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

WORKER = Path(__file__).resolve().parents[1] / "fixtures" / "job_at_work.py"
LIMIT_S = 30
TABLE = "عنوان,نص,تاريخ,مصدر,رقم\nسفينة,وصلت سفينة من طبرق,03/04/2025,البلاد,7\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Jobs]]:
    """Do jobs with a parser made by hand, in the test's own folder."""
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "user"))
    made: list[Jobs] = []

    def make(home: Path, url: str, environment: dict[str, str]) -> Jobs:
        made.append(Jobs(home, url, environment, (sys.executable, str(WORKER))))
        return made[-1]

    monkeypatch.setattr(working, "Jobs", make)
    yield made
    for jobs in made:
        jobs.close()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Run a site of this machine, which the page may ask."""
    monkeypatch.setattr(working, "Fetcher", lambda agent: local_fetcher(agent=agent))
    with local_site() as made:
        yield made


def with_files(opened: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Give files to the visitor's lookout, as the drop does."""
    lookout = new_lookout(Settings(), "batch")
    folder = Path(os.environ["KHARITA_USER_DATA"]) / "given"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files:
        (folder / name).write_bytes(data)
        lookout.add_folder(folder / name)
    lookout.wait(LIMIT_S)
    opened.session_state["adding"] = lookout
    return opened.run()


def stored(opened: AppTest) -> AppTest:
    opened.button(key="add_store").click().run()
    shared_jobs(Settings()).wait(LIMIT_S)
    return opened.run()


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_looked_at_then_stored_then_reported(open_page: OpenPage, language: str) -> None:
    opened = open_page(ui=language, page="add", empty=True)
    assert "kh-notice" in html_of(opened)
    opened = with_files(opened, ("صفحة.html", page(TOLD[0])), ("صورة.png", b"\x89PNG\r\n\x1a\n" + bytes(60)))
    html = html_of(opened)
    assert TOLD[0].title in html
    assert "kh-looked-bad" in html
    assert ("Files of this kind" in html) is (language == "en")
    with open_store(Settings().store_url) as store:
        assert store.counts().articles == 0
        html = html_of(stored(opened))
        assert store.counts().articles == 1
    assert "kh-outcome-read" in html
    assert "kh-outcome-ignored" in html
    opened.button(key="add_forget").click().run()
    assert "kh-report" not in html_of(opened)


def test_an_old_report_is_folded_below_the_drop_in_a_new_browser(open_page: OpenPage) -> None:
    opened = stored(
        with_files(open_page(ui="en", page="add", empty=True), ("a.txt", b"Words of Tobruk."), ("b.txt", b""))
    )
    assert opened.expander[0].proto.expanded  # who added them reads what became of them
    other = open_page(ui="en", page="add")
    assert not other.expander[0].proto.expanded
    assert other.get("file_uploader")
    kinds = [one.key for one in other.button if one.proto.type == "primary"]
    assert "add_again" not in kinds
    order = _walk(other.main)
    assert order.index("file_uploader") < order.index("expander")


def _walk(block: object) -> list[str]:
    """Return what a page shows, in its order."""
    kinds = []
    for child in getattr(block, "children", {}).values():
        kinds += [getattr(child, "type", ""), *_walk(child)]
    return kinds


def test_columns_are_changed_and_dates_ordered(open_page: OpenPage) -> None:
    opened = with_files(open_page(ui="en", page="add", empty=True), ("t.csv", TABLE.encode()))
    html = html_of(opened)
    assert "03/04/2025" in html
    assert "1 without a date" in html
    assert "رقم" in html
    lookout = opened.session_state["adding"]
    shape = lookout.found()[0].table.shape
    opened.selectbox(key=f"add_column_{shape}_title").select("رقم").run()
    lookout.wait(LIMIT_S)
    lookout.order_dates("البلاد", "dmy")
    lookout.wait(LIMIT_S)
    html = html_of(opened.run())
    assert "3 April 2025" in html
    assert lookout.found()[0].titles == ["7"]
    stored(opened)
    with open_store(Settings().store_url) as store:
        (one,) = list_articles(store, Wanted()).articles
    assert (one.title, str(one.published)) == ("7", "2025-04-03")
    assert working.mapping_memory(Settings()).load()[shape].title == "رقم"


def test_another_encoding_is_chosen_and_the_text_shown_again(open_page: OpenPage) -> None:
    files = (("a.txt", text(TOLD[0], "cp1256")), ("b.pdf", b"%PDF-1.7"))
    opened = with_files(open_page(ui="en", page="add", empty=True), *files)
    assert TOLD[0].lines[0][:40] in html_of(opened)
    lookout = opened.session_state["adding"]
    assert [one.encoding for one in lookout.found()] == ["windows-1256", None]
    opened.selectbox(key="add_encoding_0").select("windows-1252").run()
    lookout.wait(LIMIT_S)
    assert TOLD[0].lines[0][:40] not in html_of(opened.run())
    opened.selectbox(key="add_encoding_0").select("windows-1256").run()
    lookout.wait(LIMIT_S)
    assert TOLD[0].lines[0][:40] in html_of(stored(opened.run())) or lookout.encodings
    with open_store(Settings().store_url) as store:
        (one,) = list_articles(store, Wanted()).articles
    assert one.title == TOLD[0].title


def test_a_failed_file_is_tried_again(open_page: OpenPage) -> None:
    opened = stored(
        with_files(open_page(ui="en", page="add", empty=True), ("a.txt", b"Words of Tobruk."), ("b.txt", b""))
    )
    html = html_of(opened)
    assert "Not everything went in" in html
    assert "The file is empty." in html
    Path(os.environ["KHARITA_USER_DATA"], "given", "b.txt").write_text("Other words of Paris.")
    opened.button(key="add_again").click().run()
    shared_jobs(Settings()).wait(LIMIT_S)
    html = html_of(opened.run())
    assert "All of it went in" in html


def test_a_path_that_is_not_there_is_one_sentence(open_page: OpenPage) -> None:
    opened = open_page(ui="en", page="add")
    opened.text_input(key="add_path").set_value("/no/such/<b>folder")
    opened.button(key="add_path_go").click().run()
    assert "There is no file or folder /no/such/&lt;b&gt;folder" in html_of(opened)


def test_others_may_name_no_paths_of_this_machine(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHARITA_HOST", "0.0.0.0")  # noqa: S104 - nothing listens
    assert not [item for item in open_page(ui="en", page="add").text_input if item.key == "add_path"]


def test_an_empty_store_offers_samples_and_own_ones(open_page: OpenPage) -> None:
    opened = open_page(ui="en", empty=True)
    assert "page=add" in html_of(opened)
    opened.button(key="add_samples").click().run()
    shared_jobs(Settings()).wait(LIMIT_S)
    assert "kh-list" in html_of(opened.run())
    with open_store(Settings().store_url) as store:
        assert store.counts().articles > 20


def test_a_store_that_never_held_anything_is_filled_and_an_emptied_one_is_not(
    open_page: OpenPage, own_folder: list[Jobs]
) -> None:
    open_page(ui="en", empty=True)
    working.fill_untouched(Settings())
    own_folder[0].wait(LIMIT_S)
    with open_store(Settings().store_url) as store:
        assert store.counts().articles > 20
    before = own_folder[0].state()
    working.fill_untouched(Settings())
    assert own_folder[0].state() == before


def test_an_address_on_the_page_for_adding(open_page: OpenPage, site: Site) -> None:
    opened = open_page(ui="en", page="add", empty=True)
    url = site.give("/page", article_page("سفينة في طبرق", TEXT * 3))
    opened.text_input(key="add_address").set_value("no address")
    opened.button(key="add_address_go").click().run()
    assert "no is no address of the web" in html_of(opened)
    assert site.asked == []
    opened.text_input(key="add_address").set_value(url)
    opened.button(key="add_address_go").click().run()
    opened.session_state["adding"].wait(LIMIT_S)
    html = html_of(opened.run())
    assert "سفينة في طبرق" in html
    assert "Nothing is stored yet" in html
    with open_store(Settings().store_url) as store:
        assert store.counts().articles == 0
        opened.button(key="add_store").click().run()
        shared_jobs(Settings()).wait(LIMIT_S)
        assert "All of it went in" in html_of(opened.run())
        assert store.at_address(url)
    assert site.paths().count("/page") == 1


def test_an_address_that_gives_nothing_says_so_and_can_be_left_out(open_page: OpenPage, site: Site) -> None:
    opened = open_page(ui="en", page="add", empty=True)
    opened.text_input(key="add_address").set_value(site.address + "/gone")
    opened.button(key="add_address_go").click().run()
    opened.session_state["adding"].wait(LIMIT_S)
    html = html_of(opened.run())
    assert "404" in html
    assert "kh-looked-bad" in html
    assert opened.button(key="add_store").disabled
    opened.button(key="add_leave_0").click().run()
    opened.session_state["adding"].wait(LIMIT_S)
    assert "/gone" not in html_of(opened.run())
