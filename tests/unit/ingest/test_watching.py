"""Feeds of a list, asked on local sites: what is stored, what is noted, what is not asked again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local_sites import TEXT, Site, article_page, local_fetcher, local_site, reply, rss

from dashboard.core.models import Article
from dashboard.ingest import Outcome
from dashboard.ingest.jobs import Jobs
from dashboard.ingest.watching import visit_feeds
from dashboard.intake.failure import ReadFailure
from dashboard.intake.shelf import shelf_bytes
from dashboard.network import AddressReader
from dashboard.network.manners import Pauses
from dashboard.store.feeds import add_feeds, feeds_of, known_links, remove_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.ingest import IngestReport
    from dashboard.store import Store
    from dashboard.store.feeds import Feed

FEED = "application/rss+xml"
SCRIPT = Path(__file__).resolve().parents[2] / "fixtures" / "job_at_work.py"
LIMIT_S = 30


@pytest.fixture
def site() -> Iterator[Site]:
    with local_site() as made:
        yield made


@pytest.fixture
def visit(store: Store, hand_parser: object) -> Iterator[Callable[..., IngestReport]]:
    """Return what asks all feeds of the list."""
    now = [0.0]
    fetcher = local_fetcher(pauses=Pauses(clock=lambda: now[0], sleep=lambda _: None))
    reader = AddressReader(fetcher, known=lambda links: known_links(store, links))

    def asked(**more: object) -> IngestReport:
        return visit_feeds(feeds_of(store), store, hand_parser, reader, **more)

    with reader:
        yield asked


def only(store: Store) -> Feed:
    (one,) = feeds_of(store)
    return one


def give_feed(site: Site, path: str, *texts: str) -> str:
    entries = [(f"خبر {text}", f"{site.address}{path}/{text}", f"{text} {TEXT * 3}") for text in texts]
    return site.give(path, rss(entries), FEED)


def test_what_is_new_is_stored_once(site: Site, store: Store, visit: Callable[..., IngestReport]) -> None:
    url = give_feed(site, "/feed", "طبرق", "درنة")
    add_feeds(store, [(url, "Coast", "ar")])
    assert (visit().added, store.counts().articles) == (2, 2)
    assert (only(store).articles, only(store).failure) == (2, "")
    give_feed(site, "/feed", "طبرق", "درنة", "بنغازي")
    again = visit()
    assert (again.added, again.known) == (1, 2)
    assert only(store).articles == 3


def test_an_unchanged_feed_says_so(site: Site, store: Store, visit: Callable[..., IngestReport]) -> None:
    body = rss([("خبر", f"{site.address}/a", TEXT * 4)]).encode()

    def told(handler: object) -> None:
        if handler.headers["If-None-Match"] == '"1"':  # type: ignore[attr-defined]
            reply(handler, 304)  # type: ignore[arg-type]
        else:
            reply(handler, 200, body, ETag='"1"', Content_Type=FEED)  # type: ignore[arg-type]

    add_feeds(store, [(site.run("/feed", told), "Coast", "ar")])
    assert visit().added == 1
    again = visit()
    assert (again.added, again.known) == (0, 0)
    assert [file.outcome for file in again.files] == [Outcome.KNOWN]
    assert (only(store).etag, only(store).failure) == ('"1"', "")


def test_a_page_that_fails_is_asked_for_again(
    site: Site, store: Store, visit: Callable[..., IngestReport]
) -> None:
    good = site.give("/good", article_page("خبر جيد", f"طبرق {TEXT * 3}"))
    bad = site.answer("/bad", 500)
    body = rss([("خبر جيد", good, "طبرق"), ("خبر آخر", bad, "درنة")]).encode()
    add_feeds(store, [(site.answer("/feed", 200, body, ETag='"1"', Content_Type=FEED), "Coast", "ar")])
    first = visit()
    assert (first.added, len(first.failures)) == (1, 1)
    assert "500" in only(store).failure
    assert (only(store).failures, only(store).etag) == (0, "")
    assert only(store).succeeded is not None
    site.give("/bad", article_page("خبر آخر", f"درنة {TEXT * 3}"))
    second = visit()
    assert (second.added, second.known, only(store).failure) == (1, 1, "")
    assert site.paths().count("/good") == 1


def test_one_bad_feed_stops_no_other(site: Site, store: Store, visit: Callable[..., IngestReport]) -> None:
    bad = [
        site.answer("/gone", 404),
        site.give("/page", article_page("صفحة")),
        site.give("/cut", "<rss", FEED),
    ]
    urls = [*bad, "http://10.0.0.1/feed", give_feed(site, "/feed", "طبرق")]
    add_feeds(store, [(url, f"{number}", "") for number, url in enumerate(urls)])
    told: list[str] = []
    steps: list[tuple[int, int, str]] = []
    done = visit(
        told=lambda feed, _report: told.append(feed.title), progress=lambda *step: steps.append(step)
    )
    assert done.added == 1
    fared = {feed.url: feed for feed in feeds_of(store)}
    assert "404" in fared[urls[0]].failure
    assert "no feed" in fared[urls[1]].failure
    assert fared[urls[2]].failure
    assert "private network" in fared[urls[3]].failure
    assert [fared[url].failures for url in urls] == [1, 1, 1, 1, 0]
    assert sorted(told) == ["0", "1", "2", "3", "4"]
    assert (len(steps), steps[-1][:2]) == (5, (5, 5))
    assert [file.path for file in done.files if not file.failed] == [urls[4]]


def test_a_server_that_wants_to_be_left_alone_is(
    site: Site, store: Store, visit: Callable[..., IngestReport]
) -> None:
    add_feeds(store, [(site.answer("/feed", 429, Retry_After="3600"), "Coast", "")])
    assert len(visit().failures) == 1
    assert only(store).not_before is not None
    asked = len(site.asked)
    again = visit()
    assert len(site.asked) == asked
    assert [file.outcome for file in again.files] == [Outcome.LEFT]
    assert "left alone for 60 min" in again.files[0].reason


def test_what_is_broken_off_is_read_again(
    site: Site, store: Store, visit: Callable[..., IngestReport]
) -> None:
    url = give_feed(site, "/feed", "طبرق")
    add_feeds(store, [(url, "Coast", "ar")])
    answers = iter([False])
    stopped = visit(stop=lambda: next(answers, True))
    assert stopped.stopped
    assert (only(store).tried, store.counts().articles) == (None, 0)
    assert visit().added == 1


def test_a_reader_that_breaks_is_one_line(
    site: Site, store: Store, visit: Callable[..., IngestReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise TypeError("a mistake")

    add_feeds(store, [(give_feed(site, "/feed", "طبرق"), "Coast", "ar")])
    monkeypatch.setattr(AddressReader, "feed", broken)
    assert len(visit().failures) == 1
    assert only(store).failure == "The reader broke on this file."


def test_jobs_ask_addresses_and_feeds_and_try_again(
    site: Site, store: Store, store_url: str, tmp_path: Path
) -> None:
    jobs = Jobs(tmp_path / "incoming", store_url, command=(sys.executable, str(SCRIPT)))
    feed, gone = give_feed(site, "/feed", "طبرق"), give_feed(site, "/other", "درنة")
    page = site.give("/page", article_page("صفحة", f"بنغازي {TEXT * 3}"))
    late = site.answer("/late", 500)
    site.answer("/other", 500)
    add_feeds(store, [(feed, "Coast", "ar"), (gone, "Other", "ar")])
    try:
        jobs.start([], addresses=[page, late], feeds=[feed, gone])
        jobs.wait(LIMIT_S)
        state = jobs.state()
        assert state.phase == "done"
        assert sorted(file.path for file in state.report.failed) == sorted([late, gone])
        assert state.report.added == 2
        give_feed(site, "/other", "درنة")
        site.give("/late", article_page("متأخر", f"البيضاء {TEXT * 3}"))
        jobs.try_again()
        jobs.wait(LIMIT_S)
        report = jobs.state().report
        assert sorted(file.path for file in report.files) == sorted([late, gone])
        assert (report.added, report.failed) == (2, ())
    finally:
        jobs.close()
    remove_feeds(store, [feed])
    assert store.counts().articles == 4


def test_what_was_asked_before_is_stored_and_asked_again_only_where_it_failed(
    site: Site, store: Store, store_url: str, tmp_path: Path
) -> None:
    jobs = Jobs(tmp_path / "incoming", store_url, command=(sys.executable, str(SCRIPT)))
    good, bad = site.address + "/good", site.give("/bad", article_page("سيئ", f"طبرق {TEXT * 3}"))
    items = [
        Article("جيد", f"جيد\nبنغازي {TEXT * 3}", url=good, file=good),
        ReadFailure(bad, "The site is down.", "Try again later."),
    ]
    shelf = jobs.keep("batch", "asked.jsonl", shelf_bytes(items))
    try:
        jobs.start([], asked=[good, bad], shelves=[shelf])
        jobs.wait(LIMIT_S)
        report = jobs.state().report
        assert (report.added, [file.path for file in report.failed]) == (1, [bad])
        assert site.asked == []
        jobs.go_on()  # what it kept is there still
        jobs.wait(LIMIT_S)
        assert (jobs.state().report.known, site.asked) == (1, [])
        jobs.try_again()
        jobs.wait(LIMIT_S)
        assert jobs.state().report.added == 1
        assert site.paths() == ["/bad"]
        jobs.forget()
        assert not shelf.exists()
    finally:
        jobs.close()
    assert store.counts().articles == 2
