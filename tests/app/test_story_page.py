from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles, make_store
from test_page import html_of
from told_story import FIRST, REPRINT, RETOLD, VERSION, tell_story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

ALONE = make_articles()[0][0].id


@pytest.fixture
def told(tmp_path: Path) -> str:
    url = make_store(tmp_path)
    tell_story(url)
    return url


def columns(html: str) -> list[str]:
    return re.findall(r"<article>(.*?)</article>", html[html.index("kh-pair") :], re.DOTALL)


def test_a_story_shows_its_printings_and_two_texts(open_page: OpenPage, told: str) -> None:
    html = html_of(open_page(store=told, ui="en", page="story", article=FIRST))
    assert "One story in 4 printings" in html
    assert "3 origins" in html
    assert "from 1 May 2024 to 2 May 2024" in html
    assert html.count('aria-current="true"') == 2 + 1  # the pair, and the language
    assert "word for word the same" in html
    assert "credited to <bdi" in html
    assert "older version" in html
    first, second = columns(html)  # the one that says most otherwise stands beside it
    assert '<mark class="kh-only">four</mark>' in first
    assert '<mark class="kh-only">five</mark>' in second
    assert "Cairo" in first.split("kh-text")[0]
    assert "Libya" in second.split("kh-text")[0]


def test_the_older_stands_first_whichever_is_open(open_page: OpenPage, told: str) -> None:
    html = html_of(open_page(store=told, ui="en", page="story", article=VERSION, beside=FIRST))
    first, second = columns(html)
    assert "kh-only" not in first
    assert '<mark class="kh-only">The first lorries left for Cyrenaica on Monday</mark>' in second


def test_what_some_leave_out_is_said(open_page: OpenPage, told: str) -> None:
    html = html_of(open_page(store=told, ui="en", page="story", article=FIRST))
    apart = re.findall(r"<li>(.*?)</li>", html[html.index("kh-apart") :], re.DOTALL)
    cairo = next(row for row in apart if ">Cairo<" in row)
    assert "in 3 of 4" in cairo
    assert "Bad &lt;b&gt;Source" in cairo
    assert "Harbour Post" not in cairo


def test_a_stranger_s_words_stay_words(open_page: OpenPage, told: str) -> None:
    html = html_of(open_page(store=told, ui="ar", page="story", article=RETOLD, beside=REPRINT))
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"article": ALONE}, "This article has no other printing."),
        ({}, "No story is chosen."),
        ({"article": "nowhere"}, "not in the store"),
    ],
)
def test_where_there_is_nothing_to_compare(
    open_page: OpenPage, told: str, address: dict[str, str], said: str
) -> None:
    assert said in html_of(open_page(store=told, ui="en", page="story", **address))


def test_it_is_reached_from_the_list_the_card_and_the_reader(open_page: OpenPage, told: str) -> None:
    to_story = re.compile(r'href="\?[^"]*page=story[^"]*"[^>]*>([^<]*)')
    said = {
        name: to_story.findall(html_of(open_page(store=told, ui="en", **address)))
        for name, address in {
            "list": {"rank": "articles"},
            "card": {"place": "kh:tobruk"},
            "reader": {"article": FIRST},
            "alone": {"article": ALONE},
        }.items()
    }
    assert said["list"] == ["4 printings, 3 origins"] * 4
    assert said["card"] == ["3 more copies of this story"]
    assert said["reader"] == ["Compare the 4 printings"]
    assert said["alone"] == []


def test_one_is_compared_with_an_article_of_its_story_only(open_page: OpenPage, told: str) -> None:
    html = html_of(open_page(store=told, ui="en", page="story", article=FIRST, beside=ALONE))
    assert "Bad &lt;b&gt;Source" in columns(html)[1]
    assert "“told-first”" in html_of(open_page(store=told, ui="en", beside=FIRST))
