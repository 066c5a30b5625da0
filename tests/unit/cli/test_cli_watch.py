from __future__ import annotations

import pytest
from local_sites import TEXT, article_page, local_fetcher, local_site, rss

from dashboard.cli import watch
from dashboard.core.errors import KharitaError
from dashboard.network.lists import ListedFeed, builtin_feeds, write_list
from dashboard.store import open_store
from dashboard.store.feeds import feeds_of

pytestmark = pytest.mark.usefixtures("small_commands")


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr("dashboard.network.Fetcher", lambda agent: local_fetcher(agent=agent))
    with local_site() as made:
        yield made


@pytest.fixture
def store(tmp_path):
    return f"sqlite:///{(tmp_path / 'news.sqlite').as_posix()}"


@pytest.fixture
def listed(site, tmp_path):
    """Return a list with a good feed and one that is gone."""
    page = site.give("/page", article_page("سفينة", f"طبرق {TEXT * 3}"))
    good = site.give("/feed", rss([("سفينة", page, "وصلت")]), "application/rss+xml")
    path = tmp_path / "feeds.opml"
    feeds = [ListedFeed("الساحل", good, "ar"), ListedFeed("Gone", f"{site.address}/gone", "en")]
    path.write_bytes(write_list(feeds))
    return path


def test_a_list_is_asked_once_and_kept(kharita, listed, site, store):
    first = kharita("watch", listed, "--once", "--store", store)
    assert first.exit_code == 0, first.output
    assert "الساحل: 1 added" in first.stdout
    assert "2 feeds asked; 1 articles added, 0 known already; something failed in 1." in first.stdout
    assert "Gone: " in first.stderr
    assert "(404" in first.stderr
    again = kharita("watch", "--once", "--store", store)
    assert "0 articles added, 1 known already" in again.stdout
    assert site.paths().count("/page") == 1
    shown = kharita("watch", "--list", "--store", store)
    asked = len(site.asked)
    assert "2 feeds" in shown.stdout
    assert "404" in shown.stdout
    assert len(site.asked) == asked


def test_it_goes_on_until_it_is_stopped(kharita, listed, site, store, monkeypatch):
    rounds = []
    monkeypatch.setattr(watch, "_LOOK_S", 0.0)

    def stop_after_three(self):
        while len(rounds) < 3:
            rounds.append(self.ask())
        return 0

    monkeypatch.setattr(watch._Rounds, "go_on", stop_after_three)
    assert kharita("watch", listed, "--every", 5, "--store", store).exit_code == 0
    assert len(rounds) == 3
    assert site.paths().count("/feed") == 1  # none is due again so soon


def test_without_feeds_it_says_what_to_do(kharita, store, tmp_path):
    assert "--builtin" in str(kharita("watch", "--once", "--store", store).exception)
    assert isinstance(kharita("watch", tmp_path / "none.opml", "--store", store).exception, KharitaError)
    (tmp_path / "bad.opml").write_text("words")
    assert "can't be used" in str(kharita("watch", tmp_path / "bad.opml", "--store", store).exception)


def test_the_list_of_the_region_is_not_asked_by_being_shown(kharita, store, monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("nobody is asked")

    monkeypatch.setattr("dashboard.network.Fetcher", never)
    shown = kharita("watch", "--builtin", "--list", "--store", store)
    assert shown.exit_code == 0
    assert f"{len(builtin_feeds())} feeds" in shown.stdout
    with open_store(store) as opened:
        assert len(feeds_of(opened)) == len(builtin_feeds())


def test_nothing_but_failures_is_a_failure(kharita, site, store, tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_bytes(write_list([ListedFeed("Gone", f"{site.address}/gone", "")]))
    assert kharita("watch", path, "--once", "--store", store).exit_code == 1
