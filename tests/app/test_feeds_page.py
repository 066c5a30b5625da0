"""The page of the feeds, without a browser, over sites of the tests' own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local_sites import TEXT, Site, article_page, local_site, rss
from test_page import html_of

from dashboard.core.settings import Settings
from dashboard.ingest.jobs import Jobs
from dashboard.network import Fetcher
from dashboard.network.lists import builtin_feeds, write_list
from dashboard.store import open_store
from dashboard.store.feeds import add_feeds, feeds_of
from dashboard.ui.feeds import doing
from dashboard.web import working
from dashboard.web.working import shared_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

WORKER = Path(__file__).resolve().parents[1] / "fixtures" / "job_at_work.py"
LIMIT_S = 30


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Do jobs with a parser made by hand, in the test's own folder; the page itself may ask nobody."""
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "user"))
    made: list[Jobs] = []

    def make(home: Path, url: str, environment: dict[str, str]) -> Jobs:
        made.append(Jobs(home, url, environment, (sys.executable, str(WORKER))))
        return made[-1]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the page asks nobody")

    monkeypatch.setattr(working, "Jobs", make)
    monkeypatch.setattr(Fetcher, "fetch", never)
    yield
    for jobs in made:
        jobs.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with local_site() as made:
        yield made


def listed() -> list[str]:
    with open_store(Settings().store_url) as store:
        return [one.url for one in feeds_of(store)]


def put(*feeds: tuple[str, str, str]) -> None:
    with open_store(Settings().store_url) as store:
        add_feeds(store, feeds)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_an_empty_list_offers_the_region(open_page: OpenPage, language: str) -> None:
    opened = open_page(ui=language, page="feeds", empty=True)
    assert not opened.exception
    assert "kh-notice" in html_of(opened)
    offered = [url for pills in opened.button_group for url in pills.options]
    assert len(offered) == len(builtin_feeds())
    assert listed() == []


def test_feeds_of_the_region_are_chosen(open_page: OpenPage) -> None:
    opened = open_page(ui="en", page="feeds", empty=True)
    wanted = [one.url for one in builtin_feeds() if one.language == "ar"][:2]
    assert opened.button(key="feeds_region_add").disabled
    opened.session_state[doing.pills_key("ar")] = wanted
    opened.run()
    opened.button(key="feeds_region_add").click().run()
    html = html_of(opened)
    assert "2 feeds are new on the list." in html
    assert "2 feeds on the list" in html
    assert html.count("never asked") == 2
    assert sorted(listed()) == sorted(wanted)


def test_an_address_is_put_on_the_list_and_a_bad_one_refused(open_page: OpenPage) -> None:
    opened = open_page(ui="en", page="feeds", empty=True)
    opened.text_input(key="feeds_address").set_value("https://news.example/<b>feed")
    opened.button(key="feeds_add").click().run()
    assert listed() == ["https://news.example/<b>feed"]
    assert "&lt;b&gt;feed" in html_of(opened)
    opened.text_input(key="feeds_address").set_value("javascript:alert(1)")
    opened.button(key="feeds_add").click().run()
    assert "javascript:alert(1) is no address of a feed" in html_of(opened)
    opened.text_input(key="feeds_address").set_value("https://news.example/<b>feed/")
    opened.button(key="feeds_add").click().run()
    assert "They were all on the list already." in html_of(opened)


def test_a_list_is_brought_and_a_bad_one_refused(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(ui="en", page="feeds", empty=True)
    said: list[doing.FeedsNote] = []
    monkeypatch.setattr(doing, "leave_note", said.append)

    class File:
        name = "feeds.opml"

        def __init__(self, data: bytes) -> None:
            self.getvalue = lambda: data

    with open_store(Settings().store_url) as store:
        for data in (write_list(builtin_feeds()[:3]), b"words", b"<opml/>"):
            monkeypatch.setattr(doing.st, "session_state", {doing.FILE: File(data)})
            doing.add_file(store)
    assert [note.key for note in said] == ["feeds_added", "feeds_bad_list", "feeds_bad_list"]
    assert len(listed()) == 3


def test_what_is_removed_can_be_brought_back(open_page: OpenPage) -> None:
    opened = open_page(ui="en", page="feeds", empty=True)
    put(("https://news.example/feed", "Coast", "ar"))
    opened.run()
    opened.button(key="feeds_remove_0").click().run()
    assert "Coast is off the list" in html_of(opened)
    assert listed() == []
    opened.button(key="feeds_undo").click().run()
    assert listed() == ["https://news.example/feed"]


def test_asked_beside_the_page_and_what_failed_is_said(open_page: OpenPage, site: Site) -> None:
    opened = open_page(ui="en", page="feeds", empty=True)
    page = site.give("/page", article_page("سفينة", f"طبرق {TEXT * 3}"))
    put(
        (site.give("/feed", rss([("سفينة", page, "وصلت")]), "application/rss+xml"), "Coast", "ar"),
        (site.answer("/gone", 404), "Gone", "en"),
        (site.answer("/busy", 429, Retry_After="3600"), "Wait", "fr"),
    )
    assert site.asked == []
    opened.run()
    assert site.asked == []
    opened.button(key="feeds_ask_all").click().run()
    shared_jobs(Settings()).wait(LIMIT_S)
    html = html_of(opened.run())
    assert "kh-outcome-read" in html
    assert "does not give this page" in html
    assert "404" in html
    assert "not to be asked before" in html
    with open_store(Settings().store_url) as store:
        assert store.counts().articles == 1
    asked = site.paths().count("/gone")
    opened.button(key="add_forget").click().run()
    gone = [one.key for one in opened.button if one.key and one.key.startswith("feeds_ask_")]
    assert len(gone) == 4
    opened.button(key="feeds_ask_1").click().run()
    shared_jobs(Settings()).wait(LIMIT_S)
    assert site.paths().count("/gone") == asked + 1
    assert site.paths().count("/feed") == 1


def test_many_feeds_have_pages(open_page: OpenPage) -> None:
    opened = open_page(ui="en", page="feeds", empty=True)
    put(*((f"https://n{number:02}.example/", f"Feed {number:02}", "") for number in range(31)))
    assert "Feed 30" not in html_of(opened.run())
    opened.query_params["skip"] = "30"
    assert "Feed 30" in html_of(opened.run())
