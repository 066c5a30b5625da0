from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from dashboard.core.links import safe_url
from dashboard.core.settings import data_path
from dashboard.intake.sentences import Refusal
from dashboard.network.lists import ListedFeed, builtin_feeds, read_list, write_list


def test_the_list_of_the_region_speaks_three_languages() -> None:
    feeds = builtin_feeds()
    assert {feed.language for feed in feeds} == {"ar", "en", "fr"}
    assert len({feed.url for feed in feeds}) == len(feeds) > 40
    assert all(safe_url(feed.url) and urlsplit(feed.url).scheme == "https" for feed in feeds)
    assert all(bool(re.search("[ء-ي]", feed.title)) for feed in feeds if feed.language == "ar")
    assert (data_path() / "feeds" / "README.md").read_text("utf-8").count("Licence") == 1


def test_a_list_comes_back_as_it_went() -> None:
    feeds = [
        ListedFeed("ساحل & <بحر>", "https://a.example/feed?a=1&b=2", "ar"),
        ListedFeed('"B"', "http://b.example/", ""),
    ]
    assert read_list(write_list(feeds), "x.opml") == feeds


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"<opml><body/></opml>",
        b"\x89PNG\r\n\x1a\n",
        b'<opml><body><outline xmlUrl="file:///etc/passwd"/></body></opml>',
        b'<!DOCTYPE o [<!ENTITY a "b">]><opml/>',
    ],
)
def test_what_lists_no_feeds_is_refused(data: bytes) -> None:
    from dashboard.core.errors import ArticleFormatError  # noqa: PLC0415 - this test only

    with pytest.raises(ArticleFormatError):
        read_list(data, "x.opml")
    assert issubclass(Refusal, ArticleFormatError)
