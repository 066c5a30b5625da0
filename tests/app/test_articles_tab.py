from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


def _html(page):
    assert not page.exception
    return "".join(item.proto.body for item in page.get("html"))


def test_the_count_at_the_top_opens_the_articles(open_page: OpenPage) -> None:
    link = re.search(r'<strong>.*?href="(\?[^"]*rank=articles[^"]*)"', _html(open_page(ui="en")))
    assert link
    listed = _html(open_page(ui="en", rank="articles"))
    assert listed.count('class="kh-story"') >= 2
    assert "kh-chip" in listed


def test_undated_articles_stand_apart(open_page: OpenPage) -> None:
    dated, undated = _html(open_page(ui="en", rank="articles")), _html(open_page(ui="en", rank="undated"))
    assert "without a date" in dated
    titles = [set(re.findall(r'<h3 dir="auto"><a [^>]*>([^<]*)', html)) for html in (dated, undated)]
    assert titles[0]
    assert titles[1]
    assert not titles[0] & titles[1]


def test_words_that_are_looked_for_are_marked(open_page: OpenPage) -> None:
    html = _html(open_page(ui="ar", q="طبرق", rank="articles"))
    assert re.search(r'<blockquote[^>]*>.*?<mark class="kh-mark">طبرق', html)


def test_pages_are_said_and_a_bad_one_is_reported(open_page: OpenPage) -> None:
    assert "“-3”" in _html(open_page(ui="en", rank="articles", skip="-3"))
    assert 'class="kh-pages"' not in _html(open_page(ui="en"))


def test_a_search_offers_two_orders(open_page: OpenPage) -> None:
    html = _html(open_page(ui="en", q="Tobruk", rank="articles"))
    assert re.search(
        r'aria-current="true">Most relevant</a><a href="[^"]*sort=newest[^"]*"[^>]*>Newest', html
    )
    newest = _html(open_page(ui="en", q="Tobruk", rank="articles", sort="newest"))
    assert re.search(r'aria-current="true">Newest', newest)
    assert "Most relevant" not in _html(open_page(ui="en", rank="articles"))
