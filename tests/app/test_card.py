from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from copied_store import BAD_SOURCE, make_copied_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


@pytest.fixture
def copied(tmp_path: Path) -> str:
    return make_copied_store(tmp_path)


def html_of(page: AppTest) -> str:
    """Return all HTML of a page but its style sheet."""
    assert not page.exception
    return "\n".join(item.proto.body for item in page.get("html") if not item.proto.body.startswith("<style"))


def test_the_card_counts_copies_once(open_page: OpenPage, copied: str) -> None:
    html = html_of(open_page(store=copied, ui="en", place="kh:tobruk"))
    assert "5 articles, " in html
    assert "3 independent" in html
    assert "2 more copies of this story" in html
    assert 'class="kh-trend"' in html
    assert "Named with" in html
    assert html.index("Harbour Post") < html.index("source not known")
    assert "<script" not in html
    assert "<img src=x" not in html


def test_a_source_of_the_card_becomes_a_filter(open_page: OpenPage, copied: str) -> None:
    page = open_page(store=copied, ui="en", place="kh:tobruk", source=BAD_SOURCE)
    html = html_of(page)
    assert "1 article" in html
    assert page.query_params["source"] == [BAD_SOURCE] or page.query_params["source"] == BAD_SOURCE


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_rankings_have_curves(open_page: OpenPage, copied: str, language: str) -> None:
    places = html_of(open_page(store=copied, ui=language))
    countries = html_of(open_page(store=copied, ui=language, rank="countries"))
    assert places.count("clip-path:polygon") == 4  # the base stands in an undated article only
    assert "country=LY" in countries
    assert countries.count("clip-path:polygon") == 2
    assert 'aria-current="true"' in countries


def test_an_unknown_ranking_is_reported(open_page: OpenPage, copied: str) -> None:
    assert "kh-problem" in html_of(open_page(store=copied, ui="en", rank="moons"))


def test_what_is_said_is_grouped_by_source_or_in_time(open_page: OpenPage) -> None:
    newest = html_of(open_page(ui="en", place="kh:tobruk"))
    assert re.search(r'aria-current="true">Newest</a><a href="[^"]*group=source[^"]*"[^>]*>By source', newest)
    grouped = html_of(open_page(ui="en", place="kh:tobruk", group="source"))
    names = re.findall(r'kh-report-name">(?:<[^>]*>)?([^<]*)', grouped)
    assert len(names) == len(re.findall('<summary><span class="kh-report-name', grouped)) == 4
    first = html_of(open_page(ui="en", place="kh:tobruk", group="first"))
    since = re.findall(r'kh-report-name">(?:<[^>]*>)?([^<]*)', first)
    assert since[:2] == ["Harbour Post", "صحيفة الميناء"]
    assert sorted(since) == sorted(names)
