"""The page of the feeds in a browser: what is chosen is listed, what is asked comes in or says why not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import local_sites
import pytest
from local_sites import TEXT, Site, article_page, local_site, rss

from dashboard.store import open_store
from dashboard.store.feeds import add_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.gazetteer import Gazetteer

pytestmark = pytest.mark.e2e
LONG_MS = 240_000  # for a server to load its gazetteer, and to read
# A process of the server's begins with this: it may ask this machine, as the tests' own sites need.
AT_HOME = """
import sys
if "dashboard.ingest.work" in sys.orig_argv:
    import dashboard.network
    from local_sites import local_fetcher
    dashboard.network.Fetcher = lambda agent: local_fetcher(agent=agent)
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with local_site() as made:
        yield made


@pytest.fixture
def address(  # noqa: PLR0913, PLR0917 - other fixtures
    serve: Callable[..., Any],
    site: Site,
    tmp_path: Path,
    full_cache: Path,
    full_gazetteer: Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """Start the dashboard with two feeds on its list, one of which is gone."""
    assert len(full_gazetteer) > 0
    page = site.give("/ship", article_page("سفينة في طبرق", TEXT * 3))
    feed = site.give("/feed", rss([("سفينة في طبرق", page, "وصلت")]), "application/rss+xml")
    store = f"sqlite:///{(tmp_path / 'new.sqlite').as_posix()}"
    with open_store(store) as opened:
        add_feeds(opened, [(feed, "جريدة الساحل", "ar"), (f"{site.address}/gone", "Gone", "en")])
    (tmp_path / "gazetteer").symlink_to(full_cache / "gazetteer")
    home = tmp_path / "at_home"
    home.mkdir()
    (home / "sitecustomize.py").write_text(AT_HOME)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(home), str(Path(local_sites.__file__).parent)]))
    with serve(store, tmp_path) as started:
        yield started


@pytest.mark.parametrize("seen", [("en", 1400, "light"), ("ar", 390, "dark")])
def test_feeds_are_listed_asked_and_say_what_failed(
    browse: Callable[..., Any], address: str, site: Site, seen: tuple[str, int, str]
) -> None:
    language, width, scheme = seen
    site.asked.clear()
    with browse(address) as visit:
        page = visit(f"?ui={language}&page=feeds", width=width, scheme=scheme).page
        rows = page.locator(".kh-feed")
        rows.nth(1).wait_for(timeout=LONG_MS)
        page.locator("summary").first.click()
        pills = page.locator("[data-testid=stButtonGroup] button")
        pills.nth(1).click()
        page.locator(".st-key-feeds_region_add button:enabled").click()
        rows.nth(2).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert site.asked == []

        page.locator(".st-key-kh-feeds-list .kh-feed", has_text="Gone").wait_for()
        for name in ("جريدة الساحل", "Gone"):
            page.locator(
                ".stApp[data-test-script-state='notRunning']"
            ).wait_for()  # else the click may be lost
            row = page.locator("[class*=st-key-kh-feeds-row-]", has_text=name)
            row.locator("button").first.click()
            page.locator(".kh-report li").wait_for(timeout=LONG_MS)
            page.locator(".st-key-add_forget button").click()
            page.locator(".kh-report").wait_for(state="detached")
        assert site.paths() == ["/feed", "/ship", "/gone"]
        assert "404" in page.locator(".kh-feed", has_text="Gone").inner_text()
        removed = page.locator("[class*=st-key-kh-feeds-row-]", has_text="Gone")
        removed.locator("button").last.click()
        page.locator(".st-key-feeds_undo button").wait_for()
        page.locator(".kh-feed", has_text="Gone").wait_for(state="detached")
